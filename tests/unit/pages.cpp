// ghl::pages: a list that comes in pages is one range, in each shape of transport; it ends, and says where to go on.
#include "../catch.hpp"
#include "run_task.hpp"
#include "scripted_json.hpp"
#include "steps_json.hpp"
#include "stop_flag.hpp"
#include "task.hpp"

#include <ghl/api/links.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/future.hpp>
#include <ghl/ghl.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_future.hpp>
#include <ghl/testing/scripted_transport.hpp>
#include <ghl/uses/pages.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using ghl::testing::script;

namespace {

struct reads_and_writes : steps_json {
  template <class T>
  ghl::result<std::string> encode(const T& value) const {
    return scripted_json{}.encode(value);
  }
};

struct thing {
  std::string id;
  std::optional<std::string> changed{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &thing::id), ghl::field("changed", &thing::changed));
  }
};

struct things {
  std::vector<thing> items;
  static consteval auto fields() { return ghl::fields(ghl::field("items", &things::items)); }
};

struct optional_things {
  std::optional<std::vector<thing>> items;
  std::optional<int> total;
  static consteval auto fields() {
    return ghl::fields(ghl::field("items", &optional_things::items), ghl::field("total", &optional_things::total));
  }
};

struct by_optional {
  std::optional<int> skip{};
  using response = optional_things;
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::get, "/optional", ghl::version("2021-07-28"), ghl::token::agency,
                         ghl::query("skip", &by_optional::skip),
                         ghl::by_skip(&by_optional::skip, &optional_things::items));
  }
};

struct by_skip {
  std::optional<int> skip{};
  std::optional<int> limit{};
  using response = things;
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::get, "/list", ghl::by_skip(&by_skip::skip, &by_skip::limit, &things::items),
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::query("skip", &by_skip::skip), ghl::query("limit", &by_skip::limit));
  }
};
static_assert(ghl::well_formed<by_skip>);

/// Numbers as texts, and required.
struct by_text {
  ghl::required<std::string> offset;
  ghl::required<std::string> limit;
  struct response {
    std::optional<std::vector<thing>> data;
    static consteval auto fields() { return ghl::fields(ghl::field("data", &response::data)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::get, "/list", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::query("offset", &by_text::offset), ghl::query("limit", &by_text::limit),
                         ghl::by_skip(&by_text::offset, &by_text::limit, &response::data));
  }
};
static_assert(ghl::well_formed<by_text>);

/// The response itself is the list, and the numbers are in a body that need not be there.
struct by_body {
  struct criteria {
    std::optional<double> skip{};
    static consteval auto fields() { return ghl::fields(ghl::field("skip", &criteria::skip)); }
  };
  std::optional<criteria> body{};
  using response = std::vector<thing>;
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::post, "/list", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::body(&by_body::body),
                         ghl::by_skip(ghl::member(&by_body::body, &criteria::skip), ghl::whole_response));
  }
};
static_assert(ghl::well_formed<by_body>);

template <int First>
struct by_page {
  std::optional<std::int64_t> page{};
  using response = things;
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::get, "/list", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::query("page", &by_page::page), ghl::by_page<First>(&by_page::page, &things::items));
  }
};
static_assert(ghl::well_formed<by_page<0>> && ghl::well_formed<by_page<1>>);

/// Two cursors, in a member of the response that may be absent; one is a number there and a text in the request.
struct by_two {
  std::optional<std::string> after{};
  std::optional<std::string> after_id{};
  struct meta {
    std::optional<double> next;
    std::optional<std::string> next_id;
    static consteval auto fields() {
      return ghl::fields(ghl::field("next", &meta::next), ghl::field("nextId", &meta::next_id));
    }
  };
  struct response {
    std::vector<thing> items;
    std::optional<meta> about;
    static consteval auto fields() {
      return ghl::fields(ghl::field("items", &response::items), ghl::field("meta", &response::about));
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::get, "/list", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::query("after", &by_two::after), ghl::query("afterId", &by_two::after_id),
                         ghl::by_cursor(&by_two::after, ghl::member(&response::about, &meta::next), &by_two::after_id,
                                        ghl::member(&response::about, &meta::next_id), &response::items));
  }
};
static_assert(ghl::well_formed<by_two>);

