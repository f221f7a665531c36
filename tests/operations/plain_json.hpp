// A JSON policy of the parts that every policy here has, and of no library: what includes it compiles in half the time.
#pragma once

#include <ghl/json.hpp>
#include <ghl/value/result.hpp>

#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

struct plain_json {
  struct values {
    static std::string text(double v) {
      char digits[32];
      const bool is_integer = v > -1e15 && v < 1e15 && v == static_cast<double>(static_cast<long long>(v));
      return {digits, is_integer ? std::to_chars(digits, digits + sizeof digits, static_cast<long long>(v)).ptr
                                 : std::to_chars(digits, digits + sizeof digits, v).ptr};  // not 1e+06
    }
    static std::string text(std::string_view v) {
      std::string quoted = "\"";
      for (const char c : v) {
        char escape[8];
        if (c == '"' || c == '\\') quoted += '\\', quoted += c;
        else if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
        else quoted.append(escape, static_cast<std::size_t>(std::snprintf(escape, sizeof escape, "\\u%04x", c)));
      }
      return quoted + '"';
    }
  };
  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    return ghl::read_json_by_steps<T>(text, &ghl::detail::json_string_text);
  }
  template <class T>
  ghl::result<std::string> encode(const T& value) const {
    ghl::result<std::string> text;
    ghl::json_writer<values> writer{*text};
    if (const ghl::fault f = ghl::json_events(value, writer); f != ghl::fault::none) text = ghl::invalid_request(f, "");
    return text;
  }
};

}  // namespace
