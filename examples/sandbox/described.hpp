/// What the sandbox does with a request for any operation of the catalogue: it is checked by the description, and
/// answered with a sample of the response's type. Nothing is kept of it.
#pragma once

#include "../ghl/check.hpp"
#include "path.hpp"

#include <ghl/uses/catalogue.hpp>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl_sandbox {

/// The shortest value of that type in which each member that can be told from nothing is there: once.
inline nlohmann::ordered_json sample_of(const ghl::schema& type, int depth = 0) {
  constexpr int deepest = 6;  // a struct may hold itself
  switch (type.kind) {
    case ghl::schema_kind::boolean: return true;
    case ghl::schema_kind::integer: return 1;
    case ghl::schema_kind::number: return 1.5;
    case ghl::schema_kind::array: {
      auto list = nlohmann::ordered_json::array();
      if (depth < deepest) list.push_back(sample_of(type.element(), depth + 1));
      return list;
    }
    case ghl::schema_kind::map:
      return depth < deepest ? nlohmann::ordered_json{{"key", sample_of(type.element(), depth + 1)}}
                             : nlohmann::ordered_json::object();
    case ghl::schema_kind::object: {
      auto object = nlohmann::ordered_json::object();
      for (const ghl::schema_field& field : type.fields)
        if (field.required || depth < deepest) object[std::string{field.name}] = sample_of(field.type(), depth + 1);
      return object;
    }
    case ghl::schema_kind::nothing:
    case ghl::schema_kind::any: return nlohmann::ordered_json::object();
    case ghl::schema_kind::bytes:
    case ghl::schema_kind::text_or_texts:
    case ghl::schema_kind::text: break;
  }
  if (!type.values.empty()) return std::string{type.values.front()};
  return type.format == "date-time" ? "2026-06-19T00:00:00.000Z" : "sample";
}

/// All that is wrong with a request, each in a sentence.
inline std::vector<std::string> mistakes_in(const ghl::catalogue_entry& e, const httplib::Request& request) {
  std::vector<std::string> wrong;
  const auto check_text = [&](const ghl::catalogue_parameter& p, const std::string& text) {
    const ghl::schema& type = p.type().kind == ghl::schema_kind::array ? p.type().element() : p.type();
    const std::string name{p.name};
    if (text.empty()) return wrong.push_back(name + " should not be empty");
    if (type.kind == ghl::schema_kind::text || type.kind == ghl::schema_kind::any)
      return ghl_program::check(type, text, name, wrong);
    ghl_program::check(type, nlohmann::json::parse(text, nullptr, false), name, wrong);
  };
  for (const ghl::catalogue_parameter& p : e.parameters) {
    const std::string name{p.name};
    if (p.place == ghl::parameter_place::path) continue;
    const bool in_query = p.place == ghl::parameter_place::query;
    const std::size_t count =
        in_query ? request.get_param_value_count(name) : request.get_header_value_count(name);
    if (count == 0 && p.required) wrong.push_back(name + " must be given");
    for (std::size_t i = 0; i < count; ++i) {
      const std::string text = in_query ? request.get_param_value(name, i) : request.get_header_value(name);
      if (p.is_constant && text != p.value) wrong.push_back(name + " must be " + std::string{p.value});
      else if (!p.has_commas) check_text(p, text);
    }
  }
  for (const auto& [name, value] : request.params) {
    bool known = e.body.kind == ghl::body_kind::form;  // cpp-httplib puts the fields of a form there, too
    for (const ghl::catalogue_parameter& p : e.parameters)
      known = known || (p.place == ghl::parameter_place::query && p.name == name);
    if (!known) wrong.push_back("property " + name + " should not exist");
  }
  const std::string type = request.get_header_value("Content-Type");
  if (e.body.kind == ghl::body_kind::none) {
    if (!request.body.empty()) wrong.emplace_back("a body should not exist");
  } else if (request.body.empty() && type.empty()) {
    if (e.body.required) wrong.emplace_back("a body must be given");
  } else if (type.substr(0, type.find(';')) != e.body.content_type) {
    wrong.push_back("the Content-Type must be " + std::string{e.body.content_type});
  } else if (e.body.kind == ghl::body_kind::json) {
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (body.is_discarded()) wrong.emplace_back("the body must be JSON");
    else ghl_program::check(e.body.type(), body, "", wrong);
  } else if (e.body.kind == ghl::body_kind::form) {
    for (const ghl::schema_field& field : e.body.type().fields)
      if (field.required && !request.has_param(std::string{field.name}))
        wrong.push_back(std::string{field.name} + " must be given");
  }
  return wrong;
}

/// The operations that a request may be for. Where v2 and v3 have the same path, the Version decides, and where neither
/// has one, it may be for both; where two paths fit, it is for the one that says more of it.
inline std::vector<const ghl::catalogue_entry*> operations_of(
    std::span<const std::span<const ghl::catalogue_entry>> families, const httplib::Request& request,
    std::string_view path) {
  const std::string version = request.get_header_value("Version");
  const auto fits = [&](const ghl::catalogue_entry& e) {
    return std::pair{e.version == version, std::min(e.path.find(':'), e.path.size())};
  };
  std::vector<const ghl::catalogue_entry*> found;
  for (const ghl::method m : {ghl::method::get, ghl::method::post, ghl::method::put, ghl::method::patch, ghl::method::del})
    if (m == std::string_view{request.method})
      for (const auto& family : families)
        if (const ghl::catalogue_entry* const e = ghl::find_route(family, m, path)) {
          if (!found.empty() && fits(*found.front()) < fits(*e)) found.clear();
          if (found.empty() || fits(*found.front()) == fits(*e)) found.push_back(e);
        }
  return found;
}

}  // namespace ghl_sandbox
