/// The operations of one version as a document of OpenAPI 3.1.
#pragma once

#include "types.hpp"

#include <families.hpp>

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace ghl_reference {

/// "/links/{linkId}" of "/links/:linkId".
inline std::string template_of(std::string_view path) {
  std::string out;
  bool is_open = false;
  for (const char c : path) {
    const bool begins = c == ':' && out.ends_with('/');
    if (is_open && c == '/') out += '}';
    is_open = begins || (is_open && c != '/');
    out += begins ? '{' : c;
  }
  return is_open ? out + '}' : out;
}

/// Structs and enumerations become components. "links.link" is one of a family; what only one operation has is called
/// after that: "links.get_links.response".
class components {
 public:
  json schema_of(const ghl::schema& type, const std::string& family, const std::string& operation) {
    if (type.name.empty()) return unnamed(type, family, operation);
    const auto [found, is_new] = names_.try_emplace(identity_of(type));
    if (is_new) {
      const std::string name = free_name(type, family, operation);
      found->second = name;
      schemas_[name] = type.kind == ghl::schema_kind::object ? object(type, family, operation) : enumeration(type);
    }
    const json reference = {{"$ref", "#/components/schemas/" + names_.at(identity_of(type))}};
    return type.may_be_null ? json{{"anyOf", {reference, {{"type", "null"}}}}} : reference;
  }
  [[nodiscard]] json all() const {
    json out = json::object();
    for (const auto& [name, schema] : schemas_) out[name] = schema;
    return out;
  }

 private:
  static object_key identity_of(const ghl::schema& type) {
    return type.values.empty() ? key_of(type) : object_key{type.values.data(), type.name.data()};
  }
  std::string free_name(const ghl::schema& type, const std::string& family, const std::string& operation) {
    const std::string own{type.name};
    const bool is_nested = own == "response" || own == "body_type";
    if (!is_nested && taken_.insert(family + "." + own).second) return family + "." + own;
    std::string name = family + "." + operation + "." + own;
    for (int i = 2; !taken_.insert(name).second; ++i) name = family + "." + operation + "." + own + std::to_string(i);
    return name;
  }
  static json enumeration(const ghl::schema& type) { return {{"type", "string"}, {"enum", type.values}}; }

  json object(const ghl::schema& type, const std::string& family, const std::string& operation) {
    json properties = json::object();
    json required = json::array();
    for (const ghl::schema_field& f : type.fields) {
      json property = schema_of(f.type(), family, operation);
      if (!f.also.empty()) property["description"] = "Also read as " + std::string{f.also};
      properties[std::string{f.name}] = std::move(property);
      if (f.required) required.push_back(f.name);
    }
    json out = {{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    return out;
  }

  json unnamed(const ghl::schema& type, const std::string& family, const std::string& operation) {
    using ghl::schema_kind;
    if (type.kind == schema_kind::any || type.kind == schema_kind::nothing) return json::object();
    if (type.kind == schema_kind::text_or_texts)
      return {{"type", type.may_be_null ? json{"string", "array", "null"} : json{"string", "array"}},
              {"items", {{"type", "string"}}}};
    const std::string_view word = type.kind == schema_kind::boolean                                  ? "boolean"
                                  : type.kind == schema_kind::integer                                ? "integer"
                                  : type.kind == schema_kind::number                                 ? "number"
                                  : type.kind == schema_kind::array                                  ? "array"
                                  : type.kind == schema_kind::map || type.kind == schema_kind::object ? "object"
                                                                                                     : "string";
    json out;
    out["type"] = type.may_be_null ? json{word, "null"} : json(word);
    if (!type.format.empty()) out["format"] = type.format;
    if (type.kind == schema_kind::array) out["items"] = schema_of(type.element(), family, operation);
    if (type.kind == schema_kind::map) out["additionalProperties"] = schema_of(type.element(), family, operation);
    return out;
  }

  std::map<object_key, std::string> names_;
  std::set<std::string> taken_;
  std::map<std::string, json> schemas_;
};

inline json parameter(const ghl::catalogue_parameter& p, json schema) {
  const char* const place = p.place == ghl::parameter_place::path    ? "path"
                            : p.place == ghl::parameter_place::query ? "query"
                                                                     : "header";
  json out = {{"name", p.name}, {"in", place}, {"required", p.required}};
  if (p.place == ghl::parameter_place::query && p.type().kind == ghl::schema_kind::array)
    out.update({{"style", "form"}, {"explode", !p.has_commas}});
  out["schema"] = p.is_constant ? json{{"type", "string"}, {"const", p.value}} : std::move(schema);
  return out;
}

/// One of them serves.
inline json security_of(const ghl::catalogue_entry& e) {
  json out = json::array();
  json scopes = json::array();
  for (const std::string_view scope : e.scopes) scopes.push_back(scope);
  const std::string suffix = e.oauth_only ? "-oauth" : "";
  if (e.sub_account) out.push_back({{"sub-account" + suffix, scopes}});
  if (e.agency) out.push_back({{"agency" + suffix, scopes}});
  return out;
}

inline json responses_of(const ghl::catalogue_entry& e, json schema) {
  if (e.response().kind == ghl::schema_kind::nothing) return {{"204", {{"description", "Done, without a body."}}}};
  const char* const what = e.response_may_be_absent ? "Done, with any status from 200 to 299; the body may be empty."
                                                    : "Done, with any status from 200 to 299.";
  return {{"200", {{"description", what}, {"content", {{std::string{e.accept}, {{"schema", std::move(schema)}}}}}}}};
}

inline json operation(const ghl_program::family& f, const ghl::catalogue_entry& e, components& types) {
  const std::string family{f.name};
  const std::string name{e.name};
  const auto schema = [&](const ghl::schema& type) { return types.schema_of(type, family, name); };
  json parameters = json::array();
  for (const ghl::catalogue_parameter& p : e.parameters) parameters.push_back(parameter(p, schema(p.type())));
  if (!e.version.empty())
    parameters.push_back({{"name", "Version"}, {"in", "header"}, {"required", true},
                          {"schema", {{"type", "string"}, {"const", e.version}}}});
  json out = {{"tags", {f.name}}, {"summary", e.title}, {"operationId", family + "_" + name}};
  out["parameters"] = std::move(parameters);
  if (e.body.kind != ghl::body_kind::none)
    out["requestBody"] = {{"required", e.body.required},
                          {"content", {{std::string{e.body.content_type}, {{"schema", schema(e.body.type())}}}}}};
  out["responses"] = responses_of(e, schema(e.response()));
  out["security"] = security_of(e);
  return out;
}

/// The document of the families of a version, "v2" or "v3".
inline json openapi(std::span<const ghl_program::family> families, std::string_view version) {
  components types;
  json paths = json::object();
  json tags = json::array();
  for (const ghl_program::family& f : families) {
    if (f.version != (version == "v2" ? "" : version)) continue;
    tags.push_back({{"name", f.name}});
    for (const ghl::catalogue_entry& e : f.operations) {
      std::string method{std::string_view{e.method}};
      for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
      paths[template_of(e.path)][method] = operation(f, e, types);
    }
  }
  json schemes = json::object();
  for (const char* const kind : {"sub-account", "agency"}) {
    const std::string of = std::string{"A token of "} + (kind[0] == 's' ? "a sub-account" : "an agency");
    schemes[kind] = {{"type", "http"}, {"scheme", "bearer"}, {"description", of + "."}};
    schemes[std::string{kind} + "-oauth"] = {
        {"type", "http"},
        {"scheme", "bearer"},
        {"description", of + " that OAuth has issued; no private integration token."}};
  }
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "HighLevel API"}, {"version", version},
                    {"description", "Made of the descriptors of ghl. An enumeration lists the values that are known; "
                                    "the API may send others."}}},
          {"servers", {{{"url", "https://services.leadconnectorhq.com"}}}},
          {"tags", std::move(tags)},
          {"paths", std::move(paths)},
          {"components", {{"schemas", types.all()}, {"securitySchemes", std::move(schemes)}}}};
}

}  // namespace ghl_reference
