// Types that stand for others on the wire: a user's own, enumerations, times, and null told from absent.
#include "../catch.hpp"
#include "scripted_json.hpp"
#include "steps_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/endpoint/time.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using ghl::fault;
using ghl::detail::diagnosis;

namespace crm {

class id {
 public:
  id() = default;
  static ghl::result<id> parse(const std::string& text) {
    if (text.find(' ') != std::string::npos) return ghl::decode_error(fault::malformed);
    id out;
    out.text_ = text;
    return out;
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_{};
};

struct money {
  std::int64_t cents = 0;
};
struct price {
  std::int64_t amount = 0;
  std::optional<std::string> currency{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("amount", &price::amount), ghl::field("currency", &price::currency));
  }
};

/// Stands for an optional.
struct perhaps {
  int value = -1;
};
/// Made of another type with a json_as.
struct wrapped {
  id inner{};
};
/// A list of its own.
struct tags {
  std::vector<std::string> all{};
};
struct never_written {};

enum class stage : unsigned char { open, won, unknown };
enum class color : unsigned char { red, blue };
enum class nameless : unsigned char { a };
enum class twice : unsigned char { a, b };

}  // namespace crm

template <>
struct ghl::json_as<crm::id> {
  using type = std::string;
  static auto from(const std::string& text) { return crm::id::parse(text); }
  static const std::string& to(const crm::id& value) { return value.text(); }
};
template <>
struct ghl::json_as<crm::money> {
  using type = crm::price;
  static crm::money from(const crm::price& p) { return {p.amount}; }
  static crm::price to(const crm::money& m) { return {m.cents, {}}; }
};
template <>
struct ghl::json_as<crm::perhaps> {
  using type = std::optional<int>;
  static crm::perhaps from(const type& v) { return {v.value_or(-1)}; }
  static type to(const crm::perhaps& p) { return p.value < 0 ? type{} : type{p.value}; }
};
template <>
struct ghl::json_as<crm::wrapped> {
  using type = crm::id;
  static crm::wrapped from(crm::id inner) { return {std::move(inner)}; }
  static const crm::id& to(const crm::wrapped& w) { return w.inner; }
};
template <>
struct ghl::json_as<crm::tags> {
  using type = std::vector<std::string>;
  static crm::tags from(type&& all) { return {std::move(all)}; }
  static const type& to(const crm::tags& t) { return t.all; }
};
template <>
struct ghl::json_as<crm::never_written> {
  using type = bool;
  static crm::never_written from(bool) { return {}; }
  static std::optional<bool> to(const crm::never_written&) { return std::nullopt; }
};
template <>
inline constexpr auto ghl::enum_names<crm::stage> = ghl::names(ghl::name("open", crm::stage::open),
                                                               ghl::name("won", crm::stage::won),
                                                               ghl::any_other_name(crm::stage::unknown));
template <>
inline constexpr auto ghl::enum_names<crm::color> =
    ghl::names(ghl::name("red", crm::color::red), ghl::name("blue", crm::color::blue));
template <>
inline constexpr auto ghl::enum_names<crm::twice> =
    ghl::names(ghl::name("a", crm::twice::a), ghl::name("", crm::twice::b));

namespace {

struct contact_type : ghl::open_enum<contact_type> {
  using open_enum::open_enum;
  static constexpr std::string_view lead = "lead", customer = "customer";
  static constexpr auto names() { return ghl::names(lead, customer); }
};

template <class T>
struct one {
  T value{};
  static consteval auto fields() { return ghl::fields(ghl::field("v", &one::value)); }
};

template <class T>
ghl::result<one<T>> read(std::string_view value) {
  return steps_json{}.decode<one<T>>(R"({"v":)" + std::string{value} + "}");
}
template <class T>
T whole(std::string_view text) {
  auto r = steps_json{}.decode<T>(text);
  INFO(text);
  REQUIRE(r);
  return *std::move(r);
}
template <class T>
T value_of(std::string_view value) {
  return whole<one<T>>(R"({"v":)" + std::string{value} + "}").value;
}
template <class T>
std::string written(const T& value) {
  const auto text = scripted_json{}.encode(one<T>{value});
  return text ? *text : std::string{name_of(text.error().fault)};
}
template <class T>
std::string read_and_written(std::string_view value) {
  const auto r = read<T>(value);
  return r ? written(r->value) : std::string{name_of(r.error().fault)} + " at " + r.error().where;
}

struct search {
  crm::id id{};
  ghl::required<crm::color> color;
  std::optional<contact_type> type{};
  std::vector<crm::stage> stages{};
  std::optional<std::vector<crm::color>> colors{};
  std::optional<crm::tags> tags{};
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> since{};
  std::optional<crm::perhaps> page{};
  std::optional<contact_type> source{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Search", ghl::method::get, "/search/:id/:color", ghl::token::sub_account,
                         ghl::path("id", &search::id), ghl::path("color", &search::color),
                         ghl::query("type", &search::type), ghl::query("stage", &search::stages),
                         ghl::query("colors", &search::colors, ghl::commas),
                         ghl::query("tags", &search::tags, ghl::commas), ghl::query("since", &search::since),
                         ghl::query("page", &search::page), ghl::header("X-Source", &search::source));
  }
};
static_assert(ghl::well_formed<search>);

