/// The answer of HighLevel's OAuth server: tokens, which must not be lost because something beside them is odd.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

// The answer, in the parts that are read by themselves where the whole cannot be read.

struct tokens_read {
  std::optional<std::string> access_token{};
  std::optional<std::string> refresh_token{};

  static consteval auto fields() {
    return ghl::fields(ghl::field("access_token", &tokens_read::access_token),
                       ghl::field("refresh_token", &tokens_read::refresh_token));
  }
};
struct token_end_read {
  std::optional<long long> expires_in{};

  static consteval auto fields() { return ghl::fields(ghl::field("expires_in", &token_end_read::expires_in)); }
};
struct token_owner_read {
  std::optional<std::string> user_type{};
  std::optional<std::string> location_id{};
  std::optional<std::string> company_id{};
  std::optional<std::string> refresh_token_id{};
  std::optional<std::string> scope{};

  static consteval auto fields() {
    return ghl::fields(ghl::field("userType", &token_owner_read::user_type),
                       ghl::field("locationId", &token_owner_read::location_id),
                       ghl::field("companyId", &token_owner_read::company_id),
                       ghl::field("refreshTokenId", &token_owner_read::refresh_token_id),
                       ghl::field("scope", &token_owner_read::scope));
  }
};
struct token_bulk_read {
  std::optional<bool> is_bulk_installation{};

  static consteval auto fields() {
    return ghl::fields(ghl::field("isBulkInstallation", &token_bulk_read::is_bulk_installation));
  }
};
struct token_locations_read {
  std::optional<std::vector<std::string>> approved_locations{};

  static consteval auto fields() {
    return ghl::fields(ghl::field("approvedLocations", &token_locations_read::approved_locations));
  }
};

/// Where a string literal ends that begins at `at`: behind its second quote; 0: it does not end.
constexpr std::size_t end_of_literal(std::string_view text, std::size_t at) noexcept {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return 0;
}
/// The string literal, quotes included, that follows a key wherever it stands in a text that is no JSON; empty: none.
constexpr std::string_view literal_behind(std::string_view text, std::string_view quoted_key) noexcept {
  const auto blanks = [&](std::size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) ++at;
    return at;
  };
  for (std::size_t at = 0; (at = text.find(quoted_key, at)) != std::string_view::npos;) {
    at += quoted_key.size();
    const std::size_t colon = blanks(at);
    if (colon >= text.size() || text[colon] != ':') continue;
    const std::size_t begin = blanks(colon + 1);
    if (begin >= text.size() || text[begin] != '"') continue;
    const std::size_t end = end_of_literal(text, begin);
    if (end != 0) return text.substr(begin, end - begin);
  }
  return {};
}

/// What can be read of an answer that cannot be read as a whole: each token that has its end, put into an object that
/// the JSON policy reads.
template <class Json>
tokens_read tokens_in_ruins(std::string_view body, Json& json) {
  tokens_read found;
  for (const auto& [key, member] : {std::pair{std::string_view{"\"access_token\""}, &tokens_read::access_token},
                                    std::pair{std::string_view{"\"refresh_token\""}, &tokens_read::refresh_token}}) {
    const std::string_view literal = literal_behind(body, key);
    if (literal.empty()) continue;
    std::string whole{"{"};
    whole.append(key).append(":").append(literal).append("}");
    result<tokens_read> read = json_of(json).template decode<tokens_read>(std::string_view{whole});
    if (read) found.*member = std::move((*read).*member);
  }
  return found;
}

/// A success whose body is not what it should be. What it holds may be tokens that nobody knows yet, so no byte of it,
/// and nothing that a JSON library says about it, goes into the error; the pair in it has all that came.
inline error unread_tokens(const endpoint_facts& called, const http::response& answer, fault what, std::string where,
                           token_pair&& came) {
  error e = decode_error(what, std::move(where));
  describe(e, called, answer);
  e.excerpt.clear();
  const bool is_text = answer.body.find_first_not_of(" \t\r\n") != std::string::npos;
  if (is_text) e.unread_answer = secret{answer.body};
  if (came.access_token.reveal().empty() && came.refresh_token.reveal().empty()) return e;
  e.unsaved_tokens.push_back(std::move(came));
  return e;
}

inline bool usable_token(const std::string& token) noexcept { return !token.empty() && is_visible_ascii(token); }

/// The pair in an answer of status 2xx.
template <class Json>
result<token_pair> read_tokens(const endpoint_facts& called, const http::response& answer, Json& json) {
  const std::string_view body = answer.body;
  token_pair fresh;
  if (const fault seen = fault_at_first_sight(body); seen != fault::none)
    return unread_tokens(called, answer, seen, {}, std::move(fresh));
  const auto take = [](secret& to, std::optional<std::string>& from) {
    if (from) to = secret{*std::move(from)};
  };
  result<tokens_read> tokens = json_of(json).template decode<tokens_read>(body);
  if (!tokens) {
    tokens_read found = tokens_in_ruins(body, json);
    if (found.access_token && !usable_token(*found.access_token)) found.access_token.reset();
    take(fresh.access_token, found.access_token);
    take(fresh.refresh_token, found.refresh_token);
    return unread_tokens(called, answer, tokens.error().fault, tokens.error().where, std::move(fresh));
  }
  take(fresh.access_token, tokens->access_token);
  take(fresh.refresh_token, tokens->refresh_token);

  if (result<token_end_read> end = json_of(json).template decode<token_end_read>(body); end)
    fresh.expires_in_s = end->expires_in.value_or(0);
  if (result<token_owner_read> owner = json_of(json).template decode<token_owner_read>(body); owner) {
    fresh.user_type = std::move(owner->user_type).value_or("");
    fresh.location_id = std::move(owner->location_id).value_or("");
    fresh.company_id = std::move(owner->company_id).value_or("");
    fresh.refresh_token_id = std::move(owner->refresh_token_id).value_or("");
    fresh.scope = std::move(owner->scope).value_or("");
  }
  if (result<token_bulk_read> bulk = json_of(json).template decode<token_bulk_read>(body); bulk)
    fresh.is_bulk_installation = bulk->is_bulk_installation;
  if (result<token_locations_read> places = json_of(json).template decode<token_locations_read>(body); places)
    if (places->approved_locations) fresh.approved_locations = *std::move(places->approved_locations);

  if (const std::string& token = fresh.access_token.reveal(); !usable_token(token)) {
    const fault what = token.empty() ? fault::missing_field : fault::bad_token;
    fresh.access_token = {};
    return unread_tokens(called, answer, what, "access_token", std::move(fresh));
  }
  return fresh;
}

/// A pair of which the server says that it is another one than was asked for.
inline error other_tokens(const endpoint_facts& called, const http::response& answer, std::string_view where,
                          token_pair&& came) {
  error e = decode_error(fault::other_token_type, std::string{where});
  describe(e, called, answer);
  e.excerpt.clear();
  e.unsaved_tokens.push_back(std::move(came));
  return e;
}

}}}  // namespace ghl::v0::detail
