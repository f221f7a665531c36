/// What the checks need to know of a type, its name left out: they are plain functions over these, so that checking
/// hundreds of endpoints costs the compiler next to nothing.
#pragma once

#include <ghl/endpoint/traits.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A text that names T somewhere in it; without one, errors say "a struct" in place of the name.
template <class T>
constexpr const char* text_with_type() noexcept {
#if defined(__GNUC__)
  return __PRETTY_FUNCTION__;  // … [with T = links::link], … [T = links::link]
#else
  return "";
#endif
}

/// The name of T, for an error.
template <class T>
constexpr std::string_view name_of_type() noexcept {
  std::string_view text = text_with_type<T>();
  const std::size_t at = text.find("T = ");
  if (at == std::string_view::npos) return "a struct";
  text.remove_prefix(at + 4);
  return text.substr(0, text.find_first_of(";]"));
}

#if defined(__GNUC__) && !defined(__clang__)
// g++ 11, and later ones under -fsanitize=undefined, cannot compare addresses of inline variables in a constant; the
// texts can be compared.
template <class T>
inline constexpr const char& tag_of = *text_with_type<T>();
constexpr bool same_type(const char* a, const char* b) noexcept { return __builtin_strcmp(a, b) == 0; }
#else
/// Its address stands for T.
template <class T>
inline constexpr char tag_of = 0;
constexpr bool same_type(const char* a, const char* b) noexcept { return a == b; }
#endif

struct field_facts;

// Nothing here is compared with a null pointer: g++ takes no such comparison for a constant under -fsanitize=undefined.

/// A type that JSON is read into or written from; the struct in it, where there is one.
struct type_facts {
  bool readable;                          // JSON can say it
  bool described = false;                 // it has a struct with fields(), of which the rest tells
  const char* tag = nullptr;
  const field_facts* fields = nullptr;
  std::size_t count = 0;
  std::string_view forgets = {};          // its name, where it has a member that is no field
};

/// One field of a described struct.
struct field_facts {
  std::string_view name;                  // on the wire
  std::string_view also;                  // a second spelling, read but never written; empty: none
  const char* owner = nullptr;            // the struct that the member is of
  type_facts (*type)() = nullptr;         // asked for late: a struct may hold a vector of itself
  bool is_field = true;
};

enum class defect : unsigned char {
  none,
  no_request,
  no_word,
  path_without_slash,
  path_character,
  empty_placeholder,
  repeated_placeholder,
  unfilled_placeholder,
  unknown_placeholder,
  too_many_placeholders,
  repeated_parameter,
  unnamed_parameter,
  two_bodies,
  body_on_get,
  two_versions,
  version_form,
  scope_form,
  too_many_scopes,
  no_token,
};

struct finding {
  defect what = defect::none;
  std::string_view culprit;
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
  no_field,
  forgotten_member,
};

struct misfit_found {
  misfit what = misfit::none;
  std::string_view name;
};

enum class site : unsigned char { path, query, body, version, unpublished_version, scope, sub_account, agency, unknown };

/// What the checks need to know of one word of a descriptor.
struct word {
  site in;
  std::string_view name = {};         // of a parameter; the text of another word
  const char* owner = nullptr;        // the struct that the member is of
  misfit type = misfit::none;         // what is wrong with the member's type
  misfit_found (*json)() = nullptr;   // body: what is wrong with its type
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

/// The name of T if it has more members than that.
template <class T, std::size_t Count>
constexpr std::string_view forgetful() noexcept {
  if constexpr (has_more_members_than<T, Count>) return name_of_type<T>();
  else return {};
}

}}}  // namespace ghl::v0::detail