crm::id id_of(const std::string& text) { return crm::id::parse(text).value_or(crm::id{}); }

std::string target_of(const search& request) {
  const auto r = ghl::prepare(request, scripted_json{}, "a-token");
  return r ? std::string{r->target()} : std::string{name_of(r.error().fault)} + " at " + r.error().where;
}

template <class T>
constexpr diagnosis wrong_with = ghl::detail::fault_of_conversion<T>().what;

}  // namespace

// clang takes no fold of more than 256 arguments; a list of the world's regions has 588.
template <std::size_t... At>
constexpr std::size_t count_names(std::index_sequence<At...>) {
  return ghl::names((static_cast<void>(At), std::string_view{"region"})...).size();
}
static_assert(count_names(std::make_index_sequence<600>{}) == 600);

TEST_CASE("a type of a user's own is read from what it is made of, and written so") {
  CHECK(read_and_written<crm::id>(R"("a")") == R"({"v":"a"})");
  CHECK(read_and_written<std::optional<crm::id>>("null") == "{}");
  CHECK(read_and_written<std::vector<crm::id>>(R"(["a","b"])") == R"({"v":["a","b"]})");
  CHECK(read_and_written<std::map<std::string, crm::id>>(R"({"k":"a"})") == R"({"v":{"k":"a"}})");
  CHECK(read_and_written<crm::money>(R"({"currency":"USD","amount":7})") == R"({"v":{"amount":7}})");
  CHECK(read_and_written<std::vector<std::vector<crm::money>>>(R"([[{"amount":7}],[]])") ==
        R"({"v":[[{"amount":7}],[]]})");
  CHECK(read_and_written<crm::wrapped>(R"("a")") == R"({"v":"a"})");
  CHECK(read_and_written<crm::tags>(R"(["a"])") == R"({"v":["a"]})");
}

TEST_CASE("a type that stands for an optional may be absent") {
  CHECK(read_and_written<crm::perhaps>("null") == "{}");
  CHECK(read_and_written<crm::perhaps>("3") == R"({"v":3})");
  CHECK(whole<one<crm::perhaps>>("{}").value.value == -1);
  CHECK(whole<one<one<crm::perhaps>>>(R"({"v":{"v":3},"v":{}})").value.value.value == -1);
}

TEST_CASE("what a type of a user's own refuses is an error with its place, and with the fault that it names") {
  CHECK(read_and_written<crm::id>(R"("a b")") == "malformed at v");
  CHECK(read_and_written<std::vector<crm::wrapped>>(R"(["a","a b"])") == "malformed at v[1]");
  CHECK(read_and_written<std::vector<crm::money>>(R"([{"amount":1},{}])") == "missing_field at v[1].amount");
  CHECK(read_and_written<crm::money>(R"({"amount":"1"})") == "wrong_type at v.amount");
  CHECK(read_and_written<crm::tags>(R"(["a",1])") == "wrong_type at v[1]");
  CHECK(written(crm::never_written{}) == "wrong_value");
}

TEST_CASE("an optional member that its type refuses is empty and told, where an answer is read tolerantly") {
  std::vector<ghl::mismatch> list;
  ghl::detail::tolerance how{list};
  one<std::optional<std::vector<crm::money>>> value;
  ghl::json_reader reader{{&ghl::detail::table_of<decltype(value)>, &value}, how};
  const std::string_view text = R"({"v":[{"amount":1},{"amount":[2]}]})";
  CHECK(ghl::detail::json_steps{text, reader, {&steps_json::unescape}, &how}.value());
  CHECK(reader.ok());
  CHECK(!value.value);
  REQUIRE(list.size() == 1);
  CHECK(list.front().path == "v[1].amount");
  CHECK(list.front().described == "an integer");
  CHECK(list.front().value == "[2]");
}

TEST_CASE("an enumeration of a user's own is read and written by its names") {
  CHECK(read_and_written<crm::color>(R"("blue")") == R"({"v":"blue"})");
  CHECK(read_and_written<std::vector<crm::stage>>(R"(["won","open"])") == R"({"v":["won","open"]})");
  const auto r = read<crm::color>(R"("green")");
  REQUIRE(!r);
  CHECK(r.error().fault == fault::wrong_value);
  CHECK(r.error().message() == R"(v has a value that its type does not take ("green"))");
  CHECK(value_of<crm::stage>(R"("lost")") == crm::stage::unknown);
  CHECK(written(crm::stage::unknown) == "wrong_value");
}

