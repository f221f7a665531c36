/// The careful side's JSON with nlohmann/json: parsed without exceptions, each member's type checked, strings moved out.
#pragma once

#include "careful.hpp"

#include <nlohmann/json.hpp>

namespace careful {

using nlohmann::json;

inline bool fail(call_error& error, std::string_view what, std::string where = {}) {
  error.what = what;
  error.where = std::move(where);
  return false;
}

/// The text as an object, or an error.
inline bool parse(std::string_view body, json& out, call_error& error) {
  // The library takes a NUL byte for the end of the text.
  if (body.find('\0') != std::string_view::npos) return fail(error, "is not JSON", "the body");
  out = json::parse(body.begin(), body.end(), nullptr, false);
  return out.is_object() ? true : fail(error, out.is_discarded() ? "is not JSON" : "is no object", "the body");
}

inline bool take(json& from, const char* key, std::optional<std::string>& out) {
  const auto it = from.find(key);
  if (it == from.end() || it->is_null()) return true;
  if (!it->is_string()) return false;
  out = std::move(it->get_ref<std::string&>());
  return true;
}

inline bool take(json& from, const char* key, std::optional<std::vector<std::string>>& out) {
  const auto it = from.find(key);
  if (it == from.end() || it->is_null()) return true;
  if (!it->is_array()) return false;
  out.emplace().reserve(it->size());
  for (json& element : *it) {
    if (!element.is_string()) return false;
    out->push_back(std::move(element.get_ref<std::string&>()));
  }
  return true;
}

inline bool read(std::string_view body, links_answer& out, call_error& error) {
  json doc;
  if (!parse(body, doc, error)) return false;
  const auto list = doc.find("links");
  if (list == doc.end() || !list->is_array()) return fail(error, "is missing or no array", "links");
  out.links.reserve(list->size());
  for (json& element : *list) {
    link& l = out.links.emplace_back();
    const auto field = [&](const char* key, std::optional<std::string>& to) {
      return take(element, key, to) ||
             fail(error, "is no string", "links[" + std::to_string(out.links.size() - 1) + "]." + key);
    };
    if (!element.is_object()) return fail(error, "is no object", "links[" + std::to_string(out.links.size() - 1) + "]");
    if (!field("id", l.id) || !field("name", l.name) || !field("redirectTo", l.redirect_to) ||
        !field("fieldKey", l.field_key) || !field("locationId", l.location_id))
      return false;
  }
  return true;
}

inline bool read(std::string_view body, delete_answer& out, call_error& error) {
  json doc;
  if (!parse(body, doc, error)) return false;
  for (const char* key : {"succeded", "succeeded"}) {
    const auto it = doc.find(key);
    if (it == doc.end() || it->is_null()) continue;
    if (!it->is_boolean()) return fail(error, "is no boolean", key);
    out.succeeded = it->get<bool>();
  }
  return true;
}

inline bool read(std::string_view body, followers_answer& out, call_error& error) {
  json doc;
  if (!parse(body, doc, error)) return false;
  if (!take(doc, "followers", out.followers)) return fail(error, "is no array of strings", "followers");
  if (!take(doc, "followersRemoved", out.followers_removed))
    return fail(error, "is no array of strings", "followersRemoved");
  return true;
}

inline bool write_followers(const std::vector<std::string>& followers, std::string& out, call_error& error) {
  try {
    json body;
    body["followers"] = followers;
    out = body.dump();  // throws where a string is not UTF-8
    return true;
  } catch (const json::type_error&) {
    return fail(error, "is not UTF-8", "followers");
  }
}

inline void read_failure(std::string_view body, call_error& error) {
  call_error ignored;
  json doc;
  if (!parse(body, doc, ignored)) return;
  if (const auto m = doc.find("message"); m != doc.end()) {
    if (m->is_string()) error.messages = {m->get<std::string>()};
    else if (m->is_array())
      for (const json& text : *m)
        if (text.is_string()) error.messages.push_back(text.get<std::string>());
  }
  if (const auto t = doc.find("traceId"); t != doc.end() && t->is_string()) error.trace_id = t->get<std::string>();
}

}  // namespace careful
