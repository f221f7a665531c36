/// The types of a document, each once: what refers to one has its number.
#pragma once

#include <families.hpp>

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace ghl_reference {

using json = nlohmann::ordered_json;

/// "links::get_links", or "v3::links::get_links": what is behind `ghl::` in a program.
inline std::string namespace_of(const ghl_program::family& f) {
  return (f.version.empty() ? "" : std::string{f.version} + "::") + std::string{f.name};
}
/// The header to include.
inline std::string header_of(const ghl_program::family& f) {
  return "ghl/api/" + (f.version.empty() ? "" : std::string{f.version} + "/") + std::string{f.name} + ".hpp";
}

/// What a struct is known by: its fields, wherever it stands. (An optional one has a schema of its own.)
using object_key = std::pair<const void*, const void*>;
inline object_key key_of(const ghl::schema& type) { return {type.fields.data(), type.name.data()}; }

inline std::string_view word_of(ghl::schema_kind kind) {
  using ghl::schema_kind;
  switch (kind) {
    case schema_kind::nothing: return "nothing";
    case schema_kind::boolean: return "boolean";
    case schema_kind::integer: return "integer";
    case schema_kind::number: return "number";
    case schema_kind::text: return "text";
    case schema_kind::text_or_texts: return "text or list of text";
    case schema_kind::array: return "list of ";
    case schema_kind::map: return "map of ";
    case schema_kind::object: return "object";
    case schema_kind::any: return "any JSON";
    case schema_kind::bytes: break;
  }
  return "file";
}

/// The name of a type, as a person says it: "list of link", "text", "file".
inline std::string spoken(const ghl::schema& type) {
  if (type.element != nullptr) return std::string{word_of(type.kind)} + spoken(type.element());
  return std::string{type.name.empty() ? word_of(type.kind) : type.name};
}

/// The types in an array, for the script of the page. One is an object: "n" is its name, "z" says that it may be null.
/// Of a struct, "f" has the fields: [name, number of the type, 1 if required, second spelling]. Of a list or a map, "e"
/// is the number of the element. Of an enumeration, "v" has the values, and "o" says that others can come.
class type_table {
 public:
  std::size_t add(const ghl::schema& type) {
    json row;
    row["n"] = type.element != nullptr ? std::string{word_of(type.kind)} : spoken(type);
    if (type.may_be_null) row["z"] = 1;
    if (type.kind == ghl::schema_kind::object) {
      const auto [found, is_new] = objects_.try_emplace({key_of(type), type.may_be_null}, rows_.size());
      if (!is_new) return found->second;
      const std::size_t at = rows_.size();
      rows_.push_back(nullptr);  // its number is known before its fields, which may hold it
      json fields = json::array();
      for (const ghl::schema_field& f : type.fields) {
        json field = {f.name, add(f.type()), f.required ? 1 : 0};
        if (!f.also.empty()) field.push_back(f.also);
        fields.push_back(std::move(field));
      }
      row["f"] = std::move(fields);
      rows_[at] = std::move(row);
      return at;
    }
    if (type.element != nullptr) row["e"] = add(type.element());
    if (!type.values.empty()) row["v"] = type.values;
    if (!type.values.empty() && type.is_open) row["o"] = 1;
    if (type.format == "date-time") row["n"] = "date and time";
    const auto [found, is_new] = others_.try_emplace(row.dump(), rows_.size());
    if (is_new) rows_.push_back(std::move(row));
    return found->second;
  }
  [[nodiscard]] const json& rows() const { return rows_; }

 private:
  json rows_ = json::array();
  std::map<std::pair<object_key, bool>, std::size_t> objects_;
  std::map<std::string, std::size_t> others_;
};

}  // namespace ghl_reference
