/// A span of time as a number of seconds, as people and OpenTelemetry write it.
#pragma once

#include <ghl/value/milliseconds.hpp>

#include <cstdint>
#include <string>

namespace ghl { inline namespace v0 { namespace detail {

/// "10", "0.123", "1.5"; less than nothing is "0".
inline void append_seconds(std::string& out, milliseconds span) {
  const std::int64_t ms = span.count() > 0 ? span.count() : 0;
  out.append(std::to_string(ms / 1000));
  if (ms % 1000 == 0) return;
  const auto digit = [&](std::int64_t of) { out.push_back(static_cast<char>('0' + ms / of % 10)); };
  out.push_back('.');
  digit(100);
  if (ms % 100 != 0) digit(10);
  if (ms % 10 != 0) digit(1);
}

}}}  // namespace ghl::v0::detail
