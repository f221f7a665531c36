/// A JSON policy without a JSON library, for the tests of the core: it "reads" by playing a script of events, and
/// writes through its own few lines.
#pragma once

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>

#include <cstdint>
#include <string>
#include <string_view>

// ---- what a text is read as ----

inline bool says_nothing(ghl::json_reader& to) { return to.begin_object() && to.end_object(); }
inline bool says_succeeded(ghl::json_reader& to) {
  return to.begin_object() && to.key("succeded") && to.boolean(true) && to.end_object();
}
inline bool says_tokens(ghl::json_reader& to) {
  return to.begin_object() && to.key("access_token") && to.string("access-2") && to.key("refresh_token") &&
         to.string("refresh-2") && to.end_object();
}

struct scripted_json {
  /// What every text is read as.
  bool (*script)(ghl::json_reader&) = [](ghl::json_reader&) { return false; };
  std::string last_text{};

  template <class T>
  ghl::result<T> decode(std::string_view text) {
    last_text = text;
    T value{};
    ghl::json_reader reader{value};
    script(reader);
    if (!reader.ok()) return reader.error();
    return value;
  }

  struct writer {
    std::string out;
    bool first = true;
    void comma() {
      if (!first) out += ',';
      first = false;
    }
    void null() { comma(), out += "null"; }
    void boolean(bool v) { comma(), out += v ? "true" : "false"; }
    void integer(std::int64_t v) { comma(), out += std::to_string(v); }
    void unsigned_integer(std::uint64_t v) { comma(), out += std::to_string(v); }
    void number(double v) { comma(), out += std::to_string(v); }
    void string(std::string_view v) { comma(), out.append("\"").append(v).append("\""); }
    void key(std::string_view v) {
      comma();
      out.append("\"").append(v).append("\":");
      first = true;
    }
    void begin_object() { comma(), out += '{', first = true; }
    void end_object() { out += '}', first = false; }
    void begin_array() { comma(), out += '[', first = true; }
    void end_array() { out += ']', first = false; }
  };

  template <class T>
  ghl::result<std::string> encode(const T& value) {
    writer w;
    if (const ghl::fault f = ghl::json_events(value, w); f != ghl::fault::none) return ghl::invalid_request(f, "");
    return w.out;
  }
};
