/// What the API and its OAuth server write into the body of a failure.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// The bodies of failures, as the API and its OAuth server write them.
struct failure_body {
  std::optional<string_or_strings> message;
  std::optional<std::string> error;
  std::optional<std::string> error_description;
  std::optional<std::string> trace_id;

  static consteval auto fields() {
    return ghl::fields(ghl::field("message", &failure_body::message), ghl::field("error", &failure_body::error),
                       ghl::field("error_description", &failure_body::error_description),
                       ghl::field("traceId", &failure_body::trace_id));
  }
};

/// The body is read by a policy whose type is left out, so that a program has what follows once.
using read_failure_function = result<failure_body> (*)(const void* json, std::string_view text);

template <class Json>
result<failure_body> read_failure_body(const void* json, std::string_view text) {
  return json_of(*static_cast<Json*>(const_cast<void*>(json))).template decode<failure_body>(text);
}

/// Gives the member a name that nobody knows. `where` is its place, as an error has it.
[[gnu::noinline]] inline bool hide_member(std::string& text, std::string_view where) noexcept {
  const std::string_view name = where.substr(0, where.find_first_of(".["));
  bool found = false;
  for (std::size_t at = text.find(name); at != std::string::npos && !name.empty(); at = text.find(name, at + 1)) {
    std::size_t behind = at + name.size();
    if (at == 0 || text[at - 1] != '"' || behind == text.size() || text[behind] != '"') continue;
    behind = text.find_first_not_of(" \t\r\n", behind + 1);
    if (behind == std::string::npos || text[behind] != ':') continue;  // a value
    text[at] = '?';
    found = true;
  }
  return found;
}

/// All that can be read of it: a member of another type than expected does not take the others along.
[[gnu::noinline]] inline failure_body read_failure(std::string_view text, read_failure_function read,
                                                   const void* json) {
  constexpr int members = 4;
  result<failure_body> body = read(json, text);
  std::string without;
  for (int odd = 0; odd < members && !body && body.error().fault == fault::wrong_type; ++odd) {
    if (odd == 0) without = text;
    if (!hide_member(without, body.error().where)) break;
    body = read(json, without);
  }
  return body ? *std::move(body) : failure_body{};
}

/// What the server says to people: its message, else what OAuth servers say. An empty text says nothing.
inline void take_messages(error& e, failure_body&& body) {
  if (body.message)
    for (std::string& text : body.message->values)
      if (!trimmed(text).empty()) e.messages.push_back(std::move(text));
  if (!e.messages.empty()) return;
  std::string said;
  for (const std::optional<std::string>* text : {&body.error, &body.error_description})
    if (*text && !trimmed(**text).empty()) said.append(said.empty() ? "" : ": ").append(**text);
  if (!said.empty()) e.messages.push_back(std::move(said));
}

}}}  // namespace ghl::v0::detail
