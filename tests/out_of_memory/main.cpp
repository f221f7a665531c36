// The N-th allocation of a call fails, for N = 1, 2, … to its end: the plain call, the retrying call and the refreshing
// call, in each shape. Whatever N is: nothing leaks, nothing ends the process, no pair of tokens is lost, and the next
// call works.
#include "../catch.hpp"
#include "../unit/flat_json.hpp"
#include "../unit/scripted_json.hpp"
#include "../unit/steps_json.hpp"
#include "../unit/task.hpp"
#include "failing_new.hpp"

#include <ghl/api/opportunities.hpp>
#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/observe.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/throttle.hpp>

#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using ghl::opportunities::remove_followers;
using answer = ghl::result<ghl::http::response>;
using outcome = ghl::result<remove_followers::response>;

namespace {

/// Reads and writes.
struct flat_json_both_ways : flat_json {
  template <class T>
  ghl::result<std::string> encode(const T& value) const {
    return scripted_json{}.encode(value);
  }
};

/// A token longer than any string has room for within itself.
std::string numbered(std::string_view kind, int n) {
  return std::string{kind}.append("-token-that-needs-an-allocation-of-its-own-").append(std::to_string(n));
}

/// HighLevel: not in this process, so its memory does not run out.
struct server {
  int pair = 1;             // the number of the one that counts
  bool breaks_off = false;  // the answer with the next pair
  int failures = 0;         // 503 that are left
  bool is_odd = false;      // the answer is not as described
  int calls = 0;
  int done = 0;

  /// The access token, before the next call.
  void expire() { ++access_from_; }
  ghl::http::response answer_to(const ghl::http::request& r) {
    const memory::elsewhere safe;
    ++calls;
    if (r.target() == "/oauth/token") {
      if (r.body.find(numbered("refresh", pair)) == std::string::npos)
        return {.status = 401, .body = R"({"error":"invalid_grant"})"};
      ++pair;
      access_from_ = pair;
      return {.status = 200,
              .headers = {{"Content-Type", "application/json"}},
              .body = R"({"access_token":")" + numbered("access", pair) + R"(","refresh_token":")" +
                      numbered("refresh", pair) + R"(","expires_in":86399,"userType":"Location")" +
                      (breaks_off ? "" : "}")};
    }
    if (r.headers.get("Authorization") != "Bearer " + numbered("access", access_from_))
      return {.status = 401, .body = R"({"message":"Invalid JWT","traceId":"a-trace-id-that-needs-an-allocation"})"};
    if (failures > 0) {
      --failures;
      return {.status = 503, .body = R"({"message":"not now, and in so many words that they need an allocation"})"};
    }
    ++done;
    if (is_odd)
      return {.status = 200,
              .body = R"({"followersRemoved":{"of":"them, in an object that needs an allocation of its own"},)"
                      R"("followers":["a","b"]})"};
    return {.status = 200, .headers = {{"X-RateLimit-Remaining", "99"}}, .body = R"({"followers":["a","b"]})"};
  }

 private:
  int access_from_ = 1;
};

/// The user's store. What a process without memory cannot write stays as it was.
struct store {
  ghl::token_pair row{ghl::secret{numbered("access", 1)}, ghl::secret{numbered("refresh", 1)}};

  bool is_full = false;

  [[nodiscard]] ghl::token_pair load() const { return row; }
  bool save(const ghl::token_pair& fresh) {
    if (is_full) return false;
    ghl::token_pair copy = fresh;
    row = std::move(copy);
    return true;
  }
};

// ---- the shapes ----

struct blocking {
  struct transport {
    server* at;
    ghl::http::response operator()(const ghl::http::request& r) const { return at->answer_to(r); }
    static void wait(ghl::milliseconds) {}
  };
  template <class Api>
  static outcome call(Api& api, const remove_followers& request) {
    return api.call(request);
  }
};
struct coroutine {
  struct transport {
    server* at;
    task<answer> operator()(ghl::http::request r) const { co_return at->answer_to(r); }
    static task<void> wait(ghl::milliseconds) { co_return; }
  };
  template <class Api>
  static outcome call(Api& api, const remove_followers& request) {
    auto running = api.call(request);
    REQUIRE(running.start());
    return running.taken();
  }
};
struct callback {
  struct transport {
    server* at;
    template <class Done>
    void operator()(const ghl::http::request& r, Done done) const {
      done(answer{at->answer_to(r)});
    }
    template <class Done>
    static void wait(ghl::milliseconds, Done done) {
      done();
    }
  };
  template <class Api>
  static outcome call(Api& api, const remove_followers& request) {
    int times = 0;
    std::optional<outcome> came;
    const auto handler = [&](outcome o) {
      ++times;
      came.emplace(std::move(o));
    };
    api.call(request, handler);
    REQUIRE(times == 1);
    return *std::move(came);
  }
};

