/// Whether a value of JSON is what the description of an operation asks for.
#pragma once

#include <ghl/uses/catalogue.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ghl_program {

/// Adds a sentence for each place where `value` is something else than `type`; `path` is that of `value`.
inline void check(const ghl::schema& type, const nlohmann::json& value, const std::string& path,
                  std::vector<std::string>& wrong) {
  const auto refuse = [&](std::string_view what) {
    wrong.push_back((path.empty() ? std::string{"the body"} : path) + " must be " + std::string{what} + ", not " +
                    value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).substr(0, 60));
  };
  if (value.is_null() && type.may_be_null) return;
  switch (type.kind) {
    case ghl::schema_kind::boolean:
      if (!value.is_boolean()) refuse("true or false");
      return;
    case ghl::schema_kind::integer:
      if (!value.is_number_integer()) refuse("an integer");
      return;
    case ghl::schema_kind::number:
      if (!value.is_number()) refuse("a number");
      return;
    case ghl::schema_kind::text_or_texts:
      if (!value.is_string() && !value.is_array()) refuse("a text, or an array of texts");
      return;
    case ghl::schema_kind::bytes:
    case ghl::schema_kind::text: {
      if (!value.is_string()) return refuse("a text");
      if (type.values.empty() || type.is_open) return;
      std::string list;
      for (const std::string_view one : type.values) {
        if (value.get_ref<const std::string&>() == one) return;
        list += (list.empty() ? "" : ", ") + std::string{one};
      }
      return refuse("one of " + list);
    }
    case ghl::schema_kind::array:
      if (!value.is_array()) return refuse("an array");
      for (std::size_t i = 0; i < value.size(); ++i)
        check(type.element(), value[i], path + "[" + std::to_string(i) + "]", wrong);
      return;
    case ghl::schema_kind::map:
      if (!value.is_object()) return refuse("an object");
      for (const auto& [key, inner] : value.items())
        check(type.element(), inner, path + (path.empty() ? "" : ".") + key, wrong);
      return;
    case ghl::schema_kind::object: {
      if (!value.is_object()) return refuse("an object");
      const std::string prefix = path.empty() ? "" : path + ".";
      for (const ghl::schema_field& field : type.fields) {
        const auto found = value.find(std::string{field.name});
        if (found != value.end()) check(field.type(), *found, prefix + std::string{field.name}, wrong);
        else if (field.required) wrong.push_back(prefix + std::string{field.name} + " is missing");
      }
      for (const auto& [key, inner] : value.items()) {
        bool known = false;
        for (const ghl::schema_field& field : type.fields) known = known || field.name == key;
        if (!known) wrong.push_back(prefix + key + " is not described");
      }
      return;
    }
    case ghl::schema_kind::nothing:
    case ghl::schema_kind::any: return;
  }
}

}  // namespace ghl_program
