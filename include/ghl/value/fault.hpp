/// What went wrong: the closed list of faults.
#pragma once

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 {

/// Where a call failed.
enum class error_kind : unsigned char {
  invalid_request,  ///< found before anything was sent
  transport,        ///< there is no answer, or a part of one; see `error::was_sent`
  status,           ///< the server answered with a status other than 2xx
  decode,           ///< the server answered 2xx, but its body is not what the reference promises
};

/// Whether the request may have reached the server.
enum class sent : unsigned char { no, maybe, yes };

/// What went wrong. `none` for most errors of kind `status`, since the status says it.
enum class fault : unsigned char {
  none,
  // invalid_request
  empty_value,
  dot_segment,
  control_byte,
  not_finite,
  empty_token,
  bad_token,
  empty_base_url,
  bad_base_url,
  insecure_base_url,
  bad_user_agent,
  bad_url,  // of a request that ghl::prepare did not make
  comma_in_list,
  bad_file_name,
  bad_media_type,
  tokens_not_stored,  // see error::unsaved_tokens
  // status
  probably_deleted,  // a repeated DELETE met "not found"
  // transport
  connect,
  tls,
  timeout,
  connection_lost,
  cut_short,
  too_large,
  cancelled,
  held_back,  // by a ghl::throttle
  other,
  // decode
  empty_body,
  not_json,
  truncated,
  malformed,
  invalid_utf8,  // also of a body to be sent
  missing_field,
  wrong_type,
  other_token_type,  // of a new token; see error::unsaved_tokens
  number_out_of_range,
  wrong_value,  // also of a request: what a ghl::json_as or an enumeration refuses
  nested_too_deeply,
  repeated_page,  // of a list: it would have no end
};

namespace detail {

/// All texts about a fault.
struct fault_row {
  ghl::fault fault;
  std::string_view name;      // as in ghl::fault
  std::string_view sentence;  // the end of one that begins with error::where
};

inline constexpr fault_row fault_table[] = {
    {fault::none, "none", ""},
    {fault::empty_value, "empty_value", "is empty"},
    {fault::dot_segment, "dot_segment", "is a dot segment, which a server takes for another path"},
    {fault::control_byte, "control_byte", "holds a control byte"},
    {fault::not_finite, "not_finite", "is no finite number"},
    {fault::empty_token, "empty_token", "is empty: give the client a token"},
    {fault::bad_token, "bad_token", "holds a blank, a control byte or a byte outside ASCII (a pasted line break?)"},
    {fault::empty_base_url, "empty_base_url", "is empty (an environment variable that is not set?)"},
    {fault::bad_base_url, "bad_base_url", "is not https://host[:port][/path] without user info, query and fragment"},
    {fault::insecure_base_url, "insecure_base_url", "is not https, and its host is not a loopback address"},
    {fault::bad_user_agent, "bad_user_agent", "is empty or holds a control byte"},
    {fault::bad_url, "bad_url", "is not https://host[:port]/path without user info, blanks and control bytes"},
    {fault::comma_in_list, "comma_in_list", "has an element with a comma in it, which the server takes for two"},
    {fault::bad_file_name, "bad_file_name", "is a file whose name is empty or not valid UTF-8"},
    {fault::bad_media_type, "bad_media_type", "is a file whose type is no media type such as application/pdf"},
    {fault::tokens_not_stored, "tokens_not_stored",
     "could not be stored, and are lost unless error.unsaved_tokens is stored now"},
    {fault::probably_deleted, "probably_deleted", "was probably deleted by an earlier attempt, whose answer was lost"},
    {fault::connect, "connect", "no connection to the server"},
    {fault::tls, "tls", "no secure connection to the server"},
    {fault::timeout, "timeout", "timed out"},
    {fault::connection_lost, "connection_lost", "the connection was lost before an answer came"},
    {fault::cut_short, "cut_short", "the answer was cut short"},
    {fault::too_large, "too_large", "the answer is larger than the transport allows"},
    {fault::cancelled, "cancelled", "cancelled"},
    {fault::held_back, "held_back", "held back, since its turn under the rate limit would come too late"},
    {fault::other, "other", "the transport failed"},
    {fault::empty_body, "empty_body", "is empty where JSON was expected"},
    {fault::not_json, "not_json", "is HTML or plain text where JSON was expected"},
    {fault::truncated, "truncated", "is JSON that ends too early"},
    {fault::malformed, "malformed", "is not valid JSON"},
    {fault::invalid_utf8, "invalid_utf8", "is not valid UTF-8"},
    {fault::missing_field, "missing_field", "is missing"},
    {fault::wrong_type, "wrong_type", "has the wrong type"},
    {fault::other_token_type, "other_token_type",
     "is not the one that was asked for: the app was installed for an agency and asked as a sub-account, or the "
     "reverse"},
    {fault::number_out_of_range, "number_out_of_range", "is a number that does not fit its type"},
    {fault::wrong_value, "wrong_value", "has a value that its type does not take"},
    {fault::nested_too_deeply, "nested_too_deeply", "is nested too deeply"},
    {fault::repeated_page, "repeated_page", "came before, so that the list would have no end"},
};

constexpr const fault_row& row_of(fault f) noexcept {
  constexpr std::size_t rows = sizeof fault_table / sizeof *fault_table;
  const auto at = static_cast<std::size_t>(f);
  return fault_table[at < rows ? at : 0];
}

/// Whether each fault has its row, up to the last one.
consteval bool is_in_order() {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(fault::repeated_page); ++i)
    if (static_cast<std::size_t>(fault_table[i].fault) != i) return false;
  return true;
}
static_assert(is_in_order());

}  // namespace detail

/// The fault as the end of a sentence about `error::where`: "linkId" + " " + "is empty".
constexpr std::string_view to_string(fault f) noexcept { return detail::row_of(f).sentence; }
/// The name that it has in ghl::fault: "empty_value".
constexpr std::string_view name_of(fault f) noexcept { return detail::row_of(f).name; }

}}  // namespace ghl::v0
