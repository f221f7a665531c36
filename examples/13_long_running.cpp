/// A program to leave running: two threads that call the API under one rate limit, send again what failed in passing,
/// and write a line for each attempt. The server in front of the sandbox has its bad moments.
#include "chosen_json.hpp"
#include "sandbox/sandbox.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/observe.hpp>
#include <ghl/throttle.hpp>
#include <ghl/transport/httplib.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string_view>
#include <thread>

using namespace std::chrono_literals;

namespace {

/// Every third answer is another one: the gateway's, or the rate limiter's.
class unlucky_transport {
 public:
  explicit unlucky_transport(std::atomic<int>& calls) : calls_(&calls) {}

  ghl::result<ghl::http::response> operator()(const ghl::http::request& request) {
    const int n = ++*calls_;
    if (n % 6 == 2) return ghl::http::response{.status = 503, .body = "<html>bad gateway</html>"};
    if (n % 6 == 5) return ghl::http::response{.status = 429, .headers = {{"Retry-After", "1"}}};
    return under_(request);
  }

 private:
  std::atomic<int>* calls_;
  ghl::httplib_transport under_;
};

/// One line an attempt, to a log of yours. Hooks are called by the thread that made the attempt.
const auto to_log = [](const ghl::observation& seen) { std::printf("%s\n", ghl::to_line(seen).c_str()); };

}  // namespace

int main() try {
  const ghl_sandbox::sandbox server;
  const ghl::throttle limit;  // 100 calls in 10 s, for all that share it; the server's headers correct it
  std::atomic<int> calls = 0;
  std::atomic<int> good = 0;
  std::atomic<int> repeated = 0;

  const auto work = [&] {
    ghl::client api{unlucky_transport{calls},
                    example::chosen_json{},
                    ghl::private_integration_token{"sandbox-token"},
                    ghl::base_url{server.url()},
                    ghl::deadline{20s},  // of each call: all its attempts and pauses
                    ghl::retry{.attempts = 5, .base = 10ms, .spread = 20ms},
                    limit.for_location("ve9EPM428h8vShlRW1KT"),
                    ghl::observe{to_log}};
    for (int i = 0; i < 6; ++i) {
      const auto links = api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"});
      if (!links) std::printf("%s\n", links.error().message().c_str());
      good += links ? 1 : 0;
      for (const ghl::attempt& before : links.tried()) {
        const std::string_view why = to_string(before.why);
        std::printf("attempt %d: %.*s, and %lld ms later\n", before.number, static_cast<int>(why.size()), why.data(),
                    static_cast<long long>(before.wait.count()));
        ++repeated;
      }
    }
  };
  std::thread other{work};
  work();
  other.join();

  std::printf("%d calls, %d good, %d attempts repeated\n", 12, good.load(), repeated.load());
  return good == 12 && repeated == calls - 12 && repeated > 0 ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
