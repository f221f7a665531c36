/// A JSON writer for libraries that can write single values but have no writer for events.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

/// Purpose: writes the events of json_events() as compact JSON. It writes most values itself; the library writes
/// floating-point numbers and strings that need escapes, in a struct of yours with two functions, static or not:
///   text(double)             the number, which is finite, as JSON: something that a std::string can append
///   text(std::string_view)   the string, which is valid UTF-8, quoted and escaped
/// Example:
///     ghl::result<std::string> text;
///     ghl::json_writer<my_library_values> writer{*text};
///     if (const ghl::fault f = ghl::json_events(value, writer); f != ghl::fault::none)
///       text = ghl::invalid_request(f, "");
/// Adapters to copy: ghl/json/nlohmann.hpp, ghl/json/boost.hpp. With a library that builds documents, ghl::dom_json is
/// less to write.
/// Lifetime: refers to `out`. Thread safety: one writer, one thread.
template <class Values>
class json_writer {
 public:
  explicit json_writer(std::string& out) noexcept : out_(out) {}

  void null() { append("null"); }
  void boolean(bool v) { append(v ? "true" : "false"); }
  void integer(std::int64_t v) { append(std::to_string(v)); }
  void unsigned_integer(std::uint64_t v) { append(std::to_string(v)); }
  void number(double v) { append(values_.text(v)); }
  void raw_number(std::string_view text) { append(text); }
  void string(std::string_view v) {
    if (detail::has_control(v) || v.find_first_of("\"\\") != std::string_view::npos) return append(values_.text(v));
    separate();
    const std::size_t at = out_.size();
    out_.append(v.size() + 2, '"');  // grows once
    v.copy(out_.data() + at + 1, v.size());
  }
  void key(std::string_view name) {
    string(name);
    out_.push_back(':');
    is_first_ = true;
  }
  void begin_object() { begin('{'); }
  void begin_array() { begin('['); }
  void end_object() { end('}'); }
  void end_array() { end(']'); }

 private:
  void separate() {
    if (!is_first_) out_.push_back(',');
    is_first_ = false;
  }
  void append(std::string_view value) {
    separate();
    out_.append(value);
  }
  void begin(char bracket) {
    separate();
    out_.push_back(bracket);
    is_first_ = true;
  }
  void end(char bracket) {
    out_.push_back(bracket);
    is_first_ = false;
  }

  std::string& out_;
  bool is_first_ = true;  // no comma before the next value
  [[no_unique_address]] Values values_{};
};

}}  // namespace ghl::v0
