// A unit with exceptions, whose value() throws although another unit of the program was compiled without them; so does
// what a script says of a request that nobody expected, and what a store throws is an error that has the pair.
#include "shared_token.hpp"

#include <ghl/testing/scripted_transport.hpp>
#include <ghl/value/result.hpp>

#include <cstdio>
#include <string>

// Defined in aborting.cpp.
int value_without_exceptions(const ghl::result<int>& good);
std::string script_without_exceptions(const ghl::http::request& r);
std::string token_without_exceptions();

void store_that_throws::operator()(const ghl::token_pair&) const {
  if (throws) throw 7;
}

namespace {

bool value_throws() {
  const ghl::result<int> good = 7;
  const ghl::result<int> bad = ghl::invalid_request(ghl::fault::other, "n");
  if (value_without_exceptions(good) != good.value()) return false;
  try {
    std::printf("value() of an error gave %d\n", bad.value());
    return false;
  } catch (const ghl::bad_result_access& e) {
    return e.error().where == "n";
  }
}

bool script_throws() {
  const ghl::http::request r{.method = ghl::method::get, .url = "http://127.0.0.1/links"};
  if (script_without_exceptions(r).empty()) return false;
  ghl::testing::script server;
  ghl::testing::scripted_transport transport{server};
  try {
    static_cast<void>(transport(r));
    std::puts("a request that nobody expected was answered");
    return false;
  } catch (const ghl::testing::unexpected_request&) {
    server.abandon();
    return true;
  }
}

bool store_may_throw() {
  struct here {};
  if (token_without_exceptions() != "new") return false;
  const shared_token token{pair_in_memory{}, new_pair{}, store_that_throws{true}};
  try {
    const ghl::result<std::string> got = refreshed<here>(token);
    return !got && got.error().fault == ghl::fault::tokens_not_stored && got.error().unsaved_tokens.size() == 1;
  } catch (int) {
    std::puts("what the store threw was not caught");
    return false;
  }
}

}  // namespace

int main() { return value_throws() && script_throws() && store_may_throw() ? 0 : 1; }
