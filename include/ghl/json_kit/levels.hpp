/// The objects and arrays that a reader is in, and how an error names the place.
#pragma once

#include <ghl/json_kit/decode_table.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

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

/// `links[3].id`, `prices.gold.amount`
inline std::string place_in(const json_level* levels, std::size_t count) {
  std::string out;
  for (const json_level* in = levels; in != levels + count; ++in) {
    if (in->at.table->type == json_type::map) {
      if (in->map.key != nullptr) static_cast<const map_table*>(in->at.table)->append_key(out, *in->map.key);
    } else if (in->at.table->type != json_type::object) {
      out.append("[").append(std::to_string(in->index)).append("]");
    } else if (in->in_member && in->index < in->at.table->count) {
      out.append(out.empty() ? "" : ".").append(in->at.table->members[in->index].name);
    }
  }
  return out;
}

}}}  // namespace ghl::v0::detail
