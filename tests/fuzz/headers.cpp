// http::headers: what is added can be read, and nothing that was added can begin another line.
// Input: a byte that separates, then name, value, name, value … The last field is looked up.
#include "fuzz.hpp"

#include <ghl/value/http.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace {

using fuzz::demand;
using lines = std::vector<std::pair<std::string, std::string>>;

/// RFC 9110, section 5.6.2.
bool is_name(std::string_view text) {
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && std::string_view{"!#$%&'*+-.^_`|~"}.find(c) == std::string_view::npos) return false;
  }
  return !text.empty();
}

/// What a value becomes in a line.
std::string in_line(std::string_view value) {
  const std::size_t first = value.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  std::string out{value.substr(first, value.find_last_not_of(" \t") - first + 1)};
  for (char& c : out)
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  return out;
}

std::string lowered(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

void check_lookup(const ghl::http::headers& h, const lines& expected, std::string_view name) {
  std::size_t count = 0;
  const std::string* first = nullptr;
  for (const auto& [n, v] : expected) {
    if (lowered(n) != lowered(name)) continue;
    ++count;
    if (first == nullptr) first = &v;
  }
  const auto found = h.get(name);
  demand(found.has_value() == (count != 0) && h.contains(name) == (count != 0) && h.count(name) == count,
         "a name is found whatever its case, and no other is", name);
  if (found) demand(*found == *first && (*h.find(name)).value == *first, "the first of equal names counts", name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input in{fuzz::text_of(data, size)};
  const char separator = in.byte();
  ghl::http::headers h;
  lines expected;
  std::string block;
  std::string_view name;
  while (!in.empty() && expected.size() < 64) {
    name = in.until(separator);
    const std::string_view value = in.until(separator);
    demand(h.add(name, value) == is_name(name), "a name is a token", name);
    if (!is_name(name)) continue;
    expected.emplace_back(name, in_line(value));
    block.append(name).append(": ").append(expected.back().second).append("\r\n");
  }
  demand(h.block() == block, "the block is one line for each header", h.block());
  demand(h.size() == expected.size() && h.empty() == expected.empty(), "a line for each header", h.block());
  std::size_t n = 0;
  for (const ghl::http::header& line : h) {
    demand(n < expected.size(), "no line comes of a value", h.block());
    demand(line.name == expected[n].first && line.value == expected[n].second, "what was added is read", h.block());
    demand(line.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos,
           "no CR, LF or NUL survives", line.value);
    ++n;
  }
  demand(n == expected.size(), "every line is met", h.block());
  for (const auto& line : expected) check_lookup(h, expected, line.first);
  check_lookup(h, expected, name);
  check_lookup(h, expected, "Content-Type");

  // A copy by its own lines is the same.
  ghl::http::headers copy;
  for (const ghl::http::header& line : h) demand(copy.add(line.name, line.value), "a line can be added again", line.name);
  demand(copy.size() == h.size(), "no line is lost in a copy", h.block());
  h.clear();
  demand(h.empty() && h.begin() == h.end(), "cleared headers are empty");
  return 0;
}
