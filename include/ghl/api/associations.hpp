/// Associations: https://marketplace.gohighlevel.com/docs/ghl/associations/associations-api
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/endpoint.hpp>

#include <string>

namespace ghl { inline namespace v0 { namespace associations {

/// Delete Association: DELETE /associations/:associationId. Deletes a user-defined association and all its relations.
struct delete_association {
  ghl::required<std::string> association_id;

  struct response {
    bool deleted = false;  ///< deletion status
    std::string id;        ///< "6d6f6e676f5f6576656e7473"
    std::string message;   ///< "Association deleted successfully"

    static consteval auto fields() {
      return ghl::fields(ghl::field("deleted", &response::deleted), ghl::field("id", &response::id),
                         ghl::field("message", &response::message));
    }
    friend bool operator==(const response&, const response&) = default;
  };

  static consteval auto endpoint() {
    return ghl::endpoint("Delete Association", ghl::method::del, "/associations/:associationId",
                         ghl::version("2021-07-28"), ghl::scope("associations.write"), ghl::token::sub_account,
                         ghl::path("associationId", &delete_association::association_id));
  }
};

static_assert(ghl::well_formed<delete_association>);

}}}  // namespace ghl::v0::associations
