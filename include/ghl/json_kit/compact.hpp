/// JSON texts without blanks, piece by piece, where no JSON library is at hand.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Appends a string in its quotes, escaping no more than JSON demands (RFC 8259, section 7).
inline void append_json_string(std::string& out, std::string_view value) {
  constexpr std::string_view short_names = "\b\t\n\f\r\"\\";
  constexpr std::string_view letters = "btnfr\"\\";
  constexpr std::string_view hex = "0123456789abcdef";
  out.push_back('"');
  for (std::size_t from = 0; from < value.size();) {
    std::size_t at = from;
    while (at < value.size() && static_cast<unsigned char>(value[at]) >= 0x20 && value[at] != '"' && value[at] != '\\')
      ++at;
    out.append(value, from, at - from);
    if (at == value.size()) break;
    const auto byte = static_cast<unsigned char>(value[at]);
    out.push_back('\\');
    if (const std::size_t n = short_names.find(value[at]); n != std::string_view::npos) out.push_back(letters[n]);
    else out.append("u00").append(1, hex[byte / 16U]).append(1, hex[byte % 16U]);
    from = at + 1;
  }
  out.push_back('"');
}

/// Appends the key of a map to the path of an error: `prices.gold`; and `prices["a.b"]` where it could be taken for
/// something else. A key that is long is not shown at all: a secret that was cut could not be found in it.
inline void append_key(std::string& path, std::string_view key) {
  constexpr std::size_t most = 64;  // what a server calls its keys is no concern of a log
  bool is_name = !key.empty() && key.size() <= most;
  for (const char c : key)
    is_name = is_name && (is_alnum(c) || c == '_' || c == '-' || c == '$' || static_cast<unsigned char>(c) >= 0x80);
  if (is_name) {
    path.append(path.empty() ? "" : ".").append(key);
    return;
  }
  path.push_back('[');
  append_json_string(path, key.size() > most ? std::string_view{"..."} : key);
  path.push_back(']');
}

}}}  // namespace ghl::v0::detail
