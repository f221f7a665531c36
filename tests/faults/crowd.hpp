/// Thousands of calls from eight threads through one client, against a server of which each fifth request fails; then
/// the server's books are held against what the callers were told. An adapter here is a class with
///   crowd_transport()                       one transport for all threads
///   send(api, request)                      the outcome of a call, or what gives it when it is awaited
///   run_crowd(threads, one_call, outcomes)  one_call(i) gives what send() gives for the ith call
#pragma once

#include "run_cases.hpp"
#include "tokens.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faults {

inline constexpr std::size_t crowd_threads = 8;

/// How many calls: fewer under the sanitizers.
inline std::size_t crowd_calls() {
  const char* const said = std::getenv("GHL_FAULTS_CALLS");
  return said != nullptr ? std::strtoul(said, nullptr, 10) : 10'000;
}

/// FNV-1a and SplitMix64: the fault of a request is a matter of its id and of how often it came, not of the threads.
inline std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t x = 14695981039346656037U ^ seed;
  for (const char c : text) x = (x ^ static_cast<unsigned char>(c)) * 1099511628211U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

/// One request of five fails, in one of these ways.
inline play random_play(const ghl_sandbox::wire_request& request, int nth) {
  if (request.target() == "/oauth/token") return {};
  const std::string_view body = std::string_view{request.bytes}.substr(request.head_size);
  const std::uint64_t draw =
      hash_of(std::string{request.target()}.append(body), 20240229U + static_cast<unsigned>(nth));
  if (draw % 5 != 0) return {};
  switch (draw / 5 % 16) {
    case 0:
      return lost_at(part::nothing, ending::closes);
    case 1:
      return lost_at(part::nothing, ending::resets);
    case 2:
      return ignored_at(part::nothing, ending::closes);
    case 3:
      return lost_at(part::half_the_head, ending::closes);
    case 4:
      return lost_at(part::half_the_body, ending::resets);
    case 5:
      return lost_at(part::half_the_body, ending::closes);
    case 6:
      return lost_at(part::nothing, ending::stalls);
    case 7:
      return html("503 Service Unavailable", "<html>busy</html>");
    case 8:
      return {.answer = http_answer("502 Bad Gateway", "<html>{token}</html>")};  // and it was done
    case 9:
      return html("502 Bad Gateway", "<html>{token}</html>");
    case 10:
      return refuses("429 Too Many Requests", "{}", "Retry-After: 0\r\n");
    case 11:
      return refuses("429 Too Many Requests", "");
    case 12:
      return refuses("422 Unprocessable Entity", R"({"message":["no"],"statusCode":422})");
    case 13:
      return {.answer = http_answer("500 Internal Server Error", R"({"message":"Internal server error"})")};
    case 14:
      return {.answer = http_answer("200 OK", "<html>{token}</html>")};
    default:
      return {.pause = 1ms};
  }
}

/// What the callers of one kind of call were told, and what the server did of it.
struct totals {
  struct line {
    int told = 0, done = 0;
  };
  line worked, unreadable, probably, certainly_not, maybe;
  int wrong = 0;
};

struct crowd_call {
  call what = call::delete_link;
  std::string id;
  std::string book;  ///< where the server has it: a path, or a body
};

inline crowd_call nth_call(std::size_t i) {
  const std::string id = "id" + std::to_string(i);
  switch (i % 10) {
    case 0:
      return {call::get_links, id, ""};
    case 1:
      return {call::create_link, id, R"({"locationId":")" + id + R"(","name":"first tag"})"};
    case 2:
      return {call::remove_followers, id, "/opportunities/" + id + "/followers"};
    case 3:
      return {call::delete_association, id, "/associations/" + id};
    case 4:
      return {call::delete_conversation, id, "/conversations/" + id};
    default:
      return {call::delete_link, id, "/links/" + id};
  }
}

/// Whether the server may have acted on an attempt before the last one.
inline bool lost_before(const outcome& o) {
  return std::any_of(o.tried.begin(), o.tried.end(), [](const ghl::attempt& a) {
    return a.why == reason::connection ? a.was_sent != sent::no : a.status == 502 || a.status == 504;
  });
}

inline void count(totals& t, const crowd_call& c, const outcome& o, const fault_server& server) {
  const int done = c.what == call::get_links     ? 0
                   : c.what == call::create_link ? server.created(c.book)
                                                 : server.deleted(c.book);
  const auto add = [&](totals::line& to, bool right) {
    ++to.told;
    to.done += done;
    if (right && done <= 1) return;
    ++t.wrong;
    UNSCOPED_INFO(c.book << ": done " << done << " times, told " << text_of(o));
  };
  const bool reads = c.what == call::get_links;
  const ghl::error& e = o.error;
  if (o.worked) return add(t.worked, reads || done == 1);
  // Precise: a loss has its fault, an answer its status; nothing is missing but what was deleted by this call.
  const bool precise = e.kind == error_kind::transport ? e.fault != fault::none && e.status == 0 : e.status != 0;
  // The path of the followers names an opportunity: that this is missing says nothing of them.
  const bool says_nothing = c.what == call::remove_followers && lost_before(o);
  if (!precise || (e.status == 404 && e.fault != fault::probably_deleted && !says_nothing)) return add(t.maybe, false);
  if (e.kind == error_kind::decode) return add(t.unreadable, reads || done == 1);
  if (e.fault == fault::probably_deleted) return add(t.probably, !reads && done == 1);
  const bool refused = e.status >= 400 && e.status < 500;
  if ((e.was_sent == sent::no || refused || e.status == 503) && !lost_before(o)) return add(t.certainly_not, done == 0);
  add(t.maybe, true);
}

