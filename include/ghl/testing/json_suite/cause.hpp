/// Why a value or a text is not the one expected, in words: where they differ, and what libraries do that looks so.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/testing/json_suite/parts.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

/// The beginning of a text, for a report; control bytes and bytes that are no UTF-8 as \x00.
inline std::string shown(std::string_view text) {
  constexpr std::size_t limit = 72;
  constexpr char hex[] = "0123456789ABCDEF";
  std::string out;
  for (std::string_view rest = text.substr(0, limit); !rest.empty();) {
    const std::size_t length = ghl::detail::utf8_sequence(rest);
    if (length != 0 && !ghl::detail::is_control(rest.front())) {
      out.append(rest.substr(0, length));
      rest.remove_prefix(length);
      continue;
    }
    const auto byte = static_cast<unsigned char>(rest.front());
    out.append("\\x").append(1, hex[byte / 16]).append(1, hex[byte % 16]);
    rest.remove_prefix(1);
  }
  if (text.size() > limit) out.append("... (").append(std::to_string(text.size())).append(" bytes)");
  return out;
}

inline std::string string_cause(std::string_view expected, std::string_view got) {
  const std::size_t nul = expected.find('\0');
  if (nul != std::string_view::npos && got == expected.substr(0, nul)) return "ends at its NUL byte";
  if (nul != std::string_view::npos && got.find('\0') == std::string_view::npos && got.size() + 1 == expected.size())
    return "has lost its NUL byte";
  if (nul == std::string_view::npos && got.find('\0') != std::string_view::npos) return "has a NUL byte too many";
  if (!ghl::detail::is_utf8(got)) return "is no UTF-8 any more";
  if (got.size() < expected.size() && expected.starts_with(got))
    return "is cut off after " + std::to_string(got.size()) + " of " + std::to_string(expected.size()) + " bytes";
  if (got.find('\\') != std::string_view::npos && expected.find('\\') == std::string_view::npos)
    return "has its escapes taken for characters";
  return "is another string";
}

template <class Integer>
bool is_integer(std::string_view text, Integer& value) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failed == std::errc{} && end == text.data() + text.size();
}
/// What `value` is after a conversion, as a text.
template <class To>
std::string after(std::string_view value) {
  std::int64_t i = 0;
  std::uint64_t u = 0;
  if (is_integer(value, i)) return std::to_string(static_cast<To>(i));
  if (is_integer(value, u)) return std::to_string(static_cast<To>(u));
  return {};
}
inline std::string number_cause(std::string_view expected, std::string_view got, bool whole) {
  const double e = std::strtod(std::string{expected}.c_str(), nullptr);
  const double g = std::strtod(std::string{got}.c_str(), nullptr);
  if (whole) {
    if (got == after<std::int32_t>(expected) || got == after<std::uint32_t>(expected))
      return "is out of the range of 32 bits, and cut to them";
    if (got == after<std::int64_t>(expected) || got == after<std::uint64_t>(expected))
      return "is out of the range of the 64 bits that it was kept in, and has another sign";
    if (got == "2147483647" || got == "-2147483648" || got == "4294967295" || got == "9223372036854775807")
      return "is out of the range that it was kept in, and stands at its limit";
  }
  const double error = std::fabs(e - g);
  if (whole && error <= std::fabs(e) * 1e-15) return "is out of the range of a double's 53 bits, and was rounded";
  if (error <= std::fabs(e) * 1e-15) return "is off in its last bits";
  if (error <= std::fabs(e) * 1e-7) return "has the precision of a float";
  if (error <= std::fabs(e) * 1e-3) return "has too few digits";
  return "is another number";
}

/// Why `got` is not `expected`; empty where they have the same parts, if in another order of keys.
inline std::string cause(const parts& expected, const parts& got) {
  const auto find = [](const parts& in, std::string_view path) { return std::ranges::find(in, path, &part::path); };
  const auto named = [](const part& p) { return p.path.empty() ? std::string{"the value"} : "\"" + p.path + "\""; };
  // The same elements elsewhere?
  for (const part& e : expected) {
    const auto g = find(got, e.path);
    if (e.what != part::kind::array || g == got.end() || *g != e) continue;
    const auto below = [&](const parts& in) {
      std::vector<std::string> elements;
      for (const part& p : in)
        if (p.path.size() > e.path.size() && p.path.starts_with(e.path + "["))
          elements.push_back(p.text + p.path.substr((std::min)(p.path.size(), p.path.find(']', e.path.size()))));
      return elements;
    };
    std::vector<std::string> is = below(got);
    std::vector<std::string> should = below(expected);
    if (is == should) continue;
    std::ranges::sort(is);
    std::ranges::sort(should);
    if (is == should) return "the elements of " + named(e) + " are in another order";
  }
  for (const part& e : expected) {
    const auto g = find(got, e.path);
    if (g == got.end()) return named(e) + " is missing";
    if (*g == e) continue;
    const std::string here = named(e) + " ";
    const std::string values = ": \"" + shown(g->text) + "\" instead of \"" + shown(e.text) + "\"";
    if (g->what != e.what)
      return here + "is " + std::string{name_of(g->what)} + " instead of " + std::string{name_of(e.what)} + values;
    if (e.what == part::kind::whole || e.what == part::kind::real)
      return here + number_cause(e.text, g->text, e.what == part::kind::whole) + values;
    if (e.what == part::kind::string) return here + string_cause(e.text, g->text) + values;
    if (e.what == part::kind::array) return here + "has " + g->text + " elements instead of " + e.text;
    return here + "is " + g->text + " instead of " + e.text;
  }
  for (const part& g : got) {
    if (find(expected, g.path) == expected.end()) return named(g) + " is there, and should not be";
    if (std::ranges::count(got, g.path, &part::path) > 1) return named(g) + " is there twice";
  }
  return {};
}

}}}}  // namespace ghl::v0::testing::json
