/// What ghl::beast_transport reads: an answer.
#pragma once

#include <ghl/value/http.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail { namespace beast_io {

namespace asio = boost::asio;
using boost::system::error_code;

/// A status line may end behind the status, without a reason and the blank before it; Beast wants the blank. The first
/// bytes of an answer are given it here. False: there are too few of them yet.
inline bool mend_status_line(boost::beast::flat_buffer& answer) {
  constexpr std::size_t size = std::string_view{"HTTP/1.1 200"}.size();
  if (answer.size() <= size) return false;
  if (static_cast<const char*>(answer.data().data())[size] != '\r') return true;
  answer.commit(asio::buffer_size(answer.prepare(1)));
  char* const begin = static_cast<char*>(answer.data().data());
  std::memmove(begin + size + 1, begin + size, answer.size() - size - 1);
  begin[size] = ' ';
  return true;
}

/// Reads one answer into a http::response. Headers are kept in their order, with repeats; trailers are dropped.
class answer_parser final : public boost::beast::http::basic_parser<false> {
  using string_view = boost::beast::string_view;
  using field = boost::beast::http::field;

 public:
  /// `most_head`: of the status line and headers, in bytes.
  answer_parser(http::response& into, std::size_t most_head, std::size_t most_body, bool to_head) : answer_(into) {
    answer_ = {};
    header_limit(static_cast<std::uint32_t>(most_head));
    body_limit(std::uint64_t{most_body});
    eager(true);
    skip(to_head);
  }

 private:
  static std::string_view plain(string_view text) noexcept { return {text.data(), text.size()}; }

  void on_request_impl(boost::beast::http::verb, string_view, string_view, int, error_code&) override {}
  void on_response_impl(int status, string_view, int, error_code&) override {
    constexpr std::size_t usual = 1024;  // bytes; saves several reallocations
    answer_.status = status;
    answer_.headers.reserve(usual);
  }
  void on_field_impl(field, string_view name, string_view value, error_code&) override {
    if (!is_header_done()) answer_.headers.add(plain(name), plain(value));
  }
  // Pure in Boost 1.90 and newer, unknown before: no `override`.
  virtual void on_trailer_field_impl(field, string_view, string_view, error_code&) {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    constexpr std::uint64_t believed = 1024 * 1024;  // most memory reserved for an announced length
    if (length) answer_.body.reserve(static_cast<std::size_t>((std::min)(*length, believed)));
  }
  std::size_t on_body_impl(string_view part, error_code&) override { return append(part); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code&) override { return append(part); }
  void on_finish_impl(error_code&) override {}

  std::size_t append(string_view part) {
    answer_.body.append(part.data(), part.size());
    return part.size();
  }

  http::response& answer_;
};

}}}}  // namespace ghl::v0::detail::beast_io
