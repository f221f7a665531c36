/// The five calls through one pair of transport and JSON library, against the sandbox: each answer as the reference
/// documents it, each deletion done, and an error with the server's words.
#pragma once

#include "../catch.hpp"
#include "../conformance/tls.hpp"

#include <sandbox/sandbox.hpp>

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

/// `finish` gives the result of what `call` returned: at once for a blocking transport, or by running a coroutine.
template <class Json, class Transport, class Finish>
void five_calls(Transport transport, const ghl_sandbox::sandbox& server, Finish finish) {
  using strings = std::vector<std::string>;
  ghl::client api{std::move(transport), Json{}, ghl::private_integration_token{"sandbox-token"},
                  ghl::base_url{server.url()}};

  const auto links = finish(api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"}));
  INFO((links ? std::string{} : links.error().message()));
  REQUIRE(links);
  CHECK(links->links == std::vector<ghl::links::link>{{"n4AriwEnFrGh3tu08W0U", "first tag", "https://www.google.com/",
                                                       "{{trigger_link.n4AriwEnFrGh3tu08W0U}}",
                                                       "ve9EPM428h8vShlRW1KT"}});

  const auto link = finish(api.call(ghl::links::delete_link{.link_id = "n4AriwEnFrGh3tu08W0U"}));
  REQUIRE(link);
  CHECK(link->succeeded == true);
  CHECK(server.links("ve9EPM428h8vShlRW1KT").empty());

  const auto followers = finish(api.call(ghl::opportunities::remove_followers{
      .id = "sx6wyHhbFdRXh302Lunr", .body = {.followers = {"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"}}}));
  REQUIRE(followers);
  CHECK(followers->followers == strings{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302LLss"});
  CHECK(followers->followers_removed == strings{"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"});

  const auto association =
      finish(api.call(ghl::associations::delete_association{.association_id = "6d6f6e676f5f6576656e7473"}));
  REQUIRE(association);
  CHECK(*association == ghl::associations::delete_association::response{true, "6d6f6e676f5f6576656e7473",
                                                                        "Association deleted successfully"});

  const auto conversation =
      finish(api.call(ghl::conversations::delete_conversation{.conversation_id = "tDtDnQdgm2LXpyiqYvZ6"}));
  REQUIRE(conversation);
  CHECK(conversation->success);
  CHECK_FALSE(server.has_conversation("tDtDnQdgm2LXpyiqYvZ6"));

  const auto refused = finish(
      api.call(ghl::opportunities::remove_followers{.id = "sx6wyHhbFdRXh302Lunr", .body = {.followers = strings{}}}));
  REQUIRE(!refused);
  CHECK(refused.error().status == 422);
  CHECK(refused.error().messages == strings{"followers should not be empty"});
  CHECK(refused.error().remedy() == ghl::remedy::fix_request);
}

/// A sandbox that serves HTTPS, and the authority to trust.
struct secure_sandbox {
  tls::certificate authority{"ghl tests: an authority"};
  tls::certificate certificate{authority, "IP:127.0.0.1"};
  tls::temporary_file key{[this](std::FILE* f) {
    PEM_write_PrivateKey(f, certificate.key(), nullptr, nullptr, 0, nullptr, nullptr);
  }};
  ghl_sandbox::sandbox server{{.certificate_file = certificate.file(), .key_file = key.path}};
};

/// For blocking transports.
inline constexpr auto at_once = [](auto result) { return result; };
