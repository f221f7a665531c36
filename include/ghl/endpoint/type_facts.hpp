/// What the checks need to know of a type, as plain data: they are ordinary functions over it, which is why checking
/// hundreds of endpoints costs the compiler little.
#pragma once

#include <ghl/endpoint/diagnosis.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// A text with the name of T in it; empty for a compiler that offers none.
template <class T>
constexpr const char* text_with_type() noexcept {
#if defined(__GNUC__)
  return __PRETTY_FUNCTION__;  // ... [with T = links::link], ... [T = links::link]
#elif defined(_MSC_VER)
  return __FUNCSIG__;  // ... text_with_type<struct links::link>(void) noexcept
#else
  return "";
#endif
}

/// The name of the type in such a text.
constexpr std::string_view type_in(std::string_view text) noexcept {
  constexpr std::string_view in_brackets = "T = ";
  constexpr std::string_view in_angles = "text_with_type<";
  if (const std::size_t at = text.find(in_brackets); at != std::string_view::npos) {
    text.remove_prefix(at + in_brackets.size());
    return text.substr(0, text.find_first_of(";]"));
  }
  const std::size_t at = text.find(in_angles);
  if (at == std::string_view::npos) return "a struct";
  text.remove_prefix(at + in_angles.size());
  text = text.substr(0, text.rfind(">("));
  if (text.starts_with("struct ")) text.remove_prefix(7);
  else if (text.starts_with("class ")) text.remove_prefix(6);
  return text;
}

/// The name of T, for an error message.
template <class T>
constexpr std::string_view name_of_type() noexcept {
  return type_in(text_with_type<T>());
}

#if defined(__GNUC__) && !defined(__clang__)
// (Two compilers may each have their own in one program: tags are compared at compile time only.)
// g++ 11, and later ones under -fsanitize=undefined, cannot compare the addresses of inline variables in a constant
// expression, but they can compare texts.
template <class T>
inline constexpr const char& tag_of = *text_with_type<T>();
constexpr bool same_type(const char* a, const char* b) noexcept { return __builtin_strcmp(a, b) == 0; }
#else
/// The address of this identifies T.
template <class T>
inline constexpr char tag_of = 0;
constexpr bool same_type(const char* a, const char* b) noexcept { return a == b; }
#endif

struct field_facts;

// No pointer here is compared with null: under -fsanitize=undefined, g++ does not accept that in a constant expression.

/// A type that JSON is read into or written from. Of an optional, a vector or a map: the type inside.
struct type_facts {
  bool readable;                          // JSON has values of this type
  bool described = false;                 // a struct with fields(), to which the rest refers
  const char* tag = nullptr;
  const field_facts* fields = nullptr;
  type_facts (*const* types)() = nullptr; // of the fields: functions, since a struct may hold a vector of itself
  std::size_t count = 0;
  bool can_be_made = true;                // without an argument, as for reading
  finding wrong = {};                     // with the struct as a whole; or why JSON has no values of this type
};

enum class field_kind : unsigned char { field, misused, other };

/// One field of a described struct.
struct field_facts {
  std::string_view name;                  // on the wire
  std::string_view also;                  // a second spelling, read but never written; empty: none
  const char* owner = nullptr;            // the tag of the struct that the member belongs to
  const volatile void* place = nullptr;   // identifies the member, until fields() has compared it with the others
  bool constant = false;                  // the member is const: nothing can be read into it
  field_kind kind = field_kind::field;
  std::size_t bytes = 0;                  // of the member
};

}}}  // namespace ghl::v0::detail
