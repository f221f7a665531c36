/// From a request struct to the request on the wire. Pure: sends nothing, looks at no clock.
#pragma once

#include <ghl/detail/always_false.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/body_parts.hpp>
#include <ghl/operation/prepare_special.hpp>
#include <ghl/operation/url_plan.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/headers.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

inline constexpr std::string_view bearer = "Authorization: Bearer ";
inline constexpr std::string_view version_line = "\r\nVersion: ";

/// What stands in the Authorization header. A client whose token cannot change has checked it, and has the beginning of
/// the header lines ready.
struct authorization {
  std::string_view token;
  std::string_view begun{};  // "Authorization: Bearer ...\r\nVersion: "; empty: to be written
  refusal refused{};
};

/// What is wrong with the settings or the token, whatever the endpoint.
[[nodiscard]] inline refusal refusal_of(const settings& s, std::string_view token) noexcept {
  if (s.base.fault() != fault::none) return {s.base.fault(), "base_url"};
  if (token.empty()) return {fault::empty_token, "the token"};
  if (!is_visible_ascii(token)) return {fault::bad_token, "the token"};
  if (!s.agent.usable()) return {fault::bad_user_agent, "user_agent"};
  return {};
}

/// Adds a text that there is room for.
inline char* put(char* to, std::string_view piece) noexcept {
  if (!piece.empty()) std::memcpy(to, piece.data(), piece.size());  // an empty one may have no address
  return to + piece.size();
}

/// All header lines, in one piece and one allocation: refusal_of() and the checks of the descriptor have made sure that
/// the values can stand in a line.
inline void write_headers(http::headers& out, const endpoint_facts& e, const settings& s, const authorization& who,
                          bool body) {
  const std::string_view content_type = body ? "Content-Type: application/json\r\n" : std::string_view{};
  std::string_view begun = who.begun;
  std::string_view then = e.version.empty() ? std::string_view{} : version_line;
  if (!begun.empty()) {
    begun.remove_suffix(version_line.size() - then.size());
    then = {};
  }
  std::string block((begun.empty() ? bearer.size() + who.token.size() : begun.size()) + then.size() + e.version.size() +
                        s.agent.header_lines().size() + content_type.size(),
                    '\0');
  char* to = block.data();
  to = begun.empty() ? put(put(put(to, bearer), who.token), then) : put(to, begun);
  to = put(put(to, e.version), s.agent.header_lines());
  if (body) put(to, content_type);
  header_block::of(out).swap(block);
}

/// Adds the body; an error where it cannot be written.
using write_body_function = void (*)(result<http::request>& out, const void* request, const void* json);

[[gnu::noinline]] inline void refuse(result<http::request>& out, const refusal& why, const endpoint_facts& called) {
  if (why.why != fault::none) out = invalid_request(why.why, why.where);
  out.error().endpoint = called.title;
  out.error().called = &called;
}

/// A request struct of which the type is left out.
struct erased_request {
  const call_plan* plan;
  const void* request;
  write_body_function write_body;
};

// What all endpoints share stands outside of the templates: a program has it once, not for each endpoint.
inline result<http::request> prepare(const erased_request& call, const void* json, const authorization& who,
                                     const settings& s, milliseconds limit) {
  result<http::request> out;
  const endpoint_facts& facts = *call.plan->facts;
  out->method = facts.method;
  out->timeout = limit;
  const refusal refused =
      who.refused.why == fault::none ? write_url(out->url, *call.plan, call.request, s) : who.refused;
  const bool has_body = refused.why == fault::none && call.write_body != nullptr;
  if (has_body) call.write_body(out, call.request, json);
  if (refused.why == fault::none && out) write_headers(out->headers, facts, s, who, has_body);
  else refuse(out, refused, facts);
  return out;
}

