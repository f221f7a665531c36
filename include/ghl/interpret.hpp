/// From the answer on the wire to the response of an endpoint. Pure: sends nothing, looks at no clock.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/error.hpp>
#include <ghl/fields.hpp>
#include <ghl/http.hpp>
#include <ghl/policy.hpp>
#include <ghl/result.hpp>
#include <ghl/well_formed.hpp>

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ghl::inline v0 {

namespace detail {

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

/// The digits of a header as a number; anything else is no number.
inline std::optional<std::int64_t> number_in(const http::headers& headers, std::string_view name) {
  const auto text = headers.get(name);
  std::int64_t n = 0;
  if (!text || text->empty() || !is_digit(text->front())) return std::nullopt;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), n);
  if (failed != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return n;
}

inline bool starts_like_json(std::string_view body) noexcept {
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos &&
         (std::string_view{"{[\"-tfn"}.find(body[first]) != std::string_view::npos || is_digit(body[first]));
}

/// Adds to an error what every answer tells.
inline void describe(error& e, const endpoint_facts& facts, const http::response& answer) {
  e.endpoint = facts.title;
  e.was_sent = sent::yes;
  e.status = answer.status;
  e.content_type = answer.headers.get("Content-Type").value_or("");
  e.excerpt = truncated(answer.body, error::excerpt_limit);
  e.rate_limit.max = number_in(answer.headers, "X-RateLimit-Max");
  e.rate_limit.remaining = number_in(answer.headers, "X-RateLimit-Remaining");
  e.rate_limit.interval_ms = number_in(answer.headers, "X-RateLimit-Interval-Milliseconds");
  e.rate_limit.daily_limit = number_in(answer.headers, "X-RateLimit-Limit-Daily");
  e.rate_limit.daily_remaining = number_in(answer.headers, "X-RateLimit-Daily-Remaining");
  e.rate_limit.daily_reset_in_ms = number_in(answer.headers, "X-RateLimit-Daily-Reset");
  if (const auto seconds = number_in(answer.headers, "Retry-After"); seconds && *seconds < 1'000'000'000)
    e.retry_after = milliseconds{*seconds * 1000};
}

template <class Json>
error failure(const endpoint_facts& facts, const http::response& answer, Json& json) {
  error e;
  e.kind = error_kind::status;
  describe(e, facts, answer);
  if (!starts_like_json(answer.body)) return e;
  result<failure_body> body = json.template decode<failure_body>(std::string_view{answer.body});
  if (!body) return e;
  if (body->message) e.messages = std::move(body->message->values);
  if (e.messages.empty() && body->error)
    e.messages.push_back(body->error_description ? *body->error + ": " + *body->error_description : *body->error);
  if (body->trace_id) e.trace_id = *std::move(body->trace_id);
  return e;
}

}  // namespace detail

/// Purpose: the response of E, from its answer. Every 2xx is a success, whatever the reference documents.
/// Example: `ghl::interpret<ghl::links::get_links>(http::response{.status = 200, .body = R"({"links":[]})"}, json)`.
/// Errors: kind status with the server's messages for any other status (a redirect is one); kind decode for a 2xx
/// whose body is not what the reference promises.
/// Thread safety: as safe as `json`.
template <class E, class Json>
result<response_of<E>> interpret(const http::response& answer, Json&& json) {
  static_assert(well_formed<E>);
  using response = response_of<E>;
  constexpr const endpoint_facts& facts = endpoint_of<E>;
  if (answer.status < 200 || answer.status > 299) return detail::failure(facts, answer, json);
  if constexpr (std::same_as<response, no_content>) {
    return no_content{};
  } else {
    error e;
    if (answer.body.find_first_not_of(" \t\r\n") == std::string::npos) {
      e = decode_error(fault::empty_body);
    } else if (!detail::starts_like_json(answer.body)) {
      e = decode_error(fault::not_json);
    } else {
      result<response> value = json.template decode<response>(std::string_view{answer.body});
      if (value) return value;
      e = std::move(value).error();
      e.kind = error_kind::decode;
    }
    detail::describe(e, facts, answer);
    return e;
  }
}

}  // namespace ghl::inline v0
