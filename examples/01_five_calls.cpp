/// The five calls. Run as it is, it starts a sandbox on this machine and makes all five against it. With
/// GHL_TOKEN and GHL_LOCATION_ID set, it makes the one that changes nothing, Get Links, on the real service.
#include "chosen_json.hpp"
#include "sandbox/sandbox.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/transport/httplib.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

namespace {

bool report(const ghl::error& e) {
  std::fprintf(stderr, "%s\n", e.message().c_str());
  return false;
}

bool print_links(auto& api, const std::string& location_id) {
  auto links = api.call(ghl::links::get_links{.location_id = location_id});
  if (!links) return report(links.error());
  std::printf("Get Links: %zu\n", links->links.size());
  for (const auto& link : links->links)
    std::printf("  %s -> %s\n", link.name.value_or("(unnamed)").c_str(),
                link.redirect_to.value_or("").c_str());
  return true;
}

bool delete_things(auto& api) {
  auto link = api.call(ghl::links::delete_link{.link_id = "n4AriwEnFrGh3tu08W0U"});
  if (!link) return report(link.error());
  std::printf("Delete Link: %s\n", link->succeeded.value_or(false) ? "succeeded" : "not confirmed");

  auto followers = api.call(ghl::opportunities::remove_followers{
      .id = "sx6wyHhbFdRXh302Lunr",
      .body = {.followers = {"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"}}});
  if (!followers) return report(followers.error());
  std::printf("Remove Followers: %zu removed\n",
              followers->followers_removed ? followers->followers_removed->size() : 0);

  auto association =
      api.call(ghl::associations::delete_association{.association_id = "6d6f6e676f5f6576656e7473"});
  if (!association) return report(association.error());
  std::printf("Delete Association: %s\n", association->message.c_str());

  auto conversation =
      api.call(ghl::conversations::delete_conversation{.conversation_id = "tDtDnQdgm2LXpyiqYvZ6"});
  if (!conversation) return report(conversation.error());
  std::printf("Delete Conversation: %s\n", conversation->success ? "success" : "no success");

  return link->succeeded == true && association->deleted && conversation->success;
}

/// What was deleted is gone.
bool is_gone(const ghl_sandbox::sandbox& server) {
  return server.links("ve9EPM428h8vShlRW1KT").empty() &&
         server.followers("sx6wyHhbFdRXh302Lunr").size() == 2 &&
         !server.has_association("6d6f6e676f5f6576656e7473") &&
         !server.has_conversation("tDtDnQdgm2LXpyiqYvZ6");
}

}  // namespace

int main() try {
  const char* const token = std::getenv("GHL_TOKEN");
  const char* const location_id = std::getenv("GHL_LOCATION_ID");
  if (token && location_id) {
    ghl::client api{ghl::httplib_transport{}, example::chosen_json{}, ghl::private_integration_token{token}};
    return print_links(api, location_id) ? 0 : 1;
  }

  const ghl_sandbox::sandbox server;
  std::printf("GHL_TOKEN and GHL_LOCATION_ID are not set; calling a sandbox on %s\n", server.url().c_str());
  ghl::client api{ghl::httplib_transport{}, example::chosen_json{},
                  ghl::private_integration_token{"sandbox-token"}, ghl::base_url{server.url()}};
  return print_links(api, "ve9EPM428h8vShlRW1KT") && delete_things(api) && is_gone(server) ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
