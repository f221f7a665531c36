/// Runs the cases through one transport adapter: the exact outcome, what the server saw, and that the next call works.
/// An adapter here is a class with
///   transport(after_each)                         a new one, which calls `after_each` when a request of it has ended
///   operator()(what api.call returned)            the result, when the call has ended
#pragma once

#include "../catch.hpp"
#include "cases.hpp"
#include "recoveries.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/json/nlohmann.hpp>
#include <ghl/observe.hpp>
#include <ghl/options/print_line.hpp>
#include <ghl/retry.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace faults {

/// An answer larger than this is an error; each adapter has an option for it.
inline constexpr std::size_t response_limit = 1024 * 1024;

/// Create Link, which the library does not ship: https://marketplace.gohighlevel.com/docs/ghl/links/create-link
struct create_link {
  struct content {
    std::string location_id;
    std::string name;
    static consteval auto fields() {
      return ghl::fields(ghl::field("locationId", &content::location_id), ghl::field("name", &content::name));
    }
  };
  struct made {
    std::string id;
    static consteval auto fields() { return ghl::fields(ghl::field("id", &made::id)); }
  };
  struct response {
    made link;
    static consteval auto fields() { return ghl::fields(ghl::field("link", &response::link)); }
  };

  ghl::required<content> body;

  static consteval auto endpoint() {
    return ghl::endpoint("Create Link", ghl::method::post, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account, ghl::body(&create_link::body));
  }
};
static_assert(ghl::well_formed<create_link>);

/// What a call ended with, whatever its response.
struct outcome {
  bool worked = false;
  ghl::error error{};
  std::vector<ghl::attempt> tried{};
};

inline std::string text_of(const outcome& o) {
  return o.worked ? std::string{"a value"} : Catch::Detail::stringify(o.error);
}

/// Every text in an error.
inline std::string all_texts(const ghl::error& e) {
  std::string out = e.message();
  for (const std::string_view text :
       {e.endpoint, std::string_view{e.where}, std::string_view{e.detail}, std::string_view{e.trace_id},
        std::string_view{e.content_type}, std::string_view{e.excerpt}})
    out.append("\n").append(text);
  for (const std::string& text : e.messages) out.append("\n").append(text);
  return out.append("\n");
}

template <class R>
outcome outcome_of(ghl::result<R> result) {
  outcome o{.worked = result.has_value(), .tried = result.tried()};
  if (!result) o.error = std::move(result.error());
  return o;
}

/// `send(request)` with the request of a call; `id` names what is to be deleted.
template <class Send>
auto make_call(call what, const std::string& id, Send send) {
  switch (what) {
    case call::get_links:
      return send(ghl::links::get_links{.location_id = id});
    case call::delete_link:
      return send(ghl::links::delete_link{.link_id = id});
    case call::remove_followers:
      return send(ghl::opportunities::remove_followers{.id = id, .body = {.followers = {"a"}}});
    case call::delete_association:
      return send(ghl::associations::delete_association{.association_id = id});
    case call::delete_conversation:
      return send(ghl::conversations::delete_conversation{.conversation_id = id});
    case call::create_link:
      return send(create_link{.body = {{.location_id = id, .name = "first tag"}}});
    case call::create_large_link:
      break;
  }
  return send(create_link{.body = {{.location_id = id, .name = std::string(8 << 20, 'l')}}});
}

/// Makes a call and waits for its end.
template <class Adapter, class Client>
outcome call_and_wait(Adapter& adapter, Client& api, call what, const std::string& id) {
  return make_call(what, id, [&](const auto& request) { return outcome_of(adapter(api.call(request))); });
}

inline std::string method_of(call what) {
  return what == call::get_links ? "GET" : what >= call::create_link ? "POST" : "DELETE";
}

template <class Adapter>
class runner {
 public:
  void run(const std::vector<test_case>& cases) {
    for (const test_case& c : cases) run(c);
  }

  void run(const test_case& c) {
    fault_server server;
    Adapter adapter;
    const auto transport = [&] {
      return adapter.transport([&] {
        if (std::exchange(opens_, false)) server.open();
      });
    };
    const ghl::access_token token{fault_server::access_token(1)};
    const ghl::base_url base{server.url()};
    if (c.attempts == 1) {
      ghl::client api{transport(), ghl::nlohmann_json{}, token, base, ghl::deadline{c.limit}};
      check(c, server, adapter, api);
    } else {
      const ghl::retry again{
          .attempts = c.attempts, .base = 5ms, .longest_wait = 5s, .spread = 0ms, .attempt_limit = c.limit};
      const ghl::observe watch{[this](const ghl::observation& seen) { said_.append(ghl::to_line(seen)).append("\n"); },
                               ghl::with_target};
      ghl::client api{transport(), ghl::nlohmann_json{}, token, base, again, watch};
      check(c, server, adapter, api);
    }
  }

