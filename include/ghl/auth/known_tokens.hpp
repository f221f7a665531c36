/// Tokens that are to be known again, and not to be kept.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// A number of eight bytes for each token: one for each refresh makes 3 kB a year.
class known_tokens {
 public:
  [[nodiscard]] bool has(std::string_view token) const noexcept {
    for (const std::uint64_t known : prints_)
      if (known == print_of(token)) return true;
    return false;
  }
  void add(std::string_view token) {
    if (!has(token)) prints_.push_back(print_of(token));
  }
  /// The next add() needs no memory.
  void make_room() { prints_.reserve(prints_.size() + 1); }

 private:
  static std::uint64_t print_of(std::string_view token) noexcept {  // FNV-1a
    std::uint64_t print = 0xCBF29CE484222325U;
    for (const char c : token) print = (print ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return print;
  }

  std::vector<std::uint64_t> prints_;
};

}}}  // namespace ghl::v0::detail
