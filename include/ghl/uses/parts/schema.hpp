/// The description of a type as data.
#pragma once

#include <span>
#include <string_view>

namespace ghl { inline namespace v0 {

enum class schema_kind : unsigned char {
  nothing,        ///< there is no body
  boolean,
  integer,
  number,
  text,
  text_or_texts,  ///< one text, or an array of them
  array,          ///< of `element`
  map,            ///< an object with keys of any name, and values of `element`
  object,         ///< an object with `fields`
  any,            ///< any JSON
  bytes,          ///< a file
};

struct schema;

/// A field of an object.
struct schema_field {
  std::string_view name;                ///< on the wire
  std::string_view also;                ///< a second spelling, which is read and never written; empty: none
  bool required;                        ///< the member is no std::optional: it is always written
  const schema& (*type)() noexcept;     ///< its type: `field.type().kind`
};

/// Purpose: a type that JSON, a form or a parameter is made from, as data to walk through. A struct may hold itself, in
/// a vector, so that a walk to the end keeps a list of the objects that it has seen: by their addresses.
/// All of it is constant, and lives as long as the program.
struct schema {
  schema_kind kind;
  std::string_view name{};                      ///< of a struct or an enumeration, as in the program: "link"
  std::string_view format{};                    ///< "int64", "double", "date-time", "binary" ...; empty: none
  bool may_be_null = false;                     ///< null says something else than absent
  bool is_open = false;                         ///< other texts than `values` can come
  std::span<const std::string_view> values{};   ///< of an enumeration
  const schema& (*element)() noexcept = nullptr;  ///< of an array or a map
  std::span<const schema_field> fields{};       ///< of an object
};

}}  // namespace ghl::v0
