/// What the programs of this folder share: their command line, the clocks, and a count of allocations.
/// Included by one source file of a program: it replaces malloc, so that what a C library allocates is counted too.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
}

namespace measure {

inline thread_local std::size_t allocations = 0;
inline thread_local std::size_t bytes = 0;

inline void count(std::size_t size) noexcept {
  ++allocations;
  bytes += size;
}

using clock = std::chrono::steady_clock;

/// Which endpoint is called.
enum class call : unsigned char { delete_link, remove_followers, get_links };

/// How long each call took, in seconds; a null pointer: nobody wants to know.
using latencies = std::vector<double>*;

/// Processor seconds of this process, user and system.
inline double cpu_seconds() {
  rusage u{};
  ::getrusage(RUSAGE_SELF, &u);
  const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) * 1e-6; };
  return seconds(u.ru_utime) + seconds(u.ru_stime);
}
inline long peak_kilobytes() {
  rusage u{};
  ::getrusage(RUSAGE_SELF, &u);
  return u.ru_maxrss;
}

inline double median(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  return v.empty() ? 0 : v[v.size() / 2];
}

[[noreturn]] inline void give_up(const char* why) {
  std::fprintf(stderr, "%s\n", why);
  std::exit(1);
}

/// Times one call where somebody wants to know.
template <class Call>
void timed(latencies l, Call one) {
  if (l == nullptr) return one();
  const auto before = clock::now();
  one();
  l->push_back(std::chrono::duration<double>(clock::now() - before).count());
}

struct command_line {
  int argc;
  char** argv;

  [[nodiscard]] std::string_view word(int i) const { return i < argc ? argv[i] : ""; }
  [[nodiscard]] int number(int i) const { return i < argc ? std::atoi(argv[i]) : 0; }
};

inline call call_named(std::string_view name) {
  if (name == "delete-link") return call::delete_link;
  if (name == "remove-followers") return call::remove_followers;
  if (name.starts_with("get-links")) return call::get_links;
  give_up("no such call; delete-link, remove-followers, get-links-<number>");
}
inline int links_of(std::string_view name) {
  return name.starts_with("get-links-") ? std::atoi(name.data() + 10) : 0;
}

/// A side of a comparison is made from the server's origin; `repeat(call, links, times, latencies)` makes that many
/// calls, one after the other.
/// Prints calls, processor seconds, seconds, allocations a call, bytes a call, peak kB.
template <class Side>
int run(const command_line& c, const std::string& origin) {
  const call what = call_named(c.word(3));
  const int links = links_of(c.word(3));
  const int times = c.number(4);
  Side side{origin};
  side.repeat(what, links, 1, nullptr);
  const std::size_t made = allocations;
  const std::size_t taken = bytes;
  const double cpu = cpu_seconds();
  const auto before = clock::now();
  side.repeat(what, links, times, nullptr);
  const double wall = std::chrono::duration<double>(clock::now() - before).count();
  const double used = cpu_seconds() - cpu;
  const double n = (std::max)(1, times);
  std::printf("%d\t%.6f\t%.6f\t%.2f\t%.0f\t%ld\n", times, used, wall, double(allocations - made) / n,
              double(bytes - taken) / n, peak_kilobytes());
  return 0;
}

/// Both sides in turn: the medians of all calls in microseconds, and of the ratios of the rounds the median and the
/// quartiles.
template <class Ours, class ByHand>
int turns(const command_line& c, const std::string& origin) {
  constexpr int calls = 200;
  const call what = call_named(c.word(3));
  const int links = links_of(c.word(3));
  Ours ours{origin};
  ByHand by_hand{origin};
  std::vector<double> all[2];
  std::vector<double> ratios;
  for (int round = -1; round < c.number(4); ++round) {
    std::vector<double> now[2];
    const bool first = round % 2 == 0;  // who begins
    if (first) ours.repeat(what, links, calls, &now[0]);
    by_hand.repeat(what, links, calls, &now[1]);
    if (!first) ours.repeat(what, links, calls, &now[0]);
    if (round < 0) continue;
    ratios.push_back(median(now[0]) / median(now[1]));
    for (int s : {0, 1}) all[s].insert(all[s].end(), now[s].begin(), now[s].end());
  }
  std::sort(ratios.begin(), ratios.end());
  const std::size_t n = ratios.size();
  std::printf("%.2f\t%.2f\t%.3f\t%.3f\t%.3f\n", median(all[0]) * 1e6, median(all[1]) * 1e6, median(ratios),
              ratios[n / 4], ratios[n - 1 - n / 4]);
  return 0;
}

