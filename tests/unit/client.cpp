// The client with a transport that is a lambda: what is sent, what comes back, what can be plugged in.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "flat_json.hpp"
#include "scripted_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include <chrono>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

using namespace fixture;
using ghl::http::request;
using ghl::http::response;

namespace {

bool says_message(ghl::json_reader& to) {
  return to.begin_object() && to.key("message") && to.string("you sent Bearer hush-hush") && to.key("traceId") &&
         to.string("hush-hush") && to.end_object();
}

}  // namespace

TEST_CASE("a call goes through the transport and comes back typed") {
  std::vector<request> seen;
  ghl::client api{[&](const request& r) -> response {
                    seen.push_back(r);
                    return {.status = 201, .body = "{}"};
                  },
                  json, ghl::private_integration_token{"t"},
                  ghl::user_agent{"tests/1"}, ghl::base_url{"http://127.0.0.1:8080"}};
  const auto done = api.call(call);
  REQUIRE(done);
  CHECK(done->succeeded == true);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].origin() == "http://127.0.0.1:8080");
  CHECK(seen[0].target() == "/links/x");
  CHECK(seen[0].headers.get("Authorization") == "Bearer t");
  CHECK(seen[0].headers.get("User-Agent") == "tests/1");
}

TEST_CASE("nothing is sent where the request is refused") {
  int sent = 0;
  ghl::client api{[&](const request&) -> response { return ++sent, response{}; }, scripted_json{},
                  ghl::private_integration_token{"t"}};
  CHECK(api.call(delete_link{.link_id = ".."}).error().fault == ghl::fault::dot_segment);
  CHECK(sent == 0);
}

TEST_CASE("the error of a transport reaches the caller, with the endpoint's title") {
  ghl::client api{[](const request&) -> ghl::result<response> {
                    return ghl::transport_error(ghl::fault::connect, ghl::sent::no, "refused");
                  },
                  scripted_json{}, ghl::private_integration_token{"t"}};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().kind == ghl::error_kind::transport);
  CHECK(r.error().fault == ghl::fault::connect);
  CHECK(r.error().was_sent == ghl::sent::no);
  CHECK(r.error().remedy() == ghl::remedy::retry);
  CHECK(r.error().message() ==
        "Delete Link: no connection to the server (refused); nothing was sent; the call may be repeated");
}

TEST_CASE("a token that the server sends back is in no error") {
  ghl::client api{[](const request& r) -> response {
                    return {.status = 400,
                            .headers = {{"Content-Type", "x; hush-hush"}},
                            .body = "{" + std::string{*r.headers.get("Authorization")}};
                  },
                  scripted_json{.script = says_message}, ghl::access_token{"hush-hush"}};
  const auto r = api.call(call);
  REQUIRE(!r);
  const ghl::error& e = r.error();
  CHECK(e.excerpt == "{Bearer [token]");
  CHECK(e.content_type == "x; [token]");
  CHECK(e.trace_id == "[token]");
  CHECK(e.messages == std::vector<std::string>{"you sent Bearer [token]"});
  CHECK(e.message().find("hush") == std::string::npos);
}

TEST_CASE("no part of a token stays where the excerpt is cut") {
  const std::string secret_text = std::string(100, 'a') + std::string(100, 'b');
  for (std::size_t before = 820; before <= 1030; ++before) {
    const response echoed{.status = 500, .body = std::string(before, ' ') + secret_text};
    ghl::client api{[&](const request&) { return echoed; }, scripted_json{}, ghl::access_token{secret_text}};
    const auto r = api.call(call);
    REQUIRE(!r);
    CHECK(r.error().excerpt.size() <= ghl::error::excerpt_limit);
    CHECK(r.error().excerpt.find("aaaa") == std::string::npos);
  }
}

