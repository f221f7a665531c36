/// Which requests may be sent again: the one place that says so.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/value/method.hpp>

namespace ghl { inline namespace v0 { namespace detail {

/// 502, 503 and 504, and Cloudflare's 520 to 524 and 530: what the gateway and the edge in front of the API say where
/// the API gave no answer, though it may have acted.
constexpr bool is_gateway_error(int status) noexcept {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 524) || status == 530;
}

/// Whether sending a request twice does no more than sending it once. PUT is idempotent by RFC 9110, section 9.2.2, but
/// the API does not promise it.
constexpr bool is_repeatable(method m) noexcept { return m == method::get || m == method::del; }

/// Whether a request that failed like this may be sent again, and has a chance then. 429 is always a yes, since the
/// server has not acted; when to send it again, and whether that is tomorrow, is another question.
constexpr bool may_be_sent_again(error_kind kind, fault f, sent was_sent, int status, method m) noexcept {
  if (kind == error_kind::status) return status == 429 || (is_gateway_error(status) && is_repeatable(m));
  if (kind != error_kind::transport) return false;
  if (f == fault::cut_short) return is_repeatable(m);
  const bool lost = f == fault::connect || f == fault::connection_lost || f == fault::timeout;
  return lost && (was_sent == sent::no || is_repeatable(m));
}

}}}  // namespace ghl::v0::detail
