// Requests and answers as values.
#include "../catch.hpp"

#include <ghl/value/http.hpp>

#include <chrono>
#include <iterator>
#include <string>
#include <type_traits>
#include <vector>

using ghl::http::header;
using ghl::http::headers;

static_assert(std::forward_iterator<headers::iterator>);
static_assert(std::is_nothrow_move_constructible_v<ghl::http::request> && std::is_copy_assignable_v<ghl::http::request>);
static_assert(std::is_default_constructible_v<ghl::http::request> && std::is_default_constructible_v<ghl::http::response>);

TEST_CASE("headers keep their order and their repeats, and are found in any case") {
  headers h{{"Content-Type", "application/json"}, {"Set-Cookie", "a"}, {"set-cookie", "b"}};
  CHECK(h.size() == 3);
  CHECK(h.get("content-type") == "application/json");
  CHECK(h.get("SET-COOKIE") == "a");
  CHECK(h.count("Set-Cookie") == 2);
  CHECK_FALSE(h.get("Cookie"));
  CHECK_FALSE(h.contains("Content-Typ"));
  std::vector<std::string> names;
  for (const auto& [name, value] : h) names.push_back(std::string{name} + "=" + std::string{value});
  CHECK((names == std::vector<std::string>{"Content-Type=application/json", "Set-Cookie=a", "set-cookie=b"}));
  CHECK(h.block() == "Content-Type: application/json\r\nSet-Cookie: a\r\nset-cookie: b\r\n");
  const headers copy = h;
  CHECK((copy == h));
  h.clear();
  CHECK(h.empty());
  CHECK((h.begin() == h.end()));
  CHECK((copy != h));
}

TEST_CASE("a header cannot break out of its line") {
  headers h;
  CHECK(h.add("X-A", "1\r\nX-Evil: 2"));
  CHECK(h.add("X-B", std::string("a\0b", 3)));
  CHECK(h.add("X-C", " \t padded \t"));
  CHECK(h.add("X-D", ""));
  CHECK(h.add("X-E", "a: b"));
  CHECK_FALSE(h.add("X F", "1"));
  CHECK_FALSE(h.add("", "1"));
  CHECK_FALSE(h.add("X:G", "1"));
  CHECK_FALSE(h.add("X-H\r\nX-Evil", "1"));
  CHECK(h.size() == 5);
  CHECK(h.get("X-A") == "1  X-Evil: 2");
  CHECK(h.get("X-B") == "a b");
  CHECK(h.get("X-C") == "padded");
  CHECK(h.get("X-D") == "");
  CHECK(h.get("X-E") == "a: b");
}

TEST_CASE("a method is its word") {
  CHECK(ghl::method::del == "DELETE");
  CHECK(std::string{ghl::method::patch} == "PATCH");
  CHECK(ghl::to_string(ghl::method::put) == "PUT");
  CHECK(ghl::method{} == ghl::method::get);
  CHECK_FALSE(ghl::method::get == ghl::method::post);
}

TEST_CASE("milliseconds convert from and to any duration") {
  using namespace std::chrono_literals;
  ghl::milliseconds t = 2s;
  CHECK(t.count() == 2000);
  t = 1500us;
  CHECK(t.count() == 2);  // rounded up: a positive wait is never none
  t = std::chrono::duration<double>{0.25};
  CHECK(t.count() == 250);
  t = 1min;
  const std::chrono::seconds s = t;
  CHECK((s == 60s));
  const std::chrono::microseconds us = t;
  CHECK((us == 60'000'000us));
  CHECK((ghl::milliseconds{1} < ghl::milliseconds{2}));
  CHECK((ghl::milliseconds{-5s}).count() == -5000);
}
