/// Counts every way of asking operator new for memory. Included by the one source file of a program.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

inline unsigned long allocations = 0;

namespace counting {
inline void* plain(std::size_t size) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
inline void* aligned(std::size_t size, std::align_val_t alignment) noexcept {
  ++allocations;
  const auto a = static_cast<std::size_t>(alignment);
  return std::aligned_alloc(a, (size + a) / a * a);
}
inline void* or_die(void* p) noexcept {
  if (p == nullptr) std::abort();
  return p;
}
}  // namespace counting

void* operator new(std::size_t n) { return counting::or_die(counting::plain(n)); }
void* operator new[](std::size_t n) { return counting::or_die(counting::plain(n)); }
void* operator new(std::size_t n, const std::nothrow_t&) noexcept { return counting::plain(n); }
void* operator new[](std::size_t n, const std::nothrow_t&) noexcept { return counting::plain(n); }
void* operator new(std::size_t n, std::align_val_t a) { return counting::or_die(counting::aligned(n, a)); }
void* operator new[](std::size_t n, std::align_val_t a) { return counting::or_die(counting::aligned(n, a)); }
void* operator new(std::size_t n, std::align_val_t a, const std::nothrow_t&) noexcept { return counting::aligned(n, a); }
void* operator new[](std::size_t n, std::align_val_t a, const std::nothrow_t&) noexcept {
  return counting::aligned(n, a);
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, const std::nothrow_t&) noexcept { std::free(p); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t, const std::nothrow_t&) noexcept { std::free(p); }
void operator delete[](void* p, std::align_val_t, const std::nothrow_t&) noexcept { std::free(p); }
