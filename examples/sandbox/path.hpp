/// Which path a request means: the sandbox's own reading of a request target.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ghl_sandbox {

/// Decodes %XX; anything that is no such triple stays as it is.
inline std::string percent_decoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEFabcdef";
  const auto value_of = [&](char c) { return hex.find(c) < 16 ? hex.find(c) : hex.find(c) - 6; };
  const auto is_hex = [&](char c) { return hex.find(c) != std::string_view::npos; };
  std::string out;
  while (!text.empty()) {
    if (text[0] == '%' && text.size() > 2 && is_hex(text[1]) && is_hex(text[2])) {
      out.push_back(static_cast<char>(value_of(text[1]) * 16 + value_of(text[2])));
      text.remove_prefix(3);
    } else {
      out.push_back(text[0]);
      text.remove_prefix(1);
    }
  }
  return out;
}

/// Whether `path`, as it was sent, fits a pattern such as "/links/:linkId". Gives what fills the placeholder,
/// decoded; an empty text where the pattern has none; nothing where the path does not fit.
inline std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const std::size_t colon = pattern.find(':');
  if (colon == std::string_view::npos) return path == pattern ? std::optional<std::string>{""} : std::nullopt;
  const std::string_view head = pattern.substr(0, colon);
  const std::size_t slash = pattern.find('/', colon);
  const std::string_view tail = slash == std::string_view::npos ? "" : pattern.substr(slash);
  if (path.size() <= head.size() + tail.size()) return std::nullopt;
  if (!path.starts_with(head) || !path.ends_with(tail)) return std::nullopt;
  const std::string_view value = path.substr(head.size(), path.size() - head.size() - tail.size());
  // A slash that is part of an id comes as %2F.
  if (value.find('/') != std::string_view::npos) return std::nullopt;
  return percent_decoded(value);
}

}  // namespace ghl_sandbox
