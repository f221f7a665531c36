// A value or an error.
#include "../catch.hpp"

#include <ghl/result.hpp>

#include <memory>
#include <string>
#include <type_traits>

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
  CHECK((good == half(4)));
  CHECK_FALSE(good == bad);
  CHECK((bad == half(5)));
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

TEST_CASE("the value of a result that is about to vanish outlives it") {
  const auto make = [] { return result<std::string>{std::string(100, 'x')}; };
  std::size_t letters = 0;
  for (const char c : *make()) letters += c == 'x' ? 1U : 0U;
  CHECK(letters == 100);
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
