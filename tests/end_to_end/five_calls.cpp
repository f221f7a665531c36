// The five calls against the sandbox, over HTTP: what is asked for happens, once, and nothing else does.
#include "../catch.hpp"
#include "../json_policy.hpp"

#include <sandbox/sandbox.hpp>

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/transport/httplib.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using ghl_sandbox::sandbox;
using strings = std::vector<std::string>;

auto client_of(const sandbox& server, const std::string& token = "sandbox-token") {
  return ghl::client{ghl::httplib_transport{}, json_policy{}, ghl::private_integration_token{token},
                     ghl::base_url{server.url()}};
}

template <class Outcome>
void failed(const Outcome& outcome, int status, const strings& messages, ghl::remedy remedy) {
  REQUIRE(!outcome);
  CHECK(outcome.error().kind == ghl::error_kind::status);
  CHECK(outcome.error().status == status);
  CHECK(outcome.error().messages == messages);
  CHECK(outcome.error().remedy() == remedy);
}

}  // namespace

TEST_CASE("Get Links gives the links of the location") {
  sandbox server;
  server.add_link({.id = "second", .name = "n\"\xC3\xA9", .redirect_to = {}, .field_key = {}, .location_id = "l&m=n"});
  auto api = client_of(server);
  const auto links = api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"});
  REQUIRE(links);
  CHECK(links->links == std::vector<ghl::links::link>{{.id = "n4AriwEnFrGh3tu08W0U",
                                                       .name = "first tag",
                                                       .redirect_to = "https://www.google.com/",
                                                       .field_key = "{{trigger_link.n4AriwEnFrGh3tu08W0U}}",
                                                       .location_id = "ve9EPM428h8vShlRW1KT"}});
  const auto others = api.call(ghl::links::get_links{.location_id = "l&m=n"});
  REQUIRE(others);
  REQUIRE(others->links.size() == 1);
  CHECK(others->links[0].name == "n\"\xC3\xA9");
  failed(api.call(ghl::links::get_links{.location_id = "elsewhere"}), 403,
         {"The token does not have access to this location."}, ghl::remedy::use_right_location);
  CHECK(server.requests("Get Links") == 3);
}

TEST_CASE("Delete Link removes that link and no other") {
  sandbox server;
  server.add_link({.id = "a/b?c#d%e f", .name = {}, .redirect_to = {}, .field_key = {}, .location_id = "l"});
  server.add_link({.id = "a", .name = {}, .redirect_to = {}, .field_key = {}, .location_id = "l"});
  auto api = client_of(server);
  const auto done = api.call(ghl::links::delete_link{.link_id = "a/b?c#d%e f"});
  REQUIRE(done);
  CHECK(done->succeeded == true);
  REQUIRE(server.links("l").size() == 1);
  CHECK(server.links("l")[0].id == "a");
  failed(api.call(ghl::links::delete_link{.link_id = "a/b?c#d%e f"}), 400, {"Bad Request"}, ghl::remedy::fix_request);
  CHECK(server.links("l").size() == 1);
  CHECK(server.links("ve9EPM428h8vShlRW1KT").size() == 1);
}

