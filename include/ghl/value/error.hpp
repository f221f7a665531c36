/// Why a call failed.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/attempt.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/remedy.hpp>
#include <ghl/value/repeating.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// Purpose: why a call failed, as a value for programs and for people. None of its texts holds a token; tokens can be
/// in `unsaved_tokens` alone, as ghl::secret.
/// Example: `if (e.kind == ghl::error_kind::status && e.status == 404) ...; else log(e.message());`
/// `messages`, `trace_id`, `content_type` and `excerpt` are the server's text: untrusted data.
/// Thread safety: a value.
struct error {
  error_kind kind = error_kind::transport;
  ghl::fault fault = ghl::fault::none;
  sent was_sent = sent::no;
  int status = 0;                     ///< 0: there was no answer
  std::string_view endpoint;          ///< the endpoint's title; static text
  std::string where;                  ///< the parameter ("linkId") or the place in the answer ("links[3].id")
  std::string detail;                 ///< the text of a foreign library, or the edge's code
  std::vector<std::string> messages;  ///< the server's `message`, a string or an array on the wire
  std::string trace_id;               ///< the server's `traceId`: what HighLevel's support asks for
  std::string content_type;           ///< of the answer
  std::string excerpt;                ///< the first bytes of the answer's body, 1 kB at most
  ghl::rate_limit rate_limit;
  std::optional<milliseconds> retry_after;  ///< the server's Retry-After, as a span of time
  std::optional<std::int64_t> retry_at;     ///< the same as a date, where it was one: seconds since 1970, UTC
  const endpoint_facts* called = nullptr;   ///< the endpoint: its method, path and scopes; static; null: unknown
  std::optional<ghl::remedy> advised;       ///< by the client: its own rows and rules come before the table
  std::vector<attempt> tried;               ///< the attempts before the last one
  std::vector<token_pair> unsaved_tokens;   ///< a new pair of tokens: store it, or it is lost
  secret unread_answer;                     ///< of the OAuth server, where it could not be read to its end

  /// The largest `excerpt`, trace id and message, in bytes.
  static constexpr std::size_t excerpt_limit = 1024;
  /// The most messages that are kept.
  static constexpr std::size_t most_messages = 64;

  /// What the program should do now. What the client advised, status, body and headers are taken into account.
  [[nodiscard]] ghl::remedy remedy() const noexcept;

  /// How long to wait before the call is repeated, if that is known: the Retry-After header, else the burst interval;
  /// for the daily limit, the time to its reset. A Retry-After that is a date counts only beside a Date header; see
  /// `retry_at`.
  [[nodiscard]] std::optional<milliseconds> wait_time() const noexcept;

  /// The scopes that the endpoint needs; none if the endpoint is unknown.
  [[nodiscard]] scope_list scopes() const noexcept { return called != nullptr ? called->scopes : scope_list{}; }

  /// One line for people: the endpoint, what happened, what the server said, what to do.
  [[nodiscard]] std::string message() const;

  /// Of what happened: what was advised is an opinion on it, and does not count.
  friend bool operator==(const error& a, const error& b) {
    return a.kind == b.kind && a.fault == b.fault && a.was_sent == b.was_sent && a.status == b.status &&
           a.endpoint == b.endpoint && a.where == b.where && a.detail == b.detail && a.messages == b.messages &&
           a.trace_id == b.trace_id && a.content_type == b.content_type && a.excerpt == b.excerpt &&
           a.rate_limit == b.rate_limit && a.retry_after == b.retry_after && a.retry_at == b.retry_at &&
           a.called == b.called && a.tried == b.tried && a.unsaved_tokens == b.unsaved_tokens;
  }
};

namespace detail {

/// Whether one of the texts that tell what a status means is what `is` asks for. The excerpt counts only if there are
/// no messages.
template <class Is>
bool any_text(const error& e, Is&& is) {
  if (e.messages.empty()) return is(std::string_view{e.excerpt}) || is(std::string_view{e.detail});
  for (const std::string& text : e.messages)
    if (is(std::string_view{text})) return true;
  return false;
}

inline std::string_view called_path(const error& e) noexcept { return e.called != nullptr ? e.called->path : ""; }
/// If the endpoint is unknown: one whose requests must not be repeated.
inline method called_method(const error& e) noexcept { return e.called != nullptr ? e.called->method : method::post; }

inline remedy remedy_of_texts(const error& e) noexcept {
  remedy known = remedy::unknown;
  any_text(e, [&](std::string_view text) {
    known = remedy_of(e.status, text, called_path(e));
    return known != remedy::unknown;
  });
  return known;
}

/// Whether sending the request again does no more than sending it once.
inline bool is_harmless_again(const error& e, method m) noexcept {
  return (e.kind == error_kind::transport && e.was_sent == sent::no) || is_repeatable(m);
}

/// The remedy that follows from the figures, where the texts decide nothing.
inline remedy remedy_of_numbers(const error& e) noexcept {
  if (e.status == 400 || e.status == 422) return remedy::fix_request;
  if (e.status == 429) return e.rate_limit.daily_remaining == 0 ? remedy::wait_for_next_day : remedy::wait;
  if (e.fault == fault::held_back) return remedy::wait;
  return may_be_sent_again(e.kind, e.fault, e.was_sent, e.status, called_method(e)) ? remedy::retry : remedy::unknown;
}

/// The remedy of an error that nobody gave advice about.
inline remedy usual_remedy(const error& e) noexcept {
  if (e.kind == error_kind::invalid_request) return remedy::fix_request;
  if (e.kind == error_kind::decode) return remedy::unknown;
  const remedy known = e.kind == error_kind::status ? remedy_of_texts(e) : remedy::unknown;
  return known != remedy::unknown ? known : remedy_of_numbers(e);
}

/// What to do, as the end of a line.
inline void append_advice(std::string& out, const error& e) {
  const remedy what = e.remedy();
  const auto time = e.wait_time();
  std::string_view text = to_string(what);
  if (what == remedy::fix_request && e.kind == error_kind::invalid_request) text = {};  // the fault says it
  if (what == remedy::consider_deleted) text = "read it to be sure";
  if (text.empty()) return;
  out.append("; ");
  std::string span;
  if (time) append_seconds(span.append(" "), *time);
  if (what == remedy::wait && time) out.append("wait").append(span).append(" s, then repeat the call");
  else if (what == remedy::wait_for_next_day && time)
    out.append("the daily limit is spent; it is reset in").append(span).append(" s");
  else out.append(text);
  if (what == remedy::retry && time) out.append(" after").append(span).append(" s");
  if (what != remedy::grant_scope) return;
  const scope_list scopes = e.scopes();
  for (std::size_t i = 0; i < scopes.size(); ++i) out.append(i == 0 ? ": " : ", ").append(scopes[i]);
}

}  // namespace detail

