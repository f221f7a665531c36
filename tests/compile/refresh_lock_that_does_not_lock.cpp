// A lock of a refreshing token that cannot be unlocked.
// says: ghl: the lock of ghl::refresh_lock has try_lock() or lock(), and unlock(), or is a callable that returns a guard
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

const auto load = [] { return ghl::result<ghl::token_pair>{}; };
const auto refresh = [](const ghl::token_pair&) { return ghl::result<ghl::token_pair>{}; };
struct row {
  void lock() {}
#ifndef GHL_MISTAKE
  void unlock() {}
#endif
};
const ghl::refreshing_token mine{load, refresh, ghl::refresh_lock{row{}}};
ghl::client my_api{transport, json{}, mine};
auto call() { return my_api.call(get_links); }
