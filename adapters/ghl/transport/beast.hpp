/// HTTP through Boost.Asio, Boost.Beast and OpenSSL, as a C++20 coroutine.
#pragma once

#include <ghl/detail/language.hpp>

#if !__has_include(<boost/beast/http/basic_parser.hpp>) || !__has_include(<openssl/ssl.h>)
#include "ghl: Boost 1.74 or newer and OpenSSL are not on the include path; install them, or use another transport"
#endif

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/transport/detail/beast_exchange.hpp>

#include <boost/asio/async_result.hpp>
#include <boost/asio/version.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 {

/// What can be set for a beast_transport.
struct beast_options {
  std::string ca_file;                            ///< PEM file with the authorities to trust; empty: the system's
  milliseconds connect_timeout{10'000};           ///< resolving, connecting and TLS together; 0: only the request's
  std::size_t response_limit = 64 * 1024 * 1024;  ///< in bytes; a larger body is an error
  std::size_t idle_connections = 8;               ///< kept open per origin and execution context; 0: none
  milliseconds idle_time{30'000};                 ///< an older idle connection is not used again; 0: any age
};

namespace detail::beast_io {

/// The function behind `operator()`: an exchange as an operation of Asio's.
/// Cancelling through the slot of `handler` (Boost 1.77 and newer) is passed on here and not by co_spawn, which, in
/// Boost 1.81, may pass it on to an operation that is over.
struct start_exchange {
  template <class Handler>
  void operator()(Handler&& handler, const std::shared_ptr<exchange>& call) const {
#if BOOST_ASIO_VERSION >= 101900
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected())
      slot.assign([weak = std::weak_ptr<exchange>(call)](asio::cancellation_type type) {  // the slot may outlive all
        constexpr auto known = asio::cancellation_type::terminal | asio::cancellation_type::partial;
        const std::shared_ptr<exchange> alive = weak.lock();
        if (alive && (type & known) != asio::cancellation_type::none) alive->cancel();
      });
#endif
    call->start([handler = std::forward<Handler>(handler)](std::exception_ptr e, result<http::response> r) mutable {
      const auto executor = asio::get_associated_executor(handler);
      asio::dispatch(executor, [handler = std::move(handler), e, r = std::move(r)]() mutable {
#if BOOST_ASIO_VERSION >= 101900
        asio::get_associated_cancellation_slot(handler).clear();
#endif
        std::move(handler)(e, std::move(r));
      });
    });
  }
};

inline asio::awaitable<result<http::response>> run(std::shared_ptr<pool> connections, http::request request,
                                                   exchange::stop_question stop) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  auto call = std::make_shared<exchange>(executor, std::move(connections), std::move(request), std::move(stop));
  auto outcome = asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr, result<http::response>)>(
      start_exchange{}, asio::use_awaitable, std::move(call));
  co_return co_await std::move(outcome);
}

inline asio::awaitable<void> sleep(milliseconds span) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  asio::steady_timer timer{executor};
  if (span.count() > 0) timer.expires_at(after(span));
  error_code ignored;
  co_await timer.async_wait(into(ignored));
}

}  // namespace detail::beast_io

/// Purpose: a coroutine transport on Boost.Asio and Boost.Beast. Tested with Boost 1.74 (g++) and 1.81, OpenSSL 3.0.
/// It needs exceptions, and with clang Boost 1.81, since Boost 1.74 has no coroutines there.
/// Example:
///     boost::asio::awaitable<void> run() {
///       ghl::client api{ghl::beast_transport{}, ghl::nlohmann_json{}, token};
///       const ghl::links::get_links request{.location_id = "ve9EPM428h8vShlRW1KT"};
///       auto links = co_await api.call(request);
///     }
/// (The request has a name since g++ 11 and 12 mistreat a braced temporary in a co_await expression.)
/// A call runs on the executor of the coroutine that awaits it, in a strand of its own.
/// Connections: as many as there are calls at a time; `idle_connections` of them are kept for each origin and execution
/// context, with TCP_NODELAY. One that the server has closed, or on which it has sent anything unasked, is not used
/// again. If a kept connection is lost before a byte of the answer was received, GET and PUT are sent once more on a
/// new one; DELETE, POST and PATCH never, since the effect of the first would be hidden.
/// Timeouts: `http::request::timeout` bounds the whole exchange; `connect_timeout` the time before the request is sent,
/// which is divided among the addresses of the host. The caller does not wait for a name lookup that hangs in the
/// system, but `io_context::run` does not return until it ends.
/// TLS: 1.2 or newer; certificate and host name are verified against the system's authorities or `ca_file`, which are
/// read at the first secure connection.
/// Redirects are returned, not followed; content codings are left alone.
/// Cancelling: by the stop token, or (Boost 1.77 and newer) by the awaiting coroutine's cancellation slot, terminal or
/// partial; the outcome is fault::cancelled, and the connection is closed.
/// Memory: the body may take `response_limit`; the status line, the headers and all interim answers 256 KiB together,
/// and as much again a chunk extension or trailers. More is too_large.
/// Errors: ghl::transport_error with connect, tls, timeout, connection_lost (no byte of an answer), cut_short (a part
/// of one), too_large, cancelled, or other (no HTTP); once a byte of an answer has come, they say sent::yes.
/// invalid_request for a URL that cannot be sent as it stands.
/// Lifetime: copies share their connections, which are closed with the last copy or with their execution context.
/// Either may end first, also while a call is under way. Idle connections keep no context running.
/// Thread safety: one transport may be used from any number of threads, strands and contexts at the same time.
class beast_transport {
 public:
  beast_transport() : beast_transport(beast_options{}) {}
  explicit beast_transport(beast_options o)
      : pool_(std::make_shared<detail::beast_io::pool>(std::move(o.ca_file), o.connect_timeout, o.response_limit,
                                                       o.idle_connections, o.idle_time)) {}

  boost::asio::awaitable<result<http::response>> operator()(http::request request) const {
    return detail::beast_io::run(pool_, std::move(request), {});
  }

  /// A call that ends with fault::cancelled soon after `stop` says so; it is asked every 20 ms, on the call's strand.
  template <stop_token_like Stop>
  boost::asio::awaitable<result<http::response>> operator()(http::request request, Stop stop) const {
    if constexpr (requires { stop.stop_possible(); })
      if (!stop.stop_possible()) return (*this)(std::move(request));
    return detail::beast_io::run(pool_, std::move(request),
                                 [stop = std::move(stop)] { return static_cast<bool>(stop.stop_requested()); });
  }

  /// For the pauses between attempts. Cancelling the awaiting coroutine ends it early.
  boost::asio::awaitable<void> wait(milliseconds span) const { return detail::beast_io::sleep(span); }

 private:
  std::shared_ptr<detail::beast_io::pool> pool_;
};

}}  // namespace ghl::v0
