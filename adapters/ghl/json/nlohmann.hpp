/// JSON through nlohmann/json 3.11.
#pragma once

#include <ghl/detail/language.hpp>

#if !__has_include(<nlohmann/json.hpp>)
#include "ghl: <nlohmann/json.hpp> is not on the include path; install nlohmann/json 3.11 or newer"
#endif

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/json_kit/writer.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

namespace detail {

/// nlohmann's SAX interface, passed on to a json_reader: no document is built.
struct nlohmann_reader {
  json_reader& to;

  bool null() { return to.null(); }
  bool boolean(bool v) { return to.boolean(v); }
  bool number_integer(std::int64_t v) { return v == 0 ? to.number(-0.0) : to.integer(v); }  // only -0 comes as such
  bool number_unsigned(std::uint64_t v) { return to.unsigned_integer(v); }
  /// From 2^53 on the text tells whether it is an integer. It has the decimal point of the program's locale.
  bool number_float(double v, const std::string& text) {
    constexpr double exact = 9007199254740992.0;
    if (v > -exact && v < exact) return to.number(v, text);
    std::string number = text;
    for (char& c : number)
      if (!is_alnum(c) && c != '-' && c != '+') c = '.';
    return read_json_number(to, number);
  }
  bool string(std::string& v) { return to.string(v); }
  bool binary(nlohmann::json::binary_t&) { return to.fail(fault::malformed); }
  bool start_object(std::size_t) { return to.begin_object(); }
  bool key(std::string& v) { return to.key(v); }
  bool end_object() { return to.end_object(); }
  bool start_array(std::size_t) { return to.begin_array(); }
  bool end_array() { return to.end_array(); }
  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception&) {
    return false;
  }
};

inline bool nlohmann_unescape(std::string_view literal, std::string& to) {
  const auto value = nlohmann::json::parse(literal.begin(), literal.end(), nullptr, false);
  if (!value.is_string()) return false;
  to = value.get_ref<const std::string&>();
  return true;
}

/// Single values, for json_writer: a document would cost a dozen allocations.
struct nlohmann_values {
  template <class T>
  static std::string text(T value) {
    return nlohmann::json(value).dump();
  }
};

}  // namespace detail

/// Purpose: a JSON policy on nlohmann/json. Tested with 3.11.2. Reads without building a document.
/// Example: `ghl::client api{transport, ghl::nlohmann_json{}, token};`
/// A text that nlohmann/json refuses is read again by ghl::read_json_by_steps: it refuses a number beyond every double
/// even where nobody reads it, and the error is that of every other adapter.
/// Errors: values; nlohmann's exceptions are not used, so it works with JSON_NOEXCEPTION and -fno-exceptions.
/// Thread safety: stateless; may be used from any number of threads.
struct nlohmann_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    // nlohmann/json takes a NUL byte for the end of the text, and passes over a byte order mark; JSON has neither.
    const bool odd = text.starts_with('\xEF') || text.find('\0') != std::string_view::npos;
    result<T> value;
    json_reader reader{*value};
    detail::nlohmann_reader events{reader};
    if (odd || !nlohmann::json::sax_parse(text.begin(), text.end(), &events) || !reader.ok())
      value = read_json_by_steps<T>(text, &detail::nlohmann_unescape);
    return value;
  }

  template <class T>
  [[nodiscard]] result<std::string> encode(const T& value) const {
    result<std::string> text;
    json_writer<detail::nlohmann_values> writer{*text};
    if (const fault f = json_events(value, writer); f != fault::none) text = invalid_request(f, "");
    return text;
  }
};

}}  // namespace ghl::v0
