/// A number that stands for a value: equal values have equal ones, and others as good as never. With it a page that
/// came before is known without being kept.
#pragma once

#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/value/fault.hpp>

#include <concepts>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

class fingerprint {
 public:
  template <class T>
  void add(const T& value) {
    if constexpr (has_known_type<T>) {
      static_cast<void>(with_known(value, [&](const auto& known) {
        add(known);
        return fault::none;
      }));
    } else if constexpr (is_optional<T> || is_nullable<T>) {
      add_number(value ? 1 : 0);
      if (value) add(*value);
    } else if constexpr (described<T>) {
      for_each_field<T>([&](const auto& field) { add_member(value.*(field.member)); });
    } else if constexpr (std::same_as<T, string_or_strings>) {
      add_all(value.values);
    } else if constexpr (string_map<T>) {
      std::uint64_t sum = value.size();  // in whatever order the map has them
      for (const auto& [key, mapped] : value) {
        fingerprint one;
        one.add_text(key);
        one.add(mapped);
        sum += one.value();
      }
      add_number(sum);
    } else if constexpr (is_vector<T>) {
      add_all(value);
    } else if constexpr (std::floating_point<T>) {
      const double number = static_cast<double>(value);
      std::uint64_t bits = 0;
      std::memcpy(&bits, &number, sizeof bits);
      add_number(bits);
    } else if constexpr (std::integral<T>) {
      add_number(static_cast<std::uint64_t>(value));
    } else if constexpr (requires { value.text(); }) {
      add_text(value.text());  // json_value
    } else {
      add_text(value);
    }
  }

  void add_text(std::string_view text) noexcept {
    add_number(text.size());
    while (text.size() >= sizeof(std::uint64_t)) {
      std::uint64_t piece = 0;
      std::memcpy(&piece, text.data(), sizeof piece);
      add_number(piece);
      text.remove_prefix(sizeof piece);
    }
    std::uint64_t rest = 0;
    if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
    add_number(rest);
  }

  /// Two rounds of a multiplication and a shift (the finalizer of MurmurHash3).
  void add_number(std::uint64_t number) noexcept {
    std::uint64_t all = value_ ^ (number + 0x9E3779B97F4A7C15U + (value_ << 6U) + (value_ >> 2U));
    all = (all ^ (all >> 33U)) * 0xFF51AFD7ED558CCDU;
    all = (all ^ (all >> 33U)) * 0xC4CEB9FE1A85EC53U;
    value_ = all ^ (all >> 33U);
  }

  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  template <class Member>
  void add_member(const Member& member) {
    add(static_cast<const plain<Member>&>(member));
  }
  template <class List>
  void add_all(const List& list) {
    add_number(list.size());
    for (const auto& element : list) add(element);
  }

  std::uint64_t value_ = 0;
};

}}}  // namespace ghl::v0::detail
