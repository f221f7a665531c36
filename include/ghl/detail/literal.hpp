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

/// The length of the longest prefix of `literal` that consists of characters in `among`.
constexpr std::size_t span_of(const char* literal, const char* among) noexcept {
#if defined(__clang__)
  std::size_t n = 0;
  while (literal[n] != '\0' && __builtin_strchr(among, literal[n]) != nullptr) ++n;
  return n;
#elif defined(__GNUC__)
  return __builtin_strspn(literal, among);
#else
  std::size_t n = 0;
  while (literal[n] != '\0' && std::string_view{among}.find(literal[n]) != std::string_view::npos) ++n;
  return n;
#endif
}

}}}  // namespace ghl::v0::detail
