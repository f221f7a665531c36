/// Texts that are written in a descriptor, in the form that costs the compiler least.
#pragma once

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

// In a constant, the standard library takes one character after the other, each by a few calls: that was a third of
// what it cost to check a descriptor. The compilers' own functions are one step.
#if defined(__GNUC__)
constexpr std::string_view text_of(const char* literal) noexcept { return {literal, __builtin_strlen(literal)}; }
constexpr bool same_text(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && __builtin_memcmp(a.data(), b.data(), a.size()) == 0;
}
#else
constexpr std::string_view text_of(const char* literal) noexcept { return literal; }
constexpr bool same_text(std::string_view a, std::string_view b) noexcept { return a == b; }
#endif

/// How many characters at the start of a text are among those.
constexpr std::size_t span_of(const char* literal, const char* among) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
  return __builtin_strspn(literal, among);
#else
  std::size_t n = 0;
  while (literal[n] != '\0' && std::string_view{among}.find(literal[n]) != std::string_view::npos) ++n;
  return n;
#endif
}

}}}  // namespace ghl::v0::detail
