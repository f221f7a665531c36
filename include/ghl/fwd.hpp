/// Forward declarations, for a header of yours that only names these types: it costs next to nothing to include.
/// Example:
///     #include <ghl/fwd.hpp>
///     class crm {
///       std::unique_ptr<ghl::client<ghl::any_transport, ghl::glaze_json, ghl::access_token<>>> api_;
///     };
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/client/client_fwd.hpp>

namespace ghl { inline namespace v0 {

namespace http {
class headers;
struct request;
struct response;
}  // namespace http

template <class T>
class result;
struct error;
struct mismatch;
class milliseconds;
class json_value;
template <class T>
class nullable;
template <class Derived>
class open_enum;
template <class T>
struct json_as;

class secret;
struct token_pair;
template <class... Facts>
class private_integration_token;
template <class... Facts>
class access_token;

class base_url;
class user_agent;
struct deadline;
struct strict;
struct settings;

struct retry;
class throttle;
class advice;
template <class Hook, class... Asked>
class observe;

// <ghl/any_transport.hpp>
class any_transport;
template <bool Waits>
class basic_any_callback_transport;
using any_callback_transport = basic_any_callback_transport<true>;
template <class Awaitable, bool Waits>
class basic_any_coroutine_transport;
template <class Awaitable>
using any_coroutine_transport = basic_any_coroutine_transport<Awaitable, true>;

// The adapters.
class httplib_transport;
class curl_transport;
class beast_transport;
struct nlohmann_json;
struct glaze_json;
struct rapidjson_json;
struct boost_json;

}}  // namespace ghl::v0
