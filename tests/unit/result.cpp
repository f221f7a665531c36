// A value or an error.
#include "../catch.hpp"

#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <memory>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using ghl::fault;
using ghl::result;

namespace {

result<int> half(int n) {
  if (n % 2 != 0) return ghl::invalid_request(fault::other, "n");
  return n / 2;
}

struct counted {
  static inline int alive = 0;
  counted() { ++alive; }
  counted(const counted&) { ++alive; }
  counted(counted&&) noexcept { ++alive; }
  counted& operator=(const counted&) = default;
  counted& operator=(counted&&) noexcept = default;
  ~counted() { --alive; }
};

}  // namespace

static_assert(std::is_same_v<decltype(*std::declval<result<std::string>>()), std::string>);
static_assert(std::is_same_v<decltype(std::declval<result<std::string>>().value()), std::string>);
static_assert(std::is_same_v<decltype(*std::declval<result<std::string>&>()), std::string&>);
static_assert(!std::is_convertible_v<result<int>, bool>);
static_assert(std::is_convertible_v<const char*, result<std::string>>);
static_assert(std::is_nothrow_move_constructible_v<result<std::string>>);

TEST_CASE("a result is a value or an error") {
  const result<int> good = half(4);
  REQUIRE(good);
  CHECK(good.has_value());
  CHECK(*good == 2);
  CHECK(good.value() == 2);
  const result<int> bad = half(3);
  REQUIRE(!bad);
  CHECK(bad.error().where == "n");
  CHECK(bad.value_or(7) == 7);
  CHECK(half(8).value_or(7) == 4);
  CHECK(good == half(4));
  CHECK_FALSE(good == bad);
  CHECK(bad == half(5));
}

TEST_CASE("results are chained") {
  CHECK(*half(12).and_then(half) == 3);
  CHECK_FALSE(half(6).and_then(half));
  CHECK(*half(6).transform([](int n) { return std::to_string(n); }) == "3");
  CHECK(half(3).transform([](int n) { return n; }).error().where == "n");
  CHECK(*half(3).or_else([](const ghl::error&) { return result<int>{9}; }) == 9);
  CHECK(*half(4).or_else([](const ghl::error&) { return result<int>{9}; }) == 2);
  const auto renamed = half(3).transform_error([](ghl::error e) {
    e.where = "m";
    return e;
  });
  CHECK(renamed.error().where == "m");
}

TEST_CASE("results are regular values") {
  {
    result<counted> a{counted{}};
    result<counted> b = a;
    CHECK(counted::alive == 2);
    b = ghl::error{};
    CHECK(counted::alive == 1);
    b = std::move(a);
    CHECK(counted::alive == 2);
    a = b;
    const result<counted>& itself = b;
    b = itself;
    CHECK(counted::alive == 2);
    result<counted> c;
    CHECK(counted::alive == 3);
  }
  CHECK(counted::alive == 0);
  result<std::unique_ptr<int>> only_moved = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = *std::move(only_moved);
  CHECK(*taken == 5);
}

