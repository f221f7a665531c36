/// JSON through nlohmann/json 3.11.
#pragma once

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/writer.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#if !__has_include(<nlohmann/json.hpp>)
#error "ghl: <nlohmann/json.hpp> is not on the include path; install nlohmann/json 3.11 or newer, or use another JSON adapter"
#endif
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
  std::size_t length;

  bool null() { return to.null(); }
  bool boolean(bool v) { return to.boolean(v); }
  bool number_integer(std::int64_t v) { return to.integer(v); }
  bool number_unsigned(std::uint64_t v) { return to.unsigned_integer(v); }
  bool number_float(double v, const std::string&) { return to.number(v); }
  bool string(std::string& v) { return to.string(v); }
  bool binary(nlohmann::json::binary_t&) { return to.fail(fault::malformed); }
  bool start_object(std::size_t) { return to.begin_object(); }
  bool key(std::string& v) { return to.key(v); }
  bool end_object() { return to.end_object(); }
  bool start_array(std::size_t) { return to.begin_array(); }
  bool end_array() { return to.end_array(); }
  template <class Exception>
  bool parse_error(std::size_t position, const std::string&, const Exception& e) {
    constexpr int number_overflow = 406;
    if (e.id == number_overflow) return to.fail(fault::number_out_of_range);
    if (std::string_view{e.what()}.find("UTF-8") != std::string_view::npos) return to.fail(fault::invalid_utf8);
    return to.fail(position > length ? fault::truncated : fault::malformed);
  }
};

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
/// Errors: values; nlohmann's exceptions are not used, so it works with JSON_NOEXCEPTION and -fno-exceptions.
/// Thread safety: stateless; may be used from any number of threads.
struct nlohmann_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    // nlohmann/json takes a NUL byte for the end of the text; JSON has none.
    if (text.find('\0') != std::string_view::npos) return decode_error(fault::malformed);
    result<T> value;
    json_reader reader{*value};
    detail::nlohmann_reader events{reader, text.size()};
    nlohmann::json::sax_parse(text.begin(), text.end(), &events);
    if (!reader.ok()) value = reader.error();
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
