/// The first half of a call of ghl::beast_transport: its time, and the connection that it goes over.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/url.hpp>
#include <ghl/transport/detail/beast_pool.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#if !defined(BOOST_ASIO_HAS_CO_AWAIT) || !defined(BOOST_ASIO_HAS_STD_COROUTINE)
#include "ghl: no coroutines in this Boost.Asio: compile as C++20 with exceptions; clang needs Boost 1.81 or newer"
#endif

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail { namespace beast_io {

/// A completion token: the operation is awaited, and its error goes into `ec` instead of being thrown.
inline auto into(error_code& ec) { return asio::redirect_error(asio::use_awaitable, ec); }

/// A call up to the point at which its request can be written. Everything that is not public runs on `strand_`, as do
/// the timer, the resolver and cancellation, so the caller's executor may have any number of threads.
class connecting_call : public std::enable_shared_from_this<connecting_call> {
 public:
  using stop_question = std::function<bool()>;

  /// Ends the call as soon as it can be ended; from any thread.
  void cancel() {
    asio::dispatch(strand_, [self = shared_from_this()] { self->give_up(fault::cancelled); });
  }

 protected:
  connecting_call(const asio::any_io_executor& executor, std::shared_ptr<pool> connections, http::request request,
                  stop_question stop)
      : executor_(executor),
        strand_(asio::make_strand(executor)),
        pool_(std::move(connections)),
        request_(std::move(request)),
        stop_(std::move(stop)),
        deadline_(after(request_.timeout)),
        alarm_(strand_) {}
  ~connecting_call() = default;

  /// The part that never waits: checks the request, sets the alarm, takes a kept connection if there is one.
  fault begin() {
    if (!to_.can_be_requested()) return fault::bad_url;
    if (stop_ && stop_()) return fault::cancelled;
    arm();
    shelf_ = pool_->shelf_of(asio::query(executor_, asio::execution::context));
    connection_ = pool_->take(*shelf_, to_.origin);
    return fault::none;
  }

  /// Opens a connection, in `connection_`.
  asio::awaitable<fault> open() {
    const clock::time_point limit = (std::min)(deadline_, after(pool_->connect_timeout));
    set_step(limit);
    error_code ec;
    const auto address = asio::ip::make_address(host_, ec);
    if (!ec) {
      endpoints_.assign(1, {address, to_.port});
    } else {
      resolve();
      error_code ignored;
      co_await lookup_->done.async_wait(into(ignored));  // until it is cancelled
      if (!lookup_error_ && endpoints_.empty() && !is_over()) lookup_error_ = asio::error::host_not_found;
      if (is_over() || lookup_error_) co_return unconnected(fault::connect, lookup_error_);
    }

    // The time is divided among the addresses: one that never answers must not use up the time of the others.
    for (std::size_t i = 0; i < endpoints_.size(); ++i) {
      if (gave_up_ != fault::none) break;
      const auto now = clock::now();
      set_step(limit == never ? never : now + (limit - now) / static_cast<std::int64_t>(endpoints_.size() - i));
      connection_ = std::make_unique<connection>(executor_, std::string{to_.origin});
      tcp::socket& socket = connection_->socket;
      const tcp::endpoint to = endpoints_[i];
      socket.open(to.protocol(), ec);
      if (ec) continue;
      co_await socket.async_connect(to, into(ec));
      if (!ec && !is_over()) break;
    }
    if (is_over() || ec) co_return unconnected(fault::connect, ec);
    error_code ignored;
    connection_->socket.set_option(tcp::no_delay{true}, ignored);  // else the body waits for the headers' ACK
    connection_->socket.non_blocking(true, ec);                    // for connection::is_quiet()
    if (ec) co_return unconnected(fault::connect, ec);
    if (to_.secure) {
      set_step(limit);
      const fault what = co_await secure();
      if (what != fault::none) co_return what;
    }
    set_step(never);
    co_return fault::none;
  }

  /// The call is over: closes its connection, unless the pool has it now, and stops the timer.
  void finish() {
    finished_ = true;
    connection_.reset();
    alarm_.cancel();
  }

  fault fail(fault what, std::string detail) {
    detail_ = std::move(detail);
    return what;
  }

  const asio::any_io_executor executor_;  // of the caller
  const asio::any_io_executor strand_;    // converted once, since each conversion allocates
  const std::shared_ptr<pool> pool_;
  const http::request request_;
  const url_parts to_ = split_url(request_.url);
  std::shared_ptr<shelf> shelf_;
  std::unique_ptr<connection> connection_;
  fault gave_up_ = fault::none;
  std::string detail_;

 private:
  static constexpr std::chrono::milliseconds stop_interval{20};
  static constexpr auto never = (clock::time_point::max)();

  /// A name that is being resolved.
  struct lookup {
    explicit lookup(const asio::any_io_executor& on) : done(on), resolver(on) {}
    asio::steady_timer done;
    tcp::resolver resolver;
  };

  asio::awaitable<fault> secure() {
    error_code ec;
    asio::ssl::context* const context = pool_->tls(ec);
    if (context == nullptr) co_return fail(fault::tls, "the authorities to trust cannot be loaded: " + ec.message());
    auto& tls = connection_->tls.emplace(connection_->socket, *context);
    tls.set_verify_callback(asio::ssl::host_name_verification{host_}, ec);
    error_code no_address;
    asio::ip::make_address(host_, no_address);
    if (no_address)  // a name; server name indication is not for addresses (RFC 6066, section 3)
      SSL_ctrl(tls.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host_.data());
    if (!ec) co_await tls.async_handshake(asio::ssl::stream_base::client, into(ec));
    if (is_over() || ec) co_return unconnected(fault::tls, ec);
    co_return fault::none;
  }

  /// Looks the host up in the background, and cancels `done` at the end. The system's resolver cannot be interrupted: a
  /// call that gives up does not wait for it.
  void resolve() {
    lookup_.emplace(strand_);
    lookup_->done.expires_at(never);
    auto found = [self = shared_from_this()](const error_code& ec, const tcp::resolver::results_type& entries) {
      self->lookup_error_ = ec;
      for (const auto& entry : entries) self->endpoints_.push_back(entry.endpoint());
      self->lookup_->done.cancel();
    };
    lookup_->resolver.async_resolve(host_, std::to_string(to_.port), tcp::resolver::numeric_service,
                            std::move(found));
  }

  fault unconnected(fault what, const error_code& ec) {
    if (gave_up_ != fault::none) return gave_up_;
    if (step_over_) return fail(fault::timeout, "no connection within the connect timeout");
    return fail(what, ec.message());
  }

  // Time ------------------------------------------------------------------------------------------------------------

  /// Sets the time limit of the step that begins now.
  void set_step(clock::time_point limit) {
    step_ = limit;
    step_over_ = false;
    arm();
  }

  void arm() {
    clock::time_point next = (std::min)(deadline_, step_);
    if (stop_) next = (std::min)(next, clock::now() + stop_interval);
    alarm_.expires_at(next);
    if (next == never) return;
    alarm_.async_wait([self = shared_from_this()](const error_code& ec) {
      if (!ec) self->tick();
    });
  }

  void tick() {
    if (finished_ || gave_up_ != fault::none) return;
    const auto now = clock::now();
    if (stop_ && stop_()) return give_up(fault::cancelled);
    if (now >= deadline_) return give_up(fault::timeout);
    if (now >= step_) {
      step_ = never;
      step_over_ = true;
      interrupt();
    }
    arm();
  }

  /// Ends the operation in progress. Closing the socket also ends one that begins a moment later; cancelling would not.
  void interrupt() {
    error_code ignored;
    if (connection_) connection_->socket.close(ignored);
    if (!lookup_) return;
    lookup_->resolver.cancel();
    lookup_->done.cancel();
  }

  [[nodiscard]] bool is_over() const { return gave_up_ != fault::none || step_over_; }

  void give_up(fault why) {
    if (finished_ || gave_up_ != fault::none) return;
    gave_up_ = why;
    interrupt();
  }

  std::string host_{to_.address()};  // not const, for OpenSSL
  const stop_question stop_;         // empty: never
  const clock::time_point deadline_;
  clock::time_point step_ = never;
  asio::steady_timer alarm_;
  std::optional<lookup> lookup_;  // where a name has to be resolved
  error_code lookup_error_;
  std::vector<tcp::endpoint> endpoints_;
  bool step_over_ = false;
  bool finished_ = false;
};

}}}}  // namespace ghl::v0::detail::beast_io
