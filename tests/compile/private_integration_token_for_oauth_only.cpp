// A private integration token where only OAuth's tokens serve.
// says: ghl: this endpoint takes only a token that OAuth has issued; give the client a ghl::access_token or a ghl::refreshing_token
#include "parts.hpp"

struct installed_location {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Installed Location", ghl::method::get, "/oauth/installedLocation",
                         ghl::version("2021-07-28"), ghl::scope("oauth.readonly"), ghl::token::sub_account,
                         ghl::oauth_only);
  }
};

void asks() {
#ifndef GHL_MISTAKE
  ghl::client with{transport, json{}, ghl::access_token{"a token"}};
#else
  ghl::client with{transport, json{}, ghl::private_integration_token{"a token"}};
#endif
  static_cast<void>(with.call(installed_location{}));
}
