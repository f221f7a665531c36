// Requests and answers as values.
#include "../catch.hpp"

#include <ghl/value/http.hpp>
#include <ghl/value/url.hpp>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <ratio>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using ghl::http::header;
using ghl::http::headers;

static_assert(std::forward_iterator<headers::iterator>);
static_assert(std::same_as<std::iterator_traits<headers::iterator>::iterator_category, std::input_iterator_tag>);
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
  CHECK(names == std::vector<std::string>{"Content-Type=application/json", "Set-Cookie=a", "set-cookie=b"});
  CHECK(h.block() == "Content-Type: application/json\r\nSet-Cookie: a\r\nset-cookie: b\r\n");
  const headers copy = h;
  CHECK(copy == h);
  h.clear();
  CHECK(h.empty());
  CHECK(h.begin() == h.end());
  CHECK(copy != h);
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

TEST_CASE("a method converts to its word on the wire") {
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
  t = std::chrono::duration<int, std::ratio<1, 3>>{1};
  CHECK(t.count() == 334);
  t = std::chrono::duration<unsigned char>{255};
  CHECK(t.count() == 255'000);
  t = 1min;
  const std::chrono::microseconds us = t;
  CHECK(us == 60'000'000us);
  const std::chrono::duration<double> seconds = ghl::milliseconds{1500};
  CHECK(seconds.count() == 1.5);
  CHECK(ghl::milliseconds{1} < ghl::milliseconds{2});
  CHECK(ghl::milliseconds{-5s}.count() == -5000);
  CHECK(ghl::milliseconds{-1500us}.count() == -1);
}

TEST_CASE("milliseconds become a coarser duration only where the program asks for it") {
  using ghl::milliseconds;
  using std::chrono::seconds;
  static_assert(!std::is_convertible_v<milliseconds, seconds> && std::is_constructible_v<seconds, milliseconds>);
  static_assert(!std::is_convertible_v<milliseconds, std::chrono::duration<int, std::ratio<1, 3>>>);
  static_assert(std::is_convertible_v<milliseconds, std::chrono::nanoseconds>);
  static_assert(std::is_convertible_v<milliseconds, std::chrono::duration<float>>);
  CHECK(seconds{milliseconds{1999}}.count() == 1);
  CHECK(static_cast<seconds>(milliseconds{-1999}).count() == -1);
}

TEST_CASE("a duration that does not fit becomes the largest or the least one") {
  using ghl::milliseconds;
  using namespace std::chrono;
  constexpr std::int64_t most = (std::numeric_limits<std::int64_t>::max)();
  constexpr std::int64_t least = (std::numeric_limits<std::int64_t>::min)();
  static_assert(milliseconds{(hours::max)()}.count() == most && milliseconds{(hours::min)()}.count() == least);
  CHECK(milliseconds{(seconds::max)()}.count() == most);
  CHECK(milliseconds{(std::chrono::milliseconds::max)()}.count() == most);
  CHECK(milliseconds{(std::chrono::milliseconds::min)()}.count() == least);
  CHECK(milliseconds{(nanoseconds::max)()}.count() == most / 1'000'000 + 1);
  CHECK(milliseconds{(nanoseconds::min)()}.count() == least / 1'000'000);
  CHECK(milliseconds{duration<std::uint64_t>{~std::uint64_t{0}}}.count() == most);
  using real = duration<double>;
  constexpr double endless = std::numeric_limits<double>::infinity();
  CHECK(milliseconds{real{endless}}.count() == most);
  CHECK(milliseconds{real{-endless}}.count() == least);
  CHECK(milliseconds{real{1e300}}.count() == most);
  CHECK(milliseconds{real{std::numeric_limits<double>::quiet_NaN()}}.count() == 0);

  CHECK(nanoseconds{milliseconds{most}} == (nanoseconds::max)());
  CHECK(nanoseconds{milliseconds{least}} == (nanoseconds::min)());
  using few = duration<std::int32_t, std::milli>;
  CHECK(few{milliseconds{most}} == (few::max)());
  CHECK(few{milliseconds{least}} == (few::min)());
  CHECK(few{milliseconds{-7}}.count() == -7);
  using no_less = duration<std::uint32_t, std::milli>;
  CHECK(no_less{milliseconds{-7}}.count() == 0);
}

TEST_CASE("a request has one URL, and its origin and its target are views of it") {
  const ghl::http::request r{.url = "https://h:1/a?b=c"};
  CHECK(r.origin() == "https://h:1");
  CHECK(r.target() == "/a?b=c");
  CHECK(std::strlen(r.target().data()) == r.target().size());
  const ghl::http::request without_path{.url = "https://h"};
  CHECK(without_path.origin() == "https://h");
  CHECK(without_path.target().empty());
  CHECK(ghl::http::request{}.origin().empty());
  CHECK(ghl::http::request{} == ghl::http::request{});
  CHECK(r != without_path);
}

TEST_CASE("a URL is taken apart") {
  constexpr auto p = ghl::split_url("https://services.leadconnectorhq.com/links/?locationId=x");
  static_assert(p.secure && p.port == 443 && p.can_be_requested());
  CHECK(p.origin == "https://services.leadconnectorhq.com");
  CHECK(p.authority == "services.leadconnectorhq.com");
  CHECK(p.host == p.authority);
  CHECK(p.target == "/links/?locationId=x");

  const auto six = ghl::split_url("HTTP://[::1]:8080/");
  CHECK_FALSE(six.secure);
  CHECK(six.authority == "[::1]:8080");
  CHECK(six.host == "[::1]");
  CHECK(six.address() == "::1");
  CHECK(six.port == 8080);
  CHECK(ghl::split_url("http://[::1]/").port == 80);
  CHECK(ghl::split_url("http://h/a://b:1").host == "h");
  CHECK(ghl::split_url("http://h?a=/b").target == "?a=/b");
  CHECK(ghl::split_url("http://h#a").origin == "http://h");
  CHECK(ghl::split_url("/links/x").target == "/links/x");

  for (const std::string url : {"", "h", "/a", "h/a", "h:80/a", "//h/a", "http:/h", "http://", "http:///a", "ftp://h/a",
                                "http://h:/a", "http://h:0/a", "http://h:65536/a", "http://h:8x/a", "http://u@h/a",
                                "http://u:1@h/a", "http://h", "http://h?a", "http://h /a", "http://h/a b",
                                "http://h/a\r\nX: y", "http://h\t/a"}) {
    INFO(url);
    const auto parts = ghl::split_url(url);
    CHECK_FALSE(parts.can_be_requested());
    CHECK(std::string{parts.origin}.append(parts.target) == url);
  }
  CHECK_FALSE(ghl::split_url(std::string_view{"http://h/a\0b", 12}).can_be_requested());
}
