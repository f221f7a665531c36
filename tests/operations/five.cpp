// The five operations of the reference pages, told in full: what they are, what they send and what they read. Built with
// the committed headers and with generated ones, it has to say the same.
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/ghl.hpp>
#include <ghl/operation/interpret.hpp>

#include "plain_json.hpp"

#include <cstdio>
#include <string>
#include <type_traits>

namespace {

void tell(const std::string& text) { std::puts(text.c_str()); }

template <class E>
void send(const E& request) {
  constexpr auto& facts = ghl::endpoint_of<E>;
  tell(std::string{facts.title} + ", version " + std::string{facts.version});
  ghl::http::request sent;
  ghl::client api{[&](const ghl::http::request& r) -> ghl::http::response {
                    sent = r;
                    return {.status = 200, .body = "{}"};
                  },
                  plain_json{}, ghl::private_integration_token{"a-token-of-a-test"}};
  static_cast<void>(api.call(request));
  tell(std::string{sent.method} + " " + sent.url + " " + sent.body);
  for (const auto& [name, value] : sent.headers) tell("  " + std::string{name} + ": " + std::string{value});
  for (const auto scope : facts.scopes)
    if (!scope.empty()) tell("  scope " + std::string{scope});
  tell(std::string{"  sub-account "} + (facts.sub_account ? "yes" : "no") + ", agency " + (facts.agency ? "yes" : "no"));
}

template <class E>
void receive(const char* text) {
  const auto result = ghl::interpret<E>(ghl::http::response{.status = 200, .body = text}, plain_json{});
  tell(result ? *plain_json{}.encode(*result) : "error: " + result.error().message());
}

}  // namespace

int main() {
  using ghl::links::get_links, ghl::links::delete_link, ghl::opportunities::remove_followers;
  using ghl::associations::delete_association, ghl::conversations::delete_conversation;

  send(get_links{.location_id = "l/1"});
  receive<get_links>(R"({"links":[{"id":"i","name":"n","redirectTo":"r","fieldKey":"k","locationId":"l"},{}]})");
  receive<get_links>(R"({"links":[{"id":null}]})");
  static_assert(std::is_same_v<decltype(get_links::response::links), std::vector<ghl::links::link>>);
  static_assert(std::is_same_v<decltype(ghl::links::link::redirect_to), std::optional<std::string>>);

  send(delete_link{.link_id = "a"});
  receive<delete_link>(R"({"succeded":true})");
  receive<delete_link>(R"({"succeeded":false})");
  receive<delete_link>(R"({})");
  static_assert(std::is_same_v<decltype(delete_link::response::succeeded), std::optional<bool>>);

  const remove_followers::followers_to_remove whom{.followers = {"u1", "u2"}};
  send(remove_followers{.id = "o", .body = whom});
  send(remove_followers{.id = "o", .body = {.followers = {"u1"}}});
  receive<remove_followers>(R"({"followers":["a"],"followersRemoved":[]})");
  receive<remove_followers>(R"({})");
  static_assert(std::is_same_v<decltype(remove_followers::response::followers_removed),
                               std::optional<std::vector<std::string>>>);

  send(delete_association{.association_id = "a"});
  receive<delete_association>(R"({"deleted":true,"id":"i","message":"m"})");
  receive<delete_association>(R"({"deleted":true,"id":"i"})");
  static_assert(std::is_same_v<decltype(delete_association::response::deleted), bool>);

  send(delete_conversation{.conversation_id = "c"});
  receive<delete_conversation>(R"({"success":false})");
  receive<delete_conversation>(R"({})");
  static_assert(std::is_same_v<decltype(delete_conversation::response::success), bool>);
}