inline void print(const char* adapter, const totals& deletions, const totals& creations, const totals& reads,
                  const fault_server& server) {
  std::printf("%s, %d requests:%21s told  done (DELETE)   told  done (POST)   told (GET)\n", adapter, server.seen(),
              "");
  const auto row = [&](const char* name, totals::line totals::*which) {
    std::printf("  %-46s %5d %5d          %5d %5d          %5d\n", name, (deletions.*which).told,
                (deletions.*which).done, (creations.*which).told, (creations.*which).done, (reads.*which).told);
  };
  row("it worked", &totals::worked);
  row("2xx, with an answer that cannot be read", &totals::unreadable);
  row("probably deleted by an earlier attempt", &totals::probably);
  row("certainly not", &totals::certainly_not);
  row("the server may have acted on it", &totals::maybe);
}

/// Each call ends, and the books agree. The server has counted once whatever worked.
inline void expect_books_agree(const char* adapter, const std::vector<outcome>& outcomes, const fault_server& server) {
  totals deletions, creations, reads;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const crowd_call c = nth_call(i);
    count(c.what == call::get_links     ? reads
          : c.what == call::create_link ? creations
                                        : deletions,
          c, outcomes[i], server);
  }
  print(adapter, deletions, creations, reads, server);
  CHECK(deletions.wrong == 0);
  CHECK(creations.wrong == 0);
  CHECK(reads.wrong == 0);
  CHECK(server.deletions() ==
        deletions.worked.told + deletions.unreadable.told + deletions.probably.told + deletions.maybe.done);
  CHECK(server.created() == creations.worked.told + creations.unreadable.told + creations.maybe.done);
  CHECK(creations.probably.told == 0);
}

template <class Adapter, class Client>
std::vector<outcome> run_crowd(const Client& api, std::size_t calls) {
  std::vector<outcome> outcomes(calls);
  const auto one_call = [&](std::size_t i) {
    const crowd_call c = nth_call(i);
    return make_call(c.what, c.id, [&](const auto& request) { return Adapter::send(api, request); });
  };
  Adapter::run_crowd(crowd_threads, one_call, outcomes);
  return outcomes;
}

inline ghl::retry crowd_retry() {
  return {.attempts = 3, .base = 2ms, .longest_wait = 1s, .spread = 0ms, .attempt_limit = 200ms};
}
inline void expect_no_token(const std::vector<outcome>& outcomes, int generations) {
  std::string said;
  for (const outcome& o : outcomes)
    if (!o.worked) said += all_texts(o.error);
  for (int n = 1; n <= generations; ++n) {
    CHECK(said.find(fault_server::access_token(n).substr(0, 12)) == std::string::npos);
    CHECK(said.find(fault_server::refresh_token(n).substr(0, 12)) == std::string::npos);
  }
}

/// A token that never expires.
template <class Adapter>
void run_crowd_with_faults() {
  fault_server server;
  server.decide(random_play);
  const auto outcomes = run_crowd<Adapter>(
      ghl::client{Adapter::crowd_transport(), ghl::nlohmann_json{}, ghl::access_token{fault_server::access_token(1)},
                  ghl::base_url{server.url()}, crowd_retry()},
      crowd_calls());
  expect_books_agree(Adapter::name, outcomes, server);
  expect_no_token(outcomes, 1);
}

/// Tokens that expire now and then.
template <class Adapter>
void run_crowd_with_expiries() {
  constexpr int expiries = 8;
  fault_server server;
  token_store store;
  server.decide(random_play);
  const std::size_t calls = crowd_calls() / 2;
  server.expire_each_after(static_cast<int>(calls) / expiries);
  const ghl::client api{Adapter::crowd_transport(), ghl::nlohmann_json{},
                        credential_of(store, server, Adapter::crowd_transport()), ghl::base_url{server.url()},
                        crowd_retry()};
  const auto outcomes = run_crowd<Adapter>(api, calls);
  server.decide({});  // the last token may have expired in an answer that was lost
  Adapter adapter;
  CHECK(call_and_wait(adapter, api, call::get_links, "location").worked);
  expect_books_agree(Adapter::name, outcomes, server);
  std::printf("  %d tokens expired, %d refreshes, %d refused\n", server.expiries(), server.refreshes(),
              server.refused_refreshes());
  CHECK(server.expiries() >= expiries - 2);
  CHECK(server.refreshes() == server.expiries());
  CHECK(server.refused_refreshes() == 0);
  CHECK(is_pair(store.read(), server.refreshes() + 1));
  // A call refreshes once: a second expiry in the middle of it is told.
  for (const outcome& o : outcomes) {
    const auto refreshed =
        std::count_if(o.tried.begin(), o.tried.end(), [](const ghl::attempt& a) { return a.why == reason::token; });
    CHECK(refreshed <= 1);
    if (o.error.status == 401) CHECK(refreshed == 1);
  }
  expect_no_token(outcomes, server.refreshes() + 1);
}

}  // namespace faults