struct by_last {
  std::optional<std::string> after{};
  using response = things;
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::get, "/list", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::query("after", &by_last::after),
                         ghl::by_cursor(&by_last::after, ghl::last(&thing::id), &things::items));
  }
};
static_assert(ghl::well_formed<by_last>);

/// A cursor of any JSON, which the next request has in its body.
struct by_value {
  struct criteria {
    std::optional<ghl::json_value> after{};
    static consteval auto fields() { return ghl::fields(ghl::field("searchAfter", &criteria::after)); }
  } body;
  struct response {
    std::vector<thing> items;
    std::optional<ghl::json_value> sort;
    static consteval auto fields() {
      return ghl::fields(ghl::field("items", &response::items), ghl::field("sort", &response::sort));
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("List", ghl::method::post, "/list", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::body(&by_value::body),
                         ghl::by_cursor(ghl::member(&by_value::body, &criteria::after), &response::sort,
                                        &response::items));
  }
};
static_assert(ghl::well_formed<by_value>);

template <class Transport, class... Options>
auto client_of(Transport transport, Options... options) {
  return ghl::client{std::move(transport), reads_and_writes{}, ghl::private_integration_token{"token"},
                     std::move(options)...};
}
auto client_of(const script& server) { return client_of(ghl::testing::scripted_transport{server}); }

std::string items(std::string_view list) { return R"({"items":[)" + std::string{list} + "]}"; }
const std::string a_and_b = R"({"id":"a"},{"id":"b"})";
const std::string c = R"({"id":"c"})";

template <class Pages>
std::string all_ids(Pages& all) {
  std::string ids;
  for (const auto& item : all) ids += item.id;
  return ids;
}

}  // namespace

TEST_CASE("a loop goes through all items, and asks for a page when it is needed") {
  script server;
  int calls = 0;
  server.expect(ghl::method::get, "/list?limit=2").answer(200, items(a_and_b)).meanwhile([&] { ++calls; });
  server.expect(ghl::method::get, "/list?skip=2&limit=2").answer(200, items(c)).meanwhile([&] { ++calls; });
  server.expect(ghl::method::get, "/list?skip=3&limit=2").answer(200, items("")).meanwhile([&] { ++calls; });
  auto api = client_of(server);

  ghl::pages all{api, by_skip{.limit = 2}};
  CHECK(calls == 0);
  std::string seen;
  for (thing& item : all) seen += item.id + std::to_string(calls);
  CHECK(seen == "a1b1c2");
  CHECK(calls == 3);
  CHECK_FALSE(all.failed());
  CHECK(all.next_request().skip == 3);
  CHECK_FALSE(all.next());  // and no more is asked for
}

TEST_CASE("the lists of the API have the word") {
  script server;
  server.expect(ghl::method::get, "/links/search?locationId=l&query=sale").answer(200, R"({"links":[{"id":"a"}]})");
  server.expect(ghl::method::get, "/links/search?locationId=l&query=sale&skip=1").answer(200, R"({"links":[]})");
  auto api = client_of(server);
  ghl::pages all{api, ghl::links::search_trigger_links{.location_id = "l", .query = "sale"}};
  std::string ids;
  for (ghl::links::link& link : all) ids += link.id.value_or("");
  CHECK(ids == "a");
  CHECK_FALSE(all.failed());
}

TEST_CASE("a page that is shorter than was asked for is not the last") {
  script server;
  server.expect(ghl::method::get, "/list?limit=500").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2&limit=500").answer(200, items(c));
  server.expect(ghl::method::get, "/list?skip=3&limit=500").answer(200, items(""));
  auto api = client_of(server);
  ghl::pages all{api, by_skip{.limit = 500}};
  CHECK(all_ids(all) == "abc");
}

TEST_CASE("an error ends the list and says where to go on") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2").answer(500, R"({"message":"Internal server error"})");
  auto api = client_of(server);
  ghl::pages first{api, by_skip{}};
  CHECK(all_ids(first) == "ab");
  REQUIRE(first.failed());
  CHECK(first.error().status == 500);
  CHECK(first.page().empty());
  CHECK_FALSE(first.next());  // it is over

  server.expect(ghl::method::get, "/list?skip=2").answer(200, items(c));
  server.expect(ghl::method::get, "/list?skip=3").answer(200, items(""));
  ghl::pages rest{api, first.next_request()};
  CHECK(all_ids(rest) == "c");
  CHECK_FALSE(rest.failed());
}

