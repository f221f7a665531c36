/// The careless side's JSON with nlohmann/json.
#pragma once

#include "careless.hpp"

#include <nlohmann/json.hpp>

namespace careless {

using nlohmann::json;

inline void read(const std::string& body, links_answer& out) {
  const json doc = json::parse(body);
  for (const auto& l : doc["links"])
    out.links.push_back({l["id"].get<std::string>(), l["name"].get<std::string>(), l["redirectTo"].get<std::string>(),
                         l["fieldKey"].get<std::string>(), l["locationId"].get<std::string>()});
}
inline void read(const std::string& body, delete_answer& out) { out.succeeded = json::parse(body)["succeded"].get<bool>(); }
inline void read(const std::string& body, followers_answer& out) {
  const json doc = json::parse(body);
  out.followers = doc["followers"].get<std::vector<std::string>>();
  out.followers_removed = doc["followersRemoved"].get<std::vector<std::string>>();
}
inline std::string write_followers(const std::vector<std::string>& followers) {
  return json{{"followers", followers}}.dump();
}

}  // namespace careless
