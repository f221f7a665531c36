/// cpp-httplib's interface of a stream, which has grown and shrunk with its releases.
#pragma once

#include <httplib.h>

#include <ctime>
#include <string>

namespace ghl { inline namespace v0 { namespace detail {

/// What all releases ask for, and nobody who receives an answer calls. The others below were added, or went.
template <class Base>
class httplib_stream_base : public Base {
  bool is_readable() const override { return true; }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
};
template <class Base, bool = requires(const Base& s) { s.is_writable(); }>
class httplib_stream_that_writes : public httplib_stream_base<Base> {};
template <class Base>
class httplib_stream_that_writes<Base, true> : public httplib_stream_base<Base> {
  bool is_writable() const override { return true; }
};
template <class Base, bool = requires(const Base& s) { s.wait_readable(); }>
class httplib_stream_that_waits : public httplib_stream_that_writes<Base> {};
template <class Base>
class httplib_stream_that_waits<Base, true> : public httplib_stream_that_writes<Base> {
  bool wait_readable() const override { return true; }
  bool wait_writable() const override { return true; }
};
template <class Base, bool = requires(const Base& s) { s.duration(); }>
class httplib_stream_that_ages : public httplib_stream_that_waits<Base> {};
template <class Base>
class httplib_stream_that_ages<Base, true> : public httplib_stream_that_waits<Base> {
  std::time_t duration() const override { return 0; }
};

}}}  // namespace ghl::v0::detail
