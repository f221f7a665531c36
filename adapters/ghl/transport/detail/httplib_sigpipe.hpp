/// Keeps SIGPIPE, whose default is to end the process, away from the thread of a call.
#pragma once

#if !defined(_WIN32)
#include <sys/socket.h>

#include <signal.h>
#include <time.h>
#endif

namespace ghl { inline namespace v0 { namespace detail {

/// Writing to a connection that is gone raises SIGPIPE in the thread that writes, and neither cpp-httplib nor OpenSSL
/// under it writes with MSG_NOSIGNAL. Where sockets have an option instead (Apple, BSD), see unsignalled(); elsewhere
/// an object of this class blocks the signal in its thread, and takes back one that was raised meanwhile. Neither the
/// process's disposition nor another thread is touched. May be nested; a SIGPIPE that was pending before stays.
class httplib_sigpipe_block {
 public:
  httplib_sigpipe_block(const httplib_sigpipe_block&) = delete;
  httplib_sigpipe_block& operator=(const httplib_sigpipe_block&) = delete;
#if defined(_WIN32) || defined(SO_NOSIGPIPE)
  httplib_sigpipe_block() {}
  ~httplib_sigpipe_block() {}
#else
  httplib_sigpipe_block() {
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE) == 1) return;  // so it is blocked already
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    active_ = pthread_sigmask(SIG_BLOCK, &pipe_, &before_) == 0;
  }
  ~httplib_sigpipe_block() {
    if (!active_) return;
    const timespec at_once{0, 0};
    while (sigtimedwait(&pipe_, nullptr, &at_once) == SIGPIPE) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool active_ = false;
#endif
};

/// Tells a new socket not to raise the signal, where that can be told.
template <class Socket>
void unsignalled(Socket socket) {
#if defined(SO_NOSIGPIPE)
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
#else
  static_cast<void>(socket);
#endif
}

}}}  // namespace ghl::v0::detail
