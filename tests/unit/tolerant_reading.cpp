// An answer whose types are not as described: what is read of it, and what is told.
#include "../catch.hpp"
#include "run_task.hpp"
#include "scripted_json.hpp"
#include "steps_json.hpp"
#include "task.hpp"

#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/endpoint/enum_names.hpp>
#include <ghl/future.hpp>
#include <ghl/ghl.hpp>
#include <ghl/observe.hpp>
#include <ghl/refreshing_token.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using ghl::fault;
using ghl::mismatch;

namespace {

enum class state { open, won };

}  // namespace

template <>
inline constexpr auto ghl::enum_names<state> = ghl::names(ghl::name("open", state::open), ghl::name("won", state::won));

namespace {

struct tag {
  std::string id;
  std::optional<int> weight;
  static consteval auto fields() { return ghl::fields(ghl::field("id", &tag::id), ghl::field("weight", &tag::weight)); }
  friend bool operator==(const tag&, const tag&) = default;
};

struct person {
  std::optional<std::string> name{};
  std::optional<std::int8_t> age{};
  std::optional<bool> active{};
  std::optional<double> score{};
  std::optional<std::vector<std::string>> words{};
  std::optional<tag> main{};
  std::optional<std::map<std::string, int>> prices{};
  std::optional<std::vector<tag>> more{};
  std::vector<tag> tags{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("name", &person::name), ghl::field("age", &person::age),
                       ghl::field("active", &person::active), ghl::field("score", &person::score),
                       ghl::field("words", &person::words), ghl::field("main", &person::main),
                       ghl::field("prices", &person::prices), ghl::field("more", &person::more), ghl::field("tags", &person::tags));
  }
  friend bool operator==(const person&, const person&) = default;
};

template <class Response>
struct get_it {
  using response = Response;
  static consteval auto endpoint() { return ghl::endpoint("Get It", ghl::method::get, "/it", ghl::token::sub_account); }
};

template <class T = person, class... Strict>
ghl::result<T> read(std::string body, Strict... strict) {
  return ghl::interpret<get_it<T>>({.status = 200, .body = std::move(body)}, steps_json{}, strict...);
}

template <int Length>
struct chain {
  std::optional<chain<Length - 1>> next{};
  std::optional<int> age{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("next", &chain::next), ghl::field("age", &chain::age));
  }
};
template <>
struct chain<0> {
  std::optional<int> age{};
  static consteval auto fields() { return ghl::fields(ghl::field("age", &chain::age)); }
};

/// A policy that reads nothing.
struct picky {
  fault what;
  ghl::error_kind kind = ghl::error_kind::decode;
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    ghl::error e = ghl::decode_error(what, "x", "for a reason of mine");
    e.kind = kind;
    return e;
  }
};

struct told {
  std::string path;
  std::string described;
  std::string came;
  std::string value;
};
bool tells(const std::vector<mismatch>& found, const std::vector<told>& expected) {
  bool same = found.size() == expected.size();
  for (std::size_t i = 0; i < found.size(); ++i) {
    const mismatch& m = found[i];
    UNSCOPED_INFO(m.path << " | " << m.described << " | " << m.came << " | " << m.value);
    same = same && m.path == expected[i].path && m.described == expected[i].described && m.came == expected[i].came &&
           m.value == expected[i].value;
  }
  return same;
}

}  // namespace

TEST_CASE("an optional member of another type stays empty and is listed, and all else is read") {
  const auto r = read(R"({"name":17,"age":"old","active":null,"score":1.5,"tags":[{"id":"a","weight":1}]})");
  REQUIRE(r);
  CHECK(*r == person{.score = 1.5, .tags = {{"a", 1}}});
  CHECK(tells(r.mismatches(), {{"name", "a string", "a number", "17"}, {"age", "an integer", "a string", R"("old")"}}));
  CHECK(r.partial() == nullptr);
}

TEST_CASE("what was described and what came is said of every type") {
  const auto r = read(R"({"name":{"a": [1,{"b":"}"}]},"age":1000,"active":"yes","score":false,"words":"no","main":[],
                          "prices":[1],"more":{}})");
  REQUIRE(r);
  CHECK(*r == person{});
  CHECK(tells(r.mismatches(), {{"name", "a string", "an object", R"({"a": [1,{"b":"}"}]})"},
                               {"age", "an integer", "a number that does not fit", "1000"},
                               {"active", "a boolean", "a string", R"("yes")"},
                               {"score", "a number", "a boolean", "false"},
                               {"words", "an array", "a string", R"("no")"},
                               {"main", "an object", "an array", "[]"},
                               {"prices", "an object", "an array", "[1]"},
                               {"more", "an array", "an object", "{}"}}));
}

