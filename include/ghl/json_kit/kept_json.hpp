/// Makes a text of the pieces of a value that a reader keeps as it is.
#pragma once

#include <ghl/detail/finite.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/json_kit/compact.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/equal_keys.hpp>
#include <ghl/json_kit/parsed_number.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/value/fault.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Appends a number as it stands in the JSON, or a short text that is read as the same number; false for an
/// infinity without a text.
inline bool append_number(std::string& to, const parsed_number& n) {
  if (n.text.empty() && n.as == parsed_number::integer) return static_cast<void>(to.append(std::to_string(n.i))), true;
  if (n.text.empty() && n.as == parsed_number::natural) return static_cast<void>(to.append(std::to_string(n.u))), true;
  const std::size_t from = to.size();
  if (!n.text.empty()) {
    to.append(n.text);
  } else {
    if (!is_finite(n.d)) return false;
    char text[32];
    for (const int digits : {15, 16, 17}) {
      std::snprintf(text, sizeof text, "%.*g", digits, n.d);
      const double read = std::strtod(text, nullptr);
      if (!(read < n.d || read > n.d)) break;
    }
    to.append(text);
  }
  // A program's locale may have another decimal point, for snprintf and for parsers.
  for (std::size_t i = from; i < to.size(); ++i)
    if (!is_alnum(to[i]) && to[i] != '-' && to[i] != '+') to[i] = '.';
  return true;
}

/// What a json_reader does with each piece.
struct json_keeper {
  template <class Value>
  static bool take(json_reader& from, const slot& to, const json_piece& piece) {
    return take(from, static_cast<Value*>(to.value)->text_, to, piece);
  }

 private:
  /// A reader that is tolerant goes on, behind the value.
  static bool give_up(json_reader& from, std::string& text, slot to) {
    const std::size_t open = from.skipping_;
    text.clear();
    from.kept_ = {nullptr, nullptr};
    from.skipping_ = 0;
    const bool goes_on = from.refuse(fault::number_out_of_range, to);
    from.skipping_ += open;
    return goes_on;
  }
  /// A null alone leaves the text empty.
  static bool take(json_reader& from, std::string& text, const slot& to, const json_piece& piece) {
    const bool begins = from.skipping_ == 0;
    if (begins) text.clear();
    else if (piece.what != json_piece::close && text.back() != '{' && text.back() != '[' && text.back() != ':')
      text.push_back(',');
    if (piece.what == json_piece::literal) {
      if (!begins || piece.text != "null") text.append(piece.text);
    } else if (piece.what == json_piece::number) {
      if (!append_number(text, *piece.number_read)) return give_up(from, text, to);
    } else if (piece.what == json_piece::string) {
      append_json_string(text, piece.text);
    } else if (piece.what == json_piece::key) {
      append_json_string(text, piece.text);
      text.push_back(':');
      return true;
    } else if (piece.what == json_piece::open) {
      text.append(piece.text);
      from.kept_ = to;
      ++from.skipping_;
      return true;
    } else {
      text.append(piece.text);
      if (--from.skipping_ == 0) {
        from.kept_ = {nullptr, nullptr};
        equal_keys::drop(text);
      }
    }
    return from.read();
  }
};

}}}  // namespace ghl::v0::detail
