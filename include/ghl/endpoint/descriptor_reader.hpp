/// What can be wrong with a descriptor: plain functions over its facts, run by the compiler.
#pragma once

#include <ghl/endpoint/type_facts.hpp>
#include <ghl/detail/literal.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/value/endpoint_facts.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

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

inline constexpr character_roles scope_characters{&is_alnum, "-_", "./"};

/// What a segment of a path is made of, but for ':' (RFC 3986, section 3.3), without percent signs: the library encodes,
/// the descriptor does not.
inline constexpr const char* segment_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@!$&'()*+,;=";

/// The placeholders of a path, found in one pass, and what is wrong with it.
struct path_names {
  static constexpr std::size_t limit = 8;
  std::string_view name[limit];
  std::size_t count = 0;
  finding bad;

  /// The number of a placeholder; `count` where there is none of that name.
  [[nodiscard]] constexpr std::size_t find(std::string_view wanted) const noexcept {
    std::size_t i = 0;
    while (i < count && !same_text(name[i], wanted)) ++i;
    return i;
  }
};

constexpr path_names read_path(const char* path) noexcept {
  path_names found;
  if (*path != '/') {
    found.bad = {defect::path_without_slash, text_of(path)};
    return found;
  }
  for (const char* at = path;;) {
    at += span_of(at, segment_characters);
    const char joint = *at;
    if (joint == '\0') break;
    if (joint != '/' && joint != ':') {
      found.bad = {defect::path_character, {at, 1}};
      break;
    }
    ++at;
    if (joint == '/' || at[-2] != '/') continue;  // a colon inside a segment is one more character
    const std::string_view name{at, span_of(at, segment_characters)};
    if (name.empty()) found.bad = {defect::empty_placeholder, text_of(path)};
    else if (found.count == path_names::limit) found.bad = {defect::too_many_placeholders, text_of(path)};
    else if (found.find(name) < found.count) found.bad = {defect::repeated_placeholder, name};
    if (found.bad.what != defect::none) break;
    found.name[found.count++] = name;
  }
  return found;
}

constexpr bool is_leap(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

inline constexpr std::string_view usual_versions[] = {"2021-07-28", "2021-04-15", "v3"};

/// "2021-07-28" and other days of the calendar, or "v3".
constexpr bool is_published_version(std::string_view text) noexcept {
  for (const std::string_view& known : usual_versions)
    if (same_text(text, known)) return true;
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

/// Reads the words of a descriptor, each once, and keeps the first defect and the first misfit of a parameter. Plain
/// code with few steps: the compiler runs it for each endpoint.
class reader {
 public:
  constexpr reader(const char* title, method m, const char* path) noexcept
      : facts_{text_of(title), m, text_of(path), {}, {}}, in_path_(read_path(path)) {
    facts_.defect_ = in_path_.bad;
  }

  constexpr const endpoint_facts& read(const word* const* list, std::size_t count) noexcept {
    for (std::size_t at = 0; at < count; ++at) {
      const word& w = *list[at];
      switch (w.in) {
        case site::path: take_path(w); break;
        case site::query: take_query(w, list); break;
        case site::body: take_body(w); break;
        case site::version: take_version(w, is_published_version(w.name)); break;
        case site::unpublished_version: take_version(w, is_token(w.name)); break;
        case site::scope:
          facts_.scopes.add(w.name);
          if (!is_scope(w.name)) note(defect::scope_form, w.name);
          break;
        case site::sub_account: facts_.sub_account_ = true; break;
        case site::agency: facts_.agency_ = true; break;
        case site::unknown: facts_.defect_ = {defect::no_word, facts_.title}; return facts_;
      }
    }
    // The first one; where a name is misspelled, the path's spelling is told.
    if (facts_.defect_.what == defect::none || facts_.defect_.what == defect::unknown_placeholder)
      for (std::size_t i = in_path_.count; i-- > 0;)
        if ((filled_ >> i & 1U) == 0) facts_.defect_ = {defect::unfilled_placeholder, in_path_.name[i]};
    if (facts_.scopes.overflown()) note(defect::too_many_scopes, facts_.title);
    if (!facts_.sub_account_ && !facts_.agency_) note(defect::no_token, facts_.title);
    return facts_;
  }

 private:
  constexpr void note(defect what, std::string_view culprit) noexcept {
    if (facts_.defect_.what == defect::none) facts_.defect_ = {what, culprit};
  }
  constexpr void take_member(const word& w, std::string_view name) noexcept {
    if (facts_.parameters_++ == 0) {
      facts_.owner_ = w.owner;
      facts_.first_ = name;
    }
    if (facts_.misfit_.what != misfit::none) return;
    if (!same_type(w.owner, facts_.owner_)) facts_.misfit_ = {misfit::foreign_member, name};
    else if (w.type != misfit::none) facts_.misfit_ = {w.type, name};
  }
  constexpr void take_path(const word& w) noexcept {
    take_member(w, w.name);
    const std::size_t i = in_path_.find(w.name);
    if (i == in_path_.count) note(defect::unknown_placeholder, w.name);
    else if ((filled_ >> i & 1U) != 0) note(defect::repeated_parameter, w.name);
    else filled_ |= 1U << i;
  }
  constexpr void take_query(const word& w, const word* const* list) noexcept {
    take_member(w, w.name);
    if (w.name.empty()) note(defect::unnamed_parameter, facts_.title);
    for (; *list != &w; ++list)
      if ((*list)->in == site::query && same_text((*list)->name, w.name)) note(defect::repeated_parameter, w.name);
  }
  constexpr void take_body(const word& w) noexcept {
    take_member(w, text_of("body"));
    if (facts_.has_body_) note(defect::two_bodies, {});
    if (facts_.method == method::get) note(defect::body_on_get, facts_.title);
    facts_.body_ = w.json;
    facts_.has_body_ = true;
  }
  constexpr void take_version(const word& w, bool good) noexcept {
    if (versioned_) note(defect::two_versions, w.name);
    if (!good) note(defect::version_form, w.name);
    facts_.version = w.name;
    versioned_ = true;
  }

  endpoint_facts facts_;
  path_names in_path_;
  unsigned filled_ = 0;  // the bit of each placeholder that a parameter fills
  bool versioned_ = false;
};

}}}  // namespace ghl::v0::detail
