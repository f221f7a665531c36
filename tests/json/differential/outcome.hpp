/// What a JSON adapter makes of a text, with the type left out, and the adapters of this program.
#pragma once

#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/testing/json_suite/converted.hpp>
#include <ghl/testing/json_suite/free_form.hpp>
#include <ghl/testing/json_suite/types.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace differential {

namespace suite = ghl::testing::json;

/// The types that texts are read as: the responses of the five calls, and one of each kind that a model is made of.
enum class shape : unsigned char {
  links,
  link_deleted,
  followers,
  association,
  conversation,
  everything,
  strict,
  holder,
  numbers,
  real,
  single,
  whole,
  natural,
  tiny,
  text,
  flag,
  items,
  matrix,
  message,
  maybe_item,
  free_form,
  json,
  map,
  converted,
};
inline constexpr shape shapes[] = {shape::links,        shape::link_deleted, shape::followers, shape::association,
                                   shape::conversation, shape::everything,   shape::strict,    shape::holder,
                                   shape::numbers,      shape::real,         shape::single,    shape::whole,
                                   shape::natural,      shape::tiny,         shape::text,      shape::flag,
                                   shape::items,        shape::matrix,       shape::message,   shape::maybe_item,
                                   shape::free_form,    shape::json,         shape::map,       shape::converted};

/// An error, or the value as a text: equal texts for equal values, the sign of a zero included.
struct outcome {
  std::string value{};  // empty: refused
  ghl::fault fault = ghl::fault::none;
  std::string where{};
  friend bool operator==(const outcome&, const outcome&) = default;
};

inline std::string told(const outcome& o) {
  if (!o.value.empty()) return "read as " + o.value.substr(0, 400);
  return std::string{name_of(o.fault)} + " at \"" + o.where + "\"";
}

/// Writes the events of a value; the members of an object in the order of their keys, which some libraries do not keep.
class dump {
 public:
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
  void key(std::string_view v) { open_.back().emplace_back(std::string{v} + ' '); }
  void begin_object() { open_.emplace_back(); }
  void end_object() {
    std::vector<std::string> members = std::move(open_.back());
    open_.pop_back();
    std::sort(members.begin(), members.end());
    put("{");
    for (const std::string& member : members) text().append(member);
    put("}");
  }
  void begin_array() { put("["); }
  void end_array() { put("]"); }

  [[nodiscard]] std::string& text() noexcept { return open_.empty() ? text_ : open_.back().back(); }

 private:
  void put(std::string_view v) { text().append(v).push_back(' '); }

  std::string text_{};
  std::vector<std::vector<std::string>> open_{};  // the members so far, of each object that is open
};

template <class T>
outcome outcome_of(const T& value) {
  dump out;
  if (ghl::json_events(value, out) != ghl::fault::none) return {"a value that JSON cannot say"};
  return {std::move(out.text())};
}
template <class T>
outcome outcome_of(const ghl::result<T>& r) {
  if (r) return outcome_of(*r);
  if (r.error().kind != ghl::error_kind::decode) return {"an error of another kind"};
  return {{}, r.error().fault, r.error().where};
}

/// From a buffer that ends with the text, so that AddressSanitizer sees a policy that reads a byte too many.
template <class T, class Json>
outcome read_as(std::string_view text) {
  const std::unique_ptr<char[]> buffer{new char[text.size()]};
  text.copy(buffer.get(), text.size());
  return outcome_of(Json{}.template decode<T>(std::string_view{buffer.get(), text.size()}));
}

template <class Json>
outcome read(shape as, std::string_view text) {
  switch (as) {
    case shape::links: return read_as<ghl::links::get_links::response, Json>(text);
    case shape::link_deleted: return read_as<ghl::links::delete_link::response, Json>(text);
    case shape::followers: return read_as<ghl::opportunities::remove_followers::response, Json>(text);
    case shape::association: return read_as<ghl::associations::delete_association::response, Json>(text);
    case shape::conversation: return read_as<ghl::conversations::delete_conversation::response, Json>(text);
    case shape::everything: return read_as<suite::everything, Json>(text);
    case shape::strict: return read_as<suite::strict, Json>(text);
    case shape::holder: return read_as<suite::holder, Json>(text);
    case shape::numbers: return read_as<suite::numbers, Json>(text);
    case shape::real: return read_as<double, Json>(text);
    case shape::single: return read_as<float, Json>(text);
    case shape::whole: return read_as<std::int64_t, Json>(text);
    case shape::natural: return read_as<std::uint64_t, Json>(text);
    case shape::tiny: return read_as<std::int8_t, Json>(text);
    case shape::text: return read_as<std::string, Json>(text);
    case shape::flag: return read_as<bool, Json>(text);
    case shape::items: return read_as<std::vector<suite::item>, Json>(text);
    case shape::matrix: return read_as<std::vector<std::vector<double>>, Json>(text);
    case shape::message: return read_as<ghl::string_or_strings, Json>(text);
    case shape::maybe_item: return read_as<std::optional<suite::item>, Json>(text);
    case shape::free_form: return read_as<suite::free_form, Json>(text);
    case shape::json: return read_as<ghl::json_value, Json>(text);
    case shape::map: return read_as<std::map<std::string, suite::item>, Json>(text);
    case shape::converted: return read_as<suite::converted, Json>(text);
  }
  return {};
}

}  // namespace differential
