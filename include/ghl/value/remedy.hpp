/// What a program should do about a failed call.
#pragma once

#include <ghl/detail/table.hpp>
#include <ghl/detail/text.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 {

/// What to do now. An error that the rules do not know is `unknown`: nothing is guessed.
enum class remedy : unsigned char {
  unknown,
  fix_request,           ///< it will fail again as it is
  fix_version,           ///< the Version header is missing or not published for this route
  refresh_token,         ///< the access token has expired
  replace_token,         ///< the token was revoked or mistyped; refreshing is useless
  reinstall_app,         ///< the app has no access any more, or the refresh token is another app's
  grant_scope,           ///< the token lacks a scope of the endpoint: `error::scopes()`
  use_other_token_type,  ///< an agency token where a sub-account's is needed, or the reverse
  use_right_location,    ///< the token belongs to another location
  route_not_enabled,     ///< HighLevel has not enabled the route for such tokens; do not repeat
  change_user_agent,     ///< the edge in front of the API refused the client
  wait,                  ///< the burst limit is spent; `error::wait_time()`
  wait_for_next_day,     ///< the daily limit is spent; repeating cannot succeed
  retry,                 ///< the same call may be made again: it was not sent, or sending it twice does no harm
  consider_deleted,      ///< an earlier attempt has probably deleted it
  store_tokens,          ///< `error::unsaved_tokens`, before they are lost
};

namespace detail {

/// What to do, as a clause for people.
struct advice_row {
  ghl::remedy remedy;
  std::string_view text;
};

inline constexpr advice_row advice_table[] = {
    {remedy::unknown, ""},
    {remedy::fix_request, "fix the request; it will fail again as it is"},
    {remedy::fix_version, "send the Version that the reference names for this endpoint"},
    {remedy::refresh_token, "refresh the access token"},
    {remedy::replace_token, "replace the token; refreshing it is useless"},
    {remedy::reinstall_app, "install the app again, and use the client id and secret of that app"},
    {remedy::grant_scope, "grant the token the scope that the endpoint needs"},
    {remedy::use_other_token_type, "use a token of the other type (sub-account or agency)"},
    {remedy::use_right_location, "use a token of this location"},
    {remedy::route_not_enabled, "this route is not enabled for the token; do not repeat the call"},
    {remedy::change_user_agent, "send an ordinary User-Agent"},
    {remedy::wait, "wait, then repeat the call"},
    {remedy::wait_for_next_day, "the daily limit is spent; wait until it is reset"},
    {remedy::retry, "the call may be repeated"},
    {remedy::consider_deleted, "probably deleted by an earlier attempt; read it to be sure"},
    {remedy::store_tokens, "store error.unsaved_tokens, then repeat the call"},
};
static_assert(sizeof advice_table / sizeof *advice_table == static_cast<std::size_t>(remedy::store_tokens) + 1);

}  // namespace detail

constexpr std::string_view to_string(remedy r) noexcept {
  return detail::text_in(detail::advice_table, &detail::advice_row::remedy, r);
}

namespace detail {

/// error::detail when the page that says why the edge refused the client is longer than the excerpt.
inline constexpr std::string_view edge_refusal = "error code: 1010";

/// A status, a part of the server's text (in any case), and their meaning. A meaning of `retry` is one for requests
/// that may be sent twice.
struct remedy_row {
  int status;
  std::string_view text;
  remedy meaning;
  std::string_view path = {};  ///< how the path of the endpoint begins; empty: any endpoint
};

inline constexpr std::string_view oauth_path = "/oauth/";

/// The first row that matches counts. Sources: "Invalid token: access token is invalid" stands in the pages of the API
/// reference; the other texts were reported by users of the live API and of its clients. "Cannot ..." is the API's
/// router: the path does not exist in the Version that was sent. 1010 is Cloudflare's, as a line of text, as JSON or as
/// a page, in both of its wordings. "invalid_grant" is an OAuth server's: the refresh token is spent, expired or
/// revoked (RFC 6749, section 5.2); HighLevel's says it with a blank too. "Command timed out" is what the API says
/// where it could not look at the token in time.
inline constexpr remedy_row remedy_table[] = {
    {401, "not authorized for this scope", remedy::grant_scope},
    {401, "version header was not found", remedy::fix_version},
    {401, "version header is invalid", remedy::fix_version},
    {401, "route is not yet supported by the IAM Service", remedy::route_not_enabled},
    {403, "route is not yet supported by the IAM Service", remedy::route_not_enabled},
    {401, "AuthClass is not yet supported", remedy::use_other_token_type},
    {401, "token's user type is not yet supported", remedy::use_other_token_type},
    {401, "location is not accessible from this token", remedy::use_right_location},
    {403, "does not have access to this location", remedy::use_right_location},
    {401, "Invalid Private Integration token", remedy::replace_token},
    {401, "Command timed out", remedy::retry},
    {401, "Invalid JWT", remedy::refresh_token},
    {401, "access token is invalid", remedy::refresh_token},
    {400, "not available in API version", remedy::fix_version},
    {400, "Please use a version before", remedy::fix_version},
    {400, "invalid_grant", remedy::replace_token},
    {401, "invalid_grant", remedy::replace_token},
    {400, "invalid grant", remedy::replace_token, oauth_path},
    {401, "invalid grant", remedy::replace_token, oauth_path},
    {400, "invalid refresh token", remedy::replace_token, oauth_path},
    {401, "invalid refresh token", remedy::replace_token, oauth_path},
    {400, "invalid client credentials", remedy::reinstall_app, oauth_path},
    {401, "invalid client credentials", remedy::reinstall_app, oauth_path},
    {400, "location is not active", remedy::reinstall_app, oauth_path},
    {401, "location is not active", remedy::reinstall_app, oauth_path},
    {403, "error code: 1010", remedy::change_user_agent},
    {403, "Error code 1010", remedy::change_user_agent},
    {403, "Error 1010", remedy::change_user_agent},
    {403, "banned your access based on your browser's signature", remedy::change_user_agent},
    {403, "blocked access based on your browser's signature", remedy::change_user_agent},
    {404, "Cannot GET /", remedy::fix_version},
    {404, "Cannot DELETE /", remedy::fix_version},
    {404, "Cannot POST /", remedy::fix_version},
    {404, "Cannot PUT /", remedy::fix_version},
    {404, "Cannot PATCH /", remedy::fix_version},
};

/// The meaning of a text with that status; `unknown` if no row matches.
constexpr remedy remedy_of(int status, std::string_view text, std::string_view path = {}) noexcept {
  for (const remedy_row& row : remedy_table)
    if (row.status == status && path.starts_with(row.path) && contains_ignoring_case(text, row.text))
      return row.meaning;
  return remedy::unknown;
}

}  // namespace detail
}}  // namespace ghl::v0
