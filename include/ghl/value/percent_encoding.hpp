/// Writes parameter values into a URL: the one place where anything is percent-encoded.
#pragma once

#include <ghl/detail/finite.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/value/fault.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Whether it is letters and digits alone, as nearly all values are. Asked in words of eight, the last of which may
/// overlap the one before; a shorter text is not looked at.
constexpr bool is_long_alnum(std::string_view text) noexcept {
  const std::size_t size = text.size();
  if (size < 8) return false;
  for (std::size_t at = 0; at + 8 < size; at += 8)
    if (!are_alnum(eight_at(text.data() + at))) return false;
  return are_alnum(eight_at(text.data() + size - 8));
}

/// How many bytes at the start of `text` stand for themselves in a URL.
constexpr std::size_t unreserved_length(std::string_view text) noexcept {
  std::size_t n = 0;
  while (n < text.size() && is_unreserved(text[n])) ++n;
  return n;
}

/// Percent-encodes everything outside the unreserved set of RFC 3986, section 2.3. `out` is a string, or like one.
template <class Out>
void append_encoded(Out& out, std::string_view value) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  while (!value.empty()) {
    const std::size_t plain = unreserved_length(value);
    out.append(value.substr(0, plain));
    if (plain == value.size()) return;
    const auto byte = static_cast<unsigned char>(value[plain]);
    out.push_back('%');
    out.push_back(hex[byte >> 4U]);
    out.push_back(hex[byte & 0x0FU]);
    value.remove_prefix(plain + 1);
  }
}

template <class Out>
[[gnu::noinline]] fault append_unusual_value(Out& out, std::string_view value) {
  if (value.empty()) return fault::empty_value;
  if (value == "." || value == "..") return fault::dot_segment;
  const std::size_t plain = unreserved_length(value);
  if (plain < value.size() && has_control(value.substr(plain))) return fault::control_byte;
  out.append(value.substr(0, plain));
  if (plain < value.size()) append_encoded(out, value.substr(plain));
  return fault::none;
}

/// A value that would make the request mean another resource, or another request, than the caller named, is refused.
template <class Out>
fault append_value(Out& out, std::string_view value) {
  if (!is_long_alnum(value)) return append_unusual_value(out, value);
  out.append(value);
  return fault::none;
}
template <class Out>
fault append_value(Out& out, bool value) {
  out.append(std::string_view{value ? "true" : "false"});
  return fault::none;
}
/// A number as text; none where it is not finite.
class number_text {
 public:
  template <class Number>
    requires(std::integral<Number> || std::floating_point<Number>)
  explicit number_text(const Number& value) {  // a reference, for is_finite
    if constexpr (std::same_as<Number, float> || std::same_as<Number, double>)
      if (!is_finite(value)) return;
    end_ = std::to_chars(digits_, digits_ + sizeof digits_, value).ptr;
    if constexpr (std::same_as<Number, long double>)  // whose bits differ from machine to machine
      if (!is_digit(end_[-1])) end_ = digits_;        // inf, nan
  }
  [[nodiscard]] std::string_view text() const noexcept { return {digits_, static_cast<std::size_t>(end_ - digits_)}; }

 private:
  char digits_[64];  // enough for the shortest form of any double
  const char* end_ = digits_;
};

template <class Out, class Number>
  requires(std::integral<Number> || std::floating_point<Number>)
fault append_value(Out& out, const Number& value) {
  const number_text digits{value};
  append_encoded(out, digits.text());
  return digits.text().empty() ? fault::not_finite : fault::none;
}

}}}  // namespace ghl::v0::detail
