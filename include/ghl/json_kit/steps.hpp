/// Reads a JSON text value by value, without the parser of a library: what every adapter does with a text that its
/// library refuses or may have misread.
#pragma once

#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/json_kit/tolerance.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl {
inline namespace v0 {

/// What a library makes of the text of a string, quotes and escapes included; false if it refuses it.
using json_unescape = bool (*)(std::string_view literal, std::string& to);

namespace detail {

/// The strings that have escapes: a function reads them, or a JSON policy that a function knows.
struct escaped_strings {
  json_unescape plain = nullptr;
  bool (*by_policy)(const void* policy, std::string_view literal, std::string& to) = nullptr;
  const void* policy = nullptr;

  bool read(std::string_view literal, std::string& to) const {
    return plain != nullptr ? plain(literal, to) : by_policy(policy, literal, to);
  }
};

/// Passes a text that json_fault has accepted to a reader. `how`: where the reader is tolerant, what it passes over.
class json_steps {
 public:
  json_steps(std::string_view text, json_reader& to, const escaped_strings& strings, tolerance* how = nullptr) noexcept
      : at_(text.data()), end_(at_ + text.size()), to_(to), strings_(strings), tolerance_(how) {}

  bool value() {  // no deeper than json_depth_limit
    skip_blanks();
    const char* const first = at_;
    if (!begin()) return false;
    std::size_t untold = tolerance_ != nullptr ? tolerance_->take_untold() : tolerance::none;
    if (*first == '{' && !(list('}') && to_.end_object())) return false;
    if (*first == '[' && !(list(']') && to_.end_array())) return false;
    if (tolerance_ != nullptr && untold == tolerance::none) untold = tolerance_->take_untold();  // found at its end
    if (untold != tolerance::none) tolerance_->tell(untold, {first, static_cast<std::size_t>(at_ - first)});
    return true;
  }

 private:
  /// A value, or the bracket at its beginning.
  bool begin() {
    switch (*at_) {
      case '{': return to_.begin_object();
      case '[': return to_.begin_array();
      case '"': return string() && to_.string(string_);
      case 't': return literal("true"), to_.boolean(true);
      case 'f': return literal("false"), to_.boolean(false);
      case 'n': return literal("null"), to_.null();
      default: return number();
    }
  }
  void literal(std::string_view name) noexcept { at_ += name.size(); }
  void skip_blanks() noexcept {
    while (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n') ++at_;
  }

  /// The members or elements, and the bracket behind them.
  bool list(char bracket) {
    do {
      ++at_;  // the opening bracket or a comma
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
    const char* const first = at_;
    bool escapes = false;
    for (++at_; *at_ != '"'; ++at_) {
      if (*at_ != '\\') continue;
      escapes = true;
      ++at_;
    }
    const char* const last = at_++;
    if (!escapes) {
      string_.assign(first + 1, last);
      return true;
    }
    string_.clear();
    return strings_.read({first, static_cast<std::size_t>(at_ - first)}, string_) || to_.fail(fault::malformed);
  }

  bool number() {
    const char* const first = at_;
    while (at_ != end_ && std::string_view{"+-.0123456789eE"}.find(*at_) != std::string_view::npos) ++at_;
    return read_json_number(to_, {first, static_cast<std::size_t>(at_ - first)});
  }

  const char* at_;
  const char* end_;
  json_reader& to_;
  escaped_strings strings_;
  tolerance* tolerance_;
  std::string string_{};
};

}  // namespace detail

/// Purpose: passes a text to a reader; whether it was read. Of the library it needs the strings that have escapes.
/// Rules: a text that is no JSON is told as that (json_fault), whatever is wrong with its values besides; otherwise the
/// first error in the order of the text counts. All adapters end here when their library refuses a text, so they
/// accept the same texts and give the same errors; a policy of yours can do the same.
/// Example: `if (!library_reads(text)) read_json_by_steps(reader_of_a_new_value, text, &my_unescape);`, and
/// ghl/json/nlohmann.hpp.
/// Cost: two passes; it is meant for what has gone wrong. Thread safety: that of `unescape`.
inline bool read_json_by_steps(json_reader& to, std::string_view text, json_unescape unescape) {
  if (const fault f = json_fault(text); f != fault::none) return to.fail(f);
  return detail::json_steps{text, to, detail::escaped_strings{unescape}}.value();
}

/// The same, for a new T.
template <class T>
[[nodiscard]] result<T> read_json_by_steps(std::string_view text, json_unescape unescape) {
  result<T> value;
  json_reader reader{*value};
  if (!read_json_by_steps(reader, text, unescape)) value = reader.error();
  return value;
}

}  // namespace v0
}  // namespace ghl