TEST_CASE("page by page, with the rest of each answer") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, R"({"items":[{"id":"a","changed":7},{"id":"b"}]})");
  server.expect(ghl::method::get, "/list?skip=2").answer(200, items(""));
  auto api = client_of(server);
  ghl::pages all{api, by_skip{}};
  CHECK(all.page().empty());
  REQUIRE(all.next());
  REQUIRE(all.page().size() == 2);
  CHECK(all.page()[1].id == "b");
  REQUIRE(all.answer().mismatches().size() == 1);
  CHECK(all.answer().mismatches()[0].path == "items[0].changed");
  CHECK_FALSE(all.next());
  CHECK(all.page().empty());
}

TEST_CASE("a loop that was left goes on in the next one") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2").answer(200, items(c));
  server.expect(ghl::method::get, "/list?skip=3").answer(200, items(""));
  auto api = client_of(server);
  ghl::pages all{api, by_skip{}};
  for (const thing& item : all)
    if (item.id == "b") break;
  CHECK(all.page().size() == 1);
  CHECK(all_ids(all) == "bc");
}

TEST_CASE("a position may be a text, and required") {
  script server;
  server.expect(ghl::method::get, "/list?offset=10&limit=2").answer(200, R"({"data":[{"id":"a"},{"id":"b"}]})");
  server.expect(ghl::method::get, "/list?offset=12&limit=2").answer(200, R"({"data":null})");
  auto api = client_of(server);
  ghl::pages all{api, by_text{.offset = "10", .limit = "2"}};
  CHECK(all_ids(all) == "ab");
  CHECK_FALSE(all.failed());
}

TEST_CASE("a position that is no number ends the list behind its first page") {
  script server;
  server.expect(ghl::method::get, "/list?offset=ten&limit=2").answer(200, R"({"data":[{"id":"a"}]})");
  auto api = client_of(server);
  ghl::pages all{api, by_text{.offset = "ten", .limit = "2"}};
  CHECK(all_ids(all) == "a");
  REQUIRE(all.failed());
  CHECK(all.error().fault == ghl::fault::wrong_value);
  CHECK(all.error().endpoint == "List");
}

TEST_CASE("a position may be in a body that is not there yet, and the response may be the list") {
  script server;
  server.expect(ghl::method::post, "/list").answer(200, "[" + c + "]");
  server.expect(ghl::method::post, "/list").body(R"({"skip":1.000000})").answer(200, "[]");
  auto api = client_of(server);
  ghl::pages all{api, by_body{}};
  CHECK(all_ids(all) == "c");
}

TEST_CASE("pages are counted from one, or from where the word says") {
  script server;
  auto api = client_of(server);
  server.expect(ghl::method::get, "/list").answer(200, items(c));
  server.expect(ghl::method::get, "/list?page=2").answer(200, items(""));
  ghl::pages from_one{api, by_page<1>{}};
  CHECK(all_ids(from_one) == "c");
  server.expect(ghl::method::get, "/list").answer(200, items(c));
  server.expect(ghl::method::get, "/list?page=1").answer(200, items(""));
  ghl::pages from_nought{api, by_page<0>{}};
  CHECK(all_ids(from_nought) == "c");
  server.expect(ghl::method::get, "/list?page=7").answer(200, items(c));
  server.expect(ghl::method::get, "/list?page=8").answer(200, items(""));
  ghl::pages from_seven{api, by_page<0>{.page = 7}};
  CHECK(all_ids(from_seven) == "c");
}

TEST_CASE("cursors come from the response, and a number becomes the text that it is") {
  script server;
  server.expect(ghl::method::get, "/list")
      .answer(200, R"({"items":[{"id":"a"}],"meta":{"next":1600000000000,"nextId":"a"}})");
  server.expect(ghl::method::get, "/list?after=1600000000000&afterId=a")
      .answer(200, R"({"items":[{"id":"b"}],"meta":{"nextId":"b"}})");
  server.expect(ghl::method::get, "/list?afterId=b").answer(200, R"({"items":[{"id":"c"}],"meta":{"nextId":""}})");
  auto api = client_of(server);
  ghl::pages all{api, by_two{}};
  CHECK(all_ids(all) == "abc");
  CHECK_FALSE(all.failed());
  CHECK(all.next_request().after_id == "b");
}

