/// The smallest operation: a call that is one request and one answer.
#pragma once

#include <ghl/endpoint/well_formed.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <concepts>
#include <optional>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// All of it but the response, whose type is left out: a program has this once, not for each endpoint.
class single_core {
 public:
  using clock = no_clock_sample;
  static constexpr bool sends_again = false;
  static constexpr bool refreshes = false;

  /// `prepare()` gives the request.
  template <class Prepare>
    requires(!std::same_as<Prepare, single_core>)
  explicit single_core(const Prepare& prepare) : request_(prepare()) {}

  single_core(const single_core&) = default;
  single_core(single_core&&) noexcept = default;
  [[gnu::noinline]] ~single_core() {}

  [[nodiscard]] step next(const clock&, bool stopped) {
    if (!request_ || answer_) return {step::done, {}};
    if (!stopped) return {step::send, request_->timeout};
    answer_.emplace(transport_error(fault::cancelled, sent::no));
    return {step::done, {}};
  }
  [[nodiscard]] http::request& request() noexcept { return *request_; }
  void answered(result<http::response>&& answer, const clock&) {
    refuse_odd_status(answer_.emplace(std::move(answer)));
  }

  /// At the end, once.
  [[nodiscard]] result<http::response>&& answer() {
    if (!answer_) answer_.emplace(std::move(request_.error()));
    return *std::move(answer_);
  }

 private:
  result<http::request> request_;
  std::optional<result<http::response>> answer_{};
};

/// `Json` is a reference where the client waits for the end, and a value where the client may go; so `Token` is a
/// std::string_view or a std::string. `Advise` is asked about the error.
template <class E, class Json, class Token, class Advise = no_advice>
class single_call : public single_core {
 public:
  using core = single_core;
  using outcome_type = result<response_of<E>>;

  template <class Prepare>
  single_call(Json json, Token token, const Prepare& prepare, Advise advise = {})
      : single_core(prepare), json_(std::forward<Json>(json)), token_(std::move(token)), advise_(std::move(advise)),
        strict_(is_strict(prepare)) {}

  [[nodiscard]] outcome_type take() { return outcome_of<E>(answer(), json_, token_, advise_, strict_); }

 private:
  Json json_;
  Token token_;
  [[no_unique_address]] Advise advise_;
  bool strict_;
};

}}}  // namespace ghl::v0::detail
