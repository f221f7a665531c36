/// The operations as documents of OpenAPI: v2 and v3.
#include "../catch.hpp"

#include <reference/openapi.hpp>

#include <map>
#include <set>
#include <string>

namespace {

using ghl_reference::json;

const json& document(const std::string& version) {
  static std::map<std::string, json> made;
  const auto [found, is_new] = made.try_emplace(version);
  if (is_new) found->second = json::parse(ghl_reference::openapi(ghl_program::families(), version).dump());
  return found->second;
}

/// How often each component is referred to, from anywhere.
void count_references(const json& in, std::map<std::string, int>& references) {
  for (const auto& [key, value] : in.items()) {
    if (key == "$ref" && value.is_string()) ++references[value.get<std::string>()];
    if (value.is_structured()) count_references(value, references);
  }
}

}  // namespace

TEST_CASE("each operation is in the document of its version once, under a name of its own") {
  std::size_t operations = 0;
  for (const std::string version : {"v2", "v3"}) {
    std::set<std::string> ids;
    std::size_t in_document = 0;
    for (const auto& [path, methods] : document(version).at("paths").items())
      for (const auto& [method, operation] : methods.items()) {
        INFO(version << " " << method << " " << path);
        ++in_document;
        CHECK(ids.insert(operation.at("operationId").get<std::string>()).second);
      }
    for (const ghl_program::family& f : ghl_program::families())
      for (const ghl::catalogue_entry& e : f.operations) {
        if (f.version != (version == "v2" ? "" : version)) continue;
        INFO(e.full_name);
        ++operations;
        --in_document;
        CHECK(ids.count(std::string{f.name} + "_" + std::string{e.name}) == 1);
      }
    CHECK(in_document == 0);
  }
  CHECK(operations == 1203);
}

TEST_CASE("every reference leads to a component, and every component is referred to") {
  for (const std::string version : {"v2", "v3"}) {
    const json& all = document(version);
    std::map<std::string, int> references;
    count_references(all, references);
    std::size_t there = 0;
    for (const auto& [reference, times] : references) {
      INFO(version << " " << reference);
      REQUIRE(reference.starts_with("#/"));
      CHECK(all.contains(json::json_pointer{reference.substr(1)}));
      ++there;
    }
    CHECK(there == all.at("components").at("schemas").size());
    for (const auto& [name, schema] : all.at("components").at("schemas").items()) {
      INFO(name);
      CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string::npos);
    }
  }
}

TEST_CASE("each placeholder of a path is a parameter, each scheme is there, and no parameter is there twice") {
  for (const std::string version : {"v2", "v3"}) {
    const json& all = document(version);
    for (const auto& [path, methods] : all.at("paths").items())
      for (const auto& [method, operation] : methods.items()) {
        INFO(version << " " << method << " " << path);
        std::set<std::string> names;
        std::size_t in_path = 0;
        for (const json& p : operation.at("parameters")) {
          CHECK(names.insert(p.at("in").get<std::string>() + " " + p.at("name").get<std::string>()).second);
          if (p.at("in") != "path") continue;
          ++in_path;
          CHECK(p.at("required") == true);
          CHECK(path.find("{" + p.at("name").get<std::string>() + "}") != std::string::npos);
        }
        std::size_t placeholders = 0;
        for (const char c : path) placeholders += c == '{' ? 1U : 0U;
        CHECK(placeholders == in_path);
        CHECK(path.find(':') == std::string::npos);
        for (const json& alternative : operation.at("security"))
          for (const auto& [scheme, scopes] : alternative.items())
            CHECK(all.at("components").at("securitySchemes").contains(scheme));
      }
  }
}

TEST_CASE("a document is the same each time") {
  CHECK(ghl_reference::openapi(ghl_program::families(), "v3").dump() == document("v3").dump());
}

TEST_CASE("one operation of the document") {
  CHECK(document("v2").at("paths").at("/links/{linkId}").at("delete").dump(1) == R"({
 "tags": [
  "links"
 ],
 "summary": "Delete Link",
 "operationId": "links_delete_link",
 "parameters": [
  {
   "name": "linkId",
   "in": "path",
   "required": true,
   "schema": {
    "type": "string"
   }
  },
  {
   "name": "Version",
   "in": "header",
   "required": true,
   "schema": {
    "type": "string",
    "const": "2021-07-28"
   }
  }
 ],
 "responses": {
  "200": {
   "description": "Done, with any status from 200 to 299.",
   "content": {
    "application/json": {
     "schema": {
      "$ref": "#/components/schemas/links.delete_link.response"
     }
    }
   }
  }
 },
 "security": [
  {
   "sub-account": [
    "links.write"
   ]
  }
 ]
})");
}

TEST_CASE("a component is called after its struct, and one that only an operation has after that") {
  const json& schemas = document("v2").at("components").at("schemas");
  CHECK(schemas.at("links.delete_link.response").dump() ==
        R"({"type":"object","properties":{"succeded":{"type":"boolean","description":"Also read as succeeded"}}})");
  CHECK(schemas.contains("links.link"));
}

TEST_CASE("bodies, lists with commas and responses of bytes, as OpenAPI says them") {
  const json& paths = document("v2").at("paths");
  const json& created = paths.at("/contacts/").at("post");
  CHECK(created.at("requestBody").dump() ==
        R"({"required":true,"content":{"application/json":{"schema":)"
        R"({"$ref":"#/components/schemas/contacts.create_contact.body_type"}}}})");
  CHECK(created.at("security").dump() == R"([{"sub-account":["contacts.write"]}])");

  const json& fields = paths.at("/ad-publishing/google/reporting").at("get").at("parameters");
  CHECK(fields.dump().find(R"({"name":"fields","in":"query","required":true,"style":"form","explode":false,)") !=
        std::string::npos);

  const json& recording = paths.at("/conversations/messages/{messageId}/locations/{locationId}/recording").at("get");
  CHECK(recording.at("responses").at("200").at("content").dump() ==
        R"({"*/*":{"schema":{"type":"string","format":"binary"}}})");
}
