/// The path of an endpoint as the reference writes it, "/links/:linkId", taken apart into literals and placeholders.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/endpoint/diagnosis.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// What a segment of a path may hold, apart from ':' (RFC 3986, section 3.3). Without '%': the library encodes, a
/// descriptor does not.
inline constexpr character_set segment_characters{
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@!$&'()*+,;="};

/// Literals and placeholders by turns: literal(0), name(0), literal(1), ..., name(count - 1), literal(count).
struct path_template {
  static constexpr std::size_t limit = 8;
  std::string_view text;
  std::string_view names[limit];
  std::size_t count = 0;  // of the placeholders
  finding bad;            // the first mistake; the placeholders before it are there

  /// The name of placeholder k, without its colon.
  [[nodiscard]] constexpr std::string_view name(std::size_t k) const noexcept { return names[k]; }
  /// The text before placeholder k; with k == count, the text after the last one.
  [[nodiscard]] constexpr std::string_view literal(std::size_t k) const noexcept {
    const char* const from = k == 0 ? text.data() : names[k - 1].data() + names[k - 1].size();
    const char* const to = k == count ? text.data() + text.size() : names[k].data() - 1;
    return {from, static_cast<std::size_t>(to - from)};
  }
  /// The number of the placeholder of that name; `count` if there is none.
  [[nodiscard]] constexpr std::size_t find(std::string_view wanted) const noexcept {
    std::size_t k = 0;
    while (k < count && !same_text(names[k], wanted)) ++k;
    return k;
  }
};

/// Whether what stands between is a segment that names nothing: empty, "." or "..", unless it is the end of the path.
constexpr bool is_no_segment(const char* from, const char* to) noexcept {
  if (to - from > 2 || *to == ':' || from[-1] != '/') return false;
  if (to == from) return *to == '/';
  return *from == '.' && to[-1] == '.';
}

/// Reads a path in one pass. A colon begins a placeholder only at the beginning of a segment; the name ends at the next
/// '/' or ':'.
constexpr path_template parse_path(const char* path) noexcept {
  path_template found;
  found.text = text_of(path);
  if (*path != '/') {
    found.bad = {diagnosis::path_without_slash, found.text};
    return found;
  }
  for (const char* at = path + 1;;) {
    const char* const from = at;
    at += span_of(at, segment_characters);
    const char joint = *at;
    if (is_no_segment(from, at)) {
      found.bad = {diagnosis::path_segment, found.text};
      break;
    }
    if (joint == '\0') break;
    if (joint != '/' && joint != ':') {
      found.bad = {diagnosis::path_character, {at, 1}};
      break;
    }
    ++at;
    if (joint == '/' || at[-2] != '/') continue;
    const std::string_view name{at, span_of(at, segment_characters)};
    if (name.empty()) found.bad = {diagnosis::empty_placeholder, found.text};
    else if (found.count == path_template::limit) found.bad = {diagnosis::too_many_placeholders, found.text};
    else if (found.find(name) < found.count) found.bad = {diagnosis::repeated_placeholder, name};
    if (found.bad.what != diagnosis::none) break;
    found.names[found.count++] = name;
    at += name.size();
  }
  return found;
}

}}}  // namespace ghl::v0::detail