TEST_CASE("where the conflict lies deeper the nearest optional member around it stays empty") {
  const auto r = read(R"({"words":["a",["b"],"c",5],"main":{"weight":1},"prices":{"x":1,"y":"much","z":3},
                          "more":[{"weight":2}],"name":"n","tags":[{"id":"a","weight":[[]]}]})");
  REQUIRE(r);
  CHECK(*r == person{.name = "n", .tags = {{"a", std::nullopt}}});
  CHECK(tells(r.mismatches(), {{"words[1]", "a string", "an array", R"(["b"])"},
                               {"main.id", "a string", "nothing", ""},
                               {"prices.y", "an integer", "a string", R"("much")"},
                               {"more[0].id", "a string", "nothing", ""},
                               {"tags[0].weight", "an integer", "an array", "[[]]"}}));
}

TEST_CASE("an array or a map that is absent is an empty one, and one that is null is listed") {
  const auto absent = read(R"({"name":"n"})");
  REQUIRE(absent);
  CHECK(*absent == person{.name = "n"});
  CHECK(absent.mismatches().empty());

  const auto null = read(R"({"tags":null,"name":"n"})");
  REQUIRE(null);
  CHECK(*null == person{.name = "n"});
  CHECK(tells(null.mismatches(), {{"tags", "an array", "null", "null"}}));

  const auto links = ghl::interpret<ghl::links::get_links>({.status = 200, .body = "{}"}, steps_json{});
  REQUIRE(links);
  CHECK(links->links.empty());
  CHECK(ghl::interpret<ghl::links::get_links>({.status = 200, .body = "{}"}, steps_json{}, ghl::strict{})
            .error().where == "links");
  CHECK(steps_json{}.decode<ghl::links::get_links::response>("{}").error().where == "links");
}

TEST_CASE("a required member that is absent or of another type is an error, and the rest is kept beside it") {
  const auto absent = ghl::interpret<ghl::associations::delete_association>(
      {.status = 200, .body = R"({"id":"a","deleted":true})"}, steps_json{});
  REQUIRE(!absent);
  CHECK(absent.error().kind == ghl::error_kind::decode);
  CHECK(absent.error().fault == fault::missing_field);
  CHECK(absent.error().where == "message");
  CHECK(absent.error().status == 200);
  REQUIRE(absent.partial() != nullptr);
  CHECK(absent.partial()->id == "a");
  CHECK(absent.partial()->deleted);
  CHECK(tells(absent.mismatches(), {{"message", "a string", "nothing", ""}}));

  const auto other = ghl::interpret<ghl::associations::delete_association>(
      {.status = 200, .body = R"({"id":{"x":1},"deleted":true,"message":"m"})"}, steps_json{});
  REQUIRE(!other);
  CHECK(other.error().fault == fault::wrong_type);
  CHECK(other.error().where == "id");
  CHECK(other.partial()->message == "m");
  CHECK(tells(other.mismatches(), {{"id", "a string", "an object", R"({"x":1})"}}));

  const auto yes = ghl::interpret<ghl::conversations::delete_conversation>(
      {.status = 200, .body = R"({"success":"true"})"}, steps_json{});
  CHECK(yes.error().message() == "Delete Conversation: HTTP 200, success has the wrong type");
}

TEST_CASE("a value that its type does not take is no other than a value of another type") {
  struct deal {
    std::optional<state> now;
    std::optional<std::vector<state>> before;
    static consteval auto fields() {
      return ghl::fields(ghl::field("now", &deal::now), ghl::field("before", &deal::before));
    }
  };
  const auto r = read<deal>(R"({"now":"lost","before":["open","won"]})");
  REQUIRE(r);
  CHECK(!r->now);
  CHECK(r->before == std::vector{state::open, state::won});
  CHECK(tells(r.mismatches(), {{"now", "a string", "a value that its type does not take", R"("lost")"}}));
  CHECK(read<deal>(R"({"before":["open","gone","won"],"now":"won"})").mismatches()[0].path == "before[1]");
  const auto needed = read<std::vector<state>>(R"(["won","lost"])");
  REQUIRE(!needed);
  CHECK(needed.error().fault == fault::wrong_value);
  CHECK(needed.error().where == "[1]");
  CHECK(*needed.partial() == std::vector{state::won, state::open});
}