TEST_CASE("of what the server writes an error keeps a part, and no part of a token stays where that is cut") {
  const std::string secret_text = std::string(100, 'a') + std::string(100, 'b');
  for (const std::size_t before : {820U, 900U, 924U, 1000U, 1023U, 1024U, 200'000U}) {
    std::string body = R"({"message":[)";
    for (int i = 0; i < 100; ++i) body += (i == 0 ? "\"" : ",\"") + std::string(before, '.') + secret_text + "\"";
    body += R"(],"traceId":")" + std::string(before, '.') + secret_text + "\"}";
    ghl::client api{[&](const request&) -> response { return {.status = 500, .body = body}; }, flat_json{},
                    ghl::access_token{secret_text}};
    const auto r = api.call(call);
    REQUIRE(!r);
    REQUIRE(r.error().messages.size() == ghl::error::most_messages);
    for (const std::string& text : r.error().messages) {
      CHECK(text.size() <= ghl::error::excerpt_limit);
      CHECK(text.size() >= 820);
      CHECK(text.find("aaaa") == std::string::npos);
    }
    CHECK(r.error().trace_id.size() <= ghl::error::excerpt_limit);
    CHECK(r.error().trace_id.find("aaaa") == std::string::npos);
    CHECK(r.error().message().size() < 80'000);
  }
}

TEST_CASE("taking a token out ends, whatever the token is") {
  for (const std::string& secret_text : {std::string{"t"}, std::string{"token"}, std::string{"[token][token]"}}) {
    std::string text = "a token, [token][token], the end";
    ghl::detail::redact(text, secret_text);
    CHECK(text == (secret_text.size() < 8 ? "a token, [token][token], the end" : "a token, [token], the end"));
  }
}

TEST_CASE("a credential prints as nothing") {
  std::ostringstream out;
  out << ghl::private_integration_token{"hush-hush"} << ghl::access_token{"hush-hush", ghl::scopes<"links.write">};
  CHECK(out.str() == "[secret][secret]");
}

TEST_CASE("a credential may be any callable that yields a token, or the reason why there is none") {
  std::string seen;
  const auto transport = [&](const request& r) -> response {
    seen = r.headers.get("Authorization").value_or("");
    return {.status = 200, .body = "{}"};
  };
  int asked = 0;
  ghl::client api{transport, json, [&] { return "token-" + std::to_string(++asked); }};
  CHECK(api.call(call));
  CHECK(seen == "Bearer token-1");
  CHECK(api.call(call));
  CHECK(seen == "Bearer token-2");

  ghl::client failing{transport, scripted_json{}, []() -> ghl::result<std::string> {
                        return ghl::invalid_request(ghl::fault::other, "the vault");
                      }};
  CHECK(failing.call(call).error().where == "the vault");
}

TEST_CASE("facts of a credential cost nothing and are checked") {
  ghl::client api{[](const request&) -> response { return {.status = 200, .body = "{}"}; }, json,
                  ghl::access_token{"t", ghl::scopes<"links.write", "contacts.readonly">,
                                    ghl::token_type<ghl::token::sub_account>}};
  CHECK(api.call(call));
  using narrow = decltype(ghl::access_token{"t", ghl::scopes<"links.readonly">});
  using agency = decltype(ghl::access_token{"t", ghl::token_type<ghl::token::agency>});
  static_assert(narrow::grants("links.readonly") && !narrow::grants("links.write"));
  static_assert(!agency::serves(ghl::endpoint_of<delete_link>));
  static_assert(sizeof(narrow) == sizeof(std::string) && sizeof(agency) == sizeof(std::string));
}

TEST_CASE("a deadline holds for a client or for one call") {
  using namespace std::chrono_literals;
  std::int64_t timeout = 0;
  ghl::client api{[&](const request& r) -> response {
                    timeout = r.timeout.count();
                    return {.status = 200, .body = "{}"};
                  },
                  json, ghl::private_integration_token{"t"}, ghl::deadline{5s}};
  CHECK(api.call(call));
  CHECK(timeout == 5000);
  CHECK(api.call(call, ghl::deadline{250ms}));
  CHECK(timeout == 250);
  CHECK(api.call(call));
  CHECK(timeout == 5000);
}

namespace {

struct by_value {
  response operator()(request) const noexcept { return {.status = 200, .body = "{}"}; }
};
struct decode_only {
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    return T{};
  }
};
struct not_const {
  int calls = 0;
  ghl::result<response> operator()(const request&) {
    ++calls;
    return response{.status = 200, .body = "{}"};
  }
};

}  // namespace

static_assert(ghl::blocking_transport<by_value> && ghl::blocking_transport<not_const>);
static_assert(ghl::blocking_transport<response (*)(const request&)>);
static_assert(ghl::blocking_transport<std::function<ghl::result<response>(const request&)>>);
static_assert(!ghl::blocking_transport<int> && !ghl::blocking_transport<std::function<int(const request&)>>);
static_assert(ghl::json_policy<scripted_json, delete_link::response>);
static_assert(ghl::json_decoder<decode_only, bool> && !ghl::json_encoder<decode_only, bool>);
static_assert(ghl::credential<ghl::private_integration_token<>> && ghl::credential<std::string (*)()>);
static_assert(!ghl::credential<int> && !ghl::credential<int (*)()>);

