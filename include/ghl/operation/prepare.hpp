/// From a request struct to the request on the wire. Pure: sends nothing, looks at no clock.
#pragma once

#include <ghl/endpoint/path_template.hpp>
#include <ghl/detail/always_false.hpp>
#include <ghl/value/percent_encoding.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/value/http.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/result.hpp>
#include <ghl/endpoint/well_formed.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

/// What cannot be sent, and where it stands.
struct refusal {
  fault why = fault::none;
  std::string_view where{};
};

/// What is wrong with the settings or the token, whatever the endpoint.
[[nodiscard]] inline refusal refusal_of(const settings& s, std::string_view token) noexcept {
  if (s.base.fault() != fault::none) return {s.base.fault(), "base_url"};
  if (token.empty()) return {fault::empty_token, "the token"};
  if (!is_visible_ascii(token)) return {fault::bad_token, "the token"};
  if (s.agent.empty() || has_control(s.agent)) return {fault::bad_user_agent, "user_agent"};
  return {};
}

/// All header lines, in one piece and one allocation: refusal_of() and the checks of the descriptor have seen to it that
/// the values can stand in a line.
inline void write_headers(http::headers& out, const endpoint_facts& e, const settings& s, std::string_view token,
                          bool has_body) {
  constexpr std::string_view authorization = "Authorization: Bearer ";
  constexpr std::string_view version = "\r\nVersion: ";
  constexpr std::string_view agent = "\r\nAccept: application/json\r\nUser-Agent: ";
  constexpr std::string_view content_type = "\r\nContent-Type: application/json\r\n";
  std::string& lines = header_block::of(out);
  lines.reserve(authorization.size() + token.size() + version.size() + e.version.size() + agent.size() +
                s.agent.size() + content_type.size());
  lines.append(authorization).append(token);
  if (!e.version.empty()) lines.append(version).append(e.version);
  lines.append(agent).append(trimmed(s.agent)).append(has_body ? content_type : content_type.substr(0, 2));
}

// What every endpoint shares stands outside of the templates: a program has it once, not for each endpoint.

inline void begin(http::request& out, const endpoint_facts& e, const settings& s, std::size_t room) {
  out.method = e.method;
  out.origin = s.base.origin();
  out.timeout = s.timeout;
  out.target.reserve(s.base.prefix().size() + e.path.size() + room);
  out.target.append(s.base.prefix());
}

inline void end(result<http::request>& out, const refusal& refused, const endpoint_facts& e, const settings& s,
                std::string_view token, bool has_body) {
  if (refused.why != fault::none) out = invalid_request(refused.why, refused.where);
  if (out) return write_headers(out->headers, e, s, token, has_body);
  out.error().endpoint = e.title;
  out.error().called = &e;
}

inline void refuse_body(result<http::request>& out, error&& failed) {
  failed.kind = error_kind::invalid_request;
  failed.was_sent = sent::no;
  if (failed.where.empty()) failed.where = "the body";
  out = std::move(failed);
}

/// Writes the target of one request; stops at the first value that cannot be sent.
struct target_writer {
  std::string& out;
  refusal refused{};
  char separator = '?';

  [[nodiscard]] bool failed() const noexcept { return refused.why != fault::none; }
  bool check(fault f, std::string_view name) {
    if (f == fault::none) return true;
    refused = {f, name};
    return false;
  }
  template <class Value>
  bool path(std::string_view name, const Value& value) {
    return check(append_value(out, value), name);
  }
  template <class Value>
  bool query(std::string_view name, const Value& value) {
    out.push_back(std::exchange(separator, '&'));
    append_encoded(out, name);
    out.push_back('=');
    return check(append_value(out, value), name);
  }
  template <class Value>
  bool query(std::string_view name, const std::optional<Value>& value) {
    return !value || query(name, *value);
  }
  template <class Value>
  bool query(std::string_view name, const std::vector<Value>& values) {
    if (values.empty()) return check(fault::empty_value, name);
    for (const Value& value : values)
      if (!query(name, value)) return false;
    return true;
  }
};

template <class E>
inline constexpr path_template path_of = parse_path(endpoint_of<E>.path.data());

/// The number of the word that fills the placeholder of that name.
template <class... Words>
constexpr std::size_t word_for(const descriptor<Words...>& d, std::string_view name) noexcept {
  std::size_t at = 0;
  std::size_t found = 0;
  for_each_word(d, [&]<class Word>(const Word& w) {
    if constexpr (word_kind_of<Word> == word_kind::path)
      if (w.name == name) found = at;
    ++at;
  });
  return found;
}

