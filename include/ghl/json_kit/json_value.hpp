/// Any JSON, kept as a text.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/referred.hpp>
#include <ghl/json_kit/compact_text.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/kept_json.hpp>
#include <ghl/json_kit/kind.hpp>
#include <ghl/json_kit/replay.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

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

  /// What a JSON policy writes for `value`, which can be all that a body can be.
  template <class Json, class T>
  [[nodiscard]] static result<json_value> from(Json&& json, const T& value) {
    const result<std::string> text = [&]() -> result<std::string> {
      auto& policy = detail::json_of(json);
      if constexpr (requires { policy.template encode<T>(value); }) return policy.template encode<T>(value);
      else return policy.encode(value);
    }();
    if (!text) return text.error();
    return parse(*text);
  }

  /// This value as a T, read by a JSON policy; T can be all that a response can be.
  template <class T, class Json>
  [[nodiscard]] result<T> get(Json&& json) const {
    return detail::json_of(json).template decode<T>(text());
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
