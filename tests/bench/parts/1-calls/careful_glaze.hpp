/// The careful side's JSON with glaze: read straight into the structs, with the options that make glaze strict.
#pragma once

#include "careful.hpp"

#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

#include <variant>

template <>
struct glz::meta<careful::link> {
  using T = careful::link;
  static constexpr auto value = object("id", &T::id, "name", &T::name, "redirectTo", &T::redirect_to, "fieldKey",
                                       &T::field_key, "locationId", &T::location_id);
};
template <>
struct glz::meta<careful::links_answer> {
  static constexpr auto value = object("links", &careful::links_answer::links);
};
template <>
struct glz::meta<careful::delete_answer> {
  static constexpr auto value =
      object("succeded", &careful::delete_answer::succeeded, "succeeded", &careful::delete_answer::succeeded);
};
template <>
struct glz::meta<careful::followers_answer> {
  using T = careful::followers_answer;
  static constexpr auto value = object("followers", &T::followers, "followersRemoved", &T::followers_removed);
};

namespace careful {

struct followers_body {
  const std::vector<std::string>& followers;
};
struct failure_body {
  std::optional<std::variant<std::string, std::vector<std::string>>> message;
  std::optional<std::string> trace_id;
};

struct strict : glz::opts {
  bool validate_skipped = true;
  bool validate_trailing_whitespace = true;
  bool escape_control_characters = true;
};
inline constexpr strict rules{
    {.null_terminated = false, .error_on_unknown_keys = false, .error_on_missing_keys = true}};

template <class T>
bool read_any(std::string_view body, T& out, call_error& error) {
  const auto failed = glz::read<rules>(out, body);
  if (!failed) return true;
  error.what = glz::format_error(failed, body);
  error.where = "the body";
  return false;
}
inline bool read(std::string_view body, links_answer& out, call_error& error) { return read_any(body, out, error); }
inline bool read(std::string_view body, delete_answer& out, call_error& error) { return read_any(body, out, error); }
inline bool read(std::string_view body, followers_answer& out, call_error& error) { return read_any(body, out, error); }

}  // namespace careful

template <>
struct glz::meta<careful::followers_body> {
  static constexpr auto value = object("followers", [](auto& self) -> auto& { return self.followers; });
};
template <>
struct glz::meta<careful::failure_body> {
  using T = careful::failure_body;
  static constexpr auto value = object("message", &T::message, "traceId", &T::trace_id);
};

namespace careful {

inline bool write_followers(const std::vector<std::string>& followers, std::string& out, call_error& error) {
  for (const std::string& f : followers) {
    if (is_utf8(f)) continue;  // glaze writes any bytes
    error.what = "is not UTF-8";
    error.where = "followers";
    return false;
  }
  return !glz::write<rules>(followers_body{followers}, out);
}

inline void read_failure(std::string_view body, call_error& error) {
  failure_body failure;
  if (glz::read<rules>(failure, body)) return;
  if (failure.message) {
    if (auto* one = std::get_if<std::string>(&*failure.message)) error.messages = {std::move(*one)};
    else error.messages = std::get<std::vector<std::string>>(std::move(*failure.message));
  }
  if (failure.trace_id) error.trace_id = *std::move(failure.trace_id);
}

}  // namespace careful
