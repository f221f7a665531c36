/// The headers of a request in the form that libcurl takes.
#pragma once

#include <ghl/value/http.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: libcurl's list of header lines, without an allocation for each line.
/// Lifetime: pointers into it are valid until the next fill(); libcurl copies nothing.
class curl_header_list {
 public:
  /// Takes the request's headers, and suppresses those that libcurl would add by itself.
  void fill(const http::headers& headers, bool body) {
    if (body == for_body_ && headers.block() == block_ && !block_.empty()) return;  // the same as for the previous call
    block_ = headers.block();
    for_body_ = body;
    encodings_ = none;
    bool accept = false;
    bool content_type = false;
    bool expect = false;
    lines_.clear();
    for (const auto [name, value] : headers) {
      // libcurl sends these itself.
      if (equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Transfer-Encoding")) continue;
      accept = accept || equal_ignoring_case(name, "Accept");
      content_type = content_type || equal_ignoring_case(name, "Content-Type");
      expect = expect || equal_ignoring_case(name, "Expect");
      lines_.append(name).append(value.empty() ? ";" : ": ");  // libcurl omits a header that is given as "Name:"
      if (equal_ignoring_case(name, "Accept-Encoding")) encodings_ = lines_.size();
      lines_.append(value).push_back('\0');
    }
    using namespace std::string_view_literals;
    if (!accept) lines_.append("Accept:\0"sv);
    if (body && !content_type) lines_.append("Content-Type:\0"sv);
    if (body && !expect) lines_.append("Expect:\0"sv);

    nodes_.clear();
    for (std::size_t at = 0; at < lines_.size(); at = lines_.find('\0', at) + 1)
      nodes_.push_back({&lines_[at], nullptr});
    for (std::size_t i = 1; i < nodes_.size(); ++i) nodes_[i - 1].next = &nodes_[i];
  }

  /// For CURLOPT_HTTPHEADER; null if there is no line.
  [[nodiscard]] curl_slist* list() noexcept { return nodes_.empty() ? nullptr : nodes_.data(); }
  /// The value of the request's Accept-Encoding; null if it has none.
  [[nodiscard]] const char* accept_encoding() const noexcept {
    return encodings_ == none ? nullptr : lines_.c_str() + encodings_;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::string block_;  // the headers that the other members were made from
  bool for_body_ = false;
  std::string lines_;  // each terminated by NUL
  std::vector<curl_slist> nodes_;
  std::size_t encodings_ = none;
};

}}}  // namespace ghl::v0::detail
