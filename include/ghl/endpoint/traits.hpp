/// Which types can stand in a URL and in JSON.
#pragma once

#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/json_as_std.hpp>
#include <ghl/endpoint/nullable.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// Purpose: a text or an array of texts on the wire, as the API's `message`. Always an array here.
struct string_or_strings {
  std::vector<std::string> values;
  friend bool operator==(const string_or_strings&, const string_or_strings&) = default;
};

/// Purpose: the response of an endpoint whose answer has no body: `using response = ghl::no_content;`.
struct no_content {
  friend constexpr bool operator==(no_content, no_content) noexcept = default;
};

class json_value;  // <ghl/json_kit/json_value.hpp>

/// A struct with `fields()`.
template <class T>
concept described = requires { T::fields().list; };

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// std::map<std::string, T>, std::unordered_map<std::string, T>, with whatever comparator, hash and allocator, and what
/// else has their functions. This header includes neither.
template <class T>
concept string_map = !has_json_as<T> && requires(T& map, std::string key) {
  requires std::same_as<typename T::key_type, std::string>;
  map.clear();
  { (*map.try_emplace(std::move(key)).first).second } -> std::same_as<typename T::mapped_type&>;
};

template <class T>
inline constexpr bool is_character =
    std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char16_t> || std::same_as<T, char32_t>;
#if defined(__cpp_char8_t)
template <>
inline constexpr bool is_character<char8_t> = true;
#endif

template <class T>
concept json_number = std::is_arithmetic_v<T> && !std::same_as<T, bool> && sizeof(T) <= 8 && !is_character<T>;

/// Whether JSON can be read into a T and written from it. Members of a struct are not considered, since a type may hold
/// a vector of itself; check_type looks at them.
template <class T>
inline constexpr bool json_readable = described<T> || json_number<T> || std::same_as<T, bool> ||
                                      std::same_as<T, std::string> || std::same_as<T, string_or_strings> ||
                                      std::same_as<T, json_value> || has_json_as<T>;
template <class T>
inline constexpr bool json_readable<std::optional<T>> = json_readable<T>;
template <class T>
inline constexpr bool json_readable<nullable<T>> = json_readable<T>;
template <class T>
inline constexpr bool json_readable<std::vector<T>> = json_readable<T>;
template <string_map T>
inline constexpr bool json_readable<T> = json_readable<typename T::mapped_type>;

/// Whether a member may be absent: an optional, a nullable, or what stands for one.
template <class T>
inline constexpr bool is_omittable = is_optional<T> || is_nullable<T>;
template <has_known_type T>
inline constexpr bool is_omittable<T> = is_omittable<known_type<T>>;

template <class T>
inline constexpr bool url_scalar =
    json_number<T> || std::same_as<T, bool> || std::same_as<T, std::string> || std::same_as<T, std::string_view>;
template <has_known_type T>
inline constexpr bool url_scalar<T> = url_scalar<known_type<T>>;
template <class T>
inline constexpr bool url_query = url_scalar<T>;
template <has_known_type T>
inline constexpr bool url_query<T> = url_query<known_type<T>>;
template <class T>
inline constexpr bool url_query<std::optional<T>> = url_query<T>;
template <class T>
inline constexpr bool url_query<std::vector<T>> = url_scalar<T> && !std::same_as<T, bool>;

}  // namespace detail
}}  // namespace ghl::v0
