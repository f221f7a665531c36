/// What can be wrong with the types of an endpoint: its parameters, its response and the structs that it is made of.
#pragma once

#include <ghl/detail/shape.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/fields.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl::inline v0::detail {

enum class misfit : unsigned char {
  none,
  foreign_member,
  path_of_many,
  path_type,
  query_type,
  body_type,
  no_response,
  response_type,
  field_type,
  foreign_field,
  repeated_field,
  forgotten_member,
};

template <class T>
inline constexpr bool url_scalar =
    json_number<T> || std::same_as<T, bool> || std::same_as<T, std::string> || std::same_as<T, std::string_view>;
template <class T>
inline constexpr bool url_query = url_scalar<T>;
template <class T>
inline constexpr bool url_query<std::optional<T>> = url_query<T>;
template <class T>
inline constexpr bool url_query<std::vector<T>> = url_scalar<T> && !std::same_as<T, bool>;

// ---- parameters ----

template <class E, class Word>
inline constexpr misfit misfit_of = misfit::none;
template <class E, class Owner, class Member>
inline constexpr misfit misfit_of<E, path_word<Owner, Member>> =
    !std::derived_from<E, Owner>                             ? misfit::foreign_member
    : is_optional<plain<Member>> || is_vector<plain<Member>> ? misfit::path_of_many
    : url_scalar<plain<Member>>                              ? misfit::none
                                                             : misfit::path_type;
template <class E, class Owner, class Member>
inline constexpr misfit misfit_of<E, query_word<Owner, Member>> = 
    !std::derived_from<E, Owner>  ? misfit::foreign_member
    : url_query<plain<Member>> ? misfit::none
                               : misfit::query_type;
template <class E, class Owner, class Member>
inline constexpr misfit misfit_of<E, body_word<Owner, Member>> = 
    !std::derived_from<E, Owner>   ? misfit::foreign_member
    : has_shape<plain<Member>>() ? misfit::none
                                 : misfit::body_type;

// ---- members that nothing mentions ----

/// Converts to anything but T, so that T{anything, …} asks for members and not for a copy.
template <class T>
struct anything_but {
  template <class Member>
    requires(!std::same_as<Member, T>)
  operator Member() const;
};

/// Whether an aggregate has more members than that. One question instead of a count: it costs next to nothing.
template <class T, std::size_t... I>
consteval bool has_more_members(std::index_sequence<0, I...>) {
  return requires { T{((void)I, anything_but<T>{})..., anything_but<T>{}}; };
}
template <class T, std::size_t Count>
consteval bool has_more_members_than() {
  if constexpr (std::is_aggregate_v<T>) return has_more_members<T>(std::make_index_sequence<Count + 1>{});
  else return false;
}

// ---- fields ----

struct misfit_found {
  misfit what = misfit::none;
  std::string_view name;
};

template <class T, class... Seen>
constexpr misfit_found misfit_of_type() noexcept;

template <class T, class Field, class... Seen>
constexpr misfit_found misfit_of_field(std::string_view name) noexcept {
  using member = typename Field::member_type;
  if constexpr (!std::derived_from<T, typename Field::owner>) return {misfit::foreign_field, name};
  else if constexpr (!has_shape<member>()) return {misfit::field_type, name};
  else return misfit_of_type<member, T, Seen...>();
}

template <class T, class... Seen, class... Fields>
constexpr misfit_found misfit_of_fields(const field_list<Fields...>& fields) noexcept {
  constexpr std::size_t count = sizeof...(Fields);
  std::string_view names[2 * count + 1];
  std::size_t n = 0;
  misfit_found first;
  const auto look = [&](const misfit_found& f) {
    if (first.what == misfit::none) first = f;
  };
  for_each_field<T>([&](const auto& f) {
    for (const std::string_view name : {f.name, f.also}) {
      if (name.empty()) continue;
      for (std::size_t i = 0; i < n; ++i)
        if (names[i] == name) look({misfit::repeated_field, name});
      names[n++] = name;
    }
  });
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (look(misfit_of_field<T, Fields, Seen...>(get<I>(fields.list).name)), ...);
  }(std::index_sequence_for<Fields...>{});
  if (has_more_members_than<T, count>()) look({misfit::forgotten_member, {}});
  return first;
}

/// The first misfit of a type that JSON is read into or written from. `Seen` ends the walk of a recursive type.
template <class T, class... Seen>
constexpr misfit_found misfit_of_type() noexcept {
  if constexpr (is_optional<T> || is_vector<T>) return misfit_of_type<typename T::value_type, Seen...>();
  else if constexpr (described<T> && !(std::same_as<T, Seen> || ...)) return misfit_of_fields<T, Seen...>(fields_of<T>);
  else return {};
}

/// The result of misfit_of_type, made once for each type.
template <class T>
inline constexpr misfit_found misfit_in_type = misfit_of_type<T>();

// ---- endpoints ----

template <class E>
constexpr misfit_found misfit_of_response() noexcept {
  if constexpr (!requires { typename E::response; }) return {misfit::no_response, {}};
  else if constexpr (std::same_as<typename E::response, no_content>) return {};
  else if constexpr (!has_shape<typename E::response>()) return {misfit::response_type, {}};
  else return misfit_in_type<typename E::response>;
}

template <class Owner, class Member>
constexpr misfit_found misfit_of_body(const body_word<Owner, Member>&) noexcept {
  return misfit_in_type<plain<Member>>;
}
template <class Word>
constexpr misfit_found misfit_of_body(const Word&) noexcept {
  return {};
}

template <class Word>
constexpr std::string_view name_of_word(const Word& w) noexcept {
  if constexpr (requires { typename Word::member_type; w.name; }) return w.name;
  else return "body";
}

template <class E, class... Words>
constexpr misfit_found misfit_of_endpoint(const descriptor<Words...>& d) noexcept {
  misfit_found first;
  const auto look = [&](const misfit_found& f) {
    if (first.what == misfit::none) first = f;
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (look({misfit_of<E, Words>, name_of_word(get<I>(d.words))}), ...);
    (look(misfit_of_body(get<I>(d.words))), ...);
  }(std::index_sequence_for<Words...>{});
  constexpr std::size_t mentioned = (0 + ... + (requires { typename Words::member_type; } ? 1 : 0));
  if (has_more_members_than<E, mentioned>()) look({misfit::forgotten_member, {}});
  look(misfit_of_response<E>());
  return first;
}

}  // namespace ghl::inline v0::detail
