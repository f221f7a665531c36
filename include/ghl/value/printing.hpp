/// What a stream prints: of an error its message. A result is refused with a sentence, and whatever asks whether it can
/// be printed is told that it cannot.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/value/error.hpp>

namespace ghl { inline namespace v0 {

template <class T>
class result;

namespace detail {

/// A std::ostream, and the like. (Not asked by <<, since g++ 11 would then look at the functions below, which ask this.)
template <class Stream>
concept takes_text = requires(Stream& out) { out.write("text", 4); };

}  // namespace detail

/// The message, as `error.message()` has it.
template <detail::takes_text Stream>
Stream& operator<<(Stream& out, const error& e) {
  out << e.message();
  return out;
}

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat"
template <detail::takes_text Stream, class T>
Stream& operator<<(Stream&&, const result<T>&) __attribute__((diagnose_if(
    true, "ghl: a result is not printed; print r.error().message() where it is false, else a member of *r", "error")));
#pragma clang diagnostic pop
#else
template <detail::takes_text Stream, class T,
          class = detail::because<
              "ghl: a result is not printed; print r.error().message() where it is false, else a member of *r">>
Stream& operator<<(Stream&&, const result<T>&) = delete;
#endif

}}  // namespace ghl::v0
