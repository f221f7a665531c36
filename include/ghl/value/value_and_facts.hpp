/// What a result is made of: a value and what the call learned beside it, or an error.
#pragma once

#include <ghl/value/attempt.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/mismatch.hpp>

#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

template <class T>
class result;

namespace detail {

// An error has many members. What copies, moves and destroys them stands once in a program, not in each result.
[[gnu::noinline]] inline void copy_error(void* to, const error& from) { ::new (to) error(from); }
[[gnu::noinline]] inline void move_error(void* to, error& from) noexcept { ::new (to) error(std::move(from)); }
[[gnu::noinline]] inline void destroy_error(error& e) noexcept { e.~error(); }

/// A value, and beside it what the call learned. An error has more bytes than both as a rule, so a result has the room.
template <class T>
struct value_and_facts {
  static constexpr bool has_facts = true;
  T value;
  http::headers headers{};  // of the answer
  std::vector<attempt> tried{};

  template <class... From>
  explicit value_and_facts(std::in_place_t, From&&... from) : value(std::forward<From>(from)...) {}
};

/// What goes to a transport and comes from it is not the end of a call.
template <class T>
  requires(std::is_same_v<T, http::request> || std::is_same_v<T, http::response>)
struct value_and_facts<T> {
  static constexpr bool has_facts = false;
  T value;

  template <class... From>
  explicit value_and_facts(std::in_place_t, From&&... from) : value(std::forward<From>(from)...) {}
};

/// Write access for the library: the facts go beside the value, or into the error.
struct result_access {
  template <class T>
  static void set_headers(result<T>& r, http::headers&& headers) noexcept {
    static_assert(value_and_facts<T>::has_facts);
    if (r.has_) r.stored_.headers = std::move(headers);
  }
  template <class T>
  static void set_tried(result<T>& r, std::vector<attempt>&& tried) noexcept {
    if (!r.has_) r.error_.tried = std::move(tried);
    else if constexpr (value_and_facts<T>::has_facts) r.stored_.tried = std::move(tried);
  }
  /// In place of its error, the value; the notes stay.
  template <class T>
  static void set_value(result<T>& r, T&& value) noexcept {
    r.destroy();
    r.has_ = true;
    r.make(std::in_place, std::move(value));
  }
  template <class T>
  static kept_notes& notes_of(result<T>& r) noexcept {
    return r.notes_;
  }
  template <class T>
  static reading_notes* notes(const result<T>& r) noexcept {
    return r.notes_.get();
  }
};

}  // namespace detail
}}  // namespace ghl::v0