TEST_CASE("of several errors the first of a required member is told, whatever an optional one is") {
  const auto r = read(R"({"name":1,"tags":[{"id":1},{"id":"b","weight":"x"},{},5]})");
  REQUIRE(!r);
  CHECK(r.error().fault == fault::wrong_type);
  CHECK(r.error().where == "tags[0].id");
  CHECK(r.partial()->tags == std::vector<tag>{{"", std::nullopt}, {"b", std::nullopt}, {}, {}});
  CHECK(tells(r.mismatches(), {{"name", "a string", "a number", "1"}, {"tags[0].id", "a string", "a number", "1"},
                               {"tags[1].weight", "an integer", "a string", R"("x")"},
                               {"tags[2].id", "a string", "nothing", ""}, {"tags[3]", "an object", "a number", "5"}}));
}

TEST_CASE("a strict call has the error of the first member that is not as described, and nothing beside it") {
  for (const std::string body : {R"({"name":1})", R"({"name":1,"tags":[]})", R"({"tags":[{"id":1}],"name":1})"}) {
    const auto r = read(body, ghl::strict{});
    REQUIRE(!r);
    CHECK(r.error().kind == ghl::error_kind::decode);
    CHECK(r.error().where == steps_json{}.decode<person>(body).error().where);
    CHECK(r.mismatches().empty());
    CHECK(r.partial() == nullptr);
  }
}

TEST_CASE("a text that is no JSON, and an answer that is no success, stay what they are") {
  for (const std::string body : {R"({"name":1)", R"({"name":1,})", "", "<html>", R"({"name":1} x)", "{\"name\":1,\"\xFF\":1}"}) {
    const auto r = read(body);
    REQUIRE(!r);
    CHECK(r.error().fault == read(body, ghl::strict{}).error().fault);
    CHECK(r.mismatches().empty());
    CHECK(r.partial() == nullptr);
  }
  const auto failed = ghl::interpret<get_it<person>>({.status = 400, .body = R"({"name":1})"}, steps_json{});
  CHECK(failed.error().kind == ghl::error_kind::status);
  CHECK(failed.partial() == nullptr);
}

TEST_CASE("an answer that is an array, a scalar or null") {
  const auto list = read<std::vector<tag>>(R"([{"id":"a","weight":"x"},{"id":"b"}])");
  REQUIRE(list);
  CHECK(*list == std::vector<tag>{{"a", std::nullopt}, {"b", std::nullopt}});
  CHECK(tells(list.mismatches(), {{"[0].weight", "an integer", "a string", R"("x")"}}));

  const auto null = read<std::vector<tag>>("null");
  REQUIRE(null);
  CHECK(tells(null.mismatches(), {{"", "an array", "null", "null"}}));

  const auto other = read<std::vector<tag>>(R"({"id":"a"})");
  REQUIRE(!other);
  CHECK(tells(other.mismatches(), {{"", "an array", "an object", R"({"id":"a"})"}}));
  CHECK(other.partial()->empty());
}

TEST_CASE("of two equal keys the later counts: a mismatch in the earlier one is forgotten") {
  const auto fits = read(R"({"name":1,"name":"n","main":{"id":5},"n\u0061me":"m","main":{"id":"a"},"tags":[]})");
  REQUIRE(fits);
  CHECK(*fits == person{.name = "m", .main = tag{"a", std::nullopt}});
  CHECK(fits.mismatches().empty());

  const auto later = read(R"({"main":{"id":"a"},"main":{"weight":1},"name":"n","name":2,"prices":{"x":"a","x":1}})");
  REQUIRE(later);
  CHECK(*later == person{.prices = std::map<std::string, int>{{"x", 1}}});
  CHECK(tells(later.mismatches(), {{"main.id", "a string", "nothing", ""}, {"name", "a string", "a number", "2"}}));

  // Nothing of the earlier array is in the later object.
  struct holder {
    tag one;
    std::vector<person> all;
    static consteval auto fields() {
      return ghl::fields(ghl::field("one", &holder::one), ghl::field("all", &holder::all));
    }
  };
  const auto arrays = read<holder>(R"({"one":{"id":"a","weight":"x"},"one":{"id":"b"},"all":[{"tags":[{"id":"x"}],"tags":null}]})");
  REQUIRE(arrays);
  CHECK(arrays->one.id == "b");
  CHECK(arrays->all[0].tags.empty());
  CHECK(tells(arrays.mismatches(), {{"all[0].tags", "an array", "null", "null"}}));
}

