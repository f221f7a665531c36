/// Trigger links: https://marketplace.gohighlevel.com/docs/ghl/links/trigger-links-api
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/endpoint.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ghl { inline namespace v0 { namespace links {

/// A trigger link of a location.
struct link {
  std::optional<std::string> id;           ///< "n4AriwEnFrGh3tu08W0U"
  std::optional<std::string> name;         ///< "first tag"
  std::optional<std::string> redirect_to;  ///< "https://www.google.com/"
  std::optional<std::string> field_key;    ///< "{{trigger_link.n4AriwEnFrGh3tu08W0U}}"
  std::optional<std::string> location_id;  ///< "ve9EPM428h8vShlRW1KT"

  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &link::id), ghl::field("name", &link::name),
                       ghl::field("redirectTo", &link::redirect_to), ghl::field("fieldKey", &link::field_key),
                       ghl::field("locationId", &link::location_id));
  }
  friend bool operator==(const link&, const link&) = default;
};

/// Get Links: GET /links/, the trigger links of a location.
struct get_links {
  ghl::required<std::string> location_id;  ///< "ve9EPM428h8vShlRW1KT"

  struct response {
    std::vector<link> links;

    static consteval auto fields() { return ghl::fields(ghl::field("links", &response::links)); }
    friend bool operator==(const response&, const response&) = default;
  };

  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/",
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::query("locationId", &get_links::location_id));
  }
};

/// Delete Link: DELETE /links/:linkId. The reference documents status 201 for success.
struct delete_link {
  ghl::required<std::string> link_id;  ///< Link Id

  struct response {
    std::optional<bool> succeeded;  ///< on the wire "succeded" (sic) in the reference, "succeeded" in newer answers

    static consteval auto fields() {
      return ghl::fields(ghl::field("succeded", &response::succeeded, ghl::also{"succeeded"}));
    }
    friend bool operator==(const response&, const response&) = default;
  };

  static consteval auto endpoint() {
    return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::scope("links.write"), ghl::token::sub_account,
                         ghl::path("linkId", &delete_link::link_id));
  }
};

static_assert(ghl::well_formed<get_links>);
static_assert(ghl::well_formed<delete_link>);

}}}  // namespace ghl::v0::links