namespace {

const ghl::http::headers stating{
    {"X-RateLimit-Max", "100"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Daily-Remaining", "7"}};
const ghl::rate_limit limits{.max = 100, .remaining = 0, .daily_remaining = 7};
const std::vector<ghl::attempt> attempts{
    {.number = 1, .wait = ghl::milliseconds{5}, .why = ghl::reason::gateway, .status = 502}};

template <class T>
result<T> with_facts(result<T> r) {
  using facts = ghl::detail::result_access;
  if (r) facts::set_headers(r, ghl::http::headers{stating});
  else r.error().rate_limit = limits;
  facts::set_tried(r, std::vector{attempts});
  return r;
}

}  // namespace

TEST_CASE("a result tells the rate limit and the attempts before the last one, with a value and with an error") {
  const auto good = with_facts<std::string>(std::string{"a"});
  CHECK(good.rate_limit() == limits);
  CHECK(good.tried() == attempts);
  const auto bad = with_facts<std::string>(ghl::error{});
  CHECK(bad.rate_limit() == limits);
  CHECK(bad.tried() == attempts);
  CHECK(bad.error().rate_limit == limits);
  CHECK(bad.error().tried == attempts);
  const result<std::string> plain = std::string{"a"};
  CHECK(plain.rate_limit() == ghl::rate_limit{});
  CHECK(plain.tried().empty());
}

TEST_CASE("one of the two may be known without the other, and be set again") {
  result<int> r = 1;
  using facts = ghl::detail::result_access;
  facts::set_tried(r, std::vector{attempts});
  CHECK(r.rate_limit() == ghl::rate_limit{});
  CHECK(r.tried() == attempts);
  facts::set_headers(r, ghl::http::headers{stating});
  CHECK(r.rate_limit() == limits);
  CHECK(r.tried() == attempts);
  facts::set_headers(r, {});
  facts::set_tried(r, {});
  CHECK(r.rate_limit() == ghl::rate_limit{});
  CHECK(r.tried().empty());
}

TEST_CASE("copies and moves keep what the call learned; what is made of the value does not") {
  const auto original = with_facts<std::string>(std::string{"a"});
  auto copy = original;
  CHECK(copy.rate_limit() == limits);
  auto moved = std::move(copy);
  CHECK(moved.rate_limit() == limits);
  CHECK(moved.tried() == attempts);
  CHECK(*moved == "a");
  result<std::string> assigned = ghl::error{};
  assigned = std::move(moved);
  CHECK(assigned.tried() == attempts);
  assigned = original;
  CHECK(assigned.rate_limit() == limits);
  *assigned = "b";
  CHECK(assigned.rate_limit() == limits);
  CHECK(assigned.or_else([](const ghl::error&) { return result<std::string>{}; }).tried() == attempts);
  CHECK(assigned.transform([](const std::string&) { return 1; }).tried().empty());
  CHECK(assigned.and_then([](const std::string&) { return result<int>{1}; }).rate_limit() == ghl::rate_limit{});
  assigned = ghl::error{};
  CHECK(assigned.tried().empty());
}

TEST_CASE("values are compared without what their calls learned, errors with it") {
  CHECK(with_facts<int>(1) == result<int>{1});
  CHECK_FALSE(with_facts<int>(ghl::error{}) == result<int>{ghl::error{}});
}

TEST_CASE("what a call learned takes no room of its own, but for a pointer to what is not as described") {
  struct plain {
    union {
      int value;
      char error[sizeof(ghl::error)];
    };
    bool has;
    void* notes;
  };
  CHECK(sizeof(result<int>) <= sizeof(plain) + alignof(ghl::error));
  CHECK(sizeof(result<int>) == sizeof(result<ghl::http::response>) + sizeof(void*));
  CHECK(sizeof(result<int>) == sizeof(result<std::string>));
}

TEST_CASE("an answer on its way is not the end of a call, and has the limits in its own headers") {
  const result<ghl::http::response> answer = ghl::http::response{.status = 200, .headers = stating};
  CHECK(answer.rate_limit() == ghl::rate_limit{});
  CHECK(answer.tried().empty());
}

TEST_CASE("the value of a result that is about to vanish outlives it") {
  const auto make = [] { return result<std::string>{std::string(100, 'x')}; };
  std::size_t letters = 0;
  for (const char c : *make()) letters += c == 'x' ? 1U : 0U;
  CHECK(letters == 100);
}

namespace {

struct pair_of {
  int first = 0;
  std::vector<int> more{};
  [[nodiscard]] int twice() const { return 2 * first; }
  [[nodiscard]] result<int> halved() const { return half(first); }
};
template <class R>
concept is_range = requires(R& r) { r.begin(); };
template <class T>
concept is_printed = requires(std::ostream& out, const T& value) { out << value; };

}  // namespace

static_assert(!is_range<result<std::vector<int>>>);
static_assert(!is_printed<result<int>>);
static_assert(is_printed<ghl::error>);

TEST_CASE("transform and and_then take a pointer to a member, as std::invoke does") {
  result<pair_of> r = pair_of{.first = 4, .more = {1, 2}};
  CHECK(*r.transform(&pair_of::first) == 4);
  CHECK(*r.transform(&pair_of::twice) == 8);
  CHECK(*r.and_then(&pair_of::halved) == 2);
  CHECK((*std::as_const(r).transform(&pair_of::more)).size() == 2);
  CHECK(*std::move(r).transform(&pair_of::more) == std::vector<int>{1, 2});
  CHECK(r->more.empty());  // moved from

  const result<pair_of> failed = ghl::invalid_request(fault::other, "n");
  CHECK(failed.transform(&pair_of::first).error().where == "n");

  const result<std::shared_ptr<pair_of>> shared = std::make_shared<pair_of>(pair_of{.first = 6});
  CHECK(*shared.transform(&pair_of::first) == 6);
  CHECK(*shared.and_then(&pair_of::halved) == 3);
}

TEST_CASE("value_or takes braces") {
  const result<std::vector<int>> failed = ghl::invalid_request(fault::other, "n");
  CHECK(failed.value_or({}).empty());
  CHECK(failed.value_or({1, 2}) == std::vector<int>{1, 2});
}

TEST_CASE("an error is printed as its message") {
  std::ostringstream out;
  out << half(3).error();
  CHECK(out.str() == half(3).error().message());
}

#if defined(__cpp_exceptions)
TEST_CASE("value() on an error throws what happened") {
  try {
    static_cast<void>(half(3).value());
    FAIL("nothing was thrown");
  } catch (const ghl::bad_result_access& e) {
    CHECK(e.error().where == "n");
    CHECK(std::string{e.what()}.find("n ") != std::string::npos);
  }
}
#endif
