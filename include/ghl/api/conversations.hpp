/// Conversations: https://marketplace.gohighlevel.com/docs/ghl/conversations/conversations-api
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/endpoint.hpp>

#include <string>

namespace ghl { inline namespace v0 { namespace conversations {

/// Delete Conversation: DELETE /conversations/:conversationId. Its Version is not that of the other endpoints.
struct delete_conversation {
  ghl::required<std::string> conversation_id;  ///< "tDtDnQdgm2LXpyiqYvZ6"

  struct response {
    bool success = false;

    static consteval auto fields() { return ghl::fields(ghl::field("success", &response::success)); }
    friend bool operator==(const response&, const response&) = default;
  };

  static consteval auto endpoint() {
    return ghl::endpoint("Delete Conversation", ghl::method::del, "/conversations/:conversationId",
                         ghl::version("2021-04-15"), ghl::scope("conversations.write"), ghl::token::sub_account,
                         ghl::path("conversationId", &delete_conversation::conversation_id));
  }
};

static_assert(ghl::well_formed<delete_conversation>);

}}}  // namespace ghl::v0::conversations
