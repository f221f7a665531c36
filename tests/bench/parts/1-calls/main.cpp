/// With "check" it compares the three sides; without, it makes each call so that callgrind can count it.
/// Prints: allocations NAME COUNT. Callgrind is told to dump after each NAME; a dump covers `repeats` calls.

#include "counting.hpp"

#if defined(BENCH_GLAZE)
#include <ghl/json/glaze.hpp>
using json_policy = ghl::glaze_json;
#include "careful_glaze.hpp"
#include "careless_glaze.hpp"
#else
#include <ghl/json/nlohmann.hpp>
using json_policy = ghl::nlohmann_json;
#include "careful_nlohmann.hpp"
#include "careless_nlohmann.hpp"
#endif
#include "ghl_side.hpp"

#include <valgrind/callgrind.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr int repeats = 64;

template <class T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

template <class Call>
[[gnu::noinline]] void once(const Call& call) {
  const auto r = call();
  keep(r);
}

template <class Call>
void count(const char* name, const Call& call) {
  // In a process of its own, so that each call finds the same heap, whatever was counted before.
  const pid_t child = fork();
  if (child != 0) {
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) std::exit(1);
    return;
  }
  for (int i = 0; i < 8; ++i) once(call);
  const unsigned long before = allocations;
  once(call);
  std::printf("allocations\t%s\t%lu\n", name, allocations - before);
  std::fflush(stdout);
  CALLGRIND_ZERO_STATS;
  for (int i = 0; i < repeats; ++i) once(call);
  CALLGRIND_DUMP_STATS_AT(name);
  _exit(0);
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "the sides differ: %s\n", what);
  std::exit(1);
}

using follower_list = std::vector<std::string>;
ghl::opportunities::remove_followers followers_request(std::string id, follower_list followers) {
  return {.id = std::move(id), .body = {.followers = std::move(followers)}};
}

/// The same outcome, and the same bytes on the wire.
template <class A, class B>
void same(const char* what, stage script, const A& a, const B& b) {
  stage first = script, second = std::move(script);
  on_stage = &first;
  const outcome x = a();
  on_stage = &second;
  const outcome y = b();
  on_stage = nullptr;
  if (x != y || first.seen != second.seen) {
    if (first.seen && second.seen)
      std::fprintf(stderr, "%s %s\n%s%s\n%s %s\n%s%s\n", first.seen->method.c_str(), first.seen->url.c_str(),
                   first.seen->headers.c_str(), first.seen->body.c_str(), second.seen->method.c_str(),
                   second.seen->url.c_str(), second.seen->headers.c_str(), second.seen->body.c_str());
    std::fprintf(stderr, "ok: %d %d\n", x.ok, y.ok);
    require(false, what);
  }
}

