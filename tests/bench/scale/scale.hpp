/// Get Links with many links and no network: the answer lies in memory. The side "ours" is a ghl::client with a transport
/// that hands the answer over; the others read the same text into structs written by hand.
/// Usage: PROGRAM SIDE LINKS TIMES
/// Prints links, seconds a call, allocations a call, bytes allocated a call, bytes that the structs own, peak kB.
#pragma once

#include "../loopback/answers.hpp"
#include "../loopback/measure.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scale {

namespace by_hand {
struct link {
  std::optional<std::string> id;
  std::optional<std::string> name;
  std::optional<std::string> redirect_to;
  std::optional<std::string> field_key;
  std::optional<std::string> location_id;
};
struct links {
  std::vector<link> all;
};
}  // namespace by_hand

/// Gives the answer away, as a transport does that has read it from a socket.
struct in_memory {
  ghl::http::response* next;
  ghl::http::response operator()(const ghl::http::request&) const { return std::move(*next); }
};

template <class Link>
std::size_t owned(const std::vector<Link>& all) {
  std::size_t bytes = all.capacity() * sizeof(Link);
  const std::size_t inside = std::string{}.capacity();
  const auto add = [&](const std::optional<std::string>& s) {
    if (s && s->capacity() > inside) bytes += s->capacity() + 1;
  };
  for (const Link& l : all) {
    add(l.id);
    add(l.name);
    add(l.redirect_to);
    add(l.field_key);
    add(l.location_id);
  }
  return bytes;
}

struct figures {
  std::size_t allocations = 0;
  std::size_t bytes = 0;
  std::size_t kept = 0;
  double seconds = 0;
};

/// The one function that callgrind looks at (--toggle-collect).
template <class Read>
__attribute__((noinline)) auto scale_measured(Read& read) {
  return read();
}

template <class Read, class Links>
void once(figures& f, Read read, Links links, std::size_t expected) {
  const std::size_t allocations = measure::allocations;
  const std::size_t bytes = measure::bytes;
  const auto before = measure::clock::now();
  const auto value = scale_measured(read);
  f.seconds += std::chrono::duration<double>(measure::clock::now() - before).count();
  f.allocations += measure::allocations - allocations;
  f.bytes += measure::bytes - bytes;
  f.kept = owned(links(value));
  const auto& last = links(value).back();
  if (links(value).size() != expected || !last.location_id || last.location_id->size() != 20)
    measure::give_up("the links are not what they should be");
}

template <class Json>
void ours(figures& f, std::string body, std::size_t expected) {
  ghl::http::response answer{200, {}, std::move(body)};
  ghl::client api{in_memory{&answer}, Json{}, ghl::private_integration_token{"pit-01234567-89ab-cdef-0123-456789abcdef"}};
  const ghl::links::get_links request{.location_id = "ve9EPM428h8vShlRW1KT"};
  once(
      f, [&] { return api.call(request); },
      [](const auto& r) -> const auto& {
        if (!r) measure::give_up("the answer could not be read");
        return r->links;
      },
      expected);
}

/// `read(body)` gives by_hand::links; it frees the body when it has been read, as the other side does.
template <class Read>
void hand(figures& f, std::string body, std::size_t expected, Read read) {
  once(
      f,
      [&] {
        const std::string text = std::move(body);
        return read(text);
      },
      [](const auto& v) -> const auto& { return v.all; }, expected);
}

/// `run(side, figures, body, links)` gives false for a side that it does not know.
template <class Run>
int main(int argc, char** argv, Run run) {
  if (argc < 4) measure::give_up("usage: PROGRAM SIDE LINKS TIMES");
  const int links = std::atoi(argv[2]);
  const int times = std::atoi(argv[3]);
  figures all;
  for (int i = 0; i < times; ++i)
    if (!run(std::string_view{argv[1]}, all, answers::get_links(links), static_cast<std::size_t>(links)))
      measure::give_up("no such side");
  const auto n = static_cast<std::size_t>(times);
  std::printf("%d\t%.9f\t%zu\t%zu\t%zu\t%ld\n", links, all.seconds / times, all.allocations / n, all.bytes / n, all.kept,
              measure::peak_kilobytes());
  return 0;
}

/// The member of a link that a key names; null for any other key.
inline std::optional<std::string> by_hand::link::*member_of(std::string_view key) {
  using by_hand::link;
  if (key == "id") return &link::id;
  if (key == "name") return &link::name;
  if (key == "redirectTo") return &link::redirect_to;
  if (key == "fieldKey") return &link::field_key;
  if (key == "locationId") return &link::location_id;
  return nullptr;
}

/// What a reader by hand needs from the events of a parser: where it is, and where the next string goes.
struct events {
  by_hand::links to{};
  int depth = 0;              // 1: the document, 2: its array, 3: a link
  bool in_links = false;      // the array is that of the key "links"
  std::optional<std::string> by_hand::link::*member = nullptr;

  bool begin_object() {
    if (++depth == 3 && in_links) to.all.emplace_back();
    return depth < 64;
  }
  bool end_object() { return --depth, true; }
  bool begin_array() { return ++depth < 64; }
  bool end_array() { return --depth, true; }
  bool key(std::string_view name) {
    if (depth == 1) in_links = name == "links";
    member = depth == 3 && in_links ? member_of(name) : nullptr;
    return true;
  }
  bool string(std::string_view text) {
    if (depth == 3 && member != nullptr) (to.all.back().*member) = std::string{text};
    return true;
  }
  bool other() { return depth != 3 || member == nullptr; }
  bool null() { return true; }
};

}  // namespace scale
