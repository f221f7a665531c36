/// The careless side's JSON with glaze and its default options (but for unknown keys, which the API adds at will).
#pragma once

#include "careless.hpp"

#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

template <>
struct glz::meta<careless::link> {
  using T = careless::link;
  static constexpr auto value = object("id", &T::id, "name", &T::name, "redirectTo", &T::redirect_to, "fieldKey",
                                       &T::field_key, "locationId", &T::location_id);
};
template <>
struct glz::meta<careless::delete_answer> {
  static constexpr auto value = object("succeded", &careless::delete_answer::succeeded);
};
template <>
struct glz::meta<careless::followers_answer> {
  using T = careless::followers_answer;
  static constexpr auto value = object("followers", &T::followers, "followersRemoved", &T::followers_removed);
};

namespace careless {

struct followers_body {
  std::vector<std::string> followers;
};
template <class T>
void read_any(const std::string& body, T& out) {
  if (glz::read<glz::opts{.error_on_unknown_keys = false}>(out, body)) throw std::runtime_error("bad JSON");
}
inline void read(const std::string& body, links_answer& out) { read_any(body, out); }
inline void read(const std::string& body, delete_answer& out) { read_any(body, out); }
inline void read(const std::string& body, followers_answer& out) { read_any(body, out); }
inline std::string write_followers(const std::vector<std::string>& followers) {
  return glz::write_json(followers_body{followers}).value_or("");
}

}  // namespace careless