// ---- the calls ----

remove_followers the_call() {
  return {.id = "an-opportunity-whose-name-needs-an-allocation",
          .body = {.followers = {"a-follower-whose-name-needs-an-allocation"}}};
}

/// What the user sees of a call whose N-th allocation fails.
enum class seen { nothing_failed, thrown, error, success };

template <class Shape, class Api>
seen call_without_memory(Api& api, long n, std::vector<ghl::token_pair>& handed_over) {
  const remove_followers request = the_call();
  std::optional<outcome> came;
  bool threw = false;
  {
    const memory::fails_at now{n};
    try {
      came.emplace(Shape::call(api, request));
    } catch (const std::bad_alloc&) {
      threw = true;
    }
  }
  if (came && !*came) handed_over = std::move(came->error().unsaved_tokens);
  if (!memory::failed) return seen::nothing_failed;
  if (threw) return seen::thrown;
  return *came ? seen::success : seen::error;
}

/// `make(server, store)` gives a client; `prepare(server)` sets the scene for a call. The number of the allocations that
/// were made to fail.
template <class Shape, class Make, class Prepare>
long each_allocation_fails(const Make& make, const Prepare& prepare) {
  {
    // Catch keeps as many streams as it has needed at a time.
    INFO("one");
    INFO("two");
    INFO("three");
    REQUIRE(memory::live > 0);
  }
  for (long n = 1;; ++n) {
    INFO("the allocation that fails is number " << n);
    const long before = memory::live;
    bool over = false;
    {
      server at;
      store of;
      {
        auto api = make(at, of);
        prepare(at, of);
        std::vector<ghl::token_pair> handed_over;
        over = call_without_memory<Shape>(api, n, handed_over) == seen::nothing_failed;
        of.is_full = false;
        for (const ghl::token_pair& pair : handed_over) REQUIRE(of.save(pair));

        // A call may be what hands a pair over. The one after it works.
        outcome next = Shape::call(api, the_call());
        if (!next) {
          INFO(next.error().message());
          REQUIRE(next.error().unsaved_tokens.size() == 1);
          REQUIRE(of.save(next.error().unsaved_tokens[0]));
          next = Shape::call(api, the_call());
        }
        REQUIRE(next);
        REQUIRE(next->followers == std::vector<std::string>{"a", "b"});
      }
      REQUIRE(of.row.access_token.reveal() == numbered("access", at.pair));
      REQUIRE(of.row.refresh_token.reveal() == numbered("refresh", at.pair));
    }
    REQUIRE(memory::live == before);
    if (over) return n - 1;
  }
}

template <class Shape>
using transport_of = typename Shape::transport;

template <class Shape>
long plain_calls() {
  return each_allocation_fails<Shape>(
      [](server& at, store& of) {
        return ghl::client{transport_of<Shape>{&at}, flat_json_both_ways{},
                           ghl::access_token{of.row.access_token.reveal()}};
      },
      [](server&, store&) {});
}

template <class Shape>
long calls_with_an_odd_answer() {
  return each_allocation_fails<Shape>(
      [](server& at, store& of) {
        return ghl::client{transport_of<Shape>{&at}, flat_json_both_ways{},
                           ghl::access_token{of.row.access_token.reveal()}};
      },
      [](server& at, store&) { at.is_odd = true; });
}

template <class Shape>
long retrying_calls() {
  return each_allocation_fails<Shape>(
      [](server& at, store& of) {
        return ghl::client{transport_of<Shape>{&at},
                           flat_json_both_ways{},
                           ghl::access_token{of.row.access_token.reveal()},
                           ghl::retry{.attempts = 4},
                           ghl::throttle{},
                           ghl::observe{[](const ghl::observation&) {}, ghl::with_target}};
      },
      [](server& at, store&) { at.failures = 2; });
}

template <class Shape>
auto refreshing_client(server& at, store& of) {
  const transport_of<Shape> transport{&at};
  const ghl::refreshing_token token{
      [&of] { return of.load(); },
      ghl::oauth_refresh{transport, flat_json_both_ways{},
                         ghl::oauth_app{.client_id = "an-app-whose-name-needs-an-allocation",
                                        .client_secret = ghl::secret{"a-secret-that-needs-an-allocation"},
                                        .user_type = ghl::token::sub_account}},
      [&of](const ghl::token_pair& fresh) { return of.save(fresh); }};
  return ghl::client{transport, flat_json_both_ways{}, token, ghl::retry{.attempts = 2}};
}
template <class Shape>
long refreshing_calls() {
  return each_allocation_fails<Shape>(refreshing_client<Shape>, [](server& at, store&) { at.expire(); });
}
template <class Shape>
long refreshing_calls_with_a_full_store() {
  return each_allocation_fails<Shape>(refreshing_client<Shape>, [](server& at, store& of) {
    at.expire();
    of.is_full = true;
  });
}
template <class Shape>
long refreshing_calls_with_a_broken_answer() {
  return each_allocation_fails<Shape>(refreshing_client<Shape>, [](server& at, store&) {
    at.expire();
    at.breaks_off = true;
  });
}

