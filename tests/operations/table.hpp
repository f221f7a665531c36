// Tells each operation as its descriptor says it, in a line: what its struct is called, the call, what it sends and reads.
#pragma once

#include <ghl/endpoint.hpp>
#include <ghl/json_kit/json_value.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace operations {

template <class T>
concept enumeration = std::derived_from<T, ghl::open_enum<T>>;

// ---- a type as it is on the wire: what is optional has a ?, where that is asked for ----

std::string object(std::vector<std::string> members);  // in the order of their names

template <class T>
std::string type(bool optional);

template <class T>
struct text_of {
  static std::string text(bool optional) {
    if constexpr (std::same_as<T, bool>) return "boolean";
    else if constexpr (std::integral<T> || std::floating_point<T>) return "number";
    else if constexpr (std::same_as<T, std::string>) return "string";
    else if constexpr (std::same_as<T, ghl::json_value>) return "any";
    else if constexpr (std::same_as<T, ghl::file>) return "file";
    else if constexpr (std::same_as<T, ghl::no_content>) return "nothing";
    else if constexpr (enumeration<T>) return values(T::names());
    else if constexpr (requires { typename T::mapped_type; }) return "{*:" + type<typename T::mapped_type>(optional) + "}";
    else return members(optional);
  }

 private:
  static std::string values(const auto& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : "|") + std::string{name};
    return all;
  }
  static std::string members(bool optional) {
    std::vector<std::string> found;
    ghl::for_each_field<T>([&](const auto& f) {
      using member = typename std::remove_cvref_t<decltype(f)>::member_type;
      const bool may_be_absent = optional && ghl::detail::is_omittable<member>;
      found.push_back(std::string{f.name} + (may_be_absent ? "?:" : ":") + type<member>(optional));
    });
    return object(std::move(found));
  }
};
template <class T>
struct text_of<std::optional<T>> : text_of<T> {};
template <class T>
struct text_of<ghl::nullable<T>> : text_of<T> {};
template <class T>
struct text_of<std::vector<T>> {
  static std::string text(bool optional) { return "[" + type<T>(optional) + "]"; }
};

template <class T>
std::string type(bool optional) {
  return text_of<T>::text(optional);
}

// ---- a line ----

struct row {
  std::vector<std::string> parameters;
  std::string body;
  std::string response;
};
void tell(const char* name, const ghl::endpoint_facts& facts, row described);

template <class E>
void tell(const char* name) {
  row described;
  ghl::detail::for_each_word(ghl::endpoint_of<E>, [&]<class Word>(const Word& word) {
    using ghl::detail::word_kind;
    constexpr word_kind kind = ghl::detail::word_kind_of<Word>;
    if constexpr (requires { typename Word::member_type; }) {
      using member = typename Word::member_type;
      const std::string may_be_absent = ghl::detail::is_optional<member> ? "?:" : ":";
      const std::string of = may_be_absent + type<member>(true);
      if constexpr (kind == word_kind::path) described.parameters.push_back("path " + std::string{word.name} + of);
      else if constexpr (requires { typename Word::style; })
        described.parameters.push_back("query with commas, " + std::string{word.name} + of);
      else if constexpr (kind == word_kind::query) described.parameters.push_back("query " + std::string{word.name} + of);
      else described.body = (kind == word_kind::form ? "form" : kind == word_kind::multipart ? "multipart" : "json") + of;
    }
  });
  described.response = type<typename E::response>(false);
  tell(name, ghl::endpoint_of<E>, std::move(described));
}

}  // namespace operations
