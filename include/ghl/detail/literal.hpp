/// The texts of a descriptor: string literals, measured and compared at compile time in as few steps as possible.
#pragma once

#include <cstddef>
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

/// A set of characters, to be made once: clang looks for a character in a text one by one, even with a built-in
/// function.
struct character_set {
  const char* list;
  bool has[256] = {};
  constexpr character_set(const char* of) noexcept : list(of) {
    for (; *of != '\0'; ++of) has[static_cast<unsigned char>(*of)] = true;
  }
};

/// The length of the longest prefix of `literal` that consists of characters in `among`, of which NUL is none.
constexpr std::size_t span_of(const char* literal, const character_set& among) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
  return __builtin_strspn(literal, among.list);
#else
  const char* at = literal;  // evaluating this is the most of what clang spends on a descriptor
  while (among.has[static_cast<unsigned char>(*at)]) ++at;
  return static_cast<std::size_t>(at - literal);
#endif
}

}}}  // namespace ghl::v0::detail
