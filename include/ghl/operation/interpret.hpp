/// From the answer on the wire to the response of an endpoint. Pure: sends nothing, looks at no clock.
#pragma once

#include <ghl/value/answer_headers.hpp>
#include <ghl/value/retry_after.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/value/http.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/remedy.hpp>
#include <ghl/value/result.hpp>
#include <ghl/endpoint/well_formed.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

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
  e.called = &facts;
  e.was_sent = sent::yes;
  e.status = answer.status;
  e.excerpt = truncated(answer.body, error::excerpt_limit);
  packed_rate_limit limits;
  failure_headers headers;
  read_answer_headers(answer.headers.block(), limits, &headers);
  e.rate_limit = unpacked(limits);
  e.content_type = headers.content_type;
  const retry_hint hint = read_retry_after(headers.retry_after, headers.date);
  e.retry_after = hint.after;
  e.retry_at = hint.at;
}

/// An answer whose body the policy could not read: an error of decoding, whatever the policy calls it.
inline void describe_unread(error& e, const endpoint_facts& facts, const http::response& answer) {
  e.kind = error_kind::decode;
  describe(e, facts, answer);
}

/// The edge in front of the API refuses a client by its User-Agent, and says why on a page that begins with much else:
/// behind the excerpt.
inline bool is_refused_by_page(const http::response& answer) noexcept {
  constexpr std::size_t page = 16'384;
  const std::string_view behind = std::string_view{answer.body}.substr(0, page);
  return answer.status == 403 && behind.size() > error::excerpt_limit &&
         remedy_of(answer.status, behind) == remedy::change_user_agent;
}

/// What the server wrote, as much of it as an error keeps: nobody wants 200 kB of it in a log.
inline void shorten(error& e) {
  if (e.messages.size() > error::most_messages) e.messages.resize(error::most_messages);
  for (std::string& text : e.messages) text.resize(truncated(text, error::excerpt_limit).size());
  e.trace_id.resize(truncated(e.trace_id, error::excerpt_limit).size());
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
  if (at_first_sight == fault::not_json && e.remedy() == remedy::unknown && is_refused_by_page(answer))
    e.detail = edge_refusal;
  if (at_first_sight != fault::none) return e;
  result<failure_body> body = json.template decode<failure_body>(std::string_view{answer.body});
  if (!body) return e;
  if (body->message) e.messages = std::move(body->message->values);
  if (e.messages.empty() && body->error)
    e.messages.push_back(body->error_description ? *body->error + ": " + *body->error_description : *body->error);
  if (body->trace_id) e.trace_id = *std::move(body->trace_id);
  shorten(e);
  return e;
}

/// The rate limits of a success.
template <class T>
void keep_limits(result<T>& success, const http::response& answer) {
  packed_rate_limit limits;
  read_answer_headers(answer.headers.block(), limits, nullptr);
  set_rate_limit(success, limits);
}

}  // namespace detail

/// Purpose: the response of E, from its answer. Every 2xx is a success, whatever the reference documents.
/// Example: `ghl::interpret<ghl::links::get_links>(http::response{.status = 200, .body = R"({"links":[]})"}, json)`.
/// Errors: kind status with the server's messages for any other status (a redirect is one); kind decode for a 2xx
/// whose body is not what the reference promises. Success or failure, the result has the rate limits of the headers; a
/// failure has what Retry-After says, too.
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
    result<response> done{no_content{}};
    detail::keep_limits(done, answer);
    return done;
  } else {
    result<response> value = json.template decode<response>(std::string_view{answer.body});
    if (value) detail::keep_limits(value, answer);
    else detail::describe_unread(value.error(), facts, answer);
    return value;
  }
}

}}  // namespace ghl::v0
