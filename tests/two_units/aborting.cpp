// A unit without exceptions: its value() of an error ends the program, and no other unit's does; nor does its script, and
// what is thrown by the store of a credential is caught in the other.
#include "shared_token.hpp"

#include <ghl/testing/scripted_transport.hpp>
#include <ghl/value/result.hpp>

#include <string>

#if defined(__cpp_exceptions)
#error "this file is to be compiled without exceptions"
#endif

int value_without_exceptions(const ghl::result<int>& good);
int value_without_exceptions(const ghl::result<int>& good) { return good.value(); }

std::string token_without_exceptions();
std::string token_without_exceptions() {
  struct here {};
  const shared_token token{pair_in_memory{}, new_pair{}, store_that_throws{false}};
  return refreshed<here>(token).value();
}

std::string script_without_exceptions(const ghl::http::request& r);
std::string script_without_exceptions(const ghl::http::request& r) {
  ghl::testing::script server;
  std::string seen;
  server.on_failure([&](const std::string& text) { seen = text; });
  ghl::testing::scripted_transport transport{server};
  static_cast<void>(transport(r));
  server.conclude();
  return seen;
}
