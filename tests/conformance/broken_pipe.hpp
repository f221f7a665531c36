/// Whether a transport lets SIGPIPE, whose default is to end the process, out of a write to a connection that is gone:
/// tried over TLS in a child process with that default.
#pragma once

#include "tls.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>

namespace tls {

/// What the child does, as long as it lives: 0, or the number of the step that went wrong.
template <class Transport>
int use_broken_pipes(Transport transport, const std::string& origin) {
  const auto request = [&](const char* target) {
    ghl::http::request r;
    r.url = origin + target;
    r.headers.add("User-Agent", "ghl-tls-suite/1");
    r.timeout = ghl::milliseconds{10'000};
    return r;
  };
  const auto works = [&] {
    const ghl::result<ghl::http::response> o = transport(request("/"));
    return o && o->body == "secure";
  };
  if (!works()) return 1;

  const ghl::testing::stop_flag stop;
  std::thread stopper{[stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    stop.request_stop();
  }};
  const ghl::result<ghl::http::response> cancelled = transport(request("/stall"), stop);
  stopper.join();
  if (cancelled || cancelled.error().fault != ghl::fault::cancelled || !works()) return 2;

  ghl::http::request late = request("/stall");
  late.timeout = ghl::milliseconds{200};
  if (transport(late) || !works()) return 3;

  ghl::http::request large = request("/slam");
  large.method = ghl::method::post;
  large.body.assign(std::size_t{8} << 20U, 'x');
  for (int i = 0; i < 3; ++i)
    if (transport(large) || !works()) return 4;

  for (int i = 0; i < 3; ++i) {
    const ghl::result<ghl::http::response> o = transport(request("/close-after"));
    if (!o || o->body != "closing") return 5;
    ghl::testing::transport_checks::let_it_arrive();
  }
  return works() ? 0 : 5;  // and then closes a connection that is open
}

/// Empty, or how the child ended. The child is made before any thread is started, and told the origin by a pipe.
template <class Make>
std::string use_broken_pipes_in_a_child(Make make) {
  ::unsetenv("SSL_CERT_FILE");
  ::unsetenv("SSL_CERT_DIR");
  const certificate authority{"ghl tests: the right authority"};
  const certificate good{authority, "DNS:localhost,IP:127.0.0.1"};
  int to_child[2];
  if (::pipe(to_child) != 0) return "there is no pipe to be had";
  const pid_t child = ::fork();
  if (child < 0) return "there is no child to be had";
  if (child == 0) {
    std::signal(SIGPIPE, SIG_DFL);
    ::close(to_child[1]);
    std::string origin;
    for (char byte = 0; ::read(to_child[0], &byte, 1) == 1;) origin.push_back(byte);
    const int step = use_broken_pipes(make(authority.file()), origin);
    sigset_t pending;
    ::sigpending(&pending);
    ::_exit(sigismember(&pending, SIGPIPE) == 1 ? 6 : step);
  }
  ::close(to_child[0]);
  const server s{good};
  const std::string origin = s.origin();
  const bool written = ::write(to_child[1], origin.data(), origin.size()) == static_cast<ssize_t>(origin.size());
  ::close(to_child[1]);
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !written) return "the child is lost";
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status)) + " ended the process";
  return WEXITSTATUS(status) == 0 ? "" : "step " + std::to_string(WEXITSTATUS(status)) + " went wrong";
}

}  // namespace tls
