/// Pairs of tokens in the order in which an OAuth server issues them.
#pragma once

#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>

#include <string>
#include <utility>

namespace fixture {

inline ghl::token_pair pair_of(std::string access, std::string refresh, long long expires_in_s = 0) {
  return {.access_token = ghl::secret{std::move(access)},
          .refresh_token = ghl::secret{std::move(refresh)},
          .expires_in_s = expires_in_s};
}
inline const ghl::token_pair first = pair_of("access-1", "refresh-1");
inline const ghl::token_pair second = pair_of("access-2", "refresh-2");
inline const ghl::token_pair third = pair_of("access-3", "refresh-3");

}  // namespace fixture
