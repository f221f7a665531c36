/// How the response of an endpoint is read: as JSON, as the bytes that came, or not at all.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// `decoded`: what the JSON policy reads, where it reads anything; `may_be_absent`: an empty body is a success, too.
template <class Response>
struct response_kind {
  using decoded = Response;
  static constexpr bool is_json = true;
  static constexpr bool is_raw = false;
  static constexpr bool may_be_absent = false;
};
template <>
struct response_kind<no_content> {
  static constexpr bool is_json = false;
  static constexpr bool is_raw = false;
  static constexpr bool may_be_absent = false;
};
template <>
struct response_kind<std::string> {
  static constexpr bool is_json = false;
  static constexpr bool is_raw = true;
  static constexpr bool may_be_absent = false;
};
template <class Response>
struct response_kind<std::optional<Response>> : response_kind<Response> {
  static constexpr bool may_be_absent = true;
};

template <class E>
using response_kind_of = response_kind<response_of<E>>;

/// Whether an optional response is not there: no body, or null.
constexpr bool is_absent_response(std::string_view body) noexcept {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = body.find_first_not_of(blanks);
  return begin == std::string_view::npos ||
         body.substr(begin, body.find_last_not_of(blanks) + 1 - begin) == std::string_view{"null"};
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

/// What stands in the way of reading the response; `none`: nothing. `has_response`: a success has a body to be read.
constexpr fault first_look(const http::response& answer, bool has_response) noexcept {
  if (!has_response && is_success(answer.status)) return fault::none;
  return fault_at_first_sight(answer.body);
}

/// What the JSON policy reads of a success of E.
template <class E>
  requires response_kind_of<E>::is_json
using decoded_of = typename response_kind_of<E>::decoded;

/// The same for E: the body of a success is only looked at where it is to be JSON, and may be empty where the response
/// may be absent.
template <class E>
constexpr fault first_look(const http::response& answer) noexcept {
  const fault seen = first_look(answer, response_kind_of<E>::is_json);
  if constexpr (response_kind_of<E>::may_be_absent)
    if (seen == fault::empty_body && is_success(answer.status)) return fault::none;
  return seen;
}

}}}  // namespace ghl::v0::detail