TEST_CASE("an array that is absent in the later of two equal keys is empty, whatever the earlier one had") {
  struct box {
    std::vector<tag> tags;
    static consteval auto fields() { return ghl::fields(ghl::field("tags", &box::tags)); }
  };
  struct holder {
    box one;
    static consteval auto fields() { return ghl::fields(ghl::field("one", &holder::one)); }
  };
  const auto r = read<holder>(R"({"one":{"tags":[{"id":"x","weight":"no"}]},"one":{}})");
  REQUIRE(r);
  CHECK(r->one.tags.empty());
  CHECK(r.mismatches().empty());
}

TEST_CASE("escapes in keys and values are read by the policy") {
  const auto r = read(R"({"n\u0061me":"\u0041\n","age":"\n","w\u006Frds":["\u0042",2],"other\"":"\\"})");
  REQUIRE(r);
  CHECK(*r == person{.name = "A\n"});
  CHECK(tells(r.mismatches(), {{"age", "an integer", "a string", R"("\n")"}, {"words[1]", "a string", "a number", "2"}}));
}

TEST_CASE("no more than 32 mismatches are listed, and no more than 256 bytes of a value") {
  std::string body = R"({"tags":[)";
  for (int i = 0; i < 20'000; ++i) body.append(R"({"id":"a","weight":"no"},)");
  body.back() = ']';
  const auto many = read(body + "}");
  REQUIRE(many);
  CHECK(many->tags.size() == 20'000);
  CHECK(many.mismatches().size() == mismatch::most_listed);
  CHECK(many.mismatches().back().path == "tags[31].weight");

  const auto large = read(R"({"age":")" + std::string(100'000, 'x') + R"("})");
  REQUIRE(large);
  CHECK(large.mismatches()[0].value == "\"" + std::string(255, 'x'));
}

TEST_CASE("deep nesting is passed over as it is skipped, to the limit of every reader") {
  const auto nested = [](std::size_t levels) {
    return R"({"name":)" + std::string(levels, '[') + std::string(levels, ']') + R"(,"score":2})";
  };
  const auto most = read(nested(62));
  REQUIRE(most);
  CHECK(most->score == 2);
  CHECK(read(nested(63)).error().fault == fault::nested_too_deeply);

  std::string body = R"({"age":"x")";  // optionals in optionals
  for (int i = 0; i < 9; ++i) body = R"({"age":2,"next":)" + body + "}";
  const auto deep = read<chain<9>>(body + "}");
  REQUIRE(deep);
  CHECK(deep->next->next->age == 2);
  REQUIRE(deep.mismatches().size() == 1);
  CHECK(deep.mismatches()[0].path == "next.next.next.next.next.next.next.next.next.age");
}

TEST_CASE("the token stands in no mismatch") {
  const std::string token = "pit-0123456789abcdefSecret";
  auto links = [&](const ghl::http::request&) {
    return ghl::http::response{.status = 200,
                               .body = R"({"links":[{"id":{"echo":"Bearer )" + token + R"("},"name":[")" +
                                       std::string(240, 'x') + token + R"("]}]})"};
  };
  ghl::client api{links, steps_json{}, ghl::private_integration_token{token}};
  const auto r = api.call(ghl::links::get_links{.location_id = "l"});
  REQUIRE(r.mismatches().size() == 2);
  CHECK(r.mismatches()[0].value == R"({"echo":"Bearer [token]"})");
  CHECK(r.mismatches()[1].value.find("pit-") == std::string::npos);
}

TEST_CASE("neither does one that was refreshed before it, nor the refresh token") {
  const ghl::token_pair old{ghl::secret{"an-old-qXzPwLmRtVbN"}, ghl::secret{"its-KJhGfDsAyUiO"}};
  const ghl::token_pair fresh{ghl::secret{"the-new-8842719365"}, ghl::secret{"other-EeWwQqTtRrYy"}};
  const ghl::refreshing_token token{[&] { return old; },
                                    [&](const ghl::token_pair&) { return ghl::result<ghl::token_pair>{fresh}; },
                                    [](const ghl::token_pair&) { return true; }};
  const auto server = [&](const ghl::http::request& r) -> ghl::http::response {
    if (r.headers.get("Authorization") != "Bearer the-new-8842719365")
      return {.status = 401, .body = R"({"message":"Invalid JWT"})"};
    return {.status = 200,
            .body = R"({"links":[{"id":["an-old-qXzPwLmRtVbN","the-new-8842719365",)"
                    R"("other-EeWwQqTtRrYy"]}]})"};
  };
  ghl::client api{server, steps_json{}, token};
  const auto r = api.call(ghl::links::get_links{.location_id = "l"});
  REQUIRE(r);
  REQUIRE(r.mismatches().size() == 1);
  CHECK(r.mismatches()[0].path == "links[0].id");
  CHECK(r.mismatches()[0].value == R"(["[token]","[token]","[secret]"])");
}

