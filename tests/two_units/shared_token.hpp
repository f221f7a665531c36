// A credential that both units use, with named types, so that its functions have the same symbols in both.
#pragma once

#include <ghl/refreshing_token.hpp>

struct pair_in_memory {
  ghl::result<ghl::token_pair> operator()() const { return pair("old"); }
  static ghl::token_pair pair(const char* access) {
    ghl::token_pair out;
    out.access_token = ghl::secret{access};
    out.refresh_token = ghl::secret{"refresh"};
    return out;
  }
};
struct new_pair {
  ghl::result<ghl::token_pair> operator()(const ghl::token_pair&) const { return pair_in_memory::pair("new"); }
};
// Defined in throwing.cpp: throws where it is told to.
struct store_that_throws {
  bool throws;
  void operator()(const ghl::token_pair&) const;
};
using shared_token = ghl::refreshing_token<pair_in_memory, new_pair, store_that_throws>;

// Leads a refresh; whether the new pair came, and the credential can be used afterwards.
template <class Unit>
ghl::result<std::string> refreshed(const shared_token& token) {
  static_cast<void>(token.begin_refresh("old"));
  return token.end_refresh(token.refresh(pair_in_memory::pair("old")));
}
