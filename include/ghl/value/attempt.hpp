/// The attempts of a call that was retried.
#pragma once

#include <ghl/detail/table.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/milliseconds.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 {

/// Why another attempt followed.
enum class reason : unsigned char {
  connection,    ///< the connection failed, and it is safe to send the request again
  gateway,       ///< 502 to 504, 520 to 524 or 530 to a GET or a DELETE
  transient,     ///< a text that is known to pass, to a GET or a DELETE
  rate_limited,  ///< 429
  token,         ///< 401 with an expired token, which was refreshed or replaced by a newer one
  policy,        ///< anything else that the retry policy repeats
};

namespace detail {

struct reason_row {
  ghl::reason reason;
  std::string_view text;
};

inline constexpr reason_row reason_table[] = {
    {reason::connection, "the connection failed"},
    {reason::gateway, "the gateway failed"},
    {reason::transient, "a failure that passes"},
    {reason::rate_limited, "rate limited"},
    {reason::token, "the token had expired"},
    {reason::policy, "the retry policy asked for it"},
};
static_assert(sizeof reason_table / sizeof *reason_table == static_cast<std::size_t>(reason::policy) + 1);

}  // namespace detail

constexpr std::string_view to_string(reason r) noexcept {
  return detail::text_in(detail::reason_table, &detail::reason_row::reason, r);
}

/// An attempt that was followed by another one. `number` counts from 1; `wait` is the pause after it.
struct attempt {
  int number = 1;
  milliseconds wait{};
  reason why = reason::connection;
  int status = 0;                         ///< 0: there was no answer
  ghl::fault fault = ghl::fault::none;    ///< why there was none
  sent was_sent = sent::no;

  friend bool operator==(const attempt&, const attempt&) = default;
};

}}  // namespace ghl::v0
