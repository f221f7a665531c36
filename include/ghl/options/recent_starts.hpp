/// When the last calls of a budget started, and how many of them were in one interval together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// The starts of the last calls, oldest first, in a ring. Times never go back: see add().
/// Costs: add() and at() are constant, the searches take the logarithm of size(). most_together() takes a logarithm
/// too, for what it has to know of each start is kept: the first question after a start counts its window, once.
/// Errors: add() may need memory until it has seen `capacity` starts, then never again; all else allocates nothing.
class recent_starts {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::uint32_t>(end_ - begin_); }
  [[nodiscard]] std::int64_t at(std::size_t i) const noexcept { return time_of(begin_ + i); }
  [[nodiscard]] std::int64_t newest() const noexcept { return time_of(end_ - 1); }

  /// Adds a start, and forgets the oldest where that many or more are known. A time before the newest counts as that.
  void add(std::int64_t time, std::size_t capacity) {
    if (size() == ring_.size() && size() < capacity) grow();
    if (size() == ring_.size()) forget_oldest();
    ring_[end_ & mask()].time = size() == 0 ? time : (std::max)(time, newest());
    ++end_;
  }

  /// At least `calls` have started after `time`.
  [[nodiscard]] bool used_since(std::int64_t time, std::int64_t calls) const noexcept {
    if (calls <= 0) return true;
    const auto n = static_cast<std::size_t>(calls);
    return n <= size() && time_of(end_ - n) > time;
  }

  /// The most starts in any `span` that ends at `since` or later.
  [[nodiscard]] std::int64_t most_together(std::int64_t since, std::int64_t span) noexcept {
    count_windows(span);
    const std::uint64_t later = first_after(since);
    const auto before = static_cast<std::int64_t>(later - first_after(since - span));
    // The first peak that is not before `later` is the highest of those.
    std::uint64_t low = first_peak_;
    for (std::uint64_t high = end_of_peaks_; low < high;) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (place(peak(middle).start) < later - begin_) low = middle + 1;
      else high = middle;
    }
    return low == end_of_peaks_ ? before : (std::max)(before, static_cast<std::int64_t>(peak(low).calls));
  }

 private:
  // Starts and peaks are numbered from the beginning of time; an entry stands at its number less whole turns of the
  // ring. A peak is a start in whose window, the `span` that ends with it, there are more starts than in that of any
  // later one: the maximum from some start on is found by a search among the peaks.
  struct entry {
    std::int64_t time;
    std::uint32_t start;  // of the peak with this number, the low half of the number of its start
    std::uint32_t calls;  // and how many starts are in its window
  };

  [[nodiscard]] std::uint64_t mask() const noexcept { return ring_.size() - 1; }
  [[nodiscard]] std::int64_t time_of(std::uint64_t start) const noexcept { return ring_[start & mask()].time; }
  [[nodiscard]] entry& peak(std::uint64_t number) noexcept { return ring_[number & mask()]; }
  /// How many starts are before the one with that low half.
  [[nodiscard]] std::uint64_t place(std::uint32_t start) const noexcept {
    return start - static_cast<std::uint32_t>(begin_);
  }

  [[nodiscard]] std::uint64_t first_after(std::int64_t time) const noexcept {
    std::uint64_t low = begin_;
    for (std::uint64_t high = end_; low < high;) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (time_of(middle) > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  void count_windows(std::int64_t span) noexcept {
    if (span != span_) {
      span_ = span;
      counted_ = window_ = begin_;
      end_of_peaks_ = first_peak_;
    }
    for (; counted_ != end_; ++counted_) {
      while (time_of(window_) <= time_of(counted_) - span) ++window_;
      const auto calls = static_cast<std::uint32_t>(counted_ - window_ + 1);
      while (end_of_peaks_ != first_peak_ && peak(end_of_peaks_ - 1).calls <= calls) --end_of_peaks_;
      entry& fresh = peak(end_of_peaks_++);
      fresh.start = static_cast<std::uint32_t>(counted_);
      fresh.calls = calls;
    }
  }

  void forget_oldest() noexcept {
    if (end_of_peaks_ != first_peak_ && peak(first_peak_).start == static_cast<std::uint32_t>(begin_)) ++first_peak_;
    ++begin_;
    counted_ = (std::max)(counted_, begin_);
    window_ = (std::max)(window_, begin_);
  }

  void grow() {
    std::vector<entry> larger(ring_.empty() ? 16 : 2 * ring_.size());
    const std::uint64_t turn = larger.size() - 1;
    for (std::uint64_t i = begin_; i != end_; ++i) larger[i & turn].time = time_of(i);
    for (std::uint64_t i = first_peak_; i != end_of_peaks_; ++i) {
      larger[i & turn].start = peak(i).start;
      larger[i & turn].calls = peak(i).calls;
    }
    ring_.swap(larger);
  }

  std::vector<entry> ring_;  // its size is a power of two
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  std::int64_t span_ = 0;      // of the windows that have been counted: those of the starts before counted_
  std::uint64_t counted_ = 0;
  std::uint64_t window_ = 0;   // the first start in the last of these
  std::uint64_t first_peak_ = 0;
  std::uint64_t end_of_peaks_ = 0;
};

}}}  // namespace ghl::v0::detail
