/// An operator new that fails when it is told to. Included by the one source file of a program.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace memory {

inline long live = 0;       // blocks
inline long countdown = 0;  // the allocation that fails: 1 is the next one; 0: none
inline bool failed = false;
inline int safe = 0;

/// Memory that has run out for one allocation comes back after it.
class fails_at {
 public:
  explicit fails_at(long n) noexcept {
    countdown = n;
    failed = false;
  }
  fails_at(const fails_at&) = delete;
  fails_at& operator=(const fails_at&) = delete;
  ~fails_at() { countdown = 0; }
};
/// For what is not in this process: the server.
class elsewhere {
 public:
  elsewhere() noexcept { ++safe; }
  elsewhere(const elsewhere&) = delete;
  elsewhere& operator=(const elsewhere&) = delete;
  ~elsewhere() { --safe; }
};

inline void* taken(std::size_t n) noexcept {
  if (safe == 0 && countdown > 0 && --countdown == 0) {
    failed = true;
    return nullptr;
  }
  void* const block = std::malloc(n != 0 ? n : 1);
  if (block != nullptr) ++live;
  return block;
}
inline void* taken_or_thrown(std::size_t n) {
  void* const block = taken(n);
  if (block == nullptr) throw std::bad_alloc{};
  return block;
}
inline void given_back(void* block) noexcept {
  if (block == nullptr) return;
  --live;
  std::free(block);
}

}  // namespace memory

// Not all compilers declare these by themselves.
void operator delete(void* block, std::size_t) noexcept;
void operator delete[](void* block, std::size_t) noexcept;

void* operator new(std::size_t n) { return memory::taken_or_thrown(n); }
void* operator new[](std::size_t n) { return memory::taken_or_thrown(n); }
void* operator new(std::size_t n, const std::nothrow_t&) noexcept { return memory::taken(n); }
void* operator new[](std::size_t n, const std::nothrow_t&) noexcept { return memory::taken(n); }
void operator delete(void* block) noexcept { memory::given_back(block); }
void operator delete[](void* block) noexcept { memory::given_back(block); }
void operator delete(void* block, std::size_t) noexcept { memory::given_back(block); }
void operator delete[](void* block, std::size_t) noexcept { memory::given_back(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { memory::given_back(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { memory::given_back(block); }
