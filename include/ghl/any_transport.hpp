/// Transports of one shape behind one type, so that a class which holds a client need not be a template. An erased
/// transport can do what the one inside can: wait, and be stopped.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/named.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/runner/erased_transport.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {
template <class Transport, class Awaitable>
concept returns_task = coroutine_transport<Transport> && std::same_as<returned_by<Transport>, Awaitable>;
}

/// Purpose: any blocking transport, its type left out.
/// Example: `ghl::client<ghl::any_transport, ghl::glaze_json, ghl::access_token<>> api{ghl::httplib_transport{}, ...};`
/// and <ghl/fwd.hpp> where only the name is needed.
/// Costs: one allocation when it is made, one virtual call each time that something is sent, and one allocation for a
/// stop token.
/// Lifetime: copies share one transport, which lives as long as the last of them.
/// Cancelling: reaches a transport that takes every ghl::stop_token_like, as the adapters do; not one that takes
/// std::stop_token alone.
/// Thread safety: that of the transport inside.
class any_transport {
 public:
  template <class Transport>
    requires(!std::same_as<Transport, any_transport>) && blocking_transport<Transport>
  any_transport(Transport transport)  // implicit: what takes an any_transport takes every blocking one
      : shared_(std::in_place, std::move(transport)) {}
  // What it does not hold is refused with a sentence: by clang in its attribute, by others in the name of a type.
#if defined(__clang__)
  template <class Transport>
    requires(!std::same_as<Transport, any_transport>) && (!blocking_transport<Transport>)
  [[clang::unavailable(
      "ghl: ghl::any_transport holds a transport that returns the answer; for one that calls back use "
      "ghl::any_callback_transport, for one that is awaited ghl::any_coroutine_transport<its task>")]]
  explicit(!transport<Transport>) any_transport(Transport);
#else
  template <class Transport,
            class = detail::because<
                "ghl: ghl::any_transport holds a transport that returns the answer; for one that calls back use "
                "ghl::any_callback_transport, for one that is awaited ghl::any_coroutine_transport<its task>">>
    requires(!std::same_as<Transport, any_transport>) && (!blocking_transport<Transport>)
  explicit(!transport<Transport>) any_transport(Transport) = delete;
#endif

  result<http::response> operator()(const http::request& request) const { return shared_.send(request, {}); }
  template <stop_token_like Stop>
  result<http::response> operator()(const http::request& request, const Stop& stop) const {
    return shared_.send(request, detail::erased_stop{stop});
  }
  /// A pause between attempts: as the transport inside does it, or asleep.
  void wait(milliseconds span) const { shared_.wait(span); }

 private:
  detail::shared_transport<result<http::response>, const http::request&, void, detail::blocking_wait> shared_;
};

/// Purpose: any callback transport, its type left out. Everything else is as with any_transport; a completion costs one
/// allocation more, and may be move-only whatever the transport inside asks for.
/// any_callback_transport holds one that can wait; any_unwaiting_callback_transport one that cannot, and so is refused
/// by ghl::retry and the like, as the transport itself is.
template <bool Waits>
class basic_any_callback_transport {
 public:
  template <class Transport>
    requires(!std::same_as<Transport, basic_any_callback_transport>) && callback_transport<Transport>
  basic_any_callback_transport(Transport transport) : shared_(std::in_place, std::move(transport)) {
    static_assert(detail::holds<!Waits || waiting_transport<Transport>, Transport>,
                  "ghl: this transport cannot wait; give it wait(ghl::milliseconds, done), or hold it in "
                  "ghl::any_unwaiting_callback_transport");
  }
#if defined(__clang__)
  template <class Transport>
    requires(!std::same_as<Transport, basic_any_callback_transport>) && (!callback_transport<Transport>)
  [[clang::unavailable(
      "ghl: ghl::any_callback_transport holds a transport that calls back; for one that returns the answer use "
      "ghl::any_transport, for one that is awaited ghl::any_coroutine_transport<its task>")]]
  explicit(!transport<Transport>) basic_any_callback_transport(Transport);
#else
  template <class Transport,
            class = detail::because<
                "ghl: ghl::any_callback_transport holds a transport that calls back; for one that returns the answer "
                "use ghl::any_transport, for one that is awaited ghl::any_coroutine_transport<its task>">>
    requires(!std::same_as<Transport, basic_any_callback_transport>) && (!callback_transport<Transport>)
  explicit(!transport<Transport>) basic_any_callback_transport(Transport) = delete;
#endif

