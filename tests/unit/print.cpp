// What a check that fails says of the library's values.
#include "../catch.hpp"

#include <ghl/auth/tokens.hpp>

#include <optional>
#include <string>
#include <vector>

using Catch::Detail::stringify;
using ghl::milliseconds;

TEST_CASE("a value is printed by its members that differ from their defaults") {
  CHECK(stringify(ghl::fault::dot_segment) == "dot_segment");
  CHECK(stringify(ghl::method::del) == "DELETE");
  CHECK(stringify(milliseconds{20}) == "20 ms");
  CHECK(stringify(std::optional{milliseconds{20}}) == "20 ms");
  CHECK(stringify(std::optional<milliseconds>{}) == "{ }");
  CHECK(stringify(ghl::step{.what = ghl::step::wait, .time = milliseconds{5}}) == "wait{time=5 ms}");
  CHECK(stringify(ghl::step{.what = ghl::step::done}) == "done{}");
  CHECK(stringify(ghl::rate_limit{.max = 100, .daily_remaining = 0}) == "rate_limit{max=100, daily_remaining=0}");
  CHECK(stringify(std::vector<ghl::attempt>{{.number = 2, .why = ghl::reason::gateway, .status = 503}}) ==
        "{ attempt{number=2, wait=0 ms, why=the gateway failed, status=503, was_sent=not sent} }");
  CHECK(stringify(ghl::transport_error(ghl::fault::timeout, ghl::sent::maybe)) ==
        "error{kind=transport, fault=timeout, was_sent=maybe sent}");
}

TEST_CASE("a result is printed as its value or its error") {
  CHECK(stringify(ghl::result<std::string>{"text"}) == "result{\"text\"}");
  CHECK(stringify(ghl::result<int>{ghl::invalid_request(ghl::fault::empty_value, "id")}) ==
        "error{kind=invalid_request, fault=empty_value, was_sent=not sent, where=\"id\"}");
}

TEST_CASE("no secret is printed, wherever it stands") {
  const ghl::secret hush{"hush-hush"};
  ghl::error e = ghl::invalid_request(ghl::fault::tokens_not_stored, "tokens");
  e.unsaved_tokens.push_back({.access_token = hush, .refresh_token = hush});
  const ghl::http::request request{.headers = {{"AUTHORIZATION", "Bearer hush-hush"}, {"Accept", "*/*"}}};
  CHECK(stringify(hush) == "[secret]");
  CHECK(stringify(ghl::access_token{"hush-hush"}) == "[secret]");
  CHECK(stringify(request.headers) == "{AUTHORIZATION: [secret], Accept: */*}");
  CHECK(stringify(request).find("hush") == std::string::npos);
  CHECK(stringify(ghl::token_pair{.access_token = hush, .expires_in_s = 60}) ==
        "token_pair{access_token=[secret], refresh_token=\"\", expires_in_s=60}");
  CHECK(stringify(e).find("hush") == std::string::npos);
  CHECK(stringify(ghl::result<int>{e}).find("[secret]") != std::string::npos);
}