TEST_CASE("a policy whose error has a reason of its own keeps it") {
  const auto whole = ghl::interpret<get_it<person>>({.status = 200, .body = R"({"name":"n","tags":[]})"},
                                                    picky{fault::wrong_type});
  REQUIRE(!whole);
  CHECK(whole.error().where == "x");
  CHECK(whole.error().detail == "for a reason of mine");
  CHECK(whole.partial()->name == "n");
  CHECK(whole.mismatches().empty());

  for (const picky& json : {picky{fault::malformed}, picky{fault::wrong_type, ghl::error_kind::transport}}) {
    const auto r = ghl::interpret<get_it<person>>({.status = 200, .body = R"({"name":1,"tags":[]})"}, json);
    REQUIRE(!r);
    CHECK(r.error().where == "x");
    CHECK(r.partial() == nullptr);
  }
  // It cannot read the string that has an escape either.
  const auto escaped = ghl::interpret<get_it<person>>({.status = 200, .body = R"({"name":1,"w\u006Frds":[]})"},
                                                      picky{fault::wrong_type});
  REQUIRE(!escaped);
  CHECK(escaped.error().where == "x");
  CHECK(escaped.partial() == nullptr);
}

TEST_CASE("results with mismatches and with a part of a value are copied and moved") {
  const auto odd = read(R"({"name":1,"tags":[]})");
  auto copy = odd;
  auto moved = std::move(copy);
  CHECK(moved.mismatches() == odd.mismatches());
  CHECK(moved.mismatches().size() == 1);
  CHECK(copy.mismatches().empty());
  moved = read(R"({"name":"n"})");
  CHECK(moved.mismatches().empty());

  const auto bad = read(R"({"name":"n","tags":5})");
  ghl::result<person> second = bad;
  REQUIRE(second.partial() != nullptr);
  CHECK(second.partial() != bad.partial());
  CHECK(*second.partial() == *bad.partial());
  const person* const where = second.partial();
  ghl::result<person> third = std::move(second);
  CHECK(third.partial() == where);
  CHECK(second.partial() == nullptr);
  third = std::move(third).transform_error([](ghl::error e) { return e.detail = "more", e; });
  CHECK(third.partial() == where);
  CHECK(third.error().detail == "more");
  CHECK(third.mismatches().size() == 1);
  third = third.or_else([](const ghl::error&) { return ghl::result<person>{}; });
  CHECK(third.mismatches().empty());
  third = odd;
  CHECK(third.partial() == nullptr);
  CHECK(third.mismatches().size() == 1);
}

TEST_CASE("a response that cannot be copied is kept, too") {
  struct only_moved {
    std::optional<int> n;
    std::string id;
    std::unique_ptr<int> not_described{};
    only_moved() = default;
    static consteval auto fields() {
      return ghl::fields(ghl::field("n", &only_moved::n), ghl::field("id", &only_moved::id));
    }
  };
  const auto read_as = [](std::string body) {
    ghl::result<only_moved> r = steps_json{}.decode<only_moved>(body);
    const steps_json json;
    if (!r) ghl::detail::read_again(r, body, ghl::endpoint_of<get_it<person>>, {}, json);
    return r;
  };
  auto r = read_as(R"({"id":5,"n":6})");
  REQUIRE(!r);
  const ghl::result<only_moved> moved = std::move(r);
  CHECK(moved.partial()->n == 6);
  CHECK((*read_as(R"({"id":"a","n":"x"})")).id == "a");
}

// ---- inside a type that stands for another ----

namespace {

struct sum {
  int total = 0;
};
struct point {
  double x = 0;
  friend bool operator==(const point&, const point&) = default;
};
struct raw_point {
  std::string unit;
  double x = 0;
  std::optional<std::string> label{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("unit", &raw_point::unit), ghl::field("x", &raw_point::x),
                       ghl::field("label", &raw_point::label));
  }
};
struct whole {
  int value = -1;
};

}  // namespace

template <>
struct ghl::json_as<sum> {
  using type = std::vector<tag>;
  static std::optional<sum> from(const type& list) {
    sum made;
    for (const tag& t : list) made.total += t.weight.value_or(100);
    return made;
  }
  static type to(const sum& s) { return {{"", s.total}}; }
};
template <>
struct ghl::json_as<point> {
  using type = raw_point;
  static std::optional<point> from(const raw_point& raw) {
    return raw.unit == "m" ? std::optional{point{raw.x}} : std::nullopt;
  }
  static type to(const point& p) { return {"m", p.x}; }
};
template <>
struct ghl::json_as<whole> {
  using type = std::optional<int>;
  static std::optional<whole> from(const type& n) {
    return n == 13 ? std::nullopt : std::optional{whole{n.value_or(-1)}};
  }
  static type to(const whole& w) { return w.value; }
};

