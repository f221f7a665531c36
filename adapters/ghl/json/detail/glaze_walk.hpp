/// The parts of ghl/json/glaze.hpp that look at a text themselves: where glaze refuses it or takes too much, it is read
/// once more, value by value.
#pragma once

#include <ghl/json_reader.hpp>
#include <ghl/json_text.hpp>

#include <glaze/json/read.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace ghl::inline v0::detail {

/// Whether a text holds neither a backslash nor a control byte: compact JSON without escapes, which is what servers
/// send most. The smallest of 256 bytes takes the vector instructions that every compiler finds.
inline bool has_no_odd_byte(std::string_view text) noexcept {
  constexpr std::size_t block = 256;
  unsigned char least = 0xFF;
  std::string_view rest = text;
  for (; rest.size() >= block; rest.remove_prefix(block))
    for (std::size_t i = 0; i < block; ++i) least = (std::min)(least, static_cast<unsigned char>(rest[i]));
  return least >= 0x20 && !any_eight(rest, [](eight_bytes b) { return any_below(b, 0x20); }) &&
         text.find('\\') == std::string_view::npos;
}

/// Whether a key of a text that glaze has read holds an escape or a control byte. glaze compares keys as they are
/// written, and looks at those that it ignores for UTF-8 alone.
inline bool has_odd_key(std::string_view text) noexcept {
  if (has_no_odd_byte(text)) return false;
  constexpr auto none = std::string_view::npos;
  for (std::size_t first = text.find('"'); first != none; first = text.find('"', first)) {
    std::size_t last = text.find('"', ++first);
    const auto is_escaped = [&] {
      std::size_t backslashes = 0;
      while (text[last - 1 - backslashes] == '\\') ++backslashes;
      return backslashes % 2 != 0;
    };
    while (last != none && is_escaped()) last = text.find('"', last + 1);
    if (last == none) return true;
    const std::size_t next = text.find_first_not_of(" \t\r\n", last + 1);
    if (next == none) return false;
    if (text[next] == ':' && !has_no_odd_byte(text.substr(first, last - first))) return true;
    first = next;
  }
  return false;
}

/// Tells a reader what stands in a text of which json_fault has said that it is JSON.
class glaze_walk {
 public:
  glaze_walk(std::string_view text, json_reader& to) noexcept : at_(text.data()), end_(at_ + text.size()), to_(to) {}

  bool value() {  // no deeper than json_depth_limit
    skip_blanks();
    switch (*at_) {
      case '{': return to_.begin_object() && list('}') && to_.end_object();
      case '[': return to_.begin_array() && list(']') && to_.end_array();
      case '"': return string() && to_.string(string_);
      case 't': return at_ += 4, to_.boolean(true);
      case 'f': return at_ += 5, to_.boolean(false);
      case 'n': return at_ += 4, to_.null();
      default: return number();
    }
  }

 private:
  void skip_blanks() noexcept {
    while (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n') ++at_;
  }

  /// The members or elements, up to the bracket that ends them and with it.
  bool list(char bracket) {
    do {
      ++at_;  // the bracket that begins them, or a comma
      skip_blanks();
      if (*at_ == bracket) break;
      if (bracket == '}') {
        if (!string() || !to_.key(string_)) return false;
        skip_blanks();
        ++at_;  // the colon
      }
      if (!value()) return false;
      skip_blanks();
    } while (*at_ == ',');
    ++at_;
    return true;
  }

  bool string() {
    constexpr glz::opts rules{.null_terminated = false};
    glz::context context{};
    string_.clear();
    glz::parse<glz::JSON>::op<rules>(string_, context, at_, end_);
    const bool read = context.error == glz::error_code::none || context.error == glz::error_code::end_reached;
    return read || to_.fail(fault::malformed);
  }

  bool number() {
    const char* const first = at_;
    at_ = std::find_if(first, end_, [](char c) {
      return std::string_view{"+-.0123456789eE"}.find(c) == std::string_view::npos;
    });
    return read_json_number(to_, {first, static_cast<std::size_t>(at_ - first)});
  }

  const char* at_;
  const char* end_;
  json_reader& to_;
  std::string string_{};
};

}  // namespace ghl::inline v0::detail
