/// JSON through RapidJSON 1.1.
#pragma once

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/value/result.hpp>

#if !__has_include(<rapidjson/reader.h>)
#error "ghl: <rapidjson/reader.h> is not on the include path; install RapidJSON 1.1, or use another JSON adapter"
#endif
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

namespace detail {

/// RapidJSON's handler in front of a json_reader: no document is built.
struct rapidjson_reader {
  json_reader& to;
  bool escapes;  // there are some in the text
  using size = rapidjson::SizeType;

  bool Null() { return to.null(); }
  bool Bool(bool v) { return to.boolean(v); }
  bool RawNumber(const char* text, size length, bool) { return read_json_number(to, {text, length}); }
  bool String(const char* text, size length, bool) {
    const std::string_view v{text, length};
    return !escapes || whole_pairs(v) ? to.string(v) : to.fail(fault::malformed);
  }
  bool Key(const char* text, size length, bool) {
    const std::string_view v{text, length};
    return !escapes || whole_pairs(v) ? to.key(v) : to.fail(fault::malformed);
  }
  bool StartObject() { return to.begin_object(); }
  bool EndObject(size) { return to.end_object(); }
  bool StartArray() { return to.begin_array(); }
  bool EndArray(size) { return to.end_array(); }

  // Never called: numbers come as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  /// Of the second half of a surrogate pair without the first, RapidJSON makes three bytes that are no UTF-8. Only an
  /// escape can say one: as bytes of the text, RapidJSON refuses it.
  static bool whole_pairs(std::string_view text) noexcept {
    for (std::size_t i = text.find('\xED'); i != std::string_view::npos; i = text.find('\xED', i + 1))
      if (i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return false;
    return true;
  }
};

/// The events of a value in front of RapidJSON's writer.
struct rapidjson_writer {
  rapidjson::Writer<rapidjson::StringBuffer>& to;

  void null() { to.Null(); }
  void boolean(bool v) { to.Bool(v); }
  void integer(std::int64_t v) { to.Int64(v); }
  void unsigned_integer(std::uint64_t v) { to.Uint64(v); }
  void number(double v) { to.Double(v); }
  void string(std::string_view v) { to.String(v.data(), static_cast<rapidjson::SizeType>(v.size())); }
  void key(std::string_view v) { to.Key(v.data(), static_cast<rapidjson::SizeType>(v.size())); }
  void begin_object() { to.StartObject(); }
  void end_object() { to.EndObject(); }
  void begin_array() { to.StartArray(); }
  void end_array() { to.EndArray(); }
};

}  // namespace detail

/// Purpose: a JSON policy on RapidJSON. Tested with 1.1.0. Reads without building a document.
/// Example: `ghl::client api{transport, ghl::rapidjson_json{}, token};`
/// Numbers: read from their text by ghl::read_json_number, to the last bit: RapidJSON's own reading is off by a bit now
/// and then, and its "full precision" does undefined things with some zeros. It refuses a zero with an exponent beyond
/// 308 (0e400), which other libraries take.
/// Errors: values. No text makes an assertion of RapidJSON's fail, whatever RAPIDJSON_ASSERT is; RapidJSON has no
/// exceptions, so it works with -fno-exceptions. Memory that is not there is not RapidJSON's strength: malloc's null
/// goes unchecked in 1.1.
/// Thread safety: stateless; may be used from any number of threads.
struct rapidjson_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    // RapidJSON checks UTF-8 only where it is told to, and is told not to recurse.
    constexpr unsigned flags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
    T value{};
    json_reader reader{value};
    detail::rapidjson_reader events{reader, text.find('\\') != std::string_view::npos};
    rapidjson::MemoryStream in{text.data(), text.size()};
    rapidjson::Reader parser;
    const rapidjson::ParseErrorCode code = parser.Parse<flags>(in, events).Code();
    // A NUL byte is the end of the text for RapidJSON; in JSON it is nothing.
    const bool whole = code == rapidjson::kParseErrorNone && in.Tell() == text.size();
    if (!whole && code != rapidjson::kParseErrorTermination) {
      const fault f = json_fault(text);
      reader.fail(f == fault::none ? fault::number_out_of_range : f);  // 0e400: see above
    }
    if (!reader.ok()) return reader.error();
    return value;
  }

  template <class T>
  [[nodiscard]] result<std::string> encode(const T& value) const {
    rapidjson::StringBuffer text;
    rapidjson::Writer<rapidjson::StringBuffer> writer{text};
    detail::rapidjson_writer events{writer};
    if (const fault f = json_events(value, events); f != fault::none) return invalid_request(f, "");
    return std::string{text.GetString(), text.GetSize()};
  }
};

}}  // namespace ghl::v0