TEST_CASE("an open enumeration keeps what it does not know") {
  const auto known = read<contact_type>(R"("lead")");
  REQUIRE(known);
  CHECK(known->value == contact_type::lead);
  CHECK(known->value == "lead");
  CHECK(std::string{"lead"} == known->value);
  CHECK(known->value != contact_type::customer);
  CHECK(known->value != contact_type{"customer"});
  CHECK(known->value.is_known());
  const auto unknown = read<contact_type>(R"("partner")");
  REQUIRE(unknown);
  CHECK(!unknown->value.is_known());
  CHECK(unknown->value.text() == "partner");
  CHECK(written(unknown->value) == R"({"v":"partner"})");
  CHECK(contact_type::names().size() == 2);
}

TEST_CASE("a nullable tells null from absent, and is an optional in all other respects") {
  using text = ghl::nullable<std::string>;
  CHECK(written(text{}) == "{}");
  CHECK(written(text{nullptr}) == R"({"v":null})");
  CHECK(written(text{"a"}) == R"({"v":"a"})");
  CHECK(value_of<text>("null").is_null());
  CHECK(value_of<text>(R"("a")") == "a");
  CHECK(whole<one<text>>("{}").value.is_absent());
  CHECK(whole<one<one<text>>>(R"({"v":{"v":null},"v":{}})").value.value.is_absent());
  CHECK(read_and_written<std::vector<text>>(R"([null,"a"])") == R"({"v":[null,"a"]})");

  text value = "a";
  CHECK(value);
  CHECK(value->size() == 1);
  CHECK(*value == "a");
  CHECK(value.value() == "a");
  value = nullptr;
  CHECK(!value);
  CHECK(value == nullptr);
  CHECK(value != text{});
  CHECK(value.value_or("b") == "b");
  value.emplace(2, 'c');
  CHECK(value == text{"cc"});
  CHECK(!value.is_null());
  value = std::nullopt;
  CHECK(value.is_absent());
  CHECK(value == std::nullopt);
  value = std::optional<std::string>{"d"};
  CHECK(value == "d");
  CHECK(ghl::nullable<bool>{false}.has_value());
}

TEST_CASE("an optional of an optional that reads null has a value without one") {
  using both = std::optional<std::optional<int>>;
  const auto r = read<both>("null");
  REQUIRE(r);
  REQUIRE(r->value.has_value());
  CHECK(!r->value->has_value());
  CHECK(read_and_written<both>("null") == R"({"v":null})");
  CHECK(read_and_written<both>("7") == R"({"v":7})");
  CHECK(!whole<one<both>>("{}").value.has_value());
  CHECK(!whole<one<one<both>>>(R"({"v":{"v":7},"v":{}})").value.value.has_value());
}

TEST_CASE("paths, queries and headers take the types that stand for what they take") {
  using namespace std::chrono;
  CHECK(target_of({.id = id_of("a/b"), .color = crm::color::red}) == "empty_value at stage");
  const search all{.id = id_of("a/b"),
                   .color = crm::color::blue,
                   .type = contact_type::lead,
                   .stages = {crm::stage::won, crm::stage::open},
                   .colors = {{crm::color::red, crm::color::blue}},
                   .tags = crm::tags{{"x", "y z"}},
                   .since = sys_time<milliseconds>{milliseconds{1'627'466'400'123}},
                   .page = crm::perhaps{2},
                   .source = "api"};
  CHECK(target_of(all) ==
        "/search/a%2Fb/blue?type=lead&stage=won&stage=open&colors=red,blue&tags=x,y%20z&"
        "since=2021-07-28T10%3A00%3A00.123Z&page=2");
  const auto prepared = ghl::prepare(all, scripted_json{}, "a-token");
  REQUIRE(prepared);
  CHECK(prepared->headers.get("X-Source") == "api");
  search bad = all;
  bad.page = crm::perhaps{};
  CHECK(target_of(bad).ends_with(".123Z"));
  bad.stages = {crm::stage::unknown};
  CHECK(target_of(bad) == "wrong_value at stage");
  bad = all;
  bad.id = id_of("..");
  CHECK(target_of(bad) == "dot_segment at id");
  bad = all;
  bad.tags = crm::tags{{"x,y"}};
  CHECK(target_of(bad) == "comma_in_list at tags");
  bad = all;
  bad.type = contact_type{};
  CHECK(target_of(bad) == "empty_value at type");
}

TEST_CASE("what is wrong with a conversion is found when it is compiled") {
  static_assert(wrong_with<crm::id> == diagnosis::none);
  static_assert(wrong_with<crm::wrapped> == diagnosis::none);
  static_assert(wrong_with<contact_type> == diagnosis::none);
  static_assert(wrong_with<crm::stage> == diagnosis::none);
  static_assert(wrong_with<crm::nameless> == diagnosis::enum_without_names);
  static_assert(wrong_with<crm::twice> == diagnosis::enum_name_empty);
  static_assert(!ghl::detail::json_readable<crm::nameless>);
  static_assert(!ghl::detail::url_query<ghl::nullable<std::string>>);
  static_assert(!ghl::detail::json_readable<std::chrono::sys_days>);
  SUCCEED();
}
