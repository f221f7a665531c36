/// Passes a JSON text that is known to be good to a JSON writer, event by event.
#pragma once

#include <ghl/detail/finite.hpp>
#include <ghl/json_kit/compact_text.hpp>
#include <ghl/json_kit/kind.hpp>
#include <ghl/json_kit/numbers.hpp>
#include <ghl/json_kit/parsed_number.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/value/fault.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

namespace ghl { inline namespace v0 { namespace detail {

/// Takes one number.
struct number_taker {
  parsed_number read{parsed_number::real, 0, 0, 0};
  bool integer(std::int64_t v, std::string_view = {}) { return take({parsed_number::integer, v, 0, 0}); }
  bool unsigned_integer(std::uint64_t v, std::string_view = {}) { return take({parsed_number::natural, 0, v, 0}); }
  bool number(double v, std::string_view = {}) { return take({parsed_number::real, 0, 0, v}); }
  bool take(const parsed_number& n) {
    read = n;
    return true;
  }
};

template <class Writer>
fault replay_number(std::string_view text, Writer& out) {
  if constexpr (requires { read_json_number(out, text); }) {  // a json_reader
    read_json_number(out, text);
  } else if constexpr (requires { out.raw_number(text); }) {
    out.raw_number(text);
  } else {
    number_taker taker;
    pass_number(taker, text);
    const parsed_number& n = taker.read;
    if (n.as == parsed_number::integer) {
      out.integer(n.i);
    } else if (n.as == parsed_number::natural) {
      // As from a member of a signed type, where it can be one.
      if (n.u >> 63U == 0) out.integer(static_cast<std::int64_t>(n.u));
      else out.unsigned_integer(n.u);
    } else {
      if (!is_finite(n.d)) return fault::number_out_of_range;
      out.number(n.d);
    }
  }
  return fault::none;
}

/// What a string says; `own` has it if it has escapes.
inline std::string_view take_string(std::string_view& text, std::string& own) {
  const std::string_view literal = text.substr(0, end_of_string(text, 0));
  text.remove_prefix(literal.size());
  if (literal.find('\\') == std::string_view::npos) return literal.substr(1, literal.size() - 2);
  json_string_text(literal, own);
  return own;
}

/// The value that `text` begins with, which is taken off.
template <class Writer>
fault replay_json(std::string_view& text, Writer& out) {
  const char first = text.front();
  if (first == '"') {
    std::string own;
    out.string(take_string(text, own));
  } else if (first == '{' || first == '[') {
    const bool is_object = first == '{';
    const char end = is_object ? '}' : ']';
    if (is_object) out.begin_object();
    else out.begin_array();
    for (text.remove_prefix(1); text.front() != end;) {
      std::string own;  // a key stays until the end of its value
      if (is_object) {
        out.key(take_string(text, own));
        text.remove_prefix(1);
      }
      if (const fault f = replay_json(text, out); f != fault::none) return f;
      if (text.front() == ',') text.remove_prefix(1);
    }
    text.remove_prefix(1);
    if (is_object) out.end_object();
    else out.end_array();
  } else {
    const std::string_view literal = text.substr(0, text.find_first_of(",]}"));
    text.remove_prefix(literal.size());
    if (first == 'n') out.null();
    else if (first == 't' || first == 'f') out.boolean(first == 't');
    else return replay_number(literal, out);
  }
  return fault::none;
}

/// The kind of the value that a text begins with.
inline json_kind kind_of(std::string_view text) noexcept {
  switch (text.front()) {
    case '{': return json_kind::object;
    case '[': return json_kind::array;
    case '"': return json_kind::string;
    case 'n': return json_kind::null;
    case 't':
    case 'f': return json_kind::boolean;
    default: break;
  }
  const char* const end = text.data() + text.size();
  std::int64_t i = 0;
  std::uint64_t u = 0;
  if (text == "-0") return json_kind::number;
  if (const auto [at, failed] = std::from_chars(text.data(), end, i); failed == std::errc{} && at == end)
    return json_kind::integer;
  if (const auto [at, failed] = std::from_chars(text.data(), end, u); failed == std::errc{} && at == end)
    return json_kind::unsigned_integer;
  return json_kind::number;
}

}}}  // namespace ghl::v0::detail
