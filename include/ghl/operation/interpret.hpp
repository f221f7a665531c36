/// From the answer on the wire to the response of an endpoint. Pure: sends nothing, looks at no clock.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/response_kind.hpp>
#include <ghl/value/answer_headers.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/issued_tokens.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/remedy.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/retry_after.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// An answer whose status is none is no answer: a transport has left it out, or the server.
inline void refuse_odd_status(result<http::response>& answer) {
  if (answer && (answer->status < 100 || answer->status > 999)) [[unlikely]]
    answer = transport_error(fault::other, sent::maybe, "the answer has no HTTP status");
}

/// Adds to an error what every answer tells.
inline void describe(error& e, const endpoint_facts& facts, const http::response& answer) {
  e.endpoint = facts.title;
  e.called = &facts;
  e.was_sent = sent::yes;
  e.status = answer.status;
  e.excerpt = truncated(answer.body, error::excerpt_limit);
  const failure_headers headers = read_failure_headers(answer.headers.block());
  e.rate_limit = headers.limits;
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

/// An answer that is no success, or a success with a body that no policy needs to see. The body is read by a policy
/// whose type is left out, so that a program has this once.
using read_failure_function = result<failure_body> (*)(const void* json, std::string_view text);

template <class Json>
result<failure_body> read_failure_body(const void* json, std::string_view text) {
  return static_cast<Json*>(const_cast<void*>(json))->template decode<failure_body>(text);
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

[[gnu::noinline]] inline error failure(const endpoint_facts& facts, const http::response& answer, fault at_first_sight,
                     read_failure_function read, const void* json) {
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
  failure_body body = read_failure(answer.body, read, json);
  if (body.trace_id) e.trace_id = *std::move(body.trace_id);
  take_messages(e, std::move(body));
  shorten(e);
  return e;
}

inline void tidy(error& e, const endpoint_facts& called, std::string_view token) {
  e.endpoint = called.title;
  e.called = &called;
  redact(e, token);
}

/// The response of E. `seen` is what first_look() found.
template <class E, class Json>
result<response_of<E>> read_response(result<http::response>& answer, fault seen, Json& json) {
  if (!answer) return std::move(answer.error());
  if (seen != fault::none || !is_success(answer->status))
    return failure(endpoint_of<E>, *answer, seen, &read_failure_body<Json>, &json);
  using kind = response_kind_of<E>;
  if constexpr (kind::may_be_absent)
    if (kind::is_raw ? answer->body.empty() : is_absent_response(answer->body)) return response_of<E>{};
  if constexpr (kind::is_json && kind::may_be_absent) {
    result<decoded_of<E>> present = json.template decode<decoded_of<E>>(std::string_view{answer->body});
    if (present) return response_of<E>{*std::move(present)};
    return std::move(present.error());
  } else if constexpr (kind::is_json) return json.template decode<decoded_of<E>>(std::string_view{answer->body});
  else if constexpr (kind::is_raw) return response_of<E>{std::move(answer->body)};
  else return no_content{};
}

/// Completes the error of a call: the facts of the endpoint and of the answer, and nothing of the token.
inline void finish_error(error& e, const endpoint_facts& facts, const result<http::response>& answer, fault seen,
                         std::string_view token) {
  if (answer && is_success(answer->status) && seen == fault::none) describe_unread(e, facts, *answer);
  tidy(e, facts, token);
}

/// Nobody is asked about an error.
struct no_advice {
  void operator()(const error&) const noexcept {}
};

/// From what the transport gave to what the caller gets. `token` is kept out of the error; `advise` is asked about it.
template <class E, class Json, class Advise = no_advice>
result<response_of<E>> outcome_of(result<http::response>&& answer, Json& json, std::string_view token,
                                  Advise advise = {}) {
  const fault seen = answer ? first_look<E>(*answer) : fault::none;
  result<response_of<E>> outcome = read_response<E>(answer, seen, json);
  if (outcome) {
    result_access::set_headers(outcome, std::move(answer->headers));
  } else {
    error& e = outcome.error();
    if constexpr (issues_tokens(endpoint_of<E>.path)) {
      finish_error(e, endpoint_of<E>, answer, seen, {});
      redact_issued_tokens(e);  // before the secret is taken out, and not in every program
      redact(e, token);
    } else {
      finish_error(e, endpoint_of<E>, answer, seen, token);
    }
    advise(e);
  }
  return outcome;
}

}  // namespace detail

/// Purpose: the response of E, from its answer. Every 2xx is a success, whatever the reference documents.
/// Example: `ghl::interpret<ghl::links::get_links>(http::response{.status = 200, .body = R"({"links":[]})"}, json)`.
/// Errors: kind status with the server's messages for any other status (a redirect is one); kind decode for a 2xx
/// whose body is not what the reference promises. Success or failure, the result has the rate limits of the headers; a
/// failure has what Retry-After says, too.
/// Thread safety: as safe as `json`.
template <class E, class Json>
result<response_of<E>> interpret(http::response answer, Json&& json) {
  static_assert(well_formed<E>);
  result<http::response> whole{std::move(answer)};
  detail::refuse_odd_status(whole);
  return detail::outcome_of<E>(std::move(whole), json, {});
}

}}  // namespace ghl::v0
