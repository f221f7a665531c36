/// What can be wrong with a descriptor: plain functions over its facts, run by the compiler.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint.hpp>

#include <cstddef>
#include <string_view>

namespace ghl::inline v0::detail {

enum class defect : unsigned char {
  none,
  path_without_slash,
  path_character,
  empty_placeholder,
  repeated_placeholder,
  unfilled_placeholder,
  unknown_placeholder,
  repeated_parameter,
  unnamed_parameter,
  two_bodies,
  body_on_get,
  two_versions,
  version_form,
  scope_form,
  too_many_scopes,
  no_token,
};

struct finding {
  defect what = defect::none;
  std::string_view culprit;
};

/// The names of the placeholders of a path, one after the other: "/a/:id/b/:other" has "id" and "other".
class placeholders {
 public:
  constexpr explicit placeholders(std::string_view path) noexcept : rest_(path) {}

  /// Moves to the next one; false where there is none.
  constexpr bool next() noexcept {
    rest_.remove_prefix(name_.size());
    const std::size_t at = rest_.find("/:");
    if (at == std::string_view::npos) {
      literal_ = rest_;
      return false;
    }
    literal_ = rest_.substr(0, at + 1);
    rest_.remove_prefix(at + 2);
    name_ = rest_.substr(0, rest_.find('/'));
    return true;
  }
  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
  /// The text between the placeholder before and this one, or the end.
  [[nodiscard]] constexpr std::string_view literal() const noexcept { return literal_; }

 private:
  std::string_view rest_;
  std::string_view name_;
  std::string_view literal_;
};

constexpr std::size_t placeholder_count(std::string_view path) noexcept {
  std::size_t n = 0;
  for (placeholders p{path}; p.next();) ++n;
  return n;
}

/// RFC 3986, section 3.3, without percent signs: the library encodes, the descriptor does not.
constexpr bool is_path_character(char c) noexcept {
  return is_unreserved(c) || std::string_view{"/:@!$&'()*+,;="}.find(c) != std::string_view::npos;
}

constexpr bool is_leap(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// "2021-07-28" and other days of the calendar, or "v3".
constexpr bool is_published_version(std::string_view text) noexcept {
  if (text == "v3") return true;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
    if (!is_digit(text[i])) return false;
  const auto number = [&](std::size_t from, std::size_t length) {
    int n = 0;
    for (const char c : text.substr(from, length)) n = n * 10 + (c - '0');
    return n;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 2000 || month < 1 || month > 12) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day >= 1 && day <= days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/// "links.readonly", "conversations/message.write": words of letters, digits, - and _, joined by '/' with one '.'
/// before the last.
constexpr bool is_scope(std::string_view text) noexcept {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) return false;
  char before = '/';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool joint = c == '.' || c == '/';
    if (joint ? (before == '/' || before == '.') : !(is_alnum(c) || c == '-' || c == '_')) return false;
    if (c == '/' && i > dot) return false;
    before = c;
  }
  return true;
}

constexpr std::size_t count_of(const parameter* list, std::size_t count, site in, std::string_view name) noexcept {
  std::size_t n = 0;
  for (std::size_t i = 0; i < count; ++i) n += list[i].in == in && list[i].name == name ? 1U : 0U;
  return n;
}

constexpr std::size_t count_of(std::string_view path, std::string_view placeholder) noexcept {
  std::size_t n = 0;
  for (placeholders p{path}; p.next();) n += p.name() == placeholder ? 1U : 0U;
  return n;
}

constexpr finding defect_of_path(std::string_view path) noexcept {
  if (path.empty() || path.front() != '/') return {defect::path_without_slash, path};
  for (std::size_t i = 0; i < path.size(); ++i)
    if (!is_path_character(path[i])) return {defect::path_character, path.substr(i, 1)};
  for (placeholders p{path}; p.next();) {
    if (p.name().empty()) return {defect::empty_placeholder, path};
    if (count_of(path, p.name()) > 1) return {defect::repeated_placeholder, p.name()};
  }
  return {};
}

/// The first defect of an endpoint.
constexpr finding find_defect(const endpoint_facts& e, const parameter* list, std::size_t count) noexcept {
  if (const finding f = defect_of_path(e.path); f.what != defect::none) return f;
  for (placeholders p{e.path}; p.next();)
    if (count_of(list, count, site::path, p.name()) == 0) return {defect::unfilled_placeholder, p.name()};
  for (std::size_t i = 0; i < count; ++i) {
    const parameter& p = list[i];
    if (p.in == site::path && count_of(e.path, p.name) == 0) return {defect::unknown_placeholder, p.name};
    if (p.in != site::body && p.name.empty()) return {defect::unnamed_parameter, e.title};
    if (count_of(list, count, p.in, p.name) > 1)
      return {p.in == site::body ? defect::two_bodies : defect::repeated_parameter, p.name};
    if (p.in == site::body && e.method == method::get) return {defect::body_on_get, e.title};
  }
  if (e.versions_ > 1) return {defect::two_versions, e.version};
  if (e.versions_ == 1 && (e.published_ ? !is_published_version(e.version) : !is_token(e.version)))
    return {defect::version_form, e.version};
  if (e.scopes.overflown()) return {defect::too_many_scopes, e.title};
  for (const std::string_view s : e.scopes)
    if (!is_scope(s)) return {defect::scope_form, s};
  if (!e.accepts(token::sub_account) && !e.accepts(token::agency)) return {defect::no_token, e.title};
  return {};
}

template <class Owner, class Member>
constexpr bool note(const path_word<Owner, Member>& w, parameter*& end) noexcept {
  return *end++ = {site::path, w.name}, true;
}
template <class Owner, class Member>
constexpr bool note(const query_word<Owner, Member>& w, parameter*& end) noexcept {
  return *end++ = {site::query, w.name}, true;
}
template <class Owner, class Member>
constexpr bool note(const body_word<Owner, Member>&, parameter*& end) noexcept {
  return *end++ = {site::body, {}}, true;
}
template <class Word>
constexpr bool note(const Word&, parameter*&) noexcept {
  return false;
}

template <class... Words>
constexpr finding find_defect(const descriptor<Words...>& d) noexcept {
  parameter list[sizeof...(Words) + 1];
  parameter* end = list;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (static_cast<void>(note(get<I>(d.words), end)), ...);
  }(std::index_sequence_for<Words...>{});
  return find_defect(d, list, static_cast<std::size_t>(end - list));
}

}  // namespace ghl::inline v0::detail
