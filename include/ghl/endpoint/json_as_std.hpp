/// Types of the standard library that stand for others: arrays of a fixed size, and strings with other allocators.
#pragma once

#include <ghl/endpoint/json_as.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// An array of exactly N elements: a JSON array of another length is fault::wrong_value.
template <class T, std::size_t N>
struct json_as<std::array<T, N>> {
  using type = std::vector<T>;
  static std::optional<std::array<T, N>> from(type&& list) {
    if (list.size() != N) return std::nullopt;
    std::optional<std::array<T, N>> made{std::in_place};
    for (std::size_t i = 0; i < N; ++i) (*made)[i] = std::move(list[i]);
    return made;
  }
  static type to(const std::array<T, N>& value) { return type(value.begin(), value.end()); }
};

/// A std::pmr::string, or one with an allocator of yours that can be default-constructed.
template <class Allocator>
  requires(!std::same_as<std::basic_string<char, std::char_traits<char>, Allocator>, std::string>)
struct json_as<std::basic_string<char, std::char_traits<char>, Allocator>> {
  using type = std::string;
  using string = std::basic_string<char, std::char_traits<char>, Allocator>;
  static string from(std::string_view text) { return string{text}; }
  static std::string_view to(const string& value) { return value; }
};

}}  // namespace ghl::v0
