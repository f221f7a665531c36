/// What exactly went wrong: the closed list behind ghl::error.
#pragma once

#include <string_view>

namespace ghl { inline namespace v0 {

/// Where a call failed.
enum class error_kind : unsigned char {
  invalid_request,  ///< caught before anything was sent
  transport,        ///< no answer came, or not a whole one; `error::was_sent` tells whether the server may have acted
  status,           ///< the server answered with a status other than 2xx
  decode,           ///< the server answered 2xx, but not with what the reference promises
};

/// Whether the request can have reached the server.
enum class sent : unsigned char { no, maybe, yes };

/// What exactly went wrong. `none` for most errors of kind `status`, where the status says it.
enum class fault : unsigned char {
  none,
  // invalid_request
  empty_value,
  dot_segment,
  control_byte,
  not_finite,
  empty_token,
  bad_token,
  bad_base_url,
  insecure_base_url,
  bad_user_agent,
  tokens_not_stored,  // the refreshed ones; they are in error::unsaved_tokens
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
  number_out_of_range,
  nested_too_deeply,
};

/// The fault as the end of a sentence about `error::where`: "linkId" + " " + "is empty".
constexpr std::string_view to_string(fault f) noexcept {
  switch (f) {
    case fault::none: return "";
    case fault::empty_value: return "is empty";
    case fault::dot_segment: return "is a dot segment, which a server takes for another path";
    case fault::control_byte: return "holds a control byte";
    case fault::not_finite: return "is no finite number";
    case fault::empty_token: return "is empty: give the client a token";
    case fault::bad_token: return "holds a blank, a control byte or a byte outside ASCII (a pasted line break?)";
    case fault::bad_base_url: return "is not https://host[:port][/path] without user info, query and fragment";
    case fault::insecure_base_url: return "is not https, and its host is not a loopback address";
    case fault::bad_user_agent: return "is empty or holds a control byte";
    case fault::tokens_not_stored: return "could not be stored, and are lost unless error.unsaved_tokens is stored now";
    case fault::probably_deleted: return "was probably deleted by an earlier attempt, whose answer was lost";
    case fault::connect: return "no connection to the server";
    case fault::tls: return "no secure connection to the server";
    case fault::timeout: return "timed out";
    case fault::connection_lost: return "the connection was lost before an answer came";
    case fault::cut_short: return "the answer was cut short";
    case fault::too_large: return "the answer is larger than the transport allows";
    case fault::cancelled: return "cancelled";
    case fault::held_back: return "held back, since its turn under the rate limit would come too late";
    case fault::other: return "the transport failed";
    case fault::empty_body: return "is empty where JSON was expected";
    case fault::not_json: return "is HTML or plain text where JSON was expected";
    case fault::truncated: return "is JSON that ends too early";
    case fault::malformed: return "is not valid JSON";
    case fault::invalid_utf8: return "is not valid UTF-8";
    case fault::missing_field: return "is missing";
    case fault::wrong_type: return "has the wrong type";
    case fault::number_out_of_range: return "is a number that does not fit its type";
    case fault::nested_too_deeply: return "is nested too deeply";
  }
  return "";
}

}}  // namespace ghl::v0
