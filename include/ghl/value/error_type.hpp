/// What went wrong, in the words of OpenTelemetry's attribute error.type.
#pragma once

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>

#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// The name of a fault as it stands in ghl::fault; "_OTHER" is OpenTelemetry's word for what has no name.
constexpr std::string_view name_of(fault f) noexcept {
  switch (f) {
    case fault::none:
    case fault::other: return "_OTHER";
    case fault::empty_value: return "empty_value";
    case fault::dot_segment: return "dot_segment";
    case fault::control_byte: return "control_byte";
    case fault::not_finite: return "not_finite";
    case fault::empty_token: return "empty_token";
    case fault::bad_token: return "bad_token";
    case fault::bad_base_url: return "bad_base_url";
    case fault::insecure_base_url: return "insecure_base_url";
    case fault::bad_user_agent: return "bad_user_agent";
    case fault::tokens_not_stored: return "tokens_not_stored";
    case fault::probably_deleted: return "probably_deleted";
    case fault::connect: return "connect";
    case fault::tls: return "tls";
    case fault::timeout: return "timeout";
    case fault::connection_lost: return "connection_lost";
    case fault::cut_short: return "cut_short";
    case fault::too_large: return "too_large";
    case fault::cancelled: return "cancelled";
    case fault::held_back: return "held_back";
    case fault::empty_body: return "empty_body";
    case fault::not_json: return "not_json";
    case fault::truncated: return "truncated";
    case fault::malformed: return "malformed";
    case fault::invalid_utf8: return "invalid_utf8";
    case fault::missing_field: return "missing_field";
    case fault::wrong_type: return "wrong_type";
    case fault::number_out_of_range: return "number_out_of_range";
    case fault::nested_too_deeply: return "nested_too_deeply";
  }
  return "_OTHER";
}

/// The status where the server said no, else the fault.
inline std::string error_type_of(const error& e) {
  return e.kind == error_kind::status ? std::to_string(e.status) : std::string{name_of(e.fault)};
}

}}}  // namespace ghl::v0::detail
