/// The policies among the options of a client, as a call asks them.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/options/option_set.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/admission.hpp>
#include <ghl/policy/advisor.hpp>
#include <ghl/policy/observer.hpp>
#include <ghl/policy/retry.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/remedy.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// An option of a client that takes part in its calls, and not only in its settings.
template <class Option>
concept call_policy = retry_policy<Option> || admission_policy<Option> || observer<Option> || advisor<Option>;

namespace detail {

/// The policies among the options of a constructor, in their own order.
template <class Sorted, class... Options>
struct policies_among {
  using type = Sorted;
};
template <class Sorted, class First, class... Rest>
struct policies_among<Sorted, First, Rest...> : policies_among<Sorted, Rest...> {};
template <class... Sorted, call_policy First, class... Rest>
struct policies_among<sorted_options<Sorted...>, First, Rest...>
    : policies_among<typename sorted<sorted_options<>, Sorted..., First>::type, Rest...> {};

// ---- advisors: any number of them ----

/// "Invalid JWT" is said of a token of any kind; "access token is invalid" only of one that OAuth has issued.
inline bool names_any_token(const error& e) noexcept {
  for (const std::string& text : e.messages)
    if (contains_ignoring_case(text, "Invalid JWT")) return true;
  return false;
}

/// What is done about each error of a call once it is complete: those who know are asked. `Options` is a set, or a
/// reference to one where it outlives the call. Nothing of it is in a call that has no advisor.
template <bool Expires, class Options>
struct advising {
  [[no_unique_address]] Options options;

  [[gnu::noinline]] void operator()(error& e) const {
    options.each([&]<class Option>([[maybe_unused]] const Option& option) {
      if constexpr (advisor<Option>)
        if (!e.advised) e.advised = option.advise(std::as_const(e));
    });
    if constexpr (!Expires)
      if (!e.advised && e.remedy() == remedy::refresh_token && names_any_token(e)) e.advised = remedy::replace_token;
  }
};

/// Whether the policies take no part in the course of a call: it is one request and one answer.
template <class Options>
inline constexpr bool only_advise = false;
template <class... Options>
inline constexpr bool only_advise<sorted_options<Options...>> =
    ((advisor<Options> && !retry_policy<Options> && !admission_policy<Options> && !observer<Options>) && ...);

// ---- retry: one policy, or none ----

template <class... Options>
struct retry_policy_in {
  using type = no_retry;
};
template <class First, class... Rest>
struct retry_policy_in<First, Rest...>
    : std::conditional_t<retry_policy<First>, std::type_identity<First>, retry_policy_in<Rest...>> {};

template <class... Options>
decltype(auto) retry_policy_of(const sorted_options<Options...>& options) noexcept {
  using policy = typename retry_policy_in<Options...>::type;
  if constexpr (std::same_as<policy, no_retry>) return no_retry{};
  else return options.template get<policy>();
}
/// The policy as a call keeps it: a reference where the options outlive the call.
template <class Options, bool Outlive>
using kept_retry_policy =
    std::conditional_t<Outlive, decltype(retry_policy_of(std::declval<const Options&>())),
                       std::remove_cvref_t<decltype(retry_policy_of(std::declval<const Options&>()))>>;

// ---- admission: any number of policies ----

/// The ticket of a call. A copy of a call has none of it: what copies a completion calls one of the two, and the other
/// must not stand in the line.
template <class Option>
struct admission_ticket {};
template <admission_policy Option>
struct admission_ticket<Option> {
  typename Option::ticket ticket{};
  bool admitted = false;

