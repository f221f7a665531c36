/// Fills a described type from the events of any JSON parser, so that all JSON adapters accept the same texts and
/// report the same errors.
#pragma once

#include <ghl/endpoint/traits.hpp>
#include <ghl/json_kit/converted.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/levels.hpp>
#include <ghl/json_kit/parsed_number.hpp>
#include <ghl/json_kit/reader_class.hpp>
#include <ghl/json_kit/reader_members.hpp>
#include <ghl/json_kit/reader_tolerance.hpp>
#include <ghl/value/fault.hpp>

#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

// The slot of the next value. To be called once for each value, since it adds the element to an array.
inline detail::slot json_reader::next() {
  if (skipping_ != 0) return kept_;
  if (depth_ == 0) return target_;
  const level& in = top();
  const detail::decode_table& table = *in.at.table;
  if (table.type != detail::json_type::object) return table.next(in.at.value);
  if (in.index == table.count) return {nullptr, nullptr};  // an unknown key
  return table.members[in.index].in(in.at.value);
}

// The same for a value other than null: an optional gets its value first.
inline detail::slot json_reader::next_value() {
  detail::slot s = next();
  while (s.table != nullptr && s.table->type == detail::json_type::optional) s = s.table->next(s.value);
  return s;
}

// Called after each complete value.
inline bool json_reader::read() {
  if (skipping_ != 0) return true;
  if (depth_ == 0) return done_ = true;
  if (top().at.table->type == detail::json_type::object) top().in_member = false;
  else ++top().index;
  return true;
}

inline bool json_reader::null() {
  const detail::slot s = next();
  if (s.table == nullptr) return read();
  if (s.table->type != detail::json_type::optional) {
    if (tolerance_ != nullptr && detail::may_be_empty(s.table->type)) return empty_for_null(s);
    return other(s, {detail::json_piece::literal, "null"});
  }
  s.table->clear(s.value);
  return read();
}

inline bool json_reader::boolean(bool value) {
  const detail::slot s = next_value();
  if (s.table == nullptr) return read();
  if (s.table->type == detail::json_type::flag) *static_cast<bool*>(s.value) = value;
  else if (s.table->type == detail::json_type::bit) s.table->store(s.value, {detail::parsed_number::natural, 0, value, 0, {}});
  else return other(s, {detail::json_piece::literal, value ? "true" : "false"});
  return read();
}

inline bool json_reader::take_number(const detail::parsed_number& n) {
  const detail::slot s = next_value();
  if (s.table == nullptr) return read();
  if (s.table->type != detail::json_type::number) return other(s, {detail::json_piece::number, n.text, &n});
  if (const fault f = s.table->store(s.value, n); f != fault::none) return refuse(f, s);
  return read();
}

inline bool json_reader::string(std::string_view value) {
  const detail::slot s = next_value();
  if (s.table == nullptr) return read();
  // A new string allocates just what it needs; an assignment may double the capacity.
  if (s.table->type == detail::json_type::string) std::string{value}.swap(*static_cast<std::string*>(s.value));
  else if (s.table->type == detail::json_type::strings) one_string(s, value);
  else return other(s, {detail::json_piece::string, value});
  return read();
}

// A text where there may be an array of them: by the functions of that, which are there in any case.
[[gnu::noinline]] inline void json_reader::one_string(const detail::slot& s, std::string_view value) {
  s.table->clear(s.value);
  static_cast<std::string*>(s.table->next(s.value).value)->assign(value);
}

inline bool json_reader::begin(detail::json_type type) {
  if (depth_ + skipping_ == json_depth_limit) return fail(fault::nested_too_deeply);
  const detail::slot s = next_value();
  if (s.table == nullptr) {
    ++skipping_;
    return true;
  }
  if (s.table->type != type) [[unlikely]] return begin_other(s, type);
  if (type == detail::json_type::array) s.table->clear(s.value);
  levels_[depth_++] = {s, 0, 0, {{0, 0}}, false};
  return true;
}

// Where the type is no array and no struct.
inline bool json_reader::begin_other(const detail::slot& s, detail::json_type type) {
  const bool is_array = type == detail::json_type::array;
  if (s.table->type == detail::json_type::any)
    return other(s, {detail::json_piece::open, is_array ? "[" : "{"});
  if (s.table->type != (is_array ? detail::json_type::strings : detail::json_type::map))
    return refuse(fault::wrong_type, s, true);
  s.table->clear(s.value);
  levels_[depth_++] = {s, 0, 0, {{0, 0}}, false};
  if (!is_array) top().map = {s.value, nullptr};
  return true;
}

// A value, or a piece of it, for what keeps it as it is; for nothing else.
[[gnu::noinline]] inline bool json_reader::other(const detail::slot& s, const detail::json_piece& piece) {
  if (s.table->type != detail::json_type::any) return refuse(fault::wrong_type, s);
  return static_cast<const detail::any_table*>(s.table)->take(*this, s, piece);
}

}}  // namespace ghl::v0
