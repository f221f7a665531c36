/// What a person writes for the names of the API, and how the values that are written become JSON and URLs.
#pragma once

#include <ghl/uses/catalogue.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ghl_program {

/// "locationId", "get_links" and "contact[email]" are "location-id", "get-links" and "contact-email".
inline std::string dashed(std::string_view name) {
  std::string out;
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_word = [&](char c) { return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool begins = is_upper(c) && i > 0 && !is_upper(name[i - 1]);
    if ((begins || !is_word(c)) && !out.empty() && out.back() != '-') out += '-';
    if (is_word(c)) out += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

/// An option for a parameter, or for a field of the body.
struct flag {
  std::string name;  // "--location-id"
  const ghl::catalogue_parameter* parameter = nullptr;
  const ghl::schema_field* field = nullptr;

  [[nodiscard]] const ghl::schema& type() const { return parameter != nullptr ? parameter->type() : field->type(); }
  [[nodiscard]] std::string_view wire_name() const { return parameter != nullptr ? parameter->name : field->name; }
  [[nodiscard]] bool required() const { return parameter != nullptr ? parameter->required : field->required; }
};

/// Options of the program itself, which no parameter can be called.
inline constexpr std::string_view own_options[] = {"--all-pages", "--base-url", "--body", "--curl",    "--dry-run",
                                                   "--help",      "--output",   "--raw",  "--timeout", "--unchecked", "--yes"};

inline std::vector<flag> flags_of(const ghl::catalogue_entry& e) {
  std::vector<flag> flags;
  const auto add = [&](const char* prefix, flag f) {
    f.name = "--" + dashed(f.wire_name());
    const auto taken = [&] {
      for (const std::string_view own : own_options)
        if (f.name == own) return true;
      for (const flag& other : flags)
        if (other.name == f.name) return true;
      return false;
    };
    if (taken()) f.name = "--" + (prefix + dashed(f.wire_name()));
    if (f.name != "--" && !taken()) flags.push_back(f);
  };
  for (const ghl::catalogue_parameter& p : e.parameters)
    if (!p.is_constant) add(p.place == ghl::parameter_place::header ? "header-" : "query-", {{}, &p, nullptr});
  for (const ghl::schema_field& f : e.body.type().fields) add("body-", {{}, nullptr, &f});
  return flags;
}

/// What stands for a value in the help: TEXT, INTEGER, red|green.
inline std::string placeholder_of(const ghl::schema& type) {
  switch (type.kind) {
    case ghl::schema_kind::boolean: return "true|false";
    case ghl::schema_kind::integer: return "INTEGER";
    case ghl::schema_kind::number: return "NUMBER";
    case ghl::schema_kind::bytes: return "FILE";
    case ghl::schema_kind::array: return placeholder_of(type.element()) + " ...";
    case ghl::schema_kind::map:
    case ghl::schema_kind::object:
    case ghl::schema_kind::any: return "JSON";
    case ghl::schema_kind::nothing:
    case ghl::schema_kind::text_or_texts:
    case ghl::schema_kind::text: break;
  }
  if (type.values.empty()) return type.format == "date-time" ? "DATE-TIME" : "TEXT";
  std::string all;
  for (const std::string_view value : type.values) all += (all.empty() ? "" : "|") + std::string{value};
  return all.size() > 60 ? "one of " + std::to_string(type.values.size()) + " words" : all;
}

/// A value of that type, from what stands in the command; the kind `discarded` where it is none.
inline nlohmann::json value_of(const ghl::schema& type, const std::string& text) {
  const auto parsed = [&] { return nlohmann::json::parse(text, nullptr, false); };
  const auto discarded = nlohmann::json(nlohmann::json::value_t::discarded);
  switch (type.kind) {
    case ghl::schema_kind::boolean: return text == "true" || text == "false" ? nlohmann::json(text == "true") : discarded;
    case ghl::schema_kind::integer: {
      auto value = parsed();
      return value.is_number_integer() ? value : discarded;
    }
    case ghl::schema_kind::number: {
      auto value = parsed();
      return value.is_number() ? value : discarded;
    }
    case ghl::schema_kind::array:
    case ghl::schema_kind::map:
    case ghl::schema_kind::object:
    case ghl::schema_kind::any: return parsed();
    case ghl::schema_kind::nothing:
    case ghl::schema_kind::bytes:
    case ghl::schema_kind::text_or_texts:
    case ghl::schema_kind::text: break;
  }
  if (!type.values.empty() && !type.is_open) {
    for (const std::string_view value : type.values)
      if (value == text) return text;
    return discarded;
  }
  return text;
}

/// The elements of a list may stand one after the other, or as one array of JSON.
inline nlohmann::json value_of(const ghl::schema& type, const std::vector<std::string>& texts) {
  if (type.kind != ghl::schema_kind::array) return value_of(type, texts.back());
  if (texts.size() == 1 && texts.front().starts_with('[')) return value_of(type, texts.front());
  auto list = nlohmann::json::array();
  for (const std::string& text : texts) list.push_back(value_of(type.element(), text));
  return list;
}

/// Whether a discarded value is in it.
inline bool is_wrong(const nlohmann::json& value) {
  if (value.is_discarded()) return true;
  if (value.is_array())
    for (const auto& element : value)
      if (element.is_discarded()) return true;
  return false;
}

}  // namespace ghl_program