template <class E, std::size_t K>
bool write_placeholder(target_writer& to, const E& request) {
  constexpr auto& word = get<word_for(endpoint_of<E>, path_of<E>.name(K))>(endpoint_of<E>.words);
  const typename std::remove_cvref_t<decltype(word)>::member_type& value = request.*(word.member);
  to.out.append(path_of<E>.literal(K));
  return to.path(word.name, value);
}

template <class E, std::size_t... K>
bool write_path(target_writer& to, const E& request, std::index_sequence<K...>) {
  constexpr std::string_view tail = path_of<E>.literal(sizeof...(K));
  const bool written = (write_placeholder<E, K>(to, request) && ...);
  to.out.append(tail);
  return written;
}

template <class E, class Owner, class Member>
bool write_query(target_writer& to, const E& request, const query_word<Owner, Member>& w) {
  return to.query(w.name, static_cast<const plain<Member>&>(request.*(w.member)));
}
template <class E, class Word>
bool write_query(target_writer&, const E&, const Word&) {
  return true;
}

template <class Value>
std::size_t room_for_any(const Value& value) {
  if constexpr (is_optional<Value>) return value ? room_for_any(*value) : 0;
  else if constexpr (is_vector<Value>) return 16 * value.size();
  else return room_for(value);
}
template <class E, class Owner, class Member>
std::size_t room_for_word(const E& request, const path_word<Owner, Member>& w) {
  return room_for_any(static_cast<const plain<Member>&>(request.*(w.member)));
}
template <class E, class Owner, class Member>
std::size_t room_for_word(const E& request, const query_word<Owner, Member>& w) {
  return room_for_any(static_cast<const plain<Member>&>(request.*(w.member))) + w.name.size() + 2;
}
template <class E, class Word>
std::size_t room_for_word(const E&, const Word&) {
  return 0;
}

template <class Json, class T>
result<std::string> encode_with(Json& json, const T& value) {
  if constexpr (requires { json.template encode<T>(value); }) return json.template encode<T>(value);
  else return json.encode(value);
}

/// The body of an endpoint, empty where it has none.
template <class E, class Json, class Owner, class Member>
bool write_body(result<http::request>& out, const E& request, Json& json, const body_word<Owner, Member>& w) {
  if constexpr (json_encoder<Json, plain<Member>>) {
    result<std::string> text = encode_with(json, static_cast<const plain<Member>&>(request.*(w.member)));
    if (text) out->body.swap(*text);
    else refuse_body(out, std::move(text.error()));
  } else {
    static_assert(always_false<Json>,
                  "ghl: this endpoint has a body, and the JSON policy cannot write it; give it template <class T> "
                  "ghl::result<std::string> encode(const T&); copy examples/04_json_policy.cpp");
  }
  return true;
}
template <class E, class Json, class Word>
bool write_body(result<http::request>&, const E&, Json&, const Word&) {
  return false;
}

}  // namespace detail

/// Purpose: the request that a call of `request` puts on the wire.
/// Example: `auto r = ghl::prepare(ghl::links::delete_link{.link_id = "x"}, json, token); r->target == "/links/x"`.
/// Errors: kind invalid_request, naming the parameter in `where`: an empty value, a dot segment, a control byte, a
/// number that is not finite, a body that cannot be written, a token or a base URL that cannot be used.
/// Thread safety: as safe as `json`.
template <class E, class Json>
result<http::request> prepare(const E& request, Json&& json, std::string_view token, const settings& how = {}) {
  static_assert(well_formed<E>);
  constexpr auto& d = endpoint_of<E>;

  result<http::request> out;
  detail::target_writer to{out->target, detail::refusal_of(how, token)};
  if (!to.failed()) {
    std::size_t room = 0;
    detail::for_each_word(d, [&](const auto& word) { room += detail::room_for_word(request, word); });
    detail::begin(*out, d, how, room);
    if (detail::write_path(to, request, std::make_index_sequence<detail::path_of<E>.count>{}))
      detail::for_each_word(d, [&](const auto& word) {
        if (!to.failed()) detail::write_query(to, request, word);
      });
  }
  bool has_body = false;
  if (!to.failed())
    detail::for_each_word(d, [&](const auto& word) { has_body |= detail::write_body(out, request, json, word); });
  detail::end(out, to.refused, d, how, token, has_body);
  return out;
}

}}  // namespace ghl::v0
