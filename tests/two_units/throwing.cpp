// A unit with exceptions, whose value() throws although another unit of the program was compiled without them; so does
// what a script says of a request that nobody expected.
#include <ghl/testing/scripted_transport.hpp>
#include <ghl/value/result.hpp>

#include <cstdio>
#include <string>

// Defined in aborting.cpp.
int value_without_exceptions(const ghl::result<int>& good);
std::string script_without_exceptions(const ghl::http::request& r);

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

}  // namespace

int main() { return value_throws() && script_throws() ? 0 : 1; }
