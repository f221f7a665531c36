/// A JSON policy without a JSON library: it reads what ghl::read_json_by_steps reads, and of the escapes those that stand
/// for one byte.
#pragma once

#include <ghl/json_kit/steps.hpp>

#include <cstddef>
#include <string>
#include <string_view>

struct steps_json {
  static bool unescape(std::string_view literal, std::string& to) {
    const std::string_view text = literal.substr(1, literal.size() - 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\\') {
        to.push_back(text[i]);
      } else if (text[++i] == 'u') {
        to.push_back(static_cast<char>(std::stoi(std::string{text.substr(i + 1, 4)}, nullptr, 16)));
        i += 4;
      } else {
        to.push_back(text[i] == 'n' ? '\n' : text[i]);
      }
    }
    return true;
  }

  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    return ghl::read_json_by_steps<T>(text, &unescape);
  }
};