namespace {

struct plan {
  std::optional<point> start{};
  std::optional<sum> costs{};
  std::optional<std::array<int, 2>> pair{};
  whole count{};
  std::optional<std::map<std::string, std::vector<point>>> ways{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("start", &plan::start), ghl::field("costs", &plan::costs), ghl::field("pair", &plan::pair),
                       ghl::field("count", &plan::count), ghl::field("ways", &plan::ways));
  }
};
struct needs_point {
  std::vector<point> all;
  int n = 0;
  static consteval auto fields() { return ghl::fields(ghl::field("all", &needs_point::all), ghl::field("n", &needs_point::n)); }
};

}  // namespace

TEST_CASE("inside of what a json_as makes of an object or an array, a mismatch is where it is, and what is optional stays empty") {
  const auto r = read<plan>(R"({"start":{"unit":"m","x":1.5,"label":7},"costs":[{"id":"a","weight":"x"},{"id":"b","weight":2}]})");
  REQUIRE(r);
  CHECK(r->start == point{1.5});
  REQUIRE(r->costs);
  CHECK(r->costs->total == 102);
  CHECK(tells(r.mismatches(), {{"start.label", "a string", "a number", "7"},
                               {"costs[0].weight", "an integer", "a string", R"("x")"}}));
}

TEST_CASE("where nothing inside of it is optional, it is the nearest optional member around that stays empty") {
  const auto r = read<plan>(R"({"start":{"unit":"m","x":"far","label":7},"costs":[{"weight":1},{"id":5}],"pair":[1,"b",3],
                               "ways":{"a":[{"unit":"m","x":1}],"b":[{"unit":"m"}]},"count":4})");
  REQUIRE(r);
  CHECK(!r->start);
  CHECK(!r->costs);
  CHECK(!r->pair);
  CHECK(!r->ways);
  CHECK(r->count.value == 4);
  CHECK(tells(r.mismatches(), {{"start.x", "a number", "a string", R"("far")"}, {"costs[0].id", "a string", "nothing", ""},
                               {"pair[1]", "an integer", "a string", R"("b")"}, {"ways.b[0].x", "a number", "nothing", ""}}));
}

TEST_CASE("a value of a json_as that is another altogether is told by what stands on the wire") {
  const auto r = read<plan>(R"({"start":[],"costs":{"a":1},"pair":7,"count":"x","ways":{"a":[5]}})");
  REQUIRE(r);
  CHECK(tells(r.mismatches(), {{"start", "an object", "an array", "[]"}, {"costs", "an array", "an object", R"({"a":1})"},
                               {"pair", "an array", "a number", "7"}, {"count", "an integer", "a string", R"("x")"},
                               {"ways.a[0]", "an object", "a number", "5"}}));
  const auto refused = read<plan>(R"({"start":{"unit":"ft","x":1,"label":2},"pair":[1,2,3],"count":13})");
  REQUIRE(refused);
  CHECK(tells(refused.mismatches(), {{"start.label", "a string", "a number", "2"},
                                     {"start", "an object", "a value that its type does not take", R"({"unit":"ft","x":1,"label":2})"},
                                     {"pair", "an array", "a value that its type does not take", "[1,2,3]"},
                                     {"count", "an integer", "a value that its type does not take", "13"}}));
  const auto null = read<needs_point>(R"({"all":[null],"n":1})");
  REQUIRE(!null);
  CHECK(tells(null.mismatches(), {{"all[0]", "an object", "null", "null"}}));
  const auto no_pair = read<std::array<int, 2>>("null");
  REQUIRE(!no_pair);
  CHECK(tells(no_pair.mismatches(), {{"", "an array", "null", "null"}}));
}

TEST_CASE("a required value of a json_as is an error at its place, and all else is read") {
  const auto r = read<needs_point>(R"({"all":[{"unit":"m","x":"far","label":1},{"unit":"m","x":2},{"unit":"ft","x":1}],"n":3})");
  REQUIRE(!r);
  CHECK(r.error().fault == fault::wrong_type);
  CHECK(r.error().where == "all[0].x");
  CHECK(r.partial()->n == 3);
  CHECK(r.partial()->all == std::vector<point>{{}, {2}, {}});
  CHECK(tells(r.mismatches(), {{"all[0].x", "a number", "a string", R"("far")"}, {"all[0].label", "a string", "a number", "1"},
                               {"all[2]", "an object", "a value that its type does not take", R"({"unit":"ft","x":1})"}}));
  CHECK(read<needs_point>(R"({"all":[{"unit":"m","x":"far"}],"n":3})", ghl::strict{}).error().where == "all[0].x");
}

