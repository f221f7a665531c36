/// Policies of your own: when a call is repeated, when it may start, and what an answer means. They go wherever
/// ghl::retry, ghl::throttle and ghl::advice go.
#include "chosen_json.hpp"

#include <ghl/advice.hpp>
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/policy.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

using namespace std::chrono_literals;

/// What was created a moment ago is not found everywhere at once: for 2 s, 404 is no last word. All else is as usual.
struct patient_after_create {
  ghl::retry usual{};

  [[nodiscard]] std::optional<ghl::milliseconds> pause_after(const ghl::failed_attempt& failed) const {
    if (failed.error.status == 404 && failed.elapsed < 2s) return 250ms;
    return usual.pause_after(failed);
  }
};
static_assert(ghl::retry_policy<patient_after_create>);

/// Counters that all processes of a house can reach; here a map stands for Redis, or a table with a row for each key.
class shared_counters {
 public:
  std::int64_t increment(std::int64_t key) {
    const std::lock_guard lock{mutex_};
    return ++counts_[key];
  }

 private:
  std::mutex mutex_;
  std::map<std::int64_t, std::int64_t> counts_;
};

/// So many calls in each interval, whoever makes them. (Real processes take the time of the store.)
class shared_throttle {
 public:
  shared_throttle(std::shared_ptr<shared_counters> store, std::int64_t calls, ghl::milliseconds interval)
      : store_(std::move(store)), calls_(calls), interval_(interval.count()) {}

  /// Nothing is kept from the question to the answer.
  struct ticket {};

  [[nodiscard]] ghl::milliseconds acquire(ticket&, ghl::milliseconds now) const {
    const std::int64_t number = now.count() / interval_;
    if (store_->increment(number) <= calls_) return ghl::milliseconds{0};
    return ghl::milliseconds{(number + 1) * interval_ - now.count()};
  }
  void on_response(const ticket&, const ghl::rate_limit&, int, const std::optional<ghl::milliseconds>&,
                   ghl::milliseconds) const {}

 private:
  std::shared_ptr<shared_counters> store_;
  std::int64_t calls_;
  std::int64_t interval_;
};
static_assert(ghl::admission_policy<shared_throttle>);

/// Texts that this house has seen and the library does not know.
const ghl::advice seen_here{
    {.status = 409, .text = "is being merged", .meaning = ghl::remedy::retry},       // passes: ghl::retry follows
    {.status = 403, .text = "company is suspended", .meaning = ghl::remedy::reinstall_app},
    {.status = 400, .text = "blueprint", .meaning = ghl::remedy::fix_version, .path = "/objects/"}};

/// The same for what no text tells: between two and three at night a 500 is the backup, and passes.
struct knows_the_backup {
  bool (*is_backup)();
  [[nodiscard]] std::optional<ghl::remedy> advise(const ghl::error& e) const {
    if (e.status == 500 && is_backup()) return ghl::remedy::retry;
    return std::nullopt;
  }
};
static_assert(ghl::advisor<knows_the_backup>);

int main() {
  const ghl::private_integration_token token{"sandbox-token"};
  const ghl::links::get_links links{.location_id = "ve9EPM428h8vShlRW1KT"};

  ghl::testing::script server;
  for (int i = 0; i < 3; ++i)
    server.expect(ghl::method::get, "/links/?locationId=ve9EPM428h8vShlRW1KT").answer(404, "{}");
  server.expect(ghl::method::get, "/links/?locationId=ve9EPM428h8vShlRW1KT").answer(200, R"({"links":[]})");
  ghl::client patient{ghl::testing::scripted_transport{server}, example::chosen_json{}, token, patient_after_create{}};
  const auto found = patient.call(links);
  std::printf("found after %zu attempts\n", found.tried().size() + 1);

  server.expect(ghl::method::get, "/links/?locationId=ve9EPM428h8vShlRW1KT")
      .answer(409, R"({"message":"It is being merged"})");
  server.expect(ghl::method::get, "/links/?locationId=ve9EPM428h8vShlRW1KT").answer(500, "");
  server.expect(ghl::method::get, "/links/?locationId=ve9EPM428h8vShlRW1KT").answer(200, R"({"links":[]})");
  ghl::client advised{ghl::testing::scripted_transport{server}, example::chosen_json{}, token, ghl::retry{.base = 1ms},
                      seen_here, knows_the_backup{[] { return true; }}};
  const auto in_the_end = advised.call(links);
  std::printf("good after %zu attempts\n", in_the_end.tried().size() + 1);

  // Two clients, as of two processes, and one allowance: three calls in each 40 ms.
  const auto store = std::make_shared<shared_counters>();
  int calls = 0;
  const auto transport = [&](const ghl::http::request&) {
    ++calls;
    return ghl::http::response{.status = 200, .body = R"({"links":[]})"};
  };
  ghl::client first{transport, example::chosen_json{}, token, shared_throttle{store, 3, 40ms}};
  ghl::client second{transport, example::chosen_json{}, token, shared_throttle{store, 3, 40ms}, patient_after_create{}};
  int good = 0;
  for (int i = 0; i < 5; ++i) good += first.call(links).has_value() + second.call(links).has_value();
  std::printf("%d calls, %d good\n", calls, good);
  const bool patient_and_advised =
      found && found.tried().size() == 3 && in_the_end && in_the_end.tried().size() == 2;
  return patient_and_advised && calls == 10 && good == 10 ? 0 : 1;
}