TEST_CASE("a page without what its cursors are in is the last") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(c));
  auto api = client_of(server);
  ghl::pages all{api, by_two{}};
  CHECK(all_ids(all) == "c");
  CHECK_FALSE(all.failed());
}

TEST_CASE("a cursor may be a member of the last item, or any JSON") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?after=b").answer(200, items(c));
  server.expect(ghl::method::get, "/list?after=c").answer(200, items(""));
  auto api = client_of(server);
  ghl::pages all{api, by_last{}};
  CHECK(all_ids(all) == "abc");

  server.expect(ghl::method::post, "/list").body("{}").answer(200, R"({"items":[{"id":"a"}],"sort":[7,"a"]})");
  server.expect(ghl::method::post, "/list").body(R"({"searchAfter":[7,"a"]})").answer(200, R"({"items":[{"id":"b"}]})");
  ghl::pages sorted{api, by_value{}};
  CHECK(all_ids(sorted) == "ab");
  CHECK_FALSE(sorted.failed());
}

TEST_CASE("a page that came before ends the list as an error") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2").answer(200, items(a_and_b));  // it does not know skip
  auto api = client_of(server);
  ghl::pages all{api, by_skip{}};
  CHECK(all_ids(all) == "ab");
  REQUIRE(all.failed());
  CHECK(all.error().fault == ghl::fault::repeated_page);
  CHECK(all.error().kind == ghl::error_kind::decode);
  CHECK(all.error().message().find("List: the page came before, so that the list would have no end") == 0);
  CHECK_FALSE(all.next());
}

TEST_CASE("pages that come in turn end the list, too") {
  int calls = 0;
  const auto swinging = [&](const ghl::http::request&) {
    return ghl::http::response{.status = 200, .body = items(++calls % 2 == 0 ? a_and_b : c)};
  };
  auto api = client_of(swinging);
  ghl::pages all{api, by_skip{}};
  for (const thing& item : all) REQUIRE(!item.id.empty());
  REQUIRE(all.failed());
  CHECK(all.error().fault == ghl::fault::repeated_page);
  CHECK(calls <= 5);
}

TEST_CASE("items that cannot be read are no end of the list") {
  for (const char* answer : {R"({"items":[{"id":7}]})", R"({"items":{"id":"a"}})", R"({"items":"a"})"}) {
    script server;
    server.expect(ghl::method::get, "/optional").answer(200, R"({"items":[{"id":"a"}]})");
    server.expect(ghl::method::get, "/optional?skip=1").answer(200, answer);
    auto api = client_of(server);
    ghl::pages all{api, by_optional{}};
    CAPTURE(answer);
    CHECK(all_ids(all) == "a");
    REQUIRE(all.failed());
    CHECK(all.error().fault == ghl::fault::wrong_type);
    CHECK(all.error().where.find("items") == 0);
    CHECK(all.next_request().skip == 1);
  }
  script server;
  server.expect(ghl::method::get, "/optional").answer(200, R"({"items":null,"total":"many"})");
  auto api = client_of(server);
  ghl::pages none{api, by_optional{}};
  CHECK(all_ids(none).empty());
  CHECK_FALSE(none.failed());  // what was wrong is no part of the list
}

TEST_CASE("a cursor that cannot be read is no end of the list") {
  for (const char* meta : {R"({"next":"soon"})", R"({"nextId":7})", "3"}) {
    script server;
    server.expect(ghl::method::get, "/list").answer(200, R"({"items":[{"id":"a"}],"meta":)" + std::string{meta} + "}");
    auto api = client_of(server);
    ghl::pages all{api, by_two{}};
    CAPTURE(meta);
    CHECK(all_ids(all) == "a");
    REQUIRE(all.failed());
    CHECK(all.error().fault == ghl::fault::wrong_type);
    CHECK(all.error().where == "the place of the next page");
  }
}

