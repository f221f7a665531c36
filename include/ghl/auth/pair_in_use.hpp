/// The pair of tokens that a credential has in memory.
#pragma once

#include <ghl/auth/known_tokens.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/token_pair.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

inline void redact(error& e, const token_pair& pair) {
  redact(e, pair.access_token.reveal(), "[secret]");
  redact(e, pair.refresh_token.reveal(), "[secret]");
}

/// Its age, and whether the store has it. Thread safety: a value.
class pair_in_use {
 public:
  [[nodiscard]] const token_pair& pair() const noexcept { return pair_; }
  [[nodiscard]] const std::string& access() const noexcept { return pair_.access_token.reveal(); }
  [[nodiscard]] bool has_token() const noexcept { return !access().empty(); }

  /// From when on the token ends within that time, as far as anybody knows; nothing: its end does not matter.
  [[nodiscard]] std::int64_t ends_within_from(std::optional<milliseconds> ahead) const noexcept {
    if (!ahead || pair_.expires_at == 0) return (std::numeric_limits<std::int64_t>::max)();
    std::int64_t before_end = within(ahead->count() / 1000);
    // A token that lives for less is not to be refreshed by each call.
    if (const std::int64_t life = within(pair_.expires_in_s); life > 0 && before_end > life / 2) before_end = life / 2;
    return pair_.expires_at < before_end ? 0 : pair_.expires_at - before_end;
  }
  [[nodiscard]] bool ends_within(std::optional<milliseconds> ahead, std::int64_t unix_time) const noexcept {
    return ends_within_from(ahead) <= unix_time;
  }
  [[nodiscard]] bool is_valid(std::int64_t unix_time) const noexcept {
    return has_token() && !ends_within(milliseconds{}, unix_time);
  }

  /// A token that was never here. One that was is an old one, whatever the store says.
  [[nodiscard]] bool is_news(std::string_view token) const noexcept { return !token.empty() && !known_.has(token); }
  /// The next pair that comes needs no memory.
  void expect_next(std::string_view refused, std::string_view stored) {
    known_.add(refused);
    known_.add(stored);
    known_.make_room();
  }

  void adopt(token_pair&& pair) {
    known_.add(pair.access_token.reveal());
    pair_ = std::move(pair);
    is_unsaved_ = false;
  }
  /// A pair that a refresh gave for another one. What is missing in it stays as it was: an answer without a refresh
  /// token leaves the old one valid (RFC 6749, section 6). It is owed to the store or to the caller. Needs no memory.
  void adopt_fresh(token_pair&& pair, token_pair& spent, std::int64_t unix_time) noexcept {
    if (pair.expires_at == 0 && pair.expires_in_s > 0) pair.expires_at = unix_time + within(pair.expires_in_s);
    if (pair.refresh_token.reveal().empty()) pair.refresh_token = std::move(spent.refresh_token);
    if (pair.access_token.reveal().empty()) {
      pair.access_token = std::move(pair_.access_token);
      pair.expires_at = pair_.expires_at;
    }
    for (std::string token_pair::*const said : {&token_pair::user_type, &token_pair::location_id,
                                                &token_pair::company_id, &token_pair::scope})
      if ((pair.*said).empty()) pair.*said = std::move(spent.*said);
    adopt(std::move(pair));
    is_unsaved_ = true;
    is_owed_ = true;
  }
  /// The pair is in the store too, or the caller has it.
  void settle(bool saved) noexcept {
    is_owed_ = false;
    is_unsaved_ = !saved;
  }
  /// The store does not hold it.
  [[nodiscard]] bool is_unsaved() const noexcept { return is_unsaved_; }
  /// And nobody was told.
  [[nodiscard]] bool is_owed() const noexcept { return is_owed_; }

 private:
  /// What a server or a store says may be anything, and is added to a date.
  static constexpr std::int64_t within(std::int64_t seconds) noexcept {
    constexpr std::int64_t most = std::int64_t{1} << 40;
    return seconds > most ? most : seconds < 0 ? 0 : seconds;
  }

  token_pair pair_;
  known_tokens known_;
  bool is_unsaved_ = false;
  bool is_owed_ = false;
};

}}}  // namespace ghl::v0::detail