// ---- equal keys ----

TEST_CASE("of two equal keys the earlier one does no harm, whatever it had, where it stood, and how it was spelled") {
  const auto required = ghl::interpret<ghl::associations::delete_association>(
      {.status = 200, .body = R"({"id":5,"deleted":1,"message":[],"i\u0064":"a","deleted" : true , "message":"m"})"}, steps_json{});
  REQUIRE(required);
  CHECK(required->id == "a");
  CHECK(required->deleted);
  CHECK(required.mismatches().empty());

  const auto inner = read(R"({"main":{"id":5,"id":"a"},"tags":[{"id":1,"weight":1,"id":"b"},{"id":"c"}],"prices":{"x":"a","y":1,"x":1},
                              "more":[{"weight":1}],"more":[{"id":"d"}]})");
  REQUIRE(inner);
  CHECK(inner->main == tag{"a", std::nullopt});
  CHECK(inner->tags == std::vector<tag>{{"b", 1}, {"c", std::nullopt}});
  CHECK(inner->prices == std::map<std::string, int>{{"x", 1}, {"y", 1}});
  CHECK(inner->more == std::vector<tag>{{"d", std::nullopt}});
  CHECK(inner.mismatches().empty());

  const auto converted = read<needs_point>(R"({"all":5,"n":"x","all":[{"x":"far","unit":"m","x":2}],"n":1})");
  REQUIRE(converted);
  CHECK(converted->all == std::vector<point>{{2}});

  const auto later = read(R"({"tags":[{"id":"a"}],"name":"n","tags":[{"id":"b","id":2}]})");
  REQUIRE(!later);
  CHECK(later.error().where == "tags[0].id");
  CHECK(tells(later.mismatches(), {{"tags[0].id", "a string", "a number", "2"}}));

  std::string many = "{";
  for (int i = 0; i < 20'000; ++i) many.append(R"("tags":[{"id":1}],"age":"x",)");
  const auto last = read(many + R"("tags":[],"age":3})");
  REQUIRE(last);
  CHECK(*last == person{.age = std::int8_t{3}});
}

TEST_CASE("a member is not mistaken for one inside of another, whatever its name") {
  struct odd {
    std::optional<tag> a;
    std::optional<int> a_b;
    static consteval auto fields() {
      return ghl::fields(ghl::field("a", &odd::a, ghl::also{"also"}), ghl::field("a.id", &odd::a_b));
    }
  };
  const auto r = read<odd>(R"({"a.id":"x","a":{"id":1},"also":{"id":"b"}})");
  REQUIRE(r);
  CHECK(r->a == tag{"b", std::nullopt});
  CHECK(tells(r.mismatches(), {{R"(["a.id"])", "an integer", "a string", R"("x")"}}));
}

TEST_CASE("a path is no longer than it is useful, and ends between two names") {
  struct box {
    std::map<std::string, std::map<std::string, std::map<std::string, std::map<std::string, std::optional<int>>>>> in;
    static consteval auto fields() { return ghl::fields(ghl::field("in", &box::in)); }
  };
  const std::string token = "pit-0123456789abcdefSecret";
  std::string escaped;  // six bytes each in a path
  for (int i = 0; i < 64; ++i) escaped.append(R"(\u0001)");
  for (std::size_t more = 0; more < 28; ++more) {
    const std::string body = R"({"in":{")" + escaped + R"(":{")" + escaped + R"(":{")" +
                             escaped.substr(0, 6 * 36) + std::string(more, 'x') + R"(":{")" + token + R"(":"x"}}}}})";
    auto answer = [&](const ghl::http::request&) { return ghl::http::response{.status = 200, .body = body}; };
    ghl::client api{answer, steps_json{}, ghl::private_integration_token{token}};
    const auto r = api.call(get_it<box>{});
    REQUIRE(r.mismatches().size() == 1);
    const std::string path = r.mismatches()[0].path;
    CHECK(path.size() < 1'100);
    CHECK(path.find("pit-") == std::string::npos);
    CHECK(path.ends_with(more < 27 ? ".[token]" : "..."));
  }
}

