/// From the answer on the wire to the response of an endpoint. Pure: sends nothing, looks at no clock.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/failure_body.hpp>
#include <ghl/operation/read_again.hpp>
#include <ghl/operation/response_kind.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/json.hpp>
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
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

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

/// An answer that is no success, or a success with a body that no policy needs to see.
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
    result<decoded_of<E>> present = json_of(json).template decode<decoded_of<E>>(std::string_view{answer->body});
    if (present) return response_of<E>{*std::move(present)};
    return std::move(present.error());
  } else if constexpr (kind::is_json) return json_of(json).template decode<decoded_of<E>>(std::string_view{answer->body});
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

/// Whether an answer is to be read strictly; what prepares the request of a call may say it.
template <class Prepare>
constexpr bool is_strict(const Prepare& prepare) noexcept {
  if constexpr (requires { prepare.how.reads_strictly; }) return prepare.how.reads_strictly;
  else return false;
}

/// From what the transport gave to what the caller gets. `token` is kept out of the error; `advise` is asked about it.
template <class E, class Json, class Advise = no_advice>
result<response_of<E>> outcome_of(result<http::response>&& answer, Json& json, std::string_view token,
                                  Advise advise = {}, bool strict = false) {
  const fault seen = answer ? first_look<E>(*answer) : fault::none;
  result<response_of<E>> outcome = read_response<E>(answer, seen, json);
  if constexpr (response_kind_of<E>::is_json)
    if (!outcome && !strict && answer && seen == fault::none && is_success(answer->status)) [[unlikely]]
      read_again(outcome, answer->body, endpoint_of<E>, token, json);
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
/// failure has what Retry-After says, too. An optional member of another type than described is no error, but empty, and
/// listed in `mismatches()`; with ghl::strict{} behind `json` it is one.
/// Thread safety: as safe as `json`.
template <class E, class Json, std::same_as<strict>... Strict>
result<response_of<E>> interpret(http::response answer, Json&& json, Strict...) {
  static_assert(well_formed<E>);
  constexpr bool reads = json_decoder<std::remove_reference_t<Json>, detail::failure_body>;
  static_assert(detail::holds<reads, Json>,
                "ghl: the second argument of ghl::interpret is a JSON policy; give it template <class T> "
                "ghl::result<T> decode(std::string_view); copy examples/04_json_policy.cpp");
  result<http::response> whole{std::move(answer)};
  detail::refuse_odd_status(whole);
  if constexpr (reads)
    return detail::outcome_of<E>(std::move(whole), json, {}, detail::no_advice{}, sizeof...(Strict) != 0);
  else return std::move(whole.error());
}

}}  // namespace ghl::v0
