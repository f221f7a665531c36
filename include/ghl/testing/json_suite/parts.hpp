/// Values and JSON texts taken apart, so that a check can say where two of them differ.
#pragma once

#include <ghl/json_kit/events.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

/// Something in a value or a text, and where it is.
struct part {
  enum class kind : unsigned char { null, flag, whole, real, string, array, object };
  std::string path;  // as in error::where
  kind what;
  std::string text;  // a string as it is; an array's number of elements
  friend bool operator==(const part&, const part&) = default;
};
using parts = std::vector<part>;

inline std::string_view name_of(part::kind k) {
  constexpr std::string_view names[] = {"null", "a bool", "an integer", "a floating-point number", "a string",
                                        "an array", "an object"};
  return names[static_cast<std::size_t>(k)];
}

/// Collects the parts of a value: to be given to json_events().
class part_writer {
 public:
  parts all{};

  void null() { add(part::kind::null, ""); }
  void boolean(bool v) { add(part::kind::flag, v ? "true" : "false"); }
  void integer(std::int64_t v) { add(part::kind::whole, std::to_string(v)); }
  void unsigned_integer(std::uint64_t v) { add(part::kind::whole, std::to_string(v)); }
  void number(double v) {
    char digits[64];
    static_cast<void>(std::snprintf(digits, sizeof digits, "%.17g", v + 0.0));  // of the two zeros, one
    add(part::kind::real, digits);
  }
  void string(std::string_view v) { add(part::kind::string, v); }
  void key(std::string_view name) { open_.back().key = name; }
  void begin_object() { begin(part::kind::object); }
  void begin_array() { begin(part::kind::array); }
  void end_object() { open_.pop_back(); }
  void end_array() {
    all[open_.back().at].text = std::to_string(open_.back().elements);
    open_.pop_back();
  }

 private:
  struct level {
    std::size_t at;  // in `all`
    std::string path;
    bool array;
    std::size_t elements;
    std::string key;
  };

  std::string next() {
    if (open_.empty()) return {};
    level& in = open_.back();
    if (in.array) return in.path + "[" + std::to_string(in.elements++) + "]";
    return in.path.empty() ? in.key : in.path + "." + in.key;
  }
  void add(part::kind what, std::string_view text) { all.push_back({next(), what, std::string{text}}); }
  void begin(part::kind what) {
    std::string path = next();
    open_.push_back({all.size(), path, what == part::kind::array, 0, {}});
    all.push_back({std::move(path), what, {}});
  }

  std::vector<level> open_{};
};

template <class T>
parts parts_of(const T& value) {
  part_writer out;
  static_cast<void>(json_events(value, out));
  return std::move(out.all);
}

/// Takes apart a text that json_fault has accepted. Strings keep their escapes.
class text_parts {
 public:
  explicit text_parts(std::string_view text) : rest_(text) {}

  parts take() {
    value();
    return std::move(out_.all);
  }

 private:
  void skip(std::string_view bytes) {
    const std::size_t end = rest_.find_first_not_of(bytes);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
  }
  std::string_view until(std::size_t end) {
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(out.size());
    return out;
  }
  std::string_view string() {
    std::size_t end = 1;
    while (rest_[end] != '"') end += rest_[end] == '\\' ? 2U : 1U;
    return until(end + 1).substr(1, end - 1);
  }
  void list(char bracket) {
    do {
      rest_.remove_prefix(1);  // the opening bracket or a comma
      skip(blanks);
      if (rest_.front() == bracket) break;
      if (bracket == '}') {
        out_.key(string());
        skip(blanks);
        rest_.remove_prefix(1);  // the colon
      }
      value();
      skip(blanks);
    } while (rest_.front() == ',');
    rest_.remove_prefix(1);
  }
  void value() {  // no deeper than json_depth_limit
    skip(blanks);
    switch (rest_.front()) {
      case '{': return out_.begin_object(), list('}'), out_.end_object();
      case '[': return out_.begin_array(), list(']'), out_.end_array();
      case '"': return out_.string(string());
      case 't': return static_cast<void>(until(4)), out_.boolean(true);
      case 'f': return static_cast<void>(until(5)), out_.boolean(false);
      case 'n': return static_cast<void>(until(4)), out_.null();
      default: break;
    }
    const std::string_view number = until(rest_.find_first_not_of("+-.0123456789eE"));
    out_.number_text(number);
  }

  static constexpr std::string_view blanks = " \t\r\n";
  struct writer : part_writer {
    void number_text(std::string_view number) {
      const bool whole = number.find_first_of(".eE") == std::string_view::npos;
      string(number);
      all.back().what = whole ? part::kind::whole : part::kind::real;
    }
  };

  std::string_view rest_;
  writer out_{};
};

}}}}  // namespace ghl::v0::testing::json
