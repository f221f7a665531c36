/// The token that most calls use, without a lock.
#pragma once

#include <ghl/detail/text.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: a copy of the token in use for readers that write nothing, so that threads do not meet here.
/// Each word of it is atomic, and a count is odd while they change (a seqlock): a reader that saw a change has nothing,
/// and asks under the lock as if there were no copy.
/// Thread safety: text() may be called at any time; offer() and withdraw() by one thread at a time.
class token_at_hand {
 public:
  static constexpr std::int64_t never = (std::numeric_limits<std::int64_t>::max)();

  token_at_hand() = default;
  token_at_hand(const token_at_hand&) = delete;
  token_at_hand& operator=(const token_at_hand&) = delete;
  ~token_at_hand() {
    for (block* b = newest_.load(std::memory_order_relaxed); b != nullptr;) delete std::exchange(b, b->before);
  }

  /// The token; empty where there is none, or where it ends at the time that `unix_now()` gives.
  template <class Clock>
  [[nodiscard]] std::string text(const Clock& unix_now) const {
    std::string text;
    const std::uint64_t before = changes_.load(std::memory_order_acquire);
    const std::size_t size = size_.load(std::memory_order_acquire);
    const block* const from = newest_.load(std::memory_order_acquire);
    if (before % 2 != 0 || from == nullptr || size == 0 || size > from->capacity * word_size) return text;
    const std::int64_t ends_at = ends_at_.load(std::memory_order_acquire);
    if (ends_at != never && ends_at <= unix_now()) return text;
    const std::size_t words = (size + word_size - 1) / word_size;
    text.resize(words * word_size);
    char* to = text.data();
    for (std::size_t i = 0; i < words; ++i, to += word_size) {
      const std::uint64_t word = from->words[i].load(std::memory_order_acquire);
      std::memcpy(to, &word, word_size);
    }
    text.resize(size);
    if (changes_.load(std::memory_order_relaxed) != before) text.clear();
    return text;
  }

  /// Until that time; what is no token of a header is not offered, nor is one where there is no memory for it.
  void offer(std::string_view token, std::int64_t ends_at) noexcept {
    withdraw();
    if (token.empty() || !is_visible_ascii(token)) return;
    const std::size_t size = token.size();
    const std::size_t words = (size + word_size - 1) / word_size;
    block* to = newest_.load(std::memory_order_relaxed);
    if (to == nullptr || to->capacity < words) {
      to = block::of(words, to);  // a reader may be in the one before, which stays
      if (to == nullptr) return;
      newest_.store(to, std::memory_order_release);
    }
    change();
    for (std::size_t i = 0; i < words; ++i, token.remove_prefix((std::min)(word_size, token.size()))) {
      std::uint64_t word = 0;
      std::memcpy(&word, token.data(), (std::min)(word_size, token.size()));
      to->words[i].store(word, std::memory_order_release);
    }
    ends_at_.store(ends_at, std::memory_order_release);
    size_.store(size, std::memory_order_release);
    change();
  }
  void withdraw() noexcept {
    change();
    size_.store(0, std::memory_order_release);
    change();
  }

 private:
  static constexpr std::size_t word_size = sizeof(std::uint64_t);

  struct block {
    block* before;
    std::size_t capacity;
    std::unique_ptr<std::atomic<std::uint64_t>[]> words;

    static block* of(std::size_t capacity, block* before) noexcept {
      std::unique_ptr<std::atomic<std::uint64_t>[]> words{new (std::nothrow) std::atomic<std::uint64_t>[capacity]{}};
      return words ? new (std::nothrow) block{before, capacity, std::move(words)} : nullptr;
    }
  };

  void change() noexcept {
    changes_.store(changes_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

  std::atomic<std::uint64_t> changes_{0};
  std::atomic<std::size_t> size_{0};
  std::atomic<std::int64_t> ends_at_{never};
  std::atomic<block*> newest_{nullptr};
};

}}}  // namespace ghl::v0::detail
