/// What is read from the headers of an answer that is a failure, all in one pass over their lines.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/retry_after.hpp>

#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// The text views point into the headers.
struct failure_headers {
  rate_limit limits{};
  std::string_view content_type{};
  std::string_view date{};         ///< the first good one
  std::string_view retry_after{};  ///< the first good one
};

/// What stands behind `start` in a line that begins so; no text where it does not.
constexpr std::string_view value_behind(std::string_view line, std::string_view start) noexcept {
  if (!equal_ignoring_case(line.substr(0, start.size()), start)) return {};
  line.remove_prefix(start.size());
  return line.substr(0, line.find('\r'));
}

/// `block` is http::headers::block(). Of a header that comes twice, the first good line counts.
inline failure_headers read_failure_headers(std::string_view block) noexcept {
  failure_headers out;
  out.limits = read_lines(block, [&](std::string_view line) {
    switch (as_small(line.front())) {
      case 'c':
        if (out.content_type.empty()) out.content_type = value_behind(line, "content-type: ");
        break;
      case 'd':
        if (!read_http_date(out.date)) out.date = value_behind(line, "date: ");
        break;
      case 'r':
        if (!read_retry_after(out.retry_after).good()) out.retry_after = value_behind(line, "retry-after: ");
        break;
      default: break;
    }
  });
  return out;
}

}}}  // namespace ghl::v0::detail