TEST_CASE("a cursor that came before ends the list behind its page, however long the circle is") {
  for (const int length : {1, 2, 3, 5, 8, 13}) {
    // Each page is new, and the cursors go round.
    int calls = 0;
    const auto circling = [&](const ghl::http::request&) {
      const int at = calls++;
      return ghl::http::response{.status = 200,
                                 .body = R"({"items":[{"id":")" + std::to_string(at) + R"("}],"meta":{"nextId":"c)" +
                                         std::to_string(at % length) + R"("}})"};
    };
    auto api = client_of(circling);
    ghl::pages all{api, by_two{}};
    std::size_t count = 0;
    for (const thing& item : all) count += item.id.empty() ? 0U : 1U;
    CAPTURE(length);
    REQUIRE(all.failed());
    CHECK(all.error().fault == ghl::fault::repeated_page);
    CHECK(count == static_cast<std::size_t>(calls));  // what came was given
    CHECK(calls <= 4 * length + 1);
  }
}

TEST_CASE("the options of a call hold for each page, and the client's own rules") {
  bool stopped = false;
  script server;
  server.expect(ghl::method::get, "/list").timeout(5s).answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2").timeout(5s).fails(ghl::fault::timeout, ghl::sent::no);
  server.expect(ghl::method::get, "/list?skip=2").answer(200, items(c)).meanwhile([&] { stopped = true; });
  auto api = client_of(ghl::testing::scripted_transport{server}, ghl::retry{.attempts = 2, .spread = 0ms});
  ghl::pages all{api, by_skip{}, ghl::deadline{5s}, flag{&stopped}};
  CHECK(all_ids(all) == "ab");
  REQUIRE(all.failed());
  CHECK(all.error().fault == ghl::fault::cancelled);
  CHECK(all.error().tried.size() == 1);
}

TEST_CASE("a const client serves too") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(""));
  const auto api = client_of(server);
  ghl::pages all{api, by_skip{}};
  CHECK(all_ids(all).empty());
  CHECK_FALSE(all.failed());
}

#if !defined(__clang__) || __clang_major__ >= 16 || defined(_LIBCPP_VERSION)
TEST_CASE("standard views work, and take() asks for no page that it does not need") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  auto api = client_of(server);
  ghl::pages all{api, by_skip{}};
  static_assert(std::input_iterator<decltype(all.begin())>);
  static_assert(std::ranges::input_range<decltype(all)>);
  std::string ids;
  for (const std::string& id : all | std::views::transform(&thing::id) | std::views::take(2)) ids += id;
  CHECK(ids == "ab");
}
#endif

TEST_CASE("over coroutines a page is awaited") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2").answer(200, items(c));
  server.expect(ghl::method::get, "/list?skip=3").answer(200, items(""));
  auto api = client_of(ghl::testing::scripted_coroutine_transport<task>{server});
  ghl::pages all{api, by_skip{}};
  const auto read = [](auto& list) -> task<std::string> {
    std::string ids;
    while (co_await list.next())
      for (const thing& item : list.page()) ids += item.id;
    co_return ids;
  };
  CHECK(run(read(all)) == "abc");
  CHECK_FALSE(all.failed());
}

TEST_CASE("over callbacks a handler is called for each page") {
  script server;
  server.hold();
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2").fails(ghl::fault::connect, ghl::sent::no);
  auto api = client_of(ghl::testing::scripted_callback_transport{server});
  ghl::pages all{api, by_skip{}};
  std::string ids;
  int ends = 0;
  struct reader {
    decltype(all)* list;
    std::string* to;
    int* ended;
    void operator()(bool more) const {
      if (!more) return static_cast<void>(++*ended);
      for (const thing& item : list->page()) *to += item.id;
      list->next(*this);
    }
  };
  all.next(reader{&all, &ids, &ends});
  CHECK(server.deliver() == 2);
  CHECK(ids == "ab");
  CHECK(ends == 1);
  CHECK(all.error().fault == ghl::fault::connect);
  CHECK(all.next_request().skip == 2);
  all.next(reader{&all, &ids, &ends});
  CHECK(ends == 2);
}

TEST_CASE("over futures a page is waited for") {
  script server;
  server.expect(ghl::method::get, "/list").answer(200, items(a_and_b));
  server.expect(ghl::method::get, "/list?skip=2").answer(200, items(""));
  auto api = client_of(ghl::testing::scripted_future_transport{server});
  ghl::pages all{api, by_skip{}};
  auto coming = all.next();
  REQUIRE(coming.get());
  CHECK(all.page().size() == 2);
  CHECK_FALSE(all.next().get());
  CHECK_FALSE(all.next().get());
  CHECK_FALSE(all.failed());
}
