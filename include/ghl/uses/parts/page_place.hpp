/// How the next page is asked for: what is written into the members of a request that tell the place in a list.
#pragma once

#include <ghl/detail/finite.hpp>
#include <ghl/endpoint/member_path.hpp>
#include <ghl/endpoint/page_words.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/percent_encoding.hpp>

#include <charconv>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// The value of a member that may be absent; null where it is.
template <class Member>
constexpr auto* value_in(Member* member) {
  using plain_member = plain<std::remove_cv_t<Member>>;
  if constexpr (is_optional<plain_member> || is_nullable<plain_member>)
    return member != nullptr && *member ? value_in(&**member) : nullptr;
  else return member;
}

/// A whole number out of a number or a text.
template <class Number>
fault whole_number(const Number& from, std::int64_t& to) {
  if constexpr (std::same_as<Number, std::string>) {
    const char* const end = from.data() + from.size();
    const auto [stop, why] = std::from_chars(from.data(), end, to);
    return why == std::errc{} && stop == end ? fault::none : fault::wrong_value;
  } else if constexpr (std::floating_point<Number>) {
    constexpr double most = 9007199254740992.0;  // 2^53: from there on not each whole number is a double
    const double number = static_cast<double>(from);
    if (!is_finite(number) || number > most || number < -most) return fault::number_out_of_range;
    to = static_cast<std::int64_t>(number);
    return static_cast<double>(to) < number || static_cast<double>(to) > number ? fault::wrong_value : fault::none;
  } else {
    if (from > 0 && static_cast<std::uint64_t>(from) > std::uint64_t{(std::numeric_limits<std::int64_t>::max)()})
      return fault::number_out_of_range;
    to = static_cast<std::int64_t>(from);
    return fault::none;
  }
}

template <class To, class Member>
fault put_whole_number(std::int64_t number, Member& member) {
  if constexpr (std::same_as<To, std::string>) {
    member = std::string{number_text{number}.text()};
  } else if constexpr (std::floating_point<To>) {
    member = static_cast<To>(number);
  } else {
    const To as = static_cast<To>(number);
    if (static_cast<std::int64_t>(as) != number || (as < 0) != (number < 0)) return fault::number_out_of_range;
    member = as;
  }
  return fault::none;
}

/// Adds to the position that a request has; `first`: the one that stands for none.
template <class Path, class Request>
fault move_position(const Path& path, Request& request, std::int64_t first, std::int64_t by) {
  using number = held<typename Path::target>;
  std::int64_t at = first;
  if (const auto* const given = value_in(find_member(path, request))) {
    const auto& known = static_cast<const number&>(*given);
    bool is_given = true;
    if constexpr (std::same_as<number, std::string>) is_given = !known.empty();
    if (is_given)
      if (const fault f = whole_number(known, at); f != fault::none) return f;
  }
  if (at > (std::numeric_limits<std::int64_t>::max)() - by) return fault::number_out_of_range;
  auto* const to = reach_member(path, request);
  return to == nullptr ? fault::missing_field : put_whole_number<number>(at + by, *to);
}

/// Whether a cursor says that there is more.
template <class Cursor>
bool leads_on(const Cursor& cursor) {
  if constexpr (requires { cursor.is_null(); }) return !cursor.is_null();
  else if constexpr (requires { cursor.empty(); }) return !cursor.empty();
  else return true;
}

template <class To, class From, class Member>
fault put_cursor(const From& from, Member& member) {
  if constexpr (std::same_as<To, From>) {
    member = from;
  } else if constexpr (std::same_as<To, std::string> && std::floating_point<From>) {
    std::int64_t whole = 0;  // written as 1603870249758 and not as 1.603870249758e+12
    if (whole_number(from, whole) == fault::none) return put_whole_number<To>(whole, member);
    const number_text text{from};
    if (text.text().empty()) return fault::not_finite;
    member = std::string{text.text()};
  } else if constexpr (std::same_as<To, std::string>) {
    member = std::string{number_text{from}.text()};
  } else {
    std::int64_t whole = 0;
    if (const fault f = whole_number(from, whole); f != fault::none) return f;
    return put_whole_number<To>(whole, member);
  }
  return fault::none;
}

}}}  // namespace ghl::v0::detail
