/// The call that most tests make, and what it takes to make it.
#pragma once

#include "scripted_json.hpp"

#include <ghl/api/links.hpp>
#include <ghl/auth/tokens.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

namespace fixture {

using ghl::links::delete_link;
using deleted = ghl::result<delete_link::response>;
using answer = ghl::result<ghl::http::response>;

/// DELETE /links/x
inline const delete_link call{.link_id = "x"};
inline const ghl::private_integration_token token{"hush-hush-hush"};
/// Reads each text as {"succeded":true}.
inline const scripted_json json{.script = says_succeeded};

inline const ghl::http::response created{.status = 201, .body = "{}"};
inline const ghl::http::response expired{.status = 401, .body = R"({"message":"Invalid JWT"})"};

}  // namespace fixture