/// The sides, with what is counted and with every input and answer that the careful ones refuse.
void compare(const ghl::http::headers& headers, const std::string& block) {
  const std::string token{canned::token};
  const std::string links_body = canned::links(), deleted_body{canned::deleted}, removed_body{canned::removed};
  const struct {
    const char* name;
    int status;
    std::string parameter;
    follower_list followers;
    std::string body;
    std::string token = std::string{canned::token};
    bool careless_too = false;
  } rows[] = {
      {"delete", 201, std::string{canned::link_id}, canned::followers, deleted_body, token, true},
      {"odd", 200, "a b/\xC3\xA4?", {"\xC3\xA4", "\"\\\n"}, "{}"},
      {"empty", 200, "", {}, "{}"},
      {"dot", 200, ".", {}, "{}"},
      {"dots", 200, "..", {}, "{}"},
      {"control", 200, "a\nb", {}, "{}"},
      {"no UTF-8", 200, "x", {"\xC3"}, "{}"},
      {"no token", 200, "x", {}, "{}", ""},
      {"bad token", 200, "x", {}, "{}", "tok en"},
      {"refused", 404, "x", {}, R"({"message":"no","traceId":"t"})"},
      {"redirect", 302, "x", {}, ""},
      {"no body", 200, "x", {}, ""},
      {"no JSON", 200, "x", {}, "<html>"},
      {"cut short", 200, "x", {}, R"({"links":[{"id":"a")"},
      {"garbage behind", 200, "x", {}, R"({"links":[]}x)"},
      {"wrong types", 200, "x", {}, R"({"links":[{"id":1}],"succeded":"x","followers":[1]})"},
      {"unknown keys and nulls", 200, "x", {}, R"({"links":[{"x":[{}],"id":null}],"more":{"a":1},"followers":null,"succeded":null})"},
      {"removed", 200, std::string{canned::opportunity_id}, canned::followers, removed_body},
      {"links", 200, std::string{canned::location_id}, canned::followers, links_body},
  };
  const ghl::http::response any{200, headers, {}};
  const careful::response any_careful{200, block, {}};
  const careless::response any_careless{200, block, {}};
  for (const auto& row : rows) {
    const auto g = ghl_side::make(any, row.token);
    const careful::service c{any_careful, row.token};
    const careless::service s{any_careless, row.token};
    const stage script{.seen = {}, .status = row.status, .body = row.body};
    careful::call_error error;
    // The careful one refuses what is not as described, and so does this call; the one that is counted would tell of it.
    same(row.name, script, [&] { return ghl_side::told(g.call(ghl::links::delete_link{.link_id = row.parameter}, ghl::strict{})); },
         [&] { return careful::told(c.delete_link(row.parameter, error)); });
    same(row.name, script, [&] { return ghl_side::told(g.call(ghl::links::get_links{.location_id = row.parameter}, ghl::strict{})); },
         [&] { return careful::told(c.get_links(row.parameter, error)); });
    same(row.name, script, [&] { return ghl_side::told(g.call(followers_request(row.parameter, row.followers), ghl::strict{})); },
         [&] { return careful::told(c.remove_followers(row.parameter, row.followers, error)); });
  }
  {
    const auto g = ghl_side::make(any);
    const careless::service s{any_careless, token};
    const std::string location{canned::location_id}, link{canned::link_id}, opportunity{canned::opportunity_id};
    same("careless: delete", {{}, 201, deleted_body}, [&] { return ghl_side::told(g.call(ghl::links::delete_link{.link_id = link})); },
         [&] { return careless::told(s.delete_link(link)); });
    same("careless: links", {{}, 200, links_body}, [&] { return ghl_side::told(g.call(ghl::links::get_links{.location_id = location})); },
         [&] { return careless::told(s.get_links(location)); });
    same("careless: followers", {{}, 200, removed_body},
         [&] { return ghl_side::told(g.call(followers_request(opportunity, canned::followers))); },
         [&] { return careless::told(s.remove_followers(opportunity, canned::followers)); });
  }
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_check = argc > 1 && std::string{argv[1]} == "check";
  std::setvbuf(stdout, nullptr, _IOLBF, 4096);

  ghl::http::headers headers;
  {
    std::string_view rest = canned::answer_headers;
    while (!rest.empty()) {
      const std::size_t colon = rest.find(": "), end = rest.find("\r\n");
      headers.add(rest.substr(0, colon), rest.substr(colon + 2, end - colon - 2));
      rest.remove_prefix(end + 2);
    }
  }
  const std::string block{canned::answer_headers}, token{canned::token};
  const std::string links_body = canned::links(), deleted_body{canned::deleted}, removed_body{canned::removed};
  require(headers.block() == block, "the answer's headers");

  if (is_check) {
    compare(headers, block);
    return 0;
  }

  // What is counted. The requests are made before, as their strings are on the other sides.
  const ghl::links::delete_link delete_link{.link_id = std::string{canned::link_id}};
  const ghl::links::get_links get_links{.location_id = std::string{canned::location_id}};
  const ghl::opportunities::remove_followers remove_followers =
      followers_request(std::string{canned::opportunity_id}, canned::followers);
  const std::string link{canned::link_id}, location{canned::location_id}, opportunity{canned::opportunity_id};

  const ghl::http::response g_deleted{201, headers, deleted_body}, g_links{200, headers, links_body}, g_removed{200, headers, removed_body};
  const careful::response c_deleted{201, block, deleted_body}, c_links{200, block, links_body}, c_removed{200, block, removed_body};
  const careless::response s_deleted{201, block, deleted_body}, s_links{200, block, links_body}, s_removed{200, block, removed_body};

  const auto g1 = ghl_side::make(g_deleted), g2 = ghl_side::make(g_links), g3 = ghl_side::make(g_removed);
  const careful::service c1{c_deleted, token}, c2{c_links, token}, c3{c_removed, token};
  const careless::service s1{s_deleted, token}, s2{s_links, token}, s3{s_removed, token};

  count("delete_link ghl", [&] { return g1.call(delete_link); });
  count("get_links ghl", [&] { return g2.call(get_links); });
  count("remove_followers ghl", [&] { return g3.call(remove_followers); });
  const auto by_hand = [](auto&& call) {
    careful::call_error error;
    return call(error);
  };
  count("delete_link careful", [&] { return by_hand([&](auto& e) { return c1.delete_link(link, e); }); });
  count("get_links careful", [&] { return by_hand([&](auto& e) { return c2.get_links(location, e); }); });
  count("remove_followers careful", [&] { return by_hand([&](auto& e) { return c3.remove_followers(opportunity, canned::followers, e); }); });
  count("delete_link careless", [&] { return s1.delete_link(link); });
  count("get_links careless", [&] { return s2.get_links(location); });
  count("remove_followers careless", [&] { return s3.remove_followers(opportunity, canned::followers); });

  // The same call with each option of the box, and with all of them.
  const auto with = [&](auto... options) {
    return ghl::client{ghl_side::canned_transport{&g_deleted}, json_policy{}, ghl::private_integration_token{token},
                       ghl::user_agent{std::string{canned::agent}}, options...};
  };
  const ghl::throttle limit;
  const ghl::observe nobody{[](const ghl::observation&) {}};
  const auto o1 = with(ghl::retry{});
  const auto o4 = with(ghl::retry{}, limit, nobody);
  const auto o2 = with(limit);
  const auto o3 = with(nobody);
  count("delete_link retry", [&] { return o1.call(delete_link); });
  count("delete_link throttle", [&] { return o2.call(delete_link); });
  count("delete_link observe", [&] { return o3.call(delete_link); });
  count("delete_link options", [&] { return o4.call(delete_link); });

  // The stages of a ghl call.
  const json_policy json{};
  const ghl::settings settings = [] {
    ghl::settings s;
    s.apply(ghl::user_agent{std::string{canned::agent}});
    return s;
  }();
  count("delete_link prepare", [&] { return ghl::prepare(delete_link, json, token, settings); });
  count("get_links prepare", [&] { return ghl::prepare(get_links, json, token, settings); });
  count("remove_followers prepare", [&] { return ghl::prepare(remove_followers, json, token, settings); });
  count("delete_link interpret", [&] { return ghl::interpret<ghl::links::delete_link>(g_deleted, json); });
  count("get_links interpret", [&] { return ghl::interpret<ghl::links::get_links>(g_links, json); });
  count("remove_followers interpret", [&] { return ghl::interpret<ghl::opportunities::remove_followers>(g_removed, json); });
  const ghl::http::request nothing;
  const ghl_side::canned_transport t1{&g_deleted}, t2{&g_links}, t3{&g_removed};
  count("delete_link transport", [&] { return t1(nothing); });
  count("get_links transport", [&] { return t2(nothing); });
  count("remove_followers transport", [&] { return t3(nothing); });
}
