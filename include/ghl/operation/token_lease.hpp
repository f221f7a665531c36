/// The lease of a call to refresh the token of its credential.
#pragma once

#include <ghl/policy/call_limits.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/mismatch.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// It is given up where the last copy of the call that has it is destroyed: a copy of a completion may outlive the one
/// that it is of.
template <class Credential>
struct token_lease {};
template <says_it_refreshes Credential>
struct token_lease<Credential> {
  token_pair pair{};
  std::string refused{};                 // the token before, which a server may quote too
  std::string instead{};                 // the token to go on with where there will be no other; empty: none
  bool taken = false;                    // this call has the lease
  bool needed = begins_use<Credential>;  // there is no token yet
  call_limits limits{};

  /// Before the call, or after `token` was refused. `left`: of the deadline; 0: no limit, or it is over.
  refresh_lease ask(Credential& credential, std::string_view token, milliseconds left, bool late) {
    auto may_be_held = credential.hold_lease();
    refresh_lease lease = begin(credential, token, within(left, late));
    if (lease.what != refresh_lease::leader) return lease;
    may_be_held.take();
    held = std::move(may_be_held);
    pair = std::move(lease.pair);
    instead = std::move(lease.token);
    taken = true;
    return lease;
  }
  result<std::string> end(Credential& credential, result<token_pair>&& answer, milliseconds left, bool late) {
    held.release();
    taken = false;
    if constexpr (requires { credential.end_refresh(std::move(answer), limits); })
      return credential.end_refresh(std::move(answer), within(left, late));
    else return credential.end_refresh(std::move(answer));
  }
  /// A server may quote the token before, too, and what else the credential knows.
  void tidy(const Credential& credential, error* failed, reading_notes* notes) const {
    if (failed != nullptr) tidy(credential, *failed);
    if (notes == nullptr) return;
    for (mismatch& m : notes->mismatches) {
      error quoting;
      quoting.where.swap(m.path);
      quoting.excerpt.swap(m.value);
      tidy(credential, quoting);
      quoting.where.swap(m.path);
      quoting.excerpt.swap(m.value);
    }
  }
  void give_up() {
    if (std::exchange(taken, false)) held = {};
  }

 private:
  void tidy(const Credential& credential, error& e) const {
    redact(e, refused);
    if constexpr (requires { credential.tidy(e); }) credential.tidy(e);
  }
  refresh_lease begin(Credential& credential, std::string_view token, const call_limits& left) {
    if constexpr (begins_use<Credential>)
      if (needed) return credential.begin_use(left);
    if constexpr (requires { credential.begin_refresh(token, left); }) return credential.begin_refresh(token, left);
    else return credential.begin_refresh(token);
  }
  [[nodiscard]] call_limits within(milliseconds left, bool late) const noexcept {
    return limits.within(late ? milliseconds{1} : left);  // 0 is no limit
  }

  decltype(std::declval<Credential&>().hold_lease()) held{};
};

}}}  // namespace ghl::v0::detail
