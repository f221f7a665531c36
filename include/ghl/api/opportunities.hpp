/// Opportunities: https://marketplace.gohighlevel.com/docs/ghl/opportunities/opportunities-api
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/endpoint.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ghl { inline namespace v0 { namespace opportunities {

/// Remove Followers: DELETE /opportunities/:id/followers, with the followers to remove in a JSON body.
struct remove_followers {
  /// The users to remove; the API takes at most ten at a time.
  struct followers_to_remove {
    ghl::required<std::vector<std::string>> followers;  ///< user ids: "sx6wyHhbFdRXh302Lunr"

    static consteval auto fields() {
      return ghl::fields(ghl::field("followers", &followers_to_remove::followers));
    }
    friend bool operator==(const followers_to_remove&, const followers_to_remove&) = default;
  };

  ghl::required<std::string> id;  ///< Opportunity Id: "sx6wyHhbFdRXh302Lunr"
  followers_to_remove body;

  struct response {
    std::optional<std::vector<std::string>> followers;          ///< those that are left
    std::optional<std::vector<std::string>> followers_removed;  ///< those that were removed

    static consteval auto fields() {
      return ghl::fields(ghl::field("followers", &response::followers),
                         ghl::field("followersRemoved", &response::followers_removed));
    }
    friend bool operator==(const response&, const response&) = default;
  };

  static consteval auto endpoint() {
    return ghl::endpoint("Remove Followers", ghl::method::del, "/opportunities/:id/followers",
                         ghl::version("2021-07-28"), ghl::scope("opportunities.write"), ghl::token::sub_account,
                         ghl::path("id", &remove_followers::id), ghl::body(&remove_followers::body));
  }
};

static_assert(ghl::well_formed<remove_followers>);

}}}  // namespace ghl::v0::opportunities