  template <class Completion>
    requires std::is_invocable_v<Completion&, result<http::response>>
  void operator()(http::request request, Completion done) const {
    shared_.send(std::move(request), {}, detail::shared_completion{std::move(done)});
  }
  template <stop_token_like Stop, class Completion>
    requires std::is_invocable_v<Completion&, result<http::response>>
  void operator()(http::request request, const Stop& stop, Completion done) const {
    shared_.send(std::move(request), detail::erased_stop{stop}, detail::shared_completion{std::move(done)});
  }
  /// A pause between attempts.
  template <class Completion>
    requires(Waits && std::is_invocable_v<Completion&>)
  void wait(milliseconds span, Completion done) const {
    const detail::shared_wait_completion shared{std::move(done)};
    shared_.wait(span, &shared);
  }

 private:
  detail::shared_transport<void, http::request, void, detail::callback_wait, detail::shared_completion> shared_;
};
using any_callback_transport = basic_any_callback_transport<true>;
using any_unwaiting_callback_transport = basic_any_callback_transport<false>;

/// Purpose: any coroutine transport that returns this awaitable, its type left out. Everything else is as with
/// any_transport; any_coroutine_transport holds one that can wait, any_unwaiting_coroutine_transport one that cannot.
/// Example: `ghl::any_coroutine_transport<boost::asio::awaitable<ghl::result<ghl::http::response>>>`.
template <class Awaitable, bool Waits>
class basic_any_coroutine_transport {
  using pause_type = typename detail::revalued<Awaitable>::template with<no_content>;

 public:
  template <class Transport>
    requires(!std::same_as<Transport, basic_any_coroutine_transport>) && detail::returns_task<Transport, Awaitable>
  basic_any_coroutine_transport(Transport transport) : shared_(std::in_place, std::move(transport)) {
    static_assert(detail::holds<!Waits || waiting_transport<Transport>, Transport>,
                  "ghl: this transport cannot wait; give it wait(ghl::milliseconds), or hold it in "
                  "ghl::any_unwaiting_coroutine_transport");
  }
#if defined(__clang__)
  template <class Transport>
    requires(!std::same_as<Transport, basic_any_coroutine_transport>) && (!detail::returns_task<Transport, Awaitable>)
  [[clang::unavailable(
      "ghl: ghl::any_coroutine_transport<Task> holds a transport that returns this task; name the one that yours "
      "returns, or use ghl::any_transport or ghl::any_callback_transport for another shape")]]
  explicit(!transport<Transport>) basic_any_coroutine_transport(Transport);
#else
  template <class Transport,
            class = detail::because<
                "ghl: ghl::any_coroutine_transport<Task> holds a transport that returns this task; name the one that "
                "yours returns, or use ghl::any_transport or ghl::any_callback_transport for another shape">>
    requires(!std::same_as<Transport, basic_any_coroutine_transport>) && (!detail::returns_task<Transport, Awaitable>)
  explicit(!transport<Transport>) basic_any_coroutine_transport(Transport) = delete;
#endif

  Awaitable operator()(http::request request) const { return detail::await_erased(shared_, std::move(request), {}); }
  template <stop_token_like Stop>
  Awaitable operator()(http::request request, const Stop& stop) const {
    return detail::await_erased(shared_, std::move(request), detail::erased_stop{stop});
  }
  /// A pause between attempts.
  pause_type wait(milliseconds span) const
    requires Waits
  {
    return shared_.wait(span);
  }

 private:
  detail::shared_transport<Awaitable, http::request&&, pause_type, detail::coroutine_wait<pause_type>> shared_;
};
template <class Awaitable>
using any_coroutine_transport = basic_any_coroutine_transport<Awaitable, true>;
template <class Awaitable>
using any_unwaiting_coroutine_transport = basic_any_coroutine_transport<Awaitable, false>;

}}  // namespace ghl::v0
