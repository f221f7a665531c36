/// What every target shares: the end of a run that finds something, and ways to cut its input into values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

/// The function that libFuzzer calls with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

/// The text with everything that a terminal could choke on as \xNN, for a report.
inline std::string shown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= ' ' && c <= '~') {
      out.push_back(c);
      continue;
    }
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out.append(escaped);
  }
  return out;
}

/// What has to hold for every input. Where it does not, the input is a finding: libFuzzer stores it and stops.
inline void demand(bool holds, std::string_view property, std::string_view evidence = {}) {
  if (holds) return;
  std::fprintf(stderr, "property broken: %s\n  %s\n", std::string{property}.c_str(), shown(evidence).c_str());
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Takes input from the front. What is not there any more is zero or empty.
class input {
 public:
  explicit input(std::string_view text) noexcept : rest_(text) {}

  char byte() noexcept {
    if (rest_.empty()) return '\0';
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  /// The text up to `separator`, which is taken too.
  std::string_view until(std::string_view separator) noexcept {
    const std::size_t at = rest_.find(separator);
    const std::string_view taken = rest_.substr(0, at);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + separator.size());
    return taken;
  }
  std::string_view until(char separator) noexcept { return until(std::string_view{&separator, 1}); }
  /// The last bytes of a text are read as a number, so that each can be reached from a text that a person has written.
  std::uint64_t number(std::string_view text) const noexcept {
    std::uint64_t n = 0;
    for (const char c : text) n = n << 8U | static_cast<unsigned char>(c);
    return n;
  }
  [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

 private:
  std::string_view rest_;
};

inline bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 32 || c == 127; }
inline bool has_control(std::string_view text) noexcept {
  for (const char c : text)
    if (is_control(c)) return true;
  return false;
}

/// UTF-8 by decoding: not the library's own way, which compares lead bytes.
inline bool is_utf8(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead >> 5U == 6 ? 2 : lead >> 4U == 14 ? 3 : lead >> 3U == 30 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if (next >> 6U != 2) return false;
      code = code << 6U | (next & 0x3FU);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    i += length;
  }
  return true;
}

inline std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace fuzz
