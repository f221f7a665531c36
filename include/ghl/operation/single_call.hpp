/// The smallest operation: a call that is one request and one answer.
#pragma once

#include <ghl/endpoint/well_formed.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <optional>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// `Json` is a reference where the client waits for the end, and a value where the client may go; so `Token` is a
/// std::string_view or a std::string.
template <class E, class Json, class Token>
class single_call {
 public:
  using outcome_type = result<response_of<E>>;
  using clock = no_clock_sample;
  static constexpr bool sends_again = false;
  static constexpr bool refreshes = false;

  template <class Prepare>
  single_call(Json json, Token token, Prepare&& prepare)
      : json_(std::forward<Json>(json)), token_(std::move(token)), request_(prepare()) {}

  [[nodiscard]] step next(const clock&, bool stopped) {
    if (!request_ || answer_) return {step::done, {}};
    if (!stopped) return {step::send, request_->timeout};
    answer_.emplace(transport_error(fault::cancelled, sent::no));
    return {step::done, {}};
  }
  [[nodiscard]] http::request& request() noexcept { return *request_; }
  void answered(result<http::response>&& answer, const clock&) { answer_.emplace(std::move(answer)); }
  [[nodiscard]] outcome_type take() {
    if (!answer_) answer_.emplace(std::move(request_.error()));
    return outcome_of<E>(*std::move(answer_), json_, token_);
  }

 private:
  Json json_;
  [[no_unique_address]] Token token_;
  result<http::request> request_;
  std::optional<result<http::response>> answer_{};
};

}}}  // namespace ghl::v0::detail
