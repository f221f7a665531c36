/// The objects and arrays that a reader is in, and how an error names the place.
#pragma once

#include <ghl/json_kit/decode_table.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

struct open_map {
  void* whole;
  const std::string* key;  // of the last element; null before the first
};

struct json_level {
  slot at;               // the object or array; map: with the value of the last element
  std::size_t index;     // array: the number of the element; object: that of the member, `count` if it is unknown
  std::size_t expected;  // object: the member after the last one found
  union {
    std::uint64_t seen[2];  // object: bit i: member i came
    open_map map;
  };
  bool in_member;        // object: the value of a key is being read
};

/// Appends the place that the levels lead to: `links[3].id`, `prices.gold.amount`. A name that could be taken for more
/// than one stands in quotes, as a key of a map does. A place that grows too long ends in "..." behind a whole name: of
/// a secret that was cut in two neither half could be found.
inline void append_place(std::string& out, const json_level* levels, std::size_t count) {
  constexpr std::size_t longest = 1024;
  for (const json_level* in = levels; in != levels + count; ++in) {
    if (out.size() > longest) {
      if (!out.ends_with("...")) out.append("...");
      return;
    }
    if (in->at.table->type == json_type::map) {
      if (in->map.key != nullptr) static_cast<const map_table*>(in->at.table)->append_key(out, *in->map.key);
    } else if (in->at.table->type != json_type::object) {
      out.append("[").append(std::to_string(in->index)).append("]");
    } else if (in->in_member && in->index < in->at.table->count) {
      const std::string_view name = in->at.table->members[in->index].name;
      if (name.find_first_of(".[]") != std::string_view::npos) out.append("[\"").append(name).append("\"]");
      else out.append(out.empty() ? "" : ".").append(name);
    }
  }
}

}}}  // namespace ghl::v0::detail
