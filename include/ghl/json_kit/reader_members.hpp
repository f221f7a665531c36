/// The functions of json_reader for keys and for the ends of objects and arrays.
#pragma once

#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/reader_class.hpp>
#include <ghl/value/fault.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ghl { inline namespace v0 {

inline bool json_reader::key(std::string_view name) {
  if (skipping_ != 0) return kept_.table == nullptr || other(kept_, {detail::json_piece::key, name});
  level& in = top();
  const detail::decode_table& table = *in.at.table;
  in.in_member = true;
  // Servers usually send members in the order of the reference, so the search begins after the last one found.
  for (std::size_t n = 0; n < table.count; ++n) {
    const std::size_t i = in.expected + n < table.count ? in.expected + n : in.expected + n - table.count;
    const detail::decode_member& m = table.members[i];
    if (m.name == name || (!m.also.empty() && m.also == name)) {
      in.index = i;
      in.expected = i + 1;
      const std::uint64_t bit = std::uint64_t{1} << (i % 64);
      if ((in.seen[i / 64] & bit) != 0) [[unlikely]] key_again(m);
      in.seen[i / 64] |= bit;
      return true;
    }
  }
  in.index = table.count;
  if (table.type == detail::json_type::map) [[unlikely]] key_of_map(name);
  return true;
}

[[gnu::noinline]] inline void json_reader::key_again(const detail::decode_member& member) {
  forget(member.in(top().at.value));
  if (tolerance_ != nullptr) tolerance_->forget(place());
}

// A new element. Apart, so that the keys of structs do not pay for it.
[[gnu::noinline]] inline void json_reader::key_of_map(std::string_view name) {
  level& in = top();
  const detail::map_element element = static_cast<const detail::map_table*>(in.at.table)->add(in.map.whole, name);
  in.map.key = element.key;
  in.at.value = element.value;
}

// The second of two equal keys: optional members that its value lacks must be empty. All others are read again.
[[gnu::noinline]] inline void json_reader::forget(const detail::slot& object) {
  if (object.table->type != detail::json_type::object) return;
  for (std::size_t i = 0; i < object.table->count; ++i) {
    const detail::slot s = object.table->members[i].in(object.value);
    if (!detail::make_absent(s)) forget(s);
  }
}

inline bool json_reader::end_object() {
  if (skipping_ != 0) {
    if (kept_.table != nullptr) return other(kept_, {detail::json_piece::close, "}"});
    --skipping_;
    return read();
  }
  const level& in = top();
  for (std::size_t i = 0; i < in.at.table->count; ++i) {
    if (!in.at.table->members[i].required || (in.seen[i / 64] >> (i % 64) & 1U) != 0) continue;
    top().index = i;
    top().in_member = true;
    const detail::slot s = in.at.table->members[i].in(in.at.value);
    if (tolerance_ == nullptr) return refuse(fault::missing_field, s);
    if (!do_without(s)) return end_object();
  }
  --depth_;
  return read();
}

inline bool json_reader::end_array() {
  if (skipping_ != 0) {
    if (kept_.table != nullptr) return other(kept_, {detail::json_piece::close, "]"});
    --skipping_;
  } else {
    --depth_;
  }
  return read();
}

}}  // namespace ghl::v0
