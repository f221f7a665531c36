// An attempt as a line of text, and the names of what went wrong.
#include "../catch.hpp"

#include <ghl/observe.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

using ghl::observation;
using ghl::to_line;

namespace {

const observation deleted{.endpoint = "Delete Link",
                          .method = "DELETE",
                          .path_template = "/links/:linkId",
                          .server_address = "services.leadconnectorhq.com",
                          .server_port = 443,
                          .status = 201,
                          .duration = ghl::milliseconds{123}};

}  // namespace

TEST_CASE("an attempt is one line in the words of OpenTelemetry") {
  CHECK(to_line(deleted) ==
        "http.request.method=DELETE url.template=/links/:linkId http.response.status_code=201 "
        "http.client.request.duration=0.123 server.address=services.leadconnectorhq.com server.port=443 "
        "ghl.endpoint=\"Delete Link\"");
}

TEST_CASE("an attempt that failed, was not the first and not the last says so") {
  observation o = deleted;
  o.status = 429;
  o.error_type = "429";
  o.attempt = 3;
  o.wait = ghl::milliseconds{10'500};
  o.duration = ghl::milliseconds{2'000};
  o.last = false;
  CHECK(to_line(o) ==
        "http.request.method=DELETE url.template=/links/:linkId http.response.status_code=429 error.type=429 "
        "http.client.request.duration=2 http.request.resend_count=2 server.address=services.leadconnectorhq.com "
        "server.port=443 ghl.endpoint=\"Delete Link\" ghl.wait=10.5 ghl.last=false");
}

TEST_CASE("what is not known is left out") {
  CHECK(to_line({.endpoint = "E", .method = "GET", .path_template = "/", .error_type = "timeout"}) ==
        "http.request.method=GET url.template=/ error.type=timeout http.client.request.duration=0 ghl.endpoint=E");
}

TEST_CASE("the target is there when it was asked for, as path and query") {
  observation o{.endpoint = "E", .method = "GET", .path_template = "/links/", .duration = ghl::milliseconds{7}};
  o.target = "/links/?locationId=x";
  CHECK(to_line(o) == "http.request.method=GET url.template=/links/ http.client.request.duration=0.007 "
                      "url.path=/links/ url.query=\"locationId=x\" ghl.endpoint=E");
  o.target = "/links/x";
  CHECK(to_line(o) == "http.request.method=GET url.template=/links/ http.client.request.duration=0.007 "
                      "url.path=/links/x ghl.endpoint=E");
}

TEST_CASE("no value leaves its line or its quotes") {
  const auto endpoint = [](std::string_view text) {
    const std::string line = to_line({.endpoint = text, .method = "GET", .path_template = "/"});
    return line.substr(line.find("ghl.endpoint="));
  };
  CHECK(endpoint("") == "ghl.endpoint=\"\"");
  CHECK(endpoint("a b") == "ghl.endpoint=\"a b\"");
  CHECK(endpoint("a\"b\\") == "ghl.endpoint=\"a\\\"b\\\\\"");
  CHECK(endpoint("a\r\nb\x7F\x01") == "ghl.endpoint=\"a\\x0d\\x0ab\\x7f\\x01\"");
  CHECK(endpoint("a=b") == "ghl.endpoint=\"a=b\"");
  CHECK(endpoint("\xC3\xA9") == "ghl.endpoint=\xC3\xA9");
}

TEST_CASE("print_line prints a whole line to its file") {
  std::FILE* const file = std::tmpfile();
  REQUIRE(file != nullptr);
  const ghl::print_line hook{file};
  hook(deleted);
  hook(deleted);
  std::rewind(file);
  std::string text(4'096, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  CHECK(text == to_line(deleted) + "\n" + to_line(deleted) + "\n");
  CHECK(ghl::print_line{}.to == stderr);
}

TEST_CASE("ghl::observe keeps its hook and asks for the target by name") {
  std::vector<std::string> seen;
  const ghl::observe plain{[&](const observation& o) { seen.emplace_back(o.endpoint); }};
  const ghl::observe with_target{ghl::print_line{}, ghl::with_target};
  static_assert(ghl::call_policy<decltype(plain)> && ghl::call_policy<decltype(with_target)>);
  static_assert(!decltype(plain)::wants_target && decltype(with_target)::wants_target);
  static_assert(!ghl::detail::target_observer<decltype(plain)> && ghl::detail::target_observer<decltype(with_target)>);
  static_assert(ghl::observer<decltype(plain)> && ghl::observer<decltype(with_target)>);
  const auto copy = plain;
  plain.observed(deleted);
  copy.observed(deleted);
  CHECK(seen == std::vector<std::string>{"Delete Link", "Delete Link"});
  const ghl::observe function{+[](const observation&) {}};
  function.observed(deleted);
}

TEST_CASE("error.type is the status that the server sent, else the name of the fault") {
  using ghl::detail::error_type_of;
  ghl::error e;
  e.kind = ghl::error_kind::status;
  e.status = 404;
  e.fault = ghl::fault::probably_deleted;
  CHECK(error_type_of(e) == "404");
  CHECK(error_type_of(ghl::transport_error(ghl::fault::timeout)) == "timeout");
  CHECK(error_type_of(ghl::transport_error(ghl::fault::other)) == "_OTHER");
  CHECK(error_type_of(ghl::decode_error(ghl::fault::missing_field, "id")) == "missing_field");
  CHECK(error_type_of(ghl::invalid_request(ghl::fault::tokens_not_stored, "t")) == "tokens_not_stored");
  CHECK(error_type_of(ghl::error{}) == "_OTHER");
}

TEST_CASE("every fault has a name of its own, of small letters") {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(ghl::fault::nested_too_deeply); ++i) {
    const std::string_view name = ghl::name_of(static_cast<ghl::fault>(i));
    INFO(name);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
    for (const std::string_view other : names) CHECK(other != name);
    names.push_back(name);
  }
  CHECK(ghl::name_of(ghl::fault::tokens_not_stored) == "tokens_not_stored");
}