TEST_CASE("a value that its type refuses is quoted whole or not at all: a token that was cut could not be found in it") {
  const std::string token = "pit-0123456789abcdefSecret";
  for (std::size_t before = 40; before < 64; ++before) {
    auto answer = [&](const ghl::http::request&) {
      return ghl::http::response{.status = 200, .body = R"({"now":")" + std::string(before, 'x') + token + R"("})"};
    };
    struct deal {
      state now{};
      static consteval auto fields() { return ghl::fields(ghl::field("now", &deal::now)); }
    };
    ghl::client api{answer, steps_json{}, ghl::private_integration_token{token}};
    for (const auto& r : {api.call(get_it<deal>{}), api.call(get_it<deal>{}, ghl::strict{})}) {
      REQUIRE(!r);
      CHECK(r.error().fault == fault::wrong_value);
      CHECK(r.error().detail.find("pit-") == std::string::npos);
      CHECK(r.error().message().find("pit-") == std::string::npos);
    }
  }
}

// ---- through every kind of call ----

namespace {

const std::string odd_links = R"({"links":[{"id":1}]})";

bool is_tolerant(const ghl::result<ghl::links::get_links::response>& r) {
  return r && tells(r.mismatches(), {{"links[0].id", "a string", "a number", "1"}});
}
bool is_strict(const ghl::result<ghl::links::get_links::response>& r) {
  return !r && r.error().where == "links[0].id" && r.mismatches().empty() && r.partial() == nullptr;
}

}  // namespace

TEST_CASE("mismatches come through every kind of call, and strict is an option of a client and of a call") {
  const ghl::links::get_links request{.location_id = "l"};
  const ghl::private_integration_token token{"token"};
  const auto blocking = [](const ghl::http::request&) { return ghl::http::response{.status = 200, .body = odd_links}; };
  {
    ghl::client api{blocking, steps_json{}, token};
    CHECK(is_tolerant(api.call(request)));
    CHECK(is_strict(api.call(request, ghl::strict{})));
    CHECK(is_strict(api.call(request, ghl::strict{}, ghl::deadline{ghl::milliseconds{5}})));
    ghl::client strict{blocking, steps_json{}, token, ghl::strict{}};
    CHECK(is_strict(strict.call(request)));
  }
  {
    ghl::client api{blocking, steps_json{}, token, ghl::retry{}};
    CHECK(is_tolerant(api.call(request)));
    CHECK(is_strict(api.call(request, ghl::strict{})));
    CHECK(is_strict(ghl::client{blocking, steps_json{}, token, ghl::strict{}, ghl::retry{}}.call(request)));
  }
  {
    struct kept {
      std::size_t mismatches;
      std::string error_type;
      std::string line;
    };
    std::vector<kept> seen;  // an observation refers to what is gone after the call
    ghl::client api{blocking, steps_json{}, token, ghl::observe{[&](const ghl::observation& o) {
                      seen.push_back({o.mismatches, std::string{o.error_type}, ghl::to_line(o)});
                    }}};
    CHECK(is_tolerant(api.call(request)));
    CHECK(is_strict(api.call(request, ghl::strict{})));
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].mismatches == 1);
    CHECK(seen[0].error_type.empty());
    CHECK(seen[0].line.ends_with("ghl.mismatches=1"));
    CHECK(seen[1].mismatches == 0);
    CHECK(seen[1].line.find("mismatches") == std::string::npos);
  }
  {
    const auto calls_back = [](ghl::http::request, auto done) {
      done(ghl::result<ghl::http::response>{ghl::http::response{.status = 200, .body = odd_links}});
    };
    int called = 0;
    ghl::client api{calls_back, steps_json{}, token};
    api.call(request, [&](auto r) { called += is_tolerant(r) ? 1 : 0; });
    api.call(request, ghl::strict{}, [&](auto r) { called += is_strict(r) ? 1 : 0; });
    CHECK(called == 2);
  }
  {
    const auto later = [](const ghl::http::request&) {
      std::promise<ghl::http::response> answer;
      answer.set_value({.status = 200, .body = odd_links});
      return answer.get_future();
    };
    ghl::client api{later, steps_json{}, token};
    CHECK(is_tolerant(api.call(request).get()));
    CHECK(is_strict(api.call(request, ghl::strict{}).get()));
  }
  {
    const auto coroutine = [](ghl::http::request) -> task<ghl::result<ghl::http::response>> {
      co_return ghl::http::response{.status = 200, .body = odd_links};
    };
    ghl::client api{coroutine, steps_json{}, token};
    CHECK(is_tolerant(run(api.call(request))));
    CHECK(is_strict(run(api.call(request, ghl::strict{}))));
  }
}
