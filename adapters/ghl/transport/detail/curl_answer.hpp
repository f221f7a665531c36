/// Builds a response from the lines and bytes that libcurl passes to ghl::curl_transport.
#pragma once

#include <ghl/value/http.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: an answer while it is received. Only the headers of the final answer count: interim ones (100, 103) precede
/// it, and trailers follow its body.
class curl_answer {
 public:
  explicit curl_answer(std::size_t body_limit) : body_limit_(body_limit) {}

  void clear() {
    answer_ = {};
    lines_.clear();
    header_bytes_ = 0;
    at_start_ = true;
    interim_ = began_ = has_headers_ = too_large_ = false;
  }

  /// Whether any line was received, even of an interim answer.
  [[nodiscard]] bool began() const noexcept { return began_; }
  /// Whether all headers of the final answer were received.
  [[nodiscard]] bool has_headers() const noexcept { return has_headers_; }
  [[nodiscard]] bool too_large() const noexcept { return too_large_; }

  /// Adds a line, with its line end; false if the headers are too large.
  bool add_line(std::string_view line) {
    began_ = true;
    header_bytes_ += line.size();
    too_large_ = header_bytes_ > header_limit;
    if (too_large_ || has_headers_) return !too_large_;
    if (at_start_) {
      const std::string_view code = line.substr((std::min)(line.size(), line.find(' ') + 1), 3);
      interim_ = code.starts_with('1') && code != "101";
      at_start_ = false;
      lines_.clear();
    } else if (line == "\r\n" || line == "\n") {
      (interim_ ? at_start_ : has_headers_) = true;
    } else {
      // A line that starts with a blank continues the previous one (RFC 9112, section 5.2).
      if (line.starts_with(' ') || line.starts_with('\t'))
        while (lines_.ends_with('\n') || lines_.ends_with('\r')) lines_.pop_back();
      lines_.append(line);
    }
    return true;
  }

  /// Adds a part of the body, whose length the server announced as `announced` (0: it did not); false if it is too
  /// large.
  bool add_body(std::string_view bytes, std::uint64_t announced) {
    constexpr std::uint64_t worth_reserving = 1024 * 1024;  // most memory reserved for an announced length
    std::string& body = answer_.body;
    too_large_ = announced > body_limit_ || bytes.size() > body_limit_ - body.size();
    if (too_large_) return false;
    if (body.empty()) body.reserve(static_cast<std::size_t>((std::min)(announced, worth_reserving)));
    body.append(bytes);
    return true;
  }

  [[nodiscard]] http::response take(int status) {
    answer_.status = status;
    answer_.headers.reserve(lines_.size());
    for (std::string_view rest = lines_; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      if (line.ends_with('\r')) line.remove_suffix(1);
      const std::size_t colon = line.find(':');
      if (colon != std::string_view::npos) answer_.headers.add(line.substr(0, colon), line.substr(colon + 1));
    }
    return std::move(answer_);
  }

 private:
  static constexpr std::size_t header_limit = 256 * 1024;  // bytes, of the interim answers and the final one together

  std::size_t body_limit_;
  http::response answer_;
  std::string lines_;
  std::size_t header_bytes_ = 0;
  bool at_start_ = true;
  bool interim_ = false;
  bool began_ = false;
  bool has_headers_ = false;
  bool too_large_ = false;
};

}}}  // namespace ghl::v0::detail
