/// Of equal keys of an object the last alone counts: takes the others out of a JSON text.
#pragma once

#include <ghl/json_kit/compact_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: takes each member out of a text whose key comes again in its object, however either is spelled. All else
/// stays as it is written. The text is one that json_fault() has accepted.
class equal_keys {
 public:
  /// The text without them. `own` has it where it is another; it is empty where there are none.
  [[gnu::cold]] static std::string_view drop(std::string_view text, std::string& own) {
    const equal_keys found{text};
    if (found.dropped_.empty()) return text;
    own = text;
    found.cut(own);
    return own;
  }
  static void drop(std::string& text) {
    if (text.find(':') == std::string::npos) return;
    const equal_keys found{text};
    if (!found.dropped_.empty()) found.cut(text);
  }

 private:
  using places = std::vector<std::size_t>;

  [[gnu::cold]] explicit equal_keys(std::string_view text) : text_(text) {
    places open;  // for each level, the number of keys before it
    for (std::size_t at = 0; at < text.size();) {
      const char c = text[at];
      if (c == '"') {
        const std::size_t end = end_of_string(text, at);
        const std::size_t next = text.find_first_not_of(" \t\r\n", end);
        if (next < text.size() && text[next] == ':') keys_.push_back(at);
        at = end;
        continue;
      }
      ++at;
      if (c == '{' || c == '[') open.push_back(keys_.size());
      if (c != '}' && c != ']') continue;
      compare(open.back());
      while (keys_.size() != open.back()) keys_.pop_back();
      open.pop_back();
    }
  }

  [[gnu::cold]] int order_of(std::size_t a, std::size_t b) const {
    std::string says[2];
    for (const std::size_t n : {a, b}) {
      const std::size_t at = keys_[n];
      json_string_text(text_.substr(at, end_of_string(text_, at) - at), says[n == a ? 0 : 1]);
    }
    return says[0].compare(says[1]);
  }
  /// A part of a sort by heap: <algorithm> would be a fifth of what the client includes.
  [[gnu::cold]] void sink(std::size_t at, std::size_t count) {
    const auto is_before = [&](std::size_t a, std::size_t b) {
      const int order = order_of(order_[a], order_[b]);
      return order < 0 || (order == 0 && order_[a] < order_[b]);
    };
    for (std::size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && is_before(child, child + 1)) ++child;
      if (!is_before(at, child)) return;
      std::swap(order_[at], order_[child]);
      at = child;
    }
  }
  /// The members of one object. What is dropped reaches to the next member: there is one, since a later one counts.
  [[gnu::cold]] void compare(std::size_t first) {
    const std::size_t count = keys_.size() - first;
    if (count < 2) return;
    order_.clear();
    for (std::size_t i = 0; i < count; ++i) order_.push_back(first + i);
    for (std::size_t at = count / 2; at-- > 0;) sink(at, count);
    for (std::size_t left = count; --left > 0;) {
      const std::size_t later = order_[0];  // all that are left stand before it
      std::swap(order_[0], order_[left]);
      sink(0, left);
      if (order_of(order_[0], later) != 0) continue;
      dropped_.push_back(keys_[order_[0]]);
      dropped_.push_back(keys_[order_[0] + 1]);
    }
  }
  [[gnu::cold]] void cut(std::string& text) const {
    for (std::size_t i = 0; i != dropped_.size(); i += 2)
      for (std::size_t at = dropped_[i]; at != dropped_[i + 1]; ++at) text[at] = '\0';  // no JSON has one
    std::erase_if(text, [](char c) { return c == '\0'; });
  }

  std::string_view text_;
  places keys_;   // where those of the objects that are open begin
  places order_;
  places dropped_;  // where each begins, and where the next member does
};

}}}  // namespace ghl::v0::detail