TEST_CASE("Remove Followers removes those and tells who is left") {
  sandbox server;
  auto api = client_of(server);
  const auto done = api.call(ghl::opportunities::remove_followers{
      .id = "sx6wyHhbFdRXh302Lunr", .body = {.followers = {"Mx6wyHhbFdRXh302Luer", "nobody", "Ka6wyHhbFdRXh302LLsAm"}}});
  REQUIRE(done);
  CHECK(done->followers == strings{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302LLss"});
  CHECK(done->followers_removed == strings{"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"});
  CHECK(server.followers("sx6wyHhbFdRXh302Lunr") == strings{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302LLss"});

  const auto nobody = api.call(ghl::opportunities::remove_followers{.id = "sx6wyHhbFdRXh302Lunr", .body = {strings{}}});
  failed(nobody, 422, {"followers should not be empty"}, ghl::remedy::fix_request);
  CHECK(nobody.error().trace_id == "4e76a0b1-7f0c-4a52-9d3e-5c1f2b6d8e90");
  failed(api.call(ghl::opportunities::remove_followers{.id = "unknown", .body = {.followers = {"a"}}}), 400, {"Bad Request"},
         ghl::remedy::fix_request);
}

TEST_CASE("Delete Association and Delete Conversation remove what they name") {
  sandbox server;
  auto api = client_of(server);
  const auto association = api.call(ghl::associations::delete_association{.association_id = "6d6f6e676f5f6576656e7473"});
  REQUIRE(association);
  CHECK(*association == ghl::associations::delete_association::response{true, "6d6f6e676f5f6576656e7473",
                                                                        "Association deleted successfully"});
  CHECK_FALSE(server.has_association("6d6f6e676f5f6576656e7473"));
  CHECK(server.has_conversation("tDtDnQdgm2LXpyiqYvZ6"));
  const auto conversation =
      api.call(ghl::conversations::delete_conversation{.conversation_id = "tDtDnQdgm2LXpyiqYvZ6"});
  REQUIRE(conversation);
  CHECK(conversation->success);
  CHECK_FALSE(server.has_conversation("tDtDnQdgm2LXpyiqYvZ6"));
}

TEST_CASE("a wrong token is told apart from a wrong private integration token") {
  sandbox server;
  auto wrong = client_of(server, "expired-access-token");
  failed(wrong.call(ghl::links::delete_link{.link_id = "n4AriwEnFrGh3tu08W0U"}), 401,
         {"Invalid token: access token is invalid"}, ghl::remedy::refresh_token);
  auto revoked = client_of(server, "pit-revoked");
  failed(revoked.call(ghl::links::delete_link{.link_id = "n4AriwEnFrGh3tu08W0U"}), 401,
         {"Invalid Private Integration token"}, ghl::remedy::replace_token);
  CHECK(server.links("ve9EPM428h8vShlRW1KT").size() == 1);
}

namespace {

/// Delete Link under a Version that it does not have, and under none.
struct wrong_version {
  std::string link_id;
  using response = ghl::links::delete_link::response;
  static consteval auto endpoint() {
    return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId", ghl::version("2021-04-15"),
                         ghl::token::sub_account, ghl::path("linkId", &wrong_version::link_id));
  }
};
struct no_version {
  std::string link_id;
  using response = ghl::links::delete_link::response;
  static consteval auto endpoint() {
    return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId", ghl::token::sub_account,
                         ghl::path("linkId", &no_version::link_id));
  }
};
/// A route that is not there.
struct no_route {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("No Route", ghl::method::get, "/no/route", ghl::token::sub_account);
  }
};

}  // namespace

TEST_CASE("the sandbox insists on each endpoint's Version") {
  sandbox server;
  auto api = client_of(server);
  failed(api.call(wrong_version{.link_id = "n4AriwEnFrGh3tu08W0U"}), 401, {"version header is invalid"},
         ghl::remedy::fix_version);
  failed(api.call(no_version{.link_id = "n4AriwEnFrGh3tu08W0U"}), 401, {"version header was not found."},
         ghl::remedy::fix_version);
  failed(api.call(no_route{}), 404, {"Cannot GET /no/route"}, ghl::remedy::fix_version);
  CHECK(server.links("ve9EPM428h8vShlRW1KT").size() == 1);
}

TEST_CASE("the sandbox insists on a JSON body and one Content-Type") {
  const sandbox server;
  ghl::httplib_transport transport;
  const auto status_of = [&](const ghl::http::headers& headers, const std::string& body) {
    ghl::http::request r;
    r.method = ghl::method::del;
    r.url = server.url() + "/opportunities/sx6wyHhbFdRXh302Lunr/followers";
    r.headers = {{"Authorization", "Bearer sandbox-token"}, {"Version", "2021-07-28"}};
    for (const auto& [name, value] : headers) r.headers.add(name, value);
    r.body = body;
    const auto answer = transport(r);
    REQUIRE(answer);
    return answer->status;
  };
  const ghl::http::headers json{{"Content-Type", "application/json"}};
  CHECK(status_of(json, R"({"followers":["nobody"]})") == 200);
  CHECK(status_of({}, R"({"followers":["nobody"]})") == 400);
  CHECK(status_of({{"Content-Type", "text/plain"}}, R"({"followers":["nobody"]})") == 400);
  CHECK(status_of({{"Content-Type", "application/json"}, {"Content-Type", "application/json"}},
                  R"({"followers":["nobody"]})") == 400);
  CHECK(status_of(json, R"({"followers":[)") == 400);
  CHECK(status_of(json, R"({"followers":"nobody"})") == 422);
  CHECK(status_of(json, "{}") == 422);
  CHECK(server.followers("sx6wyHhbFdRXh302Lunr").size() == 4);
}
