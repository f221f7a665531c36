/// JSON through nlohmann/json 3.11.
#pragma once

#include <ghl/json_events.hpp>
#include <ghl/json_reader.hpp>
#include <ghl/result.hpp>

#if !__has_include(<nlohmann/json.hpp>)
#error "ghl: <nlohmann/json.hpp> is not on the include path; install nlohmann/json 3.11 or newer, or use another JSON adapter"
#endif
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl::inline v0 {

namespace detail {

/// nlohmann's SAX interface in front of a json_reader: no document is built.
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

/// Builds a document from the events of a value.
class nlohmann_writer {
 public:
  void null() { put(nullptr); }
  void boolean(bool v) { put(v); }
  void integer(std::int64_t v) { put(v); }
  void unsigned_integer(std::uint64_t v) { put(v); }
  void number(double v) { put(v); }
  void string(std::string_view v) { put(v); }
  void key(std::string_view name) { key_ = name; }
  void begin_object() { open_.push_back(&put(nlohmann::ordered_json::object())); }
  void begin_array() { open_.push_back(&put(nlohmann::ordered_json::array())); }
  void end_object() { open_.pop_back(); }
  void end_array() { open_.pop_back(); }
  [[nodiscard]] std::string text() const { return root_.dump(); }

 private:
  nlohmann::ordered_json& put(nlohmann::ordered_json v) {
    if (open_.empty()) return root_ = std::move(v);
    if (open_.back()->is_array()) return open_.back()->emplace_back(std::move(v));
    return (*open_.back())[key_] = std::move(v);
  }
  nlohmann::ordered_json root_;
  std::vector<nlohmann::ordered_json*> open_;
  std::string key_;
};

}  // namespace detail

/// Purpose: a JSON policy on nlohmann/json. Tested with 3.11.2. Reads without building a document.
/// Example: `ghl::client api{transport, ghl::nlohmann_json{}, token};`
/// Errors: values; nlohmann's exceptions are not used, so it works with JSON_NOEXCEPTION and -fno-exceptions.
/// Thread safety: stateless; may be used from any number of threads.
struct nlohmann_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    // For nlohmann/json a NUL byte is the end of the text; in JSON it is nothing.
    if (text.find('\0') != std::string_view::npos) return decode_error(fault::malformed);
    T value{};
    json_reader reader{value};
    detail::nlohmann_reader events{reader, text.size()};
    nlohmann::json::sax_parse(text.begin(), text.end(), &events);
    if (!reader.ok()) return reader.error();
    return value;
  }

  template <class T>
  [[nodiscard]] result<std::string> encode(const T& value) const {
    detail::nlohmann_writer writer;
    if (const fault f = json_events(value, writer); f != fault::none) return invalid_request(f, "");
    return writer.text();
  }
};

}  // namespace ghl::inline v0
