/// JSON through RapidJSON 1.1.
#pragma once

#include <ghl/detail/language.hpp>

#if !__has_include(<rapidjson/reader.h>)
#include "ghl: <rapidjson/reader.h> is not on the include path; install RapidJSON 1.1, or use another JSON adapter"
#endif

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/value/result.hpp>

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

/// RapidJSON's handler, passed on to a json_reader: no document is built.
struct rapidjson_reader {
  json_reader& to;
  bool escapes;  // the text has some
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

  /// RapidJSON turns an escaped low surrogate without a high one into three bytes that are not UTF-8. It refuses those
  /// bytes in the text itself.
  static bool whole_pairs(std::string_view text) noexcept {
    for (std::size_t i = text.find('\xED'); i != std::string_view::npos; i = text.find('\xED', i + 1))
      if (i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return false;
    return true;
  }
};

/// Takes the one string of a text.
struct rapidjson_string : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, rapidjson_string> {
  explicit rapidjson_string(std::string& out) : to(out) {}
  std::string& to;
  bool String(const char* text, rapidjson::SizeType length, bool) {
    to.assign(text, length);
    return true;
  }
};
inline bool rapidjson_unescape(std::string_view literal, std::string& to) {
  rapidjson::MemoryStream in{literal.data(), literal.size()};
  rapidjson_string string{to};
  rapidjson::Reader parser;
  return !parser.Parse<rapidjson::kParseNoFlags>(in, string).IsError();
}

/// The events of a value, passed on to RapidJSON's writer.
struct rapidjson_writer {
  rapidjson::Writer<rapidjson::StringBuffer>& to;

  void null() { to.Null(); }
  void boolean(bool v) { to.Bool(v); }
  void integer(std::int64_t v) { to.Int64(v); }
  void unsigned_integer(std::uint64_t v) { to.Uint64(v); }
  void number(double v) { to.Double(v); }
  void raw_number(std::string_view v) { to.RawValue(v.data(), v.size(), rapidjson::kNumberType); }
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
/// Numbers: read from their text by ghl::read_json_number, exactly: RapidJSON's own result may be off by one bit, and
/// its "full precision" has undefined behaviour for some zeros.
/// A text that RapidJSON refuses is read again by ghl::read_json_by_steps: it refuses some numbers that are small, but
/// have a large exponent or many digits (0e400), and the error is that of every other adapter.
/// A limit of RapidJSON: it writes \u001F where the other adapters write \u001f, which is the same string.
/// Errors: values. No text makes an assertion of RapidJSON fail, whatever RAPIDJSON_ASSERT is; RapidJSON has no
/// exceptions, so it works with -fno-exceptions. RapidJSON 1.1 does not check what malloc returns.
/// Thread safety: stateless; may be used from any number of threads.
struct rapidjson_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    // RapidJSON validates UTF-8 and avoids recursion only if it is told to.
    constexpr unsigned flags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
    result<T> value;
    json_reader reader{*value};
    detail::rapidjson_reader events{reader, text.find('\\') != std::string_view::npos};
    rapidjson::MemoryStream in{text.data(), text.size()};
    rapidjson::Reader parser;
    // RapidJSON takes a NUL byte for the end of the text; JSON has none.
    const bool whole = !parser.Parse<flags>(in, events).IsError() && in.Tell() == text.size();
    if (!whole || !reader.ok()) value = read_json_by_steps<T>(text, &detail::rapidjson_unescape);
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