/// So many calls at a time, in seconds. A side that has loops of its own runs them on one thread.
template <class Side>
double at_once(const std::vector<std::unique_ptr<Side>>& sides, call what, int links, int times, int width) {
  const auto before = clock::now();
  if constexpr (requires { sides[0]->repeat(what, links, times, nullptr, width); }) {
    sides[0]->repeat(what, links, times, nullptr, width);
  } else {
    std::vector<std::thread> threads;
    for (const auto& side : sides) threads.emplace_back([&] { side->repeat(what, links, times, nullptr); });
    for (std::thread& t : threads) t.join();
  }
  return std::chrono::duration<double>(clock::now() - before).count();
}

template <class Side>
std::vector<std::unique_ptr<Side>> warm(const std::string& origin, call what, int links, int width) {
  constexpr bool loops = requires(Side& s) { s.repeat(what, links, 1, nullptr, width); };
  std::vector<std::unique_ptr<Side>> sides;
  for (int i = 0; i < (loops ? 1 : width); ++i) sides.push_back(std::make_unique<Side>(origin));
  for (const auto& side : sides) {
    if constexpr (loops) side->repeat(what, links, 5, nullptr, width);
    else side->repeat(what, links, 5, nullptr);
  }
  return sides;
}

/// Both sides in turn with so many calls at a time: calls per second of both, and the median of the rounds' ratios.
template <class Ours, class ByHand>
int many(const command_line& c, const std::string& origin) {
  const call what = call_named(c.word(3));
  const int links = links_of(c.word(3));
  const int width = (std::max)(1, c.number(6));
  const int times = (std::max)(20, 4000 / width);
  const auto ours = warm<Ours>(origin, what, links, width);
  const auto by_hand = warm<ByHand>(origin, what, links, width);
  std::vector<double> figures[3];
  for (int round = 0; round < c.number(4); ++round) {
    double seconds[2];
    for (const int turn : {round % 2, 1 - round % 2})
      seconds[turn] = turn == 0 ? at_once(ours, what, links, times, width) : at_once(by_hand, what, links, times, width);
    figures[0].push_back(times * width / seconds[0]);
    figures[1].push_back(times * width / seconds[1]);
    figures[2].push_back(seconds[1] / seconds[0]);
  }
  std::printf("%.0f\t%.0f\t%.3f\n", median(figures[0]), median(figures[1]), median(figures[2]));
  return 0;
}

/// Usage: PROGRAM run SIDE CALL TIMES PORT, with "ours" or "hand" for SIDE
///        PROGRAM turns - CALL ROUNDS PORT
///        PROGRAM many - CALL ROUNDS PORT WIDTH
template <class Ours, class ByHand>
int main(int argc, char** argv) {
  const command_line c{argc, argv};
  const std::string origin = "http://127.0.0.1:" + std::string{c.word(5)};
  if (c.word(1) == "turns") return turns<Ours, ByHand>(c, origin);
  if (c.word(1) == "many") return many<Ours, ByHand>(c, origin);
  if (c.word(1) == "run" && c.word(2) == "ours") return run<Ours>(c, origin);
  if (c.word(1) == "run" && c.word(2) == "hand") return run<ByHand>(c, origin);
  give_up("usage: PROGRAM run ours|hand CALL TIMES PORT; see measure.hpp");
}

}  // namespace measure

extern "C" {
void* malloc(std::size_t size) {
  measure::count(size);
  return __libc_malloc(size);
}
void* calloc(std::size_t n, std::size_t size) {
  measure::count(n * size);
  return __libc_calloc(n, size);
}
void* realloc(void* old, std::size_t size) {
  measure::count(size);
  return __libc_realloc(old, size);
}
}
