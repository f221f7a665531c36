/// Words of a command for a POSIX shell, whatever bytes are in them.
#pragma once

#include <ghl/detail/text.hpp>

#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Appends a text in single quotes, in which nothing has a meaning but a quote (POSIX, XCU 2.2.2). Control bytes other
/// than a line feed are left to printf, since a terminal into which the command is pasted takes them for keys: ^C
/// would end the word there, and what follows would be a command. There is no way to say a NUL.
inline void append_shell_word(std::string& out, std::string_view text) {
  out.push_back('\'');
  for (const char c : text) {
    if (c == '\'') {
      out.append("'\\''");
    } else if (is_control(c) && c != '\n') {
      const auto byte = static_cast<unsigned char>(c);
      out.append("'\"$(printf '\\");
      for (const unsigned shift : {6U, 3U, 0U}) out.push_back(static_cast<char>('0' + ((byte >> shift) & 7U)));
      out.append("')\"'");
    } else {
      out.push_back(c);
    }
  }
  out.push_back('\'');
}

constexpr bool can_be_shell_word(std::string_view text) noexcept { return text.find('\0') == std::string_view::npos; }

}}}  // namespace ghl::v0::detail
