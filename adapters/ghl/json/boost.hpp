/// JSON through Boost.JSON, 1.75 or newer.
#pragma once

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/value/result.hpp>

#if !__has_include(<boost/json/basic_parser_impl.hpp>)
#error "ghl: <boost/json/basic_parser_impl.hpp> is not on the include path; install Boost 1.75 or newer, or use another JSON adapter"
#endif
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// Boost.JSON's handler in front of a json_reader: no document is built. Of a string or key with escapes the text comes
/// in parts; one without goes to the reader as it stands.
struct boost_json_reader {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using view = boost::json::string_view;
  using code = boost::system::error_code;

  explicit boost_json_reader(json_reader& reader) : to(reader) {}

  json_reader& to;
  std::string parts{};
  bool refused = false;  // by the reader, which knows why

  bool on_document_begin(code&) { return true; }
  bool on_document_end(code&) { return true; }
  bool on_object_begin(code& ec) { return go_on(to.begin_object(), ec); }
  bool on_object_end(std::size_t, code& ec) { return go_on(to.end_object(), ec); }
  bool on_array_begin(code& ec) { return go_on(to.begin_array(), ec); }
  bool on_array_end(std::size_t, code& ec) { return go_on(to.end_array(), ec); }
  bool on_key_part(view v, std::size_t, code&) { return keep(v); }
  bool on_key(view v, std::size_t, code& ec) {
    const bool good = to.key(joined(v));
    parts.clear();
    return go_on(good, ec);
  }
  bool on_string_part(view v, std::size_t, code&) { return keep(v); }
  bool on_string(view v, std::size_t, code& ec) {
    const bool good = to.string(joined(v));
    parts.clear();
    return go_on(good, ec);
  }
  bool on_number_part(view v, code&) { return keep(v); }
  bool on_int64(std::int64_t v, view, code& ec) { return parts.clear(), go_on(to.integer(v), ec); }
  bool on_uint64(std::uint64_t v, view, code& ec) { return parts.clear(), go_on(to.unsigned_integer(v), ec); }
  bool on_double(double, view v, code& ec) {
    const bool good = read_json_number(to, joined(v));
    parts.clear();
    return go_on(good, ec);
  }
  bool on_bool(bool v, code& ec) { return go_on(to.boolean(v), ec); }
  bool on_null(code& ec) { return go_on(to.null(), ec); }
  bool on_comment_part(view, code&) { return true; }
  bool on_comment(view, code&) { return true; }

 private:
  bool keep(view v) {
    parts.append(v.data(), v.size());
    return true;
  }
  std::string_view joined(view last) {
    if (parts.empty()) return {last.data(), last.size()};
    keep(last);
    return parts;
  }
  bool go_on(bool good, code& ec) {
    if (good) return true;
    refused = true;
    ec = boost::json::error::syntax;  // any code: a handler that stops must set one
    return false;
  }
};

/// Writes the events of a value: strings and floating-point numbers by Boost.JSON, the rest here.
struct boost_json_writer {
  std::string text{};
  bool first = true;  // nothing stands before the next value in its array or object

  void null() { put("null"); }
  void boolean(bool v) { put(v ? "true" : "false"); }
  void integer(std::int64_t v) { put(std::to_string(v)); }
  void unsigned_integer(std::uint64_t v) { put(std::to_string(v)); }
  void number(double v) { put(boost::json::serialize(boost::json::value(v))); }
  void string(std::string_view v) { put(quoted(v)); }
  void key(std::string_view name) {
    put(quoted(name));
    text.push_back(':');
    first = true;
  }
  void begin_object() { begin('{'); }
  void begin_array() { begin('['); }
  void end_object() { end('}'); }
  void end_array() { end(']'); }

 private:
  static std::string quoted(std::string_view v) {
    return boost::json::serialize(boost::json::string_view{v.data(), v.size()});
  }
  void put(std::string_view value) {
    if (!first) text.push_back(',');
    text.append(value);
    first = false;
  }
  void begin(char bracket) {
    put({&bracket, 1});
    first = true;
  }
  void end(char bracket) {
    text.push_back(bracket);
    first = false;
  }
};

}  // namespace detail

/// Purpose: a JSON policy on Boost.JSON. Tested with 1.81. Reads without building a document.
/// Example: `ghl::client api{transport, ghl::boost_json{}, token};`
/// Build: Boost.JSON has a compiled part: either link with libboost_json, or include <boost/json/src.hpp> in exactly
/// one source file of the program (no library is needed then). This header does neither.
/// Numbers: read from their text by ghl::read_json_number, to the last bit, which Boost.JSON 1.81 itself does not do;
/// floating-point numbers are written as Boost.JSON writes them, 0.5 as 5E-1. It refuses exponents of ten digits and
/// more even where the number is a zero (0e9999999999), which other libraries take.
/// Errors: values; Boost.JSON is given an error_code and throws only for want of memory. With -fno-exceptions it needs
/// the program's own boost::throw_exception, as all of Boost does.
/// Thread safety: stateless; may be used from any number of threads.
struct boost_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    T value{};
    json_reader reader{value};
    boost::json::parse_options options;
    options.max_depth = json_depth_limit + 1;  // the reader refuses first
    boost::json::basic_parser<detail::boost_json_reader> parser{options, reader};
    boost::system::error_code ec;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
    if ((ec || read != text.size()) && !parser.handler().refused) {
      const fault f = json_fault(text);
      reader.fail(f == fault::none ? fault::number_out_of_range : f);  // an exponent that Boost.JSON cannot count
    }
    if (!reader.ok()) return reader.error();
    return value;
  }

  template <class T>
  [[nodiscard]] result<std::string> encode(const T& value) const {
    detail::boost_json_writer writer;
    if (const fault f = json_events(value, writer); f != fault::none) return invalid_request(f, "");
    return std::move(writer.text);
  }
};

}}  // namespace ghl::v0
