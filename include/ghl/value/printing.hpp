/// What a stream prints: of an error its message. A result is refused with a sentence, and whatever asks whether it can
/// be printed is told that it cannot.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/value/error.hpp>

namespace ghl { inline namespace v0 {

template <class T>
class result;

/// The message, as `error.message()` has it.
template <class Stream>
  requires requires(Stream& out) { out << "text"; }
Stream& operator<<(Stream& out, const error& e) {
  out << e.message();
  return out;
}

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat"
template <class Stream, class T>
  requires requires(Stream& out) { out << "text"; }
Stream& operator<<(Stream&&, const result<T>&) __attribute__((diagnose_if(
    true, "ghl: a result is not printed; print r.error().message() where it is false, else a member of *r", "error")));
#pragma clang diagnostic pop
#else
template <class Stream, class T,
          class = detail::because<
              "ghl: a result is not printed; print r.error().message() where it is false, else a member of *r">>
  requires requires(Stream& out) { out << "text"; }
Stream& operator<<(Stream&&, const result<T>&) = delete;
#endif

}}  // namespace ghl::v0
