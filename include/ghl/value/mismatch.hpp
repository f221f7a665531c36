/// Where an answer is not what the reference describes, and was read all the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// Purpose: a value in the answer of a call that is of another type than the endpoint describes. The optional member
/// that it stands in was left empty; of a required one it is the cause of the error.
/// Example:
///     for (const ghl::mismatch& m : links.mismatches())  // "links[2].name", "a string", "a number", "17"
///       log(m.path, " was to be ", m.described, ", and is ", m.came, ": ", m.value);
/// `path` and `value` are the server's text: untrusted data. No token is in them.
/// Lifetime: `described` and `came` are static texts. Thread safety: a value.
struct mismatch {
  std::string path{};            ///< `links[2].name`; empty: the whole answer
  std::string_view described{};  ///< "a string", "an integer", "an array" ...
  std::string_view came{};       ///< "a number", "null", "a number that does not fit"; "nothing": it is absent
  std::string value{};           ///< JSON, as it stood: the first bytes of it, 256 at most

  /// The largest `value`, in bytes.
  static constexpr std::size_t value_limit = 256;
  /// The most mismatches that are listed of one answer. Those behind them are left empty, too.
  static constexpr std::size_t most_listed = 32;

  friend bool operator==(const mismatch&, const mismatch&) = default;
};

namespace detail {

/// What was found in an answer that is not as described.
struct reading_notes {
  std::vector<mismatch> mismatches{};
  void* partial = nullptr;  // what was read, where that is not the value of the result
  void (*destroy)(void* partial) = nullptr;
  bool whole = false;  // nothing that is required is lacking

  reading_notes() = default;
  reading_notes(const reading_notes&) = delete;
  reading_notes& operator=(const reading_notes&) = delete;
  ~reading_notes() { drop_partial(); }
  void drop_partial() noexcept {
    if (partial != nullptr) destroy(std::exchange(partial, nullptr));
  }
};

/// Owns the notes of a result. There are none as a rule, and then it is a null pointer to whoever has it.
class kept_notes {
 public:
  kept_notes() = default;
  explicit kept_notes(reading_notes* owned) noexcept : notes_(owned) {}
  kept_notes(kept_notes&& other) noexcept : notes_(std::exchange(other.notes_, nullptr)) {}
  kept_notes& operator=(kept_notes&& other) noexcept {
    kept_notes before{std::exchange(notes_, std::exchange(other.notes_, nullptr))};
    return *this;
  }
  kept_notes(const kept_notes&) = delete;
  kept_notes& operator=(const kept_notes&) = delete;
  ~kept_notes() {
    if (notes_ != nullptr) [[unlikely]] drop(notes_);
  }

  [[nodiscard]] reading_notes* get() const noexcept { return notes_; }
  /// A copy of them, for a result<T>.
  template <class T>
  [[nodiscard]] kept_notes copy() const {
    return notes_ == nullptr ? kept_notes{} : copied(*notes_, &copy_of_partial<T>);
  }

 private:
  template <class T>
  static void* copy_of_partial(const void* partial) {
    return new T(*static_cast<const T*>(partial));
  }
  [[gnu::noinline]] static void drop(reading_notes* notes) noexcept { delete notes; }
  [[gnu::noinline]] static kept_notes copied(const reading_notes& from, void* (*copy_of)(const void*)) {
    kept_notes out{new reading_notes};
    out.notes_->mismatches = from.mismatches;
    out.notes_->destroy = from.destroy;
    out.notes_->whole = from.whole;
    if (from.partial != nullptr) out.notes_->partial = copy_of(from.partial);
    return out;
  }

  reading_notes* notes_ = nullptr;
};

/// What goes to a transport and comes from it is read by nobody.
struct no_notes {
  static constexpr reading_notes* get() noexcept { return nullptr; }
  template <class T>
  static constexpr no_notes copy() noexcept {
    return {};
  }
};

}  // namespace detail
}}  // namespace ghl::v0