// ---- a type of a user's own ----

struct wire_price {
  std::string currency;
  std::vector<std::string> notes{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("currency", &wire_price::currency), ghl::field("notes", &wire_price::notes));
  }
};
struct price {
  std::string text{};
};
struct prices {
  std::vector<price> list{};
  std::optional<price> one{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("list", &prices::list), ghl::field("one", &prices::one));
  }
};

}  // namespace

template <>
struct ghl::json_as<price> {
  using type = wire_price;
  static std::optional<price> from(wire_price from) {
    if (from.currency.empty()) return std::nullopt;
    return price{std::move(from.currency)};
  }
  static wire_price to(const price& p) { return {p.text}; }
};

namespace {

/// The number of the allocations that were made to fail.
long each_allocation_of_a_conversion_fails(const std::string& text) {
  {
    INFO("one");
    INFO("two");
    REQUIRE(memory::live > 0);
  }
  for (long n = 1;; ++n) {
    INFO("the allocation that fails is number " << n);
    const long before = memory::live;
    {
      const memory::fails_at now{n};
      try {
        const auto read = steps_json{}.decode<prices>(text);
        static_cast<void>(read);
      } catch (const std::bad_alloc&) {
      }
    }
    REQUIRE(memory::live == before);
    if (!memory::failed) return n - 1;
  }
}

}  // namespace

TEST_CASE("each allocation of reading a type of a user's own fails") {
  const std::string note = R"("a note that needs an allocation of its own")";
  const std::string good = R"({"currency":"a currency that needs an allocation","notes":[)" + note + "," + note + "]}";
  CHECK(each_allocation_of_a_conversion_fails(R"({"one":)" + good + R"(,"list":[)" + good + "," + good + "]}") > 10);
  CHECK(each_allocation_of_a_conversion_fails(R"({"list":[)" + good + R"(,{"currency":""}]})") > 5);
}

TEST_CASE("a reader that is left in the middle of a type of a user's own leaks nothing") {
  const long before = memory::live;
  {
    prices value;
    ghl::json_reader reader{value};
    CHECK((reader.begin_object() && reader.key("list") && reader.begin_array() && reader.begin_object() &&
           reader.key("notes") && reader.begin_array() && reader.string("a note that needs an allocation of its own")));
    CHECK(memory::live > before);
    CHECK(!reader.ok());
  }
  CHECK(memory::live == before);
}

TEST_CASE("each allocation of a plain call fails") {
  CHECK(plain_calls<blocking>() > 3);
  CHECK(plain_calls<coroutine>() > 3);
  CHECK(plain_calls<callback>() > 3);
}

TEST_CASE("each allocation of a call fails whose answer is not as described") {
  CHECK(calls_with_an_odd_answer<blocking>() > plain_calls<blocking>() + 3);
  CHECK(calls_with_an_odd_answer<coroutine>() > plain_calls<coroutine>() + 3);
  CHECK(calls_with_an_odd_answer<callback>() > plain_calls<callback>() + 3);
}

TEST_CASE("each allocation of a call that is sent three times fails") {
  CHECK(retrying_calls<blocking>() > 10);
  CHECK(retrying_calls<coroutine>() > 10);
  CHECK(retrying_calls<callback>() > 10);
}

TEST_CASE("each allocation of a call that refreshes its token fails") {
  CHECK(refreshing_calls<blocking>() > 20);
  CHECK(refreshing_calls<coroutine>() > 20);
  CHECK(refreshing_calls<callback>() > 20);
}

TEST_CASE("each allocation of a call fails whose new pair cannot be stored") {
  CHECK(refreshing_calls_with_a_full_store<blocking>() > 20);
  CHECK(refreshing_calls_with_a_full_store<coroutine>() > 20);
  CHECK(refreshing_calls_with_a_full_store<callback>() > 20);
}

TEST_CASE("each allocation of a call fails whose new pair cannot be read to its end") {
  CHECK(refreshing_calls_with_a_broken_answer<blocking>() > 20);
  CHECK(refreshing_calls_with_a_broken_answer<coroutine>() > 20);
  CHECK(refreshing_calls_with_a_broken_answer<callback>() > 20);
}
