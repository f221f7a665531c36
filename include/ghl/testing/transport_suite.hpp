/// A conformance suite for transports: what every transport must do, checked against a server that does everything.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/named.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/transport_suite/checks.hpp>
#include <ghl/testing/transport_suite/probe.hpp>
#include <ghl/testing/transport_suite/watchdog.hpp>

#include <concepts>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: checks that a transport does what ghl::blocking_transport promises, one sentence for each promise.
/// `origin`: "http://127.0.0.1:PORT" of a ghl_sandbox::conformance_server, from examples/sandbox/conformance.hpp, in
/// the same program or in another one: `examples/sandbox` prints its origin.
/// `send`: the blocking transport itself. For the others give a callable that runs one call to its end, e.g.
///   a coroutine transport:  [t](const http::request& r) mutable {
///                             asio::io_context io;
///                             auto done = asio::co_spawn(io, t(r), asio::use_future);
///                             return io.run(), done.get(); }
///   a callback transport:   ghl::testing::blocking(transport), from <ghl/testing/blocking.hpp>
/// Where `send(request, stop)` can be called too, with any ghl::stop_token_like, cancelling is checked as well.
/// Example: `auto report = ghl::testing::transport_suite(server.url(), my_transport{});`
///          `std::fputs(ghl::testing::to_text(report).c_str(), stdout); return ghl::testing::failed(report) != 0;`
/// Each outcome goes to transport_suite_options::each as its check ends, and all of them are returned.
/// Errors: none; each check that fails has its reason, which ends with what to do, and one that cannot be run is
/// reported as not run.
/// A call that never ends is given up transport_suite_options::watchdog after its timeout, and its check has failed.
/// Its thread is left behind, with the request and the copy of the transport that it is in; nobody waits for it, and it
/// ends with the process. The suite goes on with a fresh copy. Where there is none (the transport cannot be copied, and
/// one object may not serve two threads), where no call has ever ended, or where the copy does not answer either, the
/// checks that are left are reported as not run.
/// Time: five to fifteen seconds, most of it spent in timeouts; each call that never ends takes 10 to 20 s more.
/// Threads: calls come from a thread of the suite's own, the same one until it has to be left behind, and in one check
/// from two. Each thread gets a copy of `send`, made in the thread that called the suite: what copies share has to be
/// safe for two. With transport_suite_options::a_copy_for_each_thread = false both use `send` itself. What is bound to
/// a thread is made where `send` is called, as a thread_local; or transport_suite_options::watchdog = 0 has it called
/// in the thread that called the suite, but for the calls of that second thread.
template <class Send>
[[nodiscard]] report transport_suite(std::string origin, Send send, transport_suite_options options = {}) {
  constexpr bool sends = requires(const http::request& r) { result<http::response>{send(r)}; };
  static_assert(detail::holds<sends, Send>,
                "ghl: the transport suite needs a callable result<http::response>(const http::request&); "
                "for other transports see the comment above transport_suite");
  if constexpr (!sends) {
    return {};
  } else {
    namespace parts = transport_checks;
    parts::probe p;
    p.origin = std::move(origin);
    p.options = std::move(options);
    p.watching->patience = p.options.patience;
    p.watching->spare = p.options.watchdog;

    const auto lane_of = [watching = p.watching](std::shared_ptr<Send> one) {
      parts::stoppable_call stoppable;
      if constexpr (requires(const http::request& r, stop_flag stop) { result<http::response>{(*one)(r, stop)}; })
        stoppable = [one](const http::request& r, stop_flag stop) -> parts::outcome {
          return (*one)(r, std::move(stop));
        };
      return std::make_unique<parts::lane>(
          watching, [one](const http::request& r) -> parts::outcome { return (*one)(r); }, std::move(stoppable));
    };
    const auto first = std::make_shared<Send>(std::move(send));
    if (!p.options.a_copy_for_each_thread) {
      p.another = p.afresh = [=] { return lane_of(first); };
    } else if constexpr (std::copy_constructible<Send>) {
      p.another = [=] { return lane_of(std::make_shared<Send>(*first)); };
      // From one that was never called: that which has not answered may be in use.
      p.afresh = [=, pristine = std::make_shared<Send>(*first)] { return lane_of(std::make_shared<Send>(*pristine)); };
    }
    p.transport = lane_of(first);
    return transport_checks::run_all(p);
  }
}

static_assert(stop_token_like<stop_flag>);

}}}  // namespace ghl::v0::testing
