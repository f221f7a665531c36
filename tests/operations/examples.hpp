// What the generated programs do with each published example: an answer is interpreted as in a call, a request's body is
// encoded and compared with the example. And what each operation sends, for tests/operations/served to look at.
#pragma once

#include <ghl/ghl.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/operation/interpret.hpp>

#include "plain_json.hpp"

#include <cstdio>
#include <string>
#include <string_view>

namespace {

int answers = 0;     // examples of responses
int as_described = 0;
int with_mismatches = 0;
int bodies = 0;      // examples of requests
int equal_bodies = 0;

template <class E>
void read(const char* operation, const char* text) {
  ++answers;
  const auto result = ghl::interpret<E>(ghl::http::response{.status = 200, .body = text}, plain_json{});
  if (!result) {
    std::printf("%s: %s\n", operation, result.error().message().c_str());
    return;
  }
  bool told = false;
  if constexpr (requires { result.mismatches(); }) told = !result.mismatches().empty();
  ++(told ? with_mismatches : as_described);
}

template <class T>
void write(const char* operation, const T& body, const char* expected) {
  ++bodies;
  const auto text = plain_json{}.encode(body);
  if (!text) std::printf("%s: %s\n", operation, text.error().message().c_str());
  else if (*ghl::json_value::parse(*text) != *ghl::json_value::parse(expected))
    std::printf("%s: the body is not the example\n  %.300s\n  %.300s\n", operation, text->c_str(), expected);
  else ++equal_bodies;
}

/// Makes a call, and prints the request: SENT, the operation, the method, the URL, the headers, and the body in hex.
template <class E>
void call(const char* operation, const E& request) {
  const auto keep = [&](const ghl::http::request& sent) -> ghl::http::response {
    std::printf("SENT\t%s\t%s\t%s\t", operation, std::string{sent.method}.c_str(), sent.url.c_str());
    for (const auto& [name, value] : sent.headers)
      std::printf("%s: %s\x1f", std::string{name}.c_str(), std::string{value}.c_str());
    std::putchar('\t');
    for (const char c : sent.body) std::printf("%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    std::putchar('\n');
    return {.status = 200, .body = "{}"};
  };
  ghl::client api{keep, plain_json{}, ghl::access_token{"a-token-of-a-test"}};
  if (const auto result = api.call(request); !result && result.error().kind == ghl::error_kind::invalid_request)
    std::printf("%s: %s\n", operation, result.error().message().c_str());
}

[[maybe_unused]] int told(const char* family, int contradicting) {
  std::printf("%s: of %d answers %d read as described and %d with mismatches; of %d bodies %d are the example (%d values "
              "contradict the description)\n",
              family, answers, as_described, with_mismatches, bodies, equal_bodies, contradicting);
  return as_described + with_mismatches == answers && equal_bodies == bodies ? 0 : 1;
}

}  // namespace
