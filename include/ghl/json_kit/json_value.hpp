/// Any JSON, kept as a text.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/named.hpp>
#include <ghl/detail/referred.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_checks.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/json_kit/compact_text.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/kept_json.hpp>
#include <ghl/json_kit/kind.hpp>
#include <ghl/json_kit/replay.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// What keeps JSON from saying a T.
template <class T, bool IsRead>
constexpr finding finding_in_value() noexcept {
  if constexpr (!std::is_object_v<T>) return {diagnosis::field_type, name_of_type<T>()};
  else {
    const type_facts type = facts_of_type<T>();
    if (!type.readable) return why_not(type, {diagnosis::field_type, name_of_type<T>()});
    if (IsRead && !type.can_be_made) return {diagnosis::cannot_be_made, name_of_type<T>()};
    return check_type(type, IsRead);
  }
}
template <class T, bool IsRead>
struct culprit_in_value {
  static constexpr std::string_view text = finding_in_value<T, IsRead>().culprit;
};
/// The one sentence about it.
template <class T, bool IsRead>
using sentence_about = valid_endpoint<finding_in_value<T, IsRead>().what, named_by<culprit_in_value<T, IsRead>>>;

template <class Json, class T>
concept reads = requires(Json& json, std::string_view text) { json_of(json).template decode<T>(text); };
template <class Json, class T>
concept writes = requires(Json& json, const T& value) { json_of(json).template encode<T>(value); } ||
                 requires(Json& json, const T& value) { json_of(json).encode(value); };

}  // namespace detail

/// Purpose: a JSON value of any kind, for what an API describes as a free object, or not at all: as a member, an
/// element of a vector or a map, a body or a response. Reading it never fails for its type.
/// Example:
///     struct contact {
///       std::string id;
///       std::optional<ghl::json_value> custom;  // absent and null: empty
///       static consteval auto fields();
///     };
///     const auto city = contact.custom->at("/address/city");          // a result: it may be missing
///     const auto name = city->get<std::string>(ghl::nlohmann_json{});  // read by any JSON policy
///     contact.custom = *ghl::json_value::from(ghl::nlohmann_json{}, address);
/// What is kept: the values, compact, in the order in which they were read. Numbers stand as they came (1.50, 1e400,
/// integers of any length), if the parser tells their text; ghl::dom_json keeps what its library does. Strings are
/// UTF-8, escaped no more than need be. Of equal keys of an object the last alone is kept.
/// Equality: that of the texts, so 1 is not 1.0, and the order of members counts.
/// Errors: values. Thread safety: that of a std::string.
class json_value {
 public:
  /// null
  json_value() noexcept = default;

  /// Any JSON text. Errors: those of a decoder, and nothing is kept of a text that is none.
  [[nodiscard]] static result<json_value> parse(std::string_view text);

  /// What a JSON policy writes for `value`, which can be all that a body can be, and a text of any kind.
  template <class Json, class T>
  [[nodiscard]] static result<json_value> from(Json&& json, const T& value) {
    constexpr bool is_policy = detail::writes<Json, std::string>;
    static_assert(is_policy, "ghl: from() takes a JSON policy, and then the value: "
                             "ghl::json_value::from(ghl::nlohmann_json{}, value)");
    if constexpr (is_policy && !detail::json_readable<T> && std::convertible_to<const T&, std::string_view> &&
                  !std::is_same_v<T, std::nullptr_t>) {
      return from(json, std::string{std::string_view{value}});
    } else if constexpr (is_policy && detail::finding_in_value<T, false>().what != detail::diagnosis::none) {
      static_assert(sizeof(detail::sentence_about<T, false>) != 0);
    } else if constexpr (is_policy) {
      const result<std::string> text = [&]() -> result<std::string> {
        auto& policy = detail::json_of(json);
        if constexpr (requires { policy.template encode<T>(value); }) return policy.template encode<T>(value);
        else return policy.encode(value);
      }();
      if (!text) return text.error();
      return parse(*text);
    }
    return json_value{};
  }

  /// This value as a T, read by a JSON policy; T can be all that a response can be. It is read strictly, as with
  /// ghl::strict{}: an optional member of another type is an error, and an array that is absent too.
  template <class T, class Json>
  [[nodiscard]] result<T> get(Json&& json) const {
    constexpr bool is_policy = detail::reads<Json, std::string>;
    static_assert(is_policy, "ghl: get() takes a JSON policy: value.get<std::string>(ghl::nlohmann_json{})");
    if constexpr (is_policy && detail::finding_in_value<T, true>().what != detail::diagnosis::none)
      static_assert(sizeof(detail::sentence_about<T, true>) != 0);
    else if constexpr (is_policy) return detail::json_of(json).template decode<T>(text());
    return ghl::error{};
  }

  /// What a JSON pointer points at (RFC 6901): "/links/0/name", "" for the whole; ~1 is a slash in a key, ~0 a tilde.
  /// Errors: `missing_field`, with the pointer as the place, where nothing is, or where this is no pointer.
  [[nodiscard]] result<json_value> at(std::string_view pointer) const {
    const std::string_view found = detail::find_by_pointer(text(), pointer);
    if (found.empty()) return decode_error(fault::missing_field, std::string{pointer});
    json_value value;
    if (found != "null") value.text_ = found;
    return value;
  }

  /// Of numbers: `integer` if it is one of std::int64_t, `unsigned_integer` if it is a greater one of std::uint64_t;
  /// 1.0 and -0 are none.
  [[nodiscard]] json_kind kind() const noexcept { return detail::kind_of(text()); }
  [[nodiscard]] bool is_null() const noexcept { return text_.empty(); }

  /// The JSON text, compact. It lives as long as this value is not changed.
  [[nodiscard]] std::string_view text() const noexcept { return text_.empty() ? std::string_view{"null"} : text_; }

  friend bool operator==(const json_value&, const json_value&) noexcept = default;

  /// For json_events(): the events of this value.
  template <class Writer>
  friend fault replay(const json_value& value, Writer& out) {
    std::string_view text = value.text();
    return detail::replay_json(text, out);
  }

 private:
  friend struct detail::json_keeper;
  std::string text_{};  // empty: null
};

namespace detail {

constexpr any_table make_any_table() {
  any_table t{};
  t.type = json_type::any;
  t.take = &json_keeper::take<json_value>;
  return t;
}

template <>
inline constexpr any_table table_of<json_value> = make_any_table();

}  // namespace detail

inline result<json_value> json_value::parse(std::string_view text) {
  return read_json_by_steps<json_value>(text, &detail::json_string_text);
}

}}  // namespace ghl::v0
