/// A JSON adapter as the targets see it, and the list of those that a target was linked with.
#pragma once

#include "fuzz.hpp"
#include "kinds.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/json_kit/events.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {

/// Answers of every shape: those of the five endpoints, and two with a member of each kind that JSON can say.
struct get_strict {
  using response = ghl::testing::json::strict;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Strict", ghl::method::get, "/strict", ghl::token::sub_account);
  }
};
struct get_numbers {
  using response = ghl::testing::json::numbers;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Numbers", ghl::method::get, "/numbers", ghl::token::sub_account);
  }
};
inline constexpr unsigned endpoints = 8;

using followers = ghl::opportunities::remove_followers::followers_to_remove;

/// What interpret() made of an answer: an error, or the value as a text that is the same for equal values.
struct outcome {
  bool read = false;
  ghl::error error{};
  std::string value{};
};

/// Writes a value so that two texts are equal where the values are.
struct dump {
  std::string text{};
  void put(std::string_view v) { text.append(v).push_back(' '); }
  void null() { put("null"); }
  void boolean(bool v) { put(v ? "true" : "false"); }
  void integer(std::int64_t v) { put(std::to_string(v)); }
  void unsigned_integer(std::uint64_t v) { put(std::to_string(v)); }
  void number(double v) {
    char digits[64];
    std::snprintf(digits, sizeof digits, "%a", v);
    put(digits);
  }
  void string(std::string_view v) { put(std::to_string(v.size())), put(v); }
  void key(std::string_view v) { put(v); }
  void begin_object() { put("{"); }
  void end_object() { put("}"); }
  void begin_array() { put("["); }
  void end_array() { put("]"); }
};

/// A policy that reads from a buffer of its own that ends with the text, so that AddressSanitizer sees a byte too many.
template <class Json>
struct exact {
  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    const std::unique_ptr<char[]> buffer{new char[text.size()]};
    text.copy(buffer.get(), text.size());
    return Json{}.template decode<T>(std::string_view{buffer.get(), text.size()});
  }
};

template <class Json, class E>
outcome interpreted(const ghl::http::response& answer) {
  auto r = ghl::interpret<E>(answer, exact<Json>{});
  if (!r) return {false, std::move(r.error()), {}};
  dump out;
  demand(ghl::json_events(*r, out) == ghl::fault::none, "what was read from JSON can be written as JSON", answer.body);
  return {true, {}, std::move(out.text)};
}

/// What a call made of an answer that may not be as described.
struct reading {
  bool read = false;
  bool has_partial = false;
  ghl::error error{};
  std::string value{};  // or what could be read of it
  std::vector<ghl::mismatch> mismatches{};
};

template <class Json>
reading read_kinds(const ghl::http::response& answer, std::string_view token, bool strictly) {
  ghl::client api{[&](const ghl::http::request&) { return answer; }, exact<Json>{}, ghl::access_token{std::string{token}}};
  auto r = strictly ? api.call(get_kinds{}, ghl::strict{}) : api.call(get_kinds{});
  reading out{r.has_value(), r.partial() != nullptr, {}, {}, r.mismatches()};
  dump value;
  if (r) demand(ghl::json_events(*r, value) == ghl::fault::none, "what was read can be written", answer.body);
  else if (r.partial() != nullptr) ghl::json_events(*r.partial(), value);
  out.value = std::move(value.text);
  if (!r) out.error = std::move(r.error());
  return out;
}

struct adapter {
  std::string_view name;
  outcome (*interpret)(unsigned endpoint, const ghl::http::response& answer);
  ghl::result<std::string> (*encode)(const followers& value);
  ghl::result<followers> (*decode)(std::string_view text);
  reading (*read)(const ghl::http::response& answer, std::string_view token, bool strictly);
};

/// Those that this program was linked with, in the order of their names.
std::vector<adapter>& adapters();

/// At namespace scope, this adds an adapter to the list.
template <class Json>
struct registered {
  explicit registered(std::string_view name) { adapters().push_back({name, &interpret, &encode, &decode, &read_kinds<Json>}); }

  static outcome interpret(unsigned endpoint, const ghl::http::response& answer) {
    switch (endpoint % endpoints) {
      case 0: return interpreted<Json, ghl::links::get_links>(answer);
      case 1: return interpreted<Json, ghl::links::delete_link>(answer);
      case 2: return interpreted<Json, ghl::opportunities::remove_followers>(answer);
      case 3: return interpreted<Json, ghl::associations::delete_association>(answer);
      case 4: return interpreted<Json, ghl::conversations::delete_conversation>(answer);
      case 5: return interpreted<Json, ghl::testing::json::get_everything>(answer);
      case 6: return interpreted<Json, get_strict>(answer);
      default: return interpreted<Json, get_numbers>(answer);
    }
  }
  static ghl::result<std::string> encode(const followers& value) { return Json{}.template encode<followers>(value); }
  /// followers have no default, so they are read as the answer that has the same member.
  static ghl::result<followers> decode(std::string_view text) {
    auto r = exact<Json>{}.template decode<ghl::opportunities::remove_followers::response>(text);
    if (!r) return std::move(r.error());
    if (!r->followers) return ghl::decode_error(ghl::fault::missing_field, "followers");
    return followers{*std::move(r->followers)};
  }
};

}  // namespace fuzz
