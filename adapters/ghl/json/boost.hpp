/// JSON through Boost.JSON, 1.75 or newer.
#pragma once

#include <ghl/detail/language.hpp>

#if !__has_include(<boost/json/basic_parser_impl.hpp>)
#include "ghl: <boost/json/basic_parser_impl.hpp> is not on the include path; install Boost 1.75 or newer"
#endif

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/json_kit/writer.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

namespace detail {

/// Boost.JSON's handler, passed on to a json_reader: no document is built. A string or key with escapes comes in parts;
/// one without is passed on as it is.
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

  bool on_document_begin(code&) { return true; }
  bool on_document_end(code&) { return true; }
  bool on_object_begin(code& ec) { return go_on(to.begin_object(), ec); }
  bool on_object_end(std::size_t, code& ec) { return go_on(to.end_object(), ec); }
  bool on_array_begin(code& ec) { return go_on(to.begin_array(), ec); }
  bool on_array_end(std::size_t, code& ec) { return go_on(to.end_array(), ec); }
  bool on_key_part(view v, std::size_t, code&) { return keep(v); }
  bool on_key(view v, std::size_t, code& ec) { return go_on(to.key(joined(v)), ec); }
  bool on_string_part(view v, std::size_t, code&) { return keep(v); }
  bool on_string(view v, std::size_t, code& ec) { return go_on(to.string(joined(v)), ec); }
  bool on_number_part(view v, code&) { return keep(v); }
  bool on_int64(std::int64_t v, view text, code& ec) {
    return go_on(v == 0 ? read_json_number(to, joined(text)) : to.integer(v), ec);  // -0 keeps its sign
  }
  bool on_uint64(std::uint64_t v, view, code& ec) { return go_on(to.unsigned_integer(v), ec); }
  bool on_double(double, view v, code& ec) { return go_on(read_json_number(to, joined(v)), ec); }
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
    parts.clear();
    if (good) return true;
    ec = boost::json::error::syntax;  // any code: a handler that returns false must set one
    return false;
  }
};

inline bool boost_json_unescape(std::string_view literal, std::string& to) {
  boost::system::error_code ec;
  const boost::json::value value = boost::json::parse(boost::json::string_view{literal.data(), literal.size()}, ec);
  if (ec || !value.is_string()) return false;
  to.assign(value.get_string().data(), value.get_string().size());
  return true;
}

/// Single values, for json_writer.
struct boost_json_values {
  static std::string text(double v) { return boost::json::serialize(boost::json::value(v)); }
  static std::string text(std::string_view v) {
    return boost::json::serialize(boost::json::string_view{v.data(), v.size()});
  }
};

}  // namespace detail

/// Purpose: a JSON policy on Boost.JSON. Tested with 1.81. Reads without building a document.
/// Example: `ghl::client api{transport, ghl::boost_json{}, token};`
/// Build: Boost.JSON has a compiled part: either link with libboost_json, or include <boost/json/src.hpp> in exactly
/// one source file of the program (no library is needed then). This header does neither.
/// Numbers: read from their text by ghl::read_json_number, exactly, as Boost.JSON 1.81 itself does not; floating-point
/// numbers are written as Boost.JSON writes them, 0.5 as 5E-1.
/// A text that Boost.JSON refuses is read again by ghl::read_json_by_steps: it refuses exponents of ten digits and more
/// even for a zero (0e9999999999), and the error is that of every other adapter.
/// Errors: values; Boost.JSON is given an error_code and throws only when memory runs out. With -fno-exceptions it
/// needs the program's own boost::throw_exception, as all of Boost does.
/// Thread safety: stateless; may be used from any number of threads.
struct boost_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    result<T> value;
    json_reader reader{*value};
    boost::json::parse_options options;
    options.max_depth = json_depth_limit + 1;  // the reader refuses first
    boost::json::basic_parser<detail::boost_json_reader> parser{options, reader};
    boost::system::error_code ec;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
    if (ec || read != text.size() || !reader.ok()) value = read_json_by_steps<T>(text, &detail::boost_json_unescape);
    return value;
  }

  template <class T>
  [[nodiscard]] result<std::string> encode(const T& value) const {
    result<std::string> text;
    json_writer<detail::boost_json_values> writer{*text};
    if (const fault f = json_events(value, writer); f != fault::none) text = invalid_request(f, "");
    return text;
  }
};

}}  // namespace ghl::v0
