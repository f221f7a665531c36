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

/// What is to be said of a body before anything reads it: is it there, and does it begin as JSON does?
constexpr fault fault_at_first_sight(std::string_view body) noexcept {
  for (const char c : body) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const bool begins = c == '{' || c == '[' || c == '"' || c == '-' || c == 't' || c == 'f' || c == 'n' || is_digit(c);
    return begins ? fault::none : fault::not_json;
  }
  return fault::empty_body;
}

constexpr bool is_success(int status) noexcept { return status >= 200 && status <= 299; }

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

/// An answer whose body the policy could not read: an error of decoding, whatever the policy calls it.
inline void describe_unread(error& e, const endpoint_facts& facts, const http::response& answer) {
  e.kind = error_kind::decode;
  describe(e, facts, answer);
}

/// An answer that is no success, or a success with a body that no policy needs to see.
template <class Json>
error failure(const endpoint_facts& facts, const http::response& answer, fault at_first_sight, Json& json) {
  error e;
  describe(e, facts, answer);
  if (is_success(answer.status)) {
    e.kind = error_kind::decode;
    e.fault = at_first_sight;
    return e;
  }
  e.kind = error_kind::status;
  if (at_first_sight != fault::none) return e;
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
  const fault at_first_sight = std::same_as<response, no_content> && detail::is_success(answer.status)
                                   ? fault::none
                                   : detail::fault_at_first_sight(answer.body);
  if (!detail::is_success(answer.status) || at_first_sight != fault::none)
    return detail::failure(facts, answer, at_first_sight, json);
  if constexpr (std::same_as<response, no_content>) {
    return no_content{};
  } else {
    result<response> value = json.template decode<response>(std::string_view{answer.body});
    if (!value) detail::describe_unread(value.error(), facts, answer);
    return value;
  }
}

}  // namespace ghl::inline v0
