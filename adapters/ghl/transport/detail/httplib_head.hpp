/// The head of an answer, read before cpp-httplib reads it.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/http.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: status line and headers of the answer that counts, out of the lines that come; interim answers are passed
/// over. cpp-httplib gets the lines that say how the body comes, and no others: its own reading of a head differs from
/// release to release, has no bound in 0.11 (and ends the process on a long status line, which it gives to std::regex),
/// and gives up on a long header or an interim answer as if nothing had come.
class httplib_head {
 public:
  enum class state : unsigned char { more, whole, not_http };

  void clear() {
    lines_.clear();
    line_ = 0;
    status_ = 0;
    length_ = 0;
    keeps_ = false;
    defect_ = {};
  }

  /// Adds bytes that hold no line end, but perhaps as the last one.
  state add(std::string_view bytes) {
    lines_.append(bytes);
    constexpr std::string_view begins = "HTTP/1.";
    const std::string_view all = lines_;
    if (all.substr(0, begins.size()) != begins.substr(0, all.size())) return state::not_http;
    if (!all.ends_with('\n')) return state::more;
    const std::string_view line = all.substr(line_);
    if (line_ == 0 && !read_status(line)) return state::not_http;
    const bool last = line == "\r\n" || line == "\n";
    if (last && line_ != 0 && is_interim()) {
      clear();
      return state::more;
    }
    line_ = lines_.size();
    return last ? state::whole : state::more;
  }

  [[nodiscard]] int status() const { return status_; }
  /// Of the body, as announced; 0: it is not.
  [[nodiscard]] std::uint64_t announced() const { return length_; }
  /// Whether the connection may be used again, as far as the head says.
  [[nodiscard]] bool keeps() const { return keeps_; }
  /// Why the answer cannot be used; empty: it can.
  [[nodiscard]] std::string_view defect() const { return defect_; }

  /// The headers, and into `for_library` the head that cpp-httplib is given.
  void take(http::headers& headers, std::string& for_library) {
    headers.clear();
    headers.reserve(lines_.size());
    unfold();
    std::string_view rest = lines_;
    for (rest.remove_prefix(rest.find('\n') + 1); !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      if (line.ends_with('\r')) line.remove_suffix(1);
      const std::size_t colon = line.find(':');
      if (colon != std::string_view::npos) headers.add(line.substr(0, colon), line.substr(colon + 1));
    }
    frame(headers, for_library);
  }

 private:
  [[nodiscard]] bool is_interim() const { return status_ / 100 == 1 && status_ != 101; }

  /// "HTTP/1.1 200 OK"; also without the reason, and then without the blank before it.
  bool read_status(std::string_view line) {
    constexpr std::size_t digits = 9;
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() < digits + 3 || !is_digit(line[7]) || line[8] != ' ') return false;
    status_ = 0;
    for (std::size_t i = digits; i < digits + 3; ++i) {
      if (!is_digit(line[i])) return false;
      status_ = status_ * 10 + (line[i] - '0');
    }
    keeps_ = line[7] != '0';
    return status_ >= 100 && (line.size() == digits + 3 || line[digits + 3] == ' ');
  }

  /// A line that starts with a blank continues the one before it (RFC 9112, section 5.2).
  void unfold() {
    for (std::size_t at = 0; (at = lines_.find('\n', at)) + 1 < lines_.size(); ++at) {
      if (lines_[at + 1] != ' ' && lines_[at + 1] != '\t') continue;
      lines_[at] = ' ';
      if (at > 0 && lines_[at - 1] == '\r') lines_[at - 1] = ' ';
    }
  }

  void frame(const http::headers& headers, std::string& out) {
    out.assign(keeps_ ? "HTTP/1.1 " : "HTTP/1.0 ").append(std::to_string(status_)).append(" OK\r\n");
    bool has_length = false;
    std::string_view length;
    std::string_view coding;
    for (const auto [name, value] : headers) {
      if (equal_ignoring_case(name, "Content-Length")) {
        if (value.empty() || value.size() > 18 || value.find_first_not_of("0123456789") != std::string_view::npos)
          defect_ = "Content-Length is no number";
        else if (has_length && value != length) defect_ = "two Content-Length headers that differ";
        has_length = true;
        length = value;
      } else if (equal_ignoring_case(name, "Transfer-Encoding")) {
        coding = value;
      } else if (equal_ignoring_case(name, "Content-Encoding")) {
        out.append("Content-Encoding: ").append(value.substr(0, 64)).append("\r\n");
      } else if (equal_ignoring_case(name, "Connection")) {
        if (contains_ignoring_case(value, "close")) keeps_ = false;
      }
    }
    if (status_ == 101) defect_ = "a change of the protocol that nobody asked for";
    const bool bodiless = status_ == 204 || status_ == 304;  // whatever the headers say (RFC 9112, section 6.3)
    if (bodiless) {
      out.append("Content-Length: 0\r\n");
    } else if (!coding.empty()) {
      const bool chunked = coding.size() >= 7 && equal_ignoring_case(coding.substr(coding.size() - 7), "chunked");
      if (chunked) out.append("Transfer-Encoding: chunked\r\n");
      else keeps_ = false;  // such a body ends with the connection
    } else if (has_length && defect_.empty()) {
      for (const char c : length) length_ = length_ * 10 + static_cast<unsigned>(c - '0');
      out.append("Content-Length: ").append(length).append("\r\n");
    } else {
      keeps_ = false;
    }
    out.append("\r\n");
  }

  std::string lines_;
  std::size_t line_ = 0;  // where the last one begins
  int status_ = 0;
  std::uint64_t length_ = 0;
  bool keeps_ = false;
  std::string_view defect_;
};

}}}  // namespace ghl::v0::detail
