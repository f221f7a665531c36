/// What can be wrong with a descriptor: plain functions over its facts, run by the compiler.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint.hpp>

#include <cstddef>
#include <string_view>

namespace ghl::inline v0::detail {

enum class defect : unsigned char {
  none,
  no_request,
  no_word,
  path_without_slash,
  path_character,
  empty_placeholder,
  repeated_placeholder,
  unfilled_placeholder,
  unknown_placeholder,
  too_many_placeholders,
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
  constexpr explicit placeholders(std::string_view path) noexcept : at_(path.data()), end_(at_ + path.size()) {}

  /// Moves to the next one; false where there is none.
  constexpr bool next() noexcept {
    const char* const start = at_;
    while (at_ != end_ && !(*at_ == ':' && at_ != start && at_[-1] == '/')) ++at_;
    literal_ = {start, static_cast<std::size_t>(at_ - start)};
    if (at_ == end_) return false;
    const char* const name = ++at_;
    while (at_ != end_ && *at_ != '/') ++at_;
    name_ = {name, static_cast<std::size_t>(at_ - name)};
    return true;
  }
  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
  /// The text between the placeholder before and this one, or the end.
  [[nodiscard]] constexpr std::string_view literal() const noexcept { return literal_; }

 private:
  const char* at_;
  const char* end_;
  std::string_view name_;
  std::string_view literal_;
};

constexpr std::size_t placeholder_count(std::string_view path) noexcept {
  std::size_t n = 0;
  for (placeholders p{path}; p.next();) ++n;
  return n;
}

/// What a character may do; the compiler asks for it hundreds of thousands of times, so it is a table.
enum class role : unsigned char { none, plain, joint };

struct character_roles {
  role of[256] = {};
  constexpr character_roles(bool (*plain)(char) noexcept, std::string_view more, std::string_view joints) noexcept {
    for (int c = 0; c < 128; ++c) of[c] = plain(static_cast<char>(c)) ? role::plain : role::none;
    for (const char c : more) of[static_cast<unsigned char>(c)] = role::plain;
    for (const char c : joints) of[static_cast<unsigned char>(c)] = role::joint;
  }
};

/// RFC 3986, section 3.3, without percent signs: the library encodes, the descriptor does not.
inline constexpr character_roles path_characters{&is_unreserved, "/@!$&'()*+,;=", ":"};
inline constexpr character_roles scope_characters{&is_alnum, "-_", "./"};

/// The placeholders of a path, found in one pass, and what is wrong with it.
struct path_names {
  static constexpr std::size_t limit = 8;
  std::string_view name[limit];
  std::size_t count = 0;
  finding bad;

  [[nodiscard]] constexpr std::size_t count_of(std::string_view wanted) const noexcept {
    std::size_t n = 0;
    for (std::size_t i = 0; i < count; ++i) n += name[i] == wanted ? 1U : 0U;
    return n;
  }
};

constexpr path_names read_path(std::string_view path) noexcept {
  path_names found;
  if (path.empty() || path.front() != '/') {
    found.bad = {defect::path_without_slash, path};
    return found;
  }
  const role* const roles = path_characters.of;
  const char* at = path.data();
  const char* const end = at + path.size();
  for (;;) {
    while (at != end && roles[*at & 0xFF] == role::plain) ++at;
    if (at == end) break;
    if (roles[*at & 0xFF] == role::none) {
      found.bad = {defect::path_character, {at, 1}};
      break;
    }
    ++at;
    if (at[-2] != '/') continue;  // a colon inside a segment
    const char* const start = at;
    while (at != end && *at != '/' && roles[*at & 0xFF] == role::plain) ++at;
    const std::string_view name{start, static_cast<std::size_t>(at - start)};
    if (name.empty()) found.bad = {defect::empty_placeholder, path};
    else if (found.count == path_names::limit) found.bad = {defect::too_many_placeholders, path};
    else if (found.count_of(name) > 0) found.bad = {defect::repeated_placeholder, name};
    if (found.bad.what != defect::none) break;
    found.name[found.count++] = name;
  }
  return found;
}

constexpr bool is_leap(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// "2021-07-28" and other days of the calendar, or "v3".
constexpr bool is_published_version(std::string_view text) noexcept {
  for (const std::string_view known : {"2021-07-28", "2021-04-15", "2023-02-21", "v3"})
    if (text == known) return true;
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
  const role* const roles = scope_characters.of;
  const char* const from = text.data();
  const std::size_t size = text.size();
  char before = '/';
  for (std::size_t i = 0; i < size; ++i) {
    const char c = from[i];
    const role r = roles[static_cast<unsigned char>(c)];
    if (r == role::none || (r == role::joint && (before == '/' || before == '.'))) return false;
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

/// The first defect of an endpoint.
constexpr finding find_defect(const endpoint_facts& e, const parameter* list, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i)
    if (list[i].in == site::unknown) return {defect::no_word, e.title};
  const path_names in_path = read_path(e.path);
  if (in_path.bad.what != defect::none) return in_path.bad;
  for (std::size_t i = 0; i < in_path.count; ++i)
    if (count_of(list, count, site::path, in_path.name[i]) == 0)
      return {defect::unfilled_placeholder, in_path.name[i]};
  for (std::size_t i = 0; i < count; ++i) {
    const parameter& p = list[i];
    if (p.in == site::none) continue;
    if (p.in == site::path && in_path.count_of(p.name) == 0) return {defect::unknown_placeholder, p.name};
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

template <class... Words>
constexpr finding find_defect(const descriptor<Words...>& d) noexcept {
  return find_defect(d, d.parameters, sizeof...(Words));
}

}  // namespace ghl::inline v0::detail