  admission_ticket() = default;
  admission_ticket(const admission_ticket&) noexcept {}
  admission_ticket(admission_ticket&&) noexcept = default;
  admission_ticket& operator=(const admission_ticket&) = delete;
  admission_ticket& operator=(admission_ticket&&) noexcept = default;
  ~admission_ticket() = default;
};

template <class Options>
struct admission_tickets;
template <class... Options>
struct admission_tickets<sorted_options<Options...>> : admission_ticket<Options>... {
  /// How long to wait before asking again; 0 or less: all have let the call start.
  milliseconds acquire([[maybe_unused]] const sorted_options<Options...>& options, [[maybe_unused]] milliseconds now) {
    milliseconds wait{};
    each(options, [&](const auto& policy, auto& of) {
      if (of.admitted || wait.count() > 0) return;
      wait = policy.acquire(of.ticket, now);
      of.admitted = wait.count() <= 0;
    });
    return wait;
  }
  /// An attempt is over: its answer is told, where one came, and the next one needs a new ticket.
  void on_response([[maybe_unused]] const sorted_options<Options...>& options,
                   [[maybe_unused]] const rate_limit& limits, [[maybe_unused]] int status,
                   [[maybe_unused]] const error* failed, [[maybe_unused]] milliseconds now) {
    each(options, [&](const auto& policy, auto& of) {
      if (status != 0)
        policy.on_response(of.ticket, limits, status, failed != nullptr ? failed->retry_after : std::nullopt, now);
      of = {};
    });
  }
  void give_up() noexcept { (static_cast<void>(static_cast<admission_ticket<Options>&>(*this) = {}), ...); }

 private:
  template <class F>
  void each(const sorted_options<Options...>& options, F&& f) {
    options.each([&]<class Option>(const Option& option) {
      if constexpr (admission_policy<Option>) f(option, static_cast<admission_ticket<Option>&>(*this));
    });
  }
};

template <class Options>
inline constexpr bool has_admission = false;
template <class... Options>
inline constexpr bool has_admission<sorted_options<Options...>> = (admission_policy<Options> || ...);

// ---- observers: any number of them ----

template <class Options>
inline constexpr bool has_observer = false;
template <class... Options>
inline constexpr bool has_observer<sorted_options<Options...>> = (observer<Options> || ...);

/// Where a request goes: the host stands at that place of its URL.
struct server_name {
  std::size_t at;
  std::size_t size;
  int port;

  explicit server_name(const base_url& base) noexcept
      : at(base.host().empty() ? 0 : static_cast<std::size_t>(base.host().data() - base.url().data())),
        size(base.host().size()), port(base.port()) {}
};

/// OpenTelemetry's attribute error.type: the status that the server sent, else the name of the fault. "_OTHER" is
/// OpenTelemetry's value for anything else.
inline std::string error_type_of(const error& e) {
  if (e.kind == error_kind::status) return std::to_string(e.status);
  return std::string{e.fault == fault::none || e.fault == fault::other ? "_OTHER" : name_of(e.fault)};
}

/// What is seen of an attempt, beside its endpoint and its request.
struct attempt_seen {
  int status;
  const error* failed;
  milliseconds duration;
  int sends;
  milliseconds paused;
  bool last;
  std::size_t mismatches = 0;
};

template <class... Options>
void observe_attempt([[maybe_unused]] const sorted_options<Options...>& options,
                     [[maybe_unused]] const endpoint_facts& called, [[maybe_unused]] const http::request& request,
                     [[maybe_unused]] const server_name& server, [[maybe_unused]] const attempt_seen& how) {
  if constexpr ((observer<Options> || ...)) {
    observation seen;
    seen.endpoint = called.title;
    seen.method = called.method;
    seen.path_template = called.path;
    seen.server_address = std::string_view{request.url}.substr(server.at, server.size);
    seen.server_port = server.port;
    const std::string error_type = how.failed != nullptr ? error_type_of(*how.failed) : std::string{};
    seen.status = how.status;
    seen.error_type = error_type;
    seen.duration = how.duration;
    seen.attempt = how.sends;
    seen.wait = how.paused;
    seen.last = how.last;
    seen.mismatches = how.mismatches;
    options.each([&]<class Option>(const Option& option) {
      if constexpr (observer<Option>) {
        seen.target = target_observer<Option> ? request.target() : std::string_view{};
        option.observed(std::as_const(seen));
      }
    });
  }
}

}  // namespace detail
}}  // namespace ghl::v0