  /// Nothing that was said holds the token, or its beginning.
  void search() const {
    CHECK(said_.size() > 1000);
    const std::size_t at = said_.find(fault_server::access_token(1).substr(0, 12));
    INFO("... " << (at == std::string::npos ? std::string{} : said_.substr(at < 200 ? 0 : at - 200, 300)) << " ...");
    CHECK(at == std::string::npos);
  }

 private:
  template <class Client>
  void check(const test_case& c, fault_server& server, Adapter& adapter, Client& api) {
    for (int i = 0; i < c.warm; ++i) REQUIRE(call_and_wait(adapter, api, call::get_links, "location").worked);
    server.next(c.plays);
    opens_ = c.door == door::shut_at_first || c.door == door::clogged_at_first;
    if (c.door == door::shut || c.door == door::shut_at_first) server.shut();
    if ((c.door == door::clogged || c.door == door::clogged_at_first) && !server.clog()) return;

    const outcome came = call_and_wait(adapter, api, c.what, "Xn4AriwEnFrGh3tu08W0U");
    if (!came.worked) said_ += all_texts(came.error);
    INFO(Adapter::name << ": " << c.name << "\n  came " << text_of(came) << "\n  seen " << server.seen() - c.warm
                       << ", done " << server.deletions() + server.created() << ", tried " << came.tried.size());
    check_end(c, came);
    check_tried(c.expected.tried, came.tried);

    if (c.door == door::shut || c.door == door::clogged) server.open();
    const std::vector<entry> log = server.log();
    CHECK(log.size() == static_cast<std::size_t>(c.seen + c.warm));
    for (std::size_t i = static_cast<std::size_t>(c.warm); i < log.size(); ++i)
      CHECK(log[i].method == method_of(c.what));
    CHECK(server.deletions() + server.created() == c.effects);

    // The end of a connection behind its answer has to be there, and to arrive, before the next call may be expected to
    // know of it.
    if (came.worked) {
      server.wait_for_ends(static_cast<int>(std::count_if(c.plays.begin(), c.plays.end(), [](const play& p) {
        return p.then == ending::closes || p.then == ending::resets;
      })));
      std::this_thread::sleep_for(20ms);
    }
    const outcome next = call_and_wait(adapter, api, call::delete_link, "next");
    INFO("the next call: " << text_of(next));
    CHECK(next.worked);
    CHECK(next.tried.empty());
    CHECK(server.seen() == c.seen + c.warm + 1);
    CHECK(server.deleted("/links/next") == 1);
  }

  static void check_end(const test_case& c, const outcome& came) {
    CHECK(came.worked == !c.expected.kind);
    if (came.worked) return;
    const ghl::error& e = came.error;
    CHECK(is_same_end(c.expected, told{e.kind, e.fault, e.was_sent, e.status, e.remedy()}));
    CHECK(e.retry_after.has_value() == c.retry_after_ms.has_value());
    if (e.retry_after && c.retry_after_ms) CHECK(e.retry_after->count() == *c.retry_after_ms);
    CHECK(e.retry_at == c.retry_at);
    CHECK(e.rate_limit == c.rate_limit);
    CHECK_FALSE(e.endpoint.empty());
    CHECK_FALSE(e.message().empty());
  }

  static void check_tried(const std::vector<before>& expected, const std::vector<ghl::attempt>& came) {
    CHECK(came.size() == expected.size());
    for (std::size_t i = 0; i < (std::min)(came.size(), expected.size()); ++i) {
      INFO(Catch::Detail::stringify(came[i]));
      CHECK(came[i].number == static_cast<int>(i) + 1);
      CHECK(came[i].why == expected[i].why);
      CHECK(came[i].status == expected[i].status);
      CHECK(came[i].fault == expected[i].fault);
      CHECK(came[i].was_sent == expected[i].was_sent);
      if (expected[i].wait_ms) CHECK(came[i].wait.count() == *expected[i].wait_ms);
      else CHECK(came[i].wait.count() <= 5 << i);
    }
  }

  bool opens_ = false;  // when the first attempt has ended
  std::string said_;
};

/// The whole table.
template <class Adapter>
void run_all() {
  runner<Adapter> r;
  r.run(connection_cases());
  r.run(answer_cases());
  r.run(refusal_cases());
  r.run(limit_cases());
  r.run(recovery_cases());
  r.search();
}

}  // namespace faults