inline remedy error::remedy() const noexcept {
  if (fault == ghl::fault::other_token_type) return ghl::remedy::use_other_token_type;
  if (!unsaved_tokens.empty()) return ghl::remedy::store_tokens;
  if (fault == ghl::fault::tokens_not_stored) return ghl::remedy::store_tokens;
  if (fault == ghl::fault::probably_deleted) return ghl::remedy::consider_deleted;
  const ghl::remedy what = advised ? *advised : detail::usual_remedy(*this);
  const bool may = what != ghl::remedy::retry || detail::is_harmless_again(*this, detail::called_method(*this));
  return may ? what : ghl::remedy::unknown;
}

inline std::optional<milliseconds> error::wait_time() const noexcept {
  const auto as_time = [](std::optional<std::int64_t> ms) {
    return ms ? std::optional{milliseconds{*ms}} : std::nullopt;
  };
  const ghl::remedy what = remedy();
  if (what == ghl::remedy::wait) return retry_after ? retry_after : as_time(rate_limit.interval_ms);
  if (what == ghl::remedy::wait_for_next_day) return as_time(rate_limit.daily_reset_in_ms);
  return what == ghl::remedy::retry ? retry_after : std::nullopt;
}

inline std::string error::message() const {
  std::string out;
  const auto say = [&](std::string_view text) { detail::append_printable(out, text); };
  if (!endpoint.empty()) out.append(endpoint).append(": ");
  const auto count = [&] {
    if (!tried.empty()) out.append(" after ").append(std::to_string(tried.size() + 1)).append(" attempts");
  };
  if (status != 0) {
    out.append("HTTP ").append(std::to_string(status));
    count();
  }
  if (fault != ghl::fault::none) {
    if (status != 0) out.append(", ");
    if (!where.empty()) say(where);
    else if (fault == ghl::fault::tokens_not_stored) out.append("the refreshed tokens");
    else if (fault == ghl::fault::probably_deleted) out.append("it");
    else if (kind == error_kind::decode) out.append("the body");
    if (!out.empty() && out.back() != ' ') out.append(" ");
    out.append(to_string(fault));
  }
  if (status == 0) count();
  if (!detail.empty()) {
    out.append(" (");
    say(detail);
    out.append(")");
  }
  for (std::size_t i = 0; i < messages.size(); ++i) {
    out.append(i == 0 ? "; the server says \"" : ", \"");
    say(messages[i]);
    out.append("\"");
  }
  if (!trace_id.empty()) {
    out.append(" [trace ");
    say(trace_id);
    out.append("]");
  }
  const bool answered = kind == error_kind::status || kind == error_kind::decode;
  if (!answered && was_sent == sent::no && fault != ghl::fault::tokens_not_stored) out.append("; nothing was sent");
  else if (!answered && was_sent == sent::maybe) out.append("; the server may have acted on it");
  detail::append_advice(out, *this);
  return out;
}

/// For an error found before anything was sent. `where` names the parameter.
[[nodiscard, gnu::noinline]] inline error invalid_request(fault f, std::string_view where, std::string detail = {}) {
  error e;
  e.kind = error_kind::invalid_request;
  e.fault = f;
  e.where = where;
  e.detail = std::move(detail);
  return e;
}

/// What a transport returns when there is no answer. Example: `return ghl::transport_error(ghl::fault::timeout);`
/// `was_sent` is `no` only when it is certain that the server has not seen the request.
[[nodiscard, gnu::noinline]] inline error transport_error(fault f, sent was_sent = sent::maybe,
                                                          std::string detail = {}) {
  error e;
  e.kind = error_kind::transport;
  e.fault = f;
  e.was_sent = was_sent;
  e.detail = std::move(detail);
  return e;
}

/// What a JSON policy returns for a text that it cannot read. `where` is the place, as in `links[3].id`.
[[nodiscard, gnu::noinline]] inline error decode_error(fault f, std::string where = {}, std::string detail = {}) {
  error e;
  e.kind = error_kind::decode;
  e.fault = f;
  e.was_sent = sent::yes;
  e.where = std::move(where);
  e.detail = std::move(detail);
  return e;
}

}}  // namespace ghl::v0
