/// A JSON policy for the tests of the core: it reads an object as the API's failures are (strings without escapes,
/// arrays of them, whole numbers, true and false, objects in it), and refuses the rest.
#pragma once

#include <ghl/json_kit/reader.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

struct flat_json {
  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    T value{};
    ghl::json_reader reader{value};
    cursor at{text};
    const bool whole = at.object(reader) && at.rest.find_first_not_of(" \n") == std::string_view::npos;
    if (whole && reader.ok()) return value;
    const ghl::error failed = reader.error();
    return whole || failed.fault == ghl::fault::wrong_type ? failed : ghl::decode_error(ghl::fault::malformed);
  }

 private:
  struct cursor {
    std::string_view rest;

    bool take(char c) {
      while (rest.starts_with(' ') || rest.starts_with('\n')) rest.remove_prefix(1);
      if (!rest.starts_with(c)) return false;
      rest.remove_prefix(1);
      return true;
    }
    bool text(std::string_view& out) {
      const std::size_t end = take('"') ? rest.find('"') : std::string_view::npos;
      if (end == std::string_view::npos) return false;
      out = rest.substr(0, end);
      rest.remove_prefix(end + 1);
      return true;
    }
    bool word(std::string_view w) {
      if (!rest.starts_with(w)) return false;
      rest.remove_prefix(w.size());
      return true;
    }
    bool value(ghl::json_reader& to) {
      std::string_view s;
      if (text(s)) return to.string(s);
      if (take('[')) {
        if (!to.begin_array()) return false;
        if (take(']')) return to.end_array();
        do {
          if (!text(s) || !to.string(s)) return false;
        } while (take(','));
        return take(']') && to.end_array();
      }
      if (rest.starts_with('{')) return object(to);
      if (word("true")) return to.boolean(true);
      if (word("false")) return to.boolean(false);
      std::int64_t n = 0;
      const std::size_t before = rest.size();
      for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; rest.remove_prefix(1))
        n = n * 10 + (rest.front() - '0');
      return rest.size() != before && to.integer(n);
    }
    bool object(ghl::json_reader& to) {
      if (!take('{') || !to.begin_object()) return false;
      do {
        std::string_view name;
        if (!text(name) || !take(':') || !to.key(name) || !value(to)) return false;
      } while (take(','));
      return take('}') && to.end_object();
    }
  };
};