/// The same for an endpoint with something that few have.
[[gnu::noinline]] inline result<http::request> prepare_special(const erased_request& call, const void* json,
                                                               std::string_view token, const settings& s,
                                                               milliseconds limit) {
  result<http::request> out;
  const endpoint_facts& facts = *call.plan->facts;
  const special_words& special = *call.plan->special;
  out->method = facts.method;
  out->timeout = limit;
  refusal refused = refusal_of(s, facts.no_token ? std::string_view{"none"} : token);
  if (refused.why == fault::none) refused = write_url(out->url, *call.plan, call.request, s);
  std::string block;
  std::string type;
  if (!facts.no_token) block.append(bearer).append(token).append("\r\n");
  if (!facts.version.empty()) block.append("Version: ").append(facts.version).append("\r\n");
  block.append("Accept: ").append(special.accept).append("\r\nUser-Agent: ").append(s.agent.text()).append("\r\n");
  if (refused.why == fault::none && special.add_lines != nullptr) refused = special.add_lines(block, call.request);
  if (refused.why == fault::none && special.write_body != nullptr) {
    refused = special.write_body(out->body, type, call.request);
  } else if (refused.why == fault::none && call.write_body != nullptr) {
    type = "application/json";
    call.write_body(out, call.request, json);
  }
  if (!type.empty()) block.append("Content-Type: ").append(type).append("\r\n");
  if (refused.why == fault::none && out) header_block::of(out->headers).swap(block);
  else refuse(out, refused, facts);
  return out;
}

inline void refuse_body(result<http::request>& out, error&& failed) {
  failed.kind = error_kind::invalid_request;
  failed.was_sent = sent::no;
  if (failed.where.empty()) failed.where = "the body";
  out = std::move(failed);
}

/// The body of E, by a JSON policy whose type is known here alone.
template <class E, class Json>
void write_body(result<http::request>& out, const void* request, const void* json) {
  // The pointer was made of a Json&; only its way through the function above is const.
  Json& policy = *static_cast<Json*>(const_cast<void*>(json));
  const auto& value = member_at<E, body_position<E>>(*static_cast<const E*>(request));
  using body_type = std::remove_cvref_t<decltype(value)>;
  const auto encode = [&]() -> result<std::string> {
    if constexpr (requires { json_of(policy).template encode<body_type>(value); })
      return json_of(policy).template encode<body_type>(value);
    else return json_of(policy).encode(value);
  };
  result<std::string> text = encode();
  if (text) out->body.swap(*text);
  else refuse_body(out, std::move(text.error()));
}
template <class E, class JsonReference>
constexpr write_body_function body_writer() noexcept {
  using Json = std::remove_reference_t<JsonReference>;
  if constexpr (!has_json_body<E>) {
    return nullptr;
  } else if constexpr (json_encoder<Json, body_of<E>>) {
    return &write_body<E, Json>;
  } else {
    static_assert(always_false<Json>,
                  "ghl: this endpoint has a body, and the JSON policy cannot write it; give it template <class T> "
                  "ghl::result<std::string> encode(const T&); copy examples/04_json_policy.cpp");
    return nullptr;
  }
}

}  // namespace detail

/// Purpose: the request that a call of `request` puts on the wire.
/// Example: `auto r = ghl::prepare(ghl::links::delete_link{.link_id = "x"}, json, token); r->target() == "/links/x"`.
/// Errors: kind invalid_request, naming the parameter in `where`: an empty value, a dot segment, a control byte, a
/// number that is not finite, a body that cannot be written, a token or a base URL that cannot be used.
/// Thread safety: as safe as `json`.
template <class E, class Json>
result<http::request> prepare(const E& request, Json&& json, std::string_view token, const settings& how = {}) {
  static_assert(well_formed<E>);
  const detail::erased_request erased{&detail::plan_of<E>, &request, detail::body_writer<E, Json>()};
  if constexpr (detail::is_special<E>) return detail::prepare_special(erased, &json, token, how, how.timeout);
  else return detail::prepare(erased, &json, {token, {}, detail::refusal_of(how, token)}, how, how.timeout);
}

}}  // namespace ghl::v0
