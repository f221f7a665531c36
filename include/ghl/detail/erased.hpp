/// What the checks need to know of a type, its name left out: they are plain functions over these, so that checking
/// hundreds of endpoints costs the compiler next to nothing.
#pragma once

#include <ghl/detail/traits.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl::inline v0::detail {

/// Its address stands for T.
template <class T>
inline constexpr char tag_of = 0;

/// Whether two tags stand for one type. g++ 11 cannot compare addresses of inline variables in a constant; there the
/// checks that need it find nothing, and what they would have said in a sentence is an error without one.
constexpr bool same_type(const void* a, const void* b) noexcept {
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 12
  return static_cast<void>(a), static_cast<void>(b), true;
#else
  return a == b;
#endif
}

struct field_facts;

/// A type that JSON is read into or written from; the struct in it, where there is one.
struct type_facts {
  bool readable;                          // JSON can say it
  const void* tag = nullptr;              // the described struct
  const field_facts* fields = nullptr;
  std::size_t count = 0;
  bool forgets = false;                   // it has a member that is no field
};

/// One field of a described struct.
struct field_facts {
  std::string_view name;                  // on the wire
  std::string_view also;                  // a second spelling, read but never written; empty: none
  const void* owner;                      // the struct that the member is of
  type_facts (*type)();                   // asked for late: a struct may hold a vector of itself
};

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

struct misfit_found {
  misfit what = misfit::none;
  std::string_view name;
};

enum class site : unsigned char { none, path, query, body };

/// One parameter of an endpoint.
struct parameter {
  site in = site::none;
  std::string_view name;
  const void* owner = nullptr;     // the struct that the member is of
  misfit type = misfit::none;      // what is wrong with the member's type
  type_facts (*json)() = nullptr;  // body: its type
};

// ---- members that nothing mentions ----

struct anything {
  template <class Member>
  operator Member() const;
};

template <class T, std::size_t... I>
consteval bool has_more_members(std::index_sequence<I...>) {
  return requires { T{((void)I, anything{})..., anything{}}; };
}

/// Whether an aggregate has more members than that. One question instead of a count: it costs next to nothing. (The
/// first lines do without a function for each T, which is most of the cost.)
template <class T, std::size_t Count>
concept has_more_members_than =
    std::is_aggregate_v<T> &&
    ((Count == 0 && !std::is_empty_v<T>) ||  // T{anything} could be a copy
     (Count == 1 && requires { T{anything{}, anything{}}; }) ||
     (Count == 2 && requires { T{anything{}, anything{}, anything{}}; }) ||
     (Count == 3 && requires { T{anything{}, anything{}, anything{}, anything{}}; }) ||
     (Count > 3 && has_more_members<T>(std::make_index_sequence<Count>{})));

}  // namespace ghl::inline v0::detail
