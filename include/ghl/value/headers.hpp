/// The header lines of a request or an answer.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

struct header_block;

}}}  // namespace ghl::v0::detail

namespace ghl { inline namespace v0 { namespace http {

/// One header line. The views point into the `headers` that it came from.
struct header {
  std::string_view name;
  std::string_view value;
  friend constexpr bool operator==(const header&, const header&) noexcept = default;
};

/// Purpose: header lines in the order in which they were added, repeats kept, looked up without regard to case.
/// Example: `for (const auto [name, value] : request.headers) ...; response.headers.get("content-type")`.
/// All lines are stored in one string, "Name: value\r\n" each, so that a set of headers costs one allocation; a
/// transport that writes to a socket can send `block()` as it is.
/// Lifetime: views and iterators last until the next non-const call or the end of the object.
/// Thread safety: a value; const calls may run at the same time.
class headers {
 public:
  class iterator {
   public:
    using value_type = header;
    using reference = header;
    using difference_type = std::ptrdiff_t;
    // No tags: <iterator> would bring the streams along. std::iterator_traits finds a forward iterator of C++20, and an
    // input iterator of C++17, since `reference` is a value.

    constexpr iterator() noexcept = default;
    constexpr explicit iterator(std::string_view rest) noexcept : rest_(rest) {}

    constexpr header operator*() const noexcept {
      const std::size_t colon = rest_.find(':');
      return {rest_.substr(0, colon), rest_.substr(colon + 2, rest_.find("\r\n") - colon - 2)};
    }
    constexpr iterator& operator++() noexcept {
      rest_.remove_prefix(rest_.find("\r\n") + 2);
      return *this;
    }
    constexpr iterator operator++(int) noexcept {
      const iterator before = *this;
      ++*this;
      return before;
    }
    /// Two iterators of the same `headers` are equal if as many bytes are left.
    friend constexpr bool operator==(iterator a, iterator b) noexcept { return a.rest_.size() == b.rest_.size(); }

   private:
    std::string_view rest_;
  };
  using const_iterator = iterator;
  using value_type = header;

  headers() = default;
  headers(std::initializer_list<header> all) {
    for (const header& line : all) add(line.name, line.value);
  }

  /// Adds a line at the end. CR, LF and NUL in the value become spaces (RFC 9110, section 5.5); blanks around it are
  /// removed. If the name is no token (RFC 9110, section 5.6.2), adds nothing and returns false.
  bool add(std::string_view name, std::string_view value) {
    if (!detail::is_token(name)) return false;
    value = detail::trimmed(value);
    const std::size_t start = block_.size();
    block_.resize(start + name.size() + value.size() + 4);  // once, since each change of the size takes time
    char* to = block_.data() + start;
    to += name.copy(to, name.size());
    *to++ = ':';
    *to++ = ' ';
    if (const std::size_t size = value.copy(to, value.size()); detail::has_control(value)) {
      for (std::size_t i = 0; i < size; ++i)
        if (to[i] == '\r' || to[i] == '\n' || to[i] == '\0') to[i] = ' ';
    }
    to += value.size();
    *to++ = '\r';
    *to = '\n';
    return true;
  }

  /// The value of the first line of that name, in any case.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept {
    const iterator found = find(name);
    return found == end() ? std::nullopt : std::optional{(*found).value};
  }
  [[nodiscard]] iterator find(std::string_view name) const noexcept {
    iterator at = begin();
    while (at != end() && !detail::equal_ignoring_case((*at).name, name)) ++at;
    return at;
  }
  [[nodiscard]] bool contains(std::string_view name) const noexcept { return find(name) != end(); }
  [[nodiscard]] std::size_t count(std::string_view name) const noexcept {
    std::size_t n = 0;
    for (const header line : *this) n += detail::equal_ignoring_case(line.name, name) ? 1U : 0U;
    return n;
  }

  [[nodiscard]] iterator begin() const noexcept { return iterator{block_}; }
  [[nodiscard]] iterator end() const noexcept { return iterator{std::string_view{block_}.substr(block_.size())}; }
  [[nodiscard]] bool empty() const noexcept { return block_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t n = 0;
    for (iterator at = begin(); at != end(); ++at) ++n;
    return n;
  }

  /// All lines, each with CR LF at its end; no empty line follows.
  [[nodiscard]] std::string_view block() const noexcept { return block_; }
  /// Makes room for that many bytes of block().
  void reserve(std::size_t bytes) { block_.reserve(bytes); }
  void clear() noexcept { block_.clear(); }

  friend bool operator==(const headers&, const headers&) = default;

 private:
  friend struct ghl::detail::header_block;
  std::string block_;
};

}}}  // namespace ghl::v0::http

namespace ghl { inline namespace v0 { namespace detail {

/// Access for a caller that writes all lines at once, and knows them to be valid.
struct header_block {
  static std::string& of(http::headers& h) noexcept { return h.block_; }
};

}}}  // namespace ghl::v0::detail
