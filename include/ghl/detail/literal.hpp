/// The texts of a descriptor: string literals, measured and compared at compile time in as few steps as possible.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

// In a constant expression, the standard library works through a text character by character, with several calls for
// each: that was a third of the cost of checking a descriptor. A compiler's built-in function is a single step.
#if defined(__GNUC__)
constexpr std::string_view text_of(const char* literal) noexcept { return {literal, __builtin_strlen(literal)}; }
constexpr bool same_text(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && __builtin_memcmp(a.data(), b.data(), a.size()) == 0;
}
#else
constexpr std::string_view text_of(const char* literal) noexcept { return literal; }
constexpr bool same_text(std::string_view a, std::string_view b) noexcept { return a == b; }
#endif

/// A set of ASCII characters, to be made once: clang looks for a character in a text one by one, even with a built-in
/// function, and that was a half of what it spent on a descriptor.
struct character_set {
  const char* list;
  std::uint64_t bits[2] = {0, 0};
  constexpr character_set(const char* of) noexcept : list(of) {
    for (; *of != '\0'; ++of) bits[*of >> 6] |= std::uint64_t{1} << (*of & 63);
  }
};

/// The length of the longest prefix of `literal` that consists of characters in `among`.
constexpr std::size_t span_of(const char* literal, const character_set& among) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
  return __builtin_strspn(literal, among.list);
#else
  std::size_t n = 0;
  for (char c = *literal; c > 0 && (among.bits[c >> 6] >> (c & 63) & 1U) != 0; c = literal[n]) ++n;
  return n;
#endif
}

}}}  // namespace ghl::v0::detail