TEST_CASE("whatever works is taken: by value, noexcept, const, stateful, shared, decode-only") {
  const ghl::client constant{by_value{}, decode_only{}, ghl::private_integration_token{"t"}};
  CHECK(constant.call(call));
  not_const shared;
  ghl::client first{std::ref(shared), decode_only{}, ghl::private_integration_token{"t"}};
  ghl::client second{std::ref(shared), decode_only{}, ghl::private_integration_token{"t"}};
  CHECK(first.call(call));
  CHECK(second.call(call));
  CHECK(shared.calls == 2);
  ghl::client moved = std::move(first);
  CHECK(moved.call(call));
}

namespace {

struct delete_thing {
  std::string id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Delete Thing", ghl::method::del, "/things/:id", ghl::token::sub_account,
                         ghl::path("id", &delete_thing::id));
  }
};

}  // namespace

TEST_CASE("an endpoint without a response body reads none") {
  ghl::client api{[](const request&) -> response { return {.status = 204}; }, scripted_json{},
                  ghl::private_integration_token{"t"}};
  CHECK(api.call(delete_thing{.id = "a"}));
}

TEST_CASE("an answer without a status is no answer, and the error says so") {
  for (const int status : {0, -1, 99, 1000}) {
    ghl::client api{[&](const request&) { return response{.status = status, .body = "{}"}; }, scripted_json{}, token};
    const auto r = api.call(call);
    REQUIRE_FALSE(r);
    CHECK(r.error().kind == ghl::error_kind::transport);
    CHECK(r.error().was_sent == ghl::sent::maybe);
    CHECK(r.error().message().find("the answer has no HTTP status") != std::string::npos);
  }
}

TEST_CASE("a client that was moved from sends nothing") {
  int sends = 0;
  const auto transport = [&](const request&) { return ++sends, fixture::created; };
  ghl::client plain{transport, scripted_json{}, ghl::private_integration_token{std::string(40, 't')}};
  ghl::client retrying{transport, scripted_json{}, ghl::private_integration_token{std::string(40, 't')}, ghl::retry{}};
  const auto moved = std::move(plain);
  const auto moved_too = std::move(retrying);
  CHECK(plain.call(call).error().fault == ghl::fault::empty_token);
  CHECK(retrying.call(call).error().fault == ghl::fault::empty_token);
  CHECK(sends == 0);
}

TEST_CASE("a JSON policy and a token are shared by std::ref, and are what they refer to") {
  std::vector<std::string> sent;
  const auto transport = [&](const request& r) -> response {
    sent.emplace_back(r.headers.get("Authorization").value_or(""));
    return {.status = 200, .body = "{}"};
  };
  auto policy = json;
  ghl::access_token shared{"one", ghl::scopes<"links.write">};
  ghl::client api{transport, std::ref(policy), std::ref(shared)};
  CHECK(api.call(call));
  shared = ghl::access_token{"two", ghl::scopes<"links.write">};
  CHECK(api.call(call));
  CHECK(sent == std::vector<std::string>{"Bearer one", "Bearer two"});
}

TEST_CASE("what an environment variable that is not set gives is an error of the call") {
  const char* const unset = nullptr;
  int sent = 0;
  const auto transport = [&](const request&) -> response { return ++sent, response{}; };
  const auto refused = [&](auto credential, auto... options) {
    ghl::client api{transport, json, credential, options...};
    return api.call(call).error();
  };
  CHECK(refused(ghl::private_integration_token{unset}).fault == ghl::fault::empty_token);
  CHECK(refused(ghl::access_token{unset}).fault == ghl::fault::empty_token);
  CHECK(refused([=] { return unset; }).fault == ghl::fault::empty_token);
  CHECK(refused([] { return "t"; }, ghl::base_url{unset}).fault == ghl::fault::empty_base_url);
  CHECK(refused([] { return "t"; }, ghl::user_agent{unset}).fault == ghl::fault::bad_user_agent);
  CHECK(ghl::secret{unset}.reveal().empty());

  ghl::client api{transport, json, ghl::private_integration_token{"t"}};
  CHECK(api.call(delete_link{.link_id = unset}).error().fault == ghl::fault::empty_value);
  CHECK(sent == 0);
}
