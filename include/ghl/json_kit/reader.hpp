/// Fills a described type from the events of any JSON parser, so that all JSON adapters accept the same texts and
/// report the same errors.
#pragma once

#include <ghl/endpoint/traits.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 {

/// Objects and arrays nested deeper than this are refused, even in ignored values. The API's answers have a few levels.
inline constexpr std::size_t json_depth_limit = 63;

/// Purpose: the walk over `fields()` that every JSON policy needs. A parser, or a loop over a parsed document, calls
/// one member function for each value, key and bracket, in the order of the text, and stops when one returns false.
/// Rules: unknown keys are ignored; null is an absent optional; a missing required field, a wrong type and a number
/// that does not fit (an infinite one never does) are errors that name their path; where nobody reads a value, it may
/// be any. Of two equal keys the later counts.
/// Example: examples/04_json_policy.cpp.
/// Lifetime: refers to the value that it fills. Thread safety: one reader, one thread.
class json_reader {
 public:
  template <class T>
  explicit json_reader(T& value) noexcept : target_{&detail::table_of<T>, &value} {
    static_assert(detail::json_readable<T>, "ghl: JSON cannot be read into a T of this type; give it fields()");
  }

  bool null();
  bool boolean(bool value);
  bool integer(std::int64_t value) { return take_number({detail::parsed_number::integer, value, 0, 0}); }
  bool unsigned_integer(std::uint64_t value) { return take_number({detail::parsed_number::natural, 0, value, 0}); }
  bool number(double value) { return take_number({detail::parsed_number::real, 0, 0, value}); }
  bool string(std::string_view value);
  bool begin_object() { return begin(detail::json_type::object); }
  bool key(std::string_view name);
  bool end_object();
  bool begin_array() { return begin(detail::json_type::array); }
  bool end_array();

  /// Reports an error of the parser, about the text as a whole.
  bool fail(fault f) {
    if (fault_ == fault::none) fault_ = f;
    return false;
  }
  /// Whether a whole value was read without an error.
  [[nodiscard]] bool ok() const noexcept { return done_ && fault_ == fault::none; }
  /// The error; `truncated` if the events ended before the value did.
  [[nodiscard]] ghl::error error() const {
    return decode_error(fault_ == fault::none ? fault::truncated : fault_, where_);
  }

 private:
  struct level {
    detail::slot at;        // the object or array
    std::size_t index;      // array: the number of the element; object: that of the member, `count` if it is unknown
    std::size_t expected;   // object: the member after the last one found
    std::uint64_t seen[2];  // object: bit i: member i came
    bool in_member;         // object: the value of a key is being read
  };

  level& top() noexcept { return levels_[depth_ - 1]; }
  detail::slot next();
  detail::slot next_value();
  bool read();
  bool begin(detail::json_type type);
  bool take_number(const detail::parsed_number& n);
  bool refuse(fault f);
  static void forget(const detail::slot& object);
  [[nodiscard]] std::string path() const;

  detail::slot target_;
  std::size_t depth_ = 0;     // how many levels are in use
  std::size_t skipping_ = 0;  // depth inside a value that is ignored
  bool done_ = false;
  fault fault_ = fault::none;
  std::string where_;
  level levels_[json_depth_limit];
};

// The slot of the next value. To be called once for each value, since it adds the element to an array.
inline detail::slot json_reader::next() {
  if (skipping_ != 0) return {nullptr, nullptr};
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
  if (s.table->type != detail::json_type::optional) return refuse(fault::wrong_type);
  s.table->clear(s.value);
  return read();
}

inline bool json_reader::boolean(bool value) {
  const detail::slot s = next_value();
  if (s.table == nullptr) return read();
  if (s.table->type == detail::json_type::flag) *static_cast<bool*>(s.value) = value;
  else if (s.table->type == detail::json_type::bit) static_cast<std::vector<bool>*>(s.value)->push_back(value);
  else return refuse(fault::wrong_type);
  return read();
}

inline bool json_reader::take_number(const detail::parsed_number& n) {
  const detail::slot s = next_value();
  if (s.table == nullptr) return read();
  if (s.table->type != detail::json_type::number) return refuse(fault::wrong_type);
  if (const fault f = s.table->store(s.value, n); f != fault::none) return refuse(f);
  return read();
}

inline bool json_reader::string(std::string_view value) {
  const detail::slot s = next_value();
  if (s.table == nullptr) return read();
  // A new string allocates just what it needs; an assignment may double the capacity.
  if (s.table->type == detail::json_type::string) std::string{value}.swap(*static_cast<std::string*>(s.value));
  else if (s.table->type == detail::json_type::strings)
    static_cast<string_or_strings*>(s.value)->values.assign(1, std::string{value});
  else return refuse(fault::wrong_type);
  return read();
}

inline bool json_reader::begin(detail::json_type type) {
  if (depth_ + skipping_ == json_depth_limit) return fail(fault::nested_too_deeply);
  const detail::slot s = next_value();
  if (s.table == nullptr) {
    ++skipping_;
    return true;
  }
  const detail::json_type wanted = s.table->type;
  const bool fits = wanted == type || (wanted == detail::json_type::strings && type == detail::json_type::array);
  if (!fits) return refuse(fault::wrong_type);
  if (type == detail::json_type::array) s.table->clear(s.value);
  levels_[depth_++] = {s, 0, 0, {0, 0}, false};
  return true;
}

inline bool json_reader::key(std::string_view name) {
  if (skipping_ != 0) return true;
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
      if ((in.seen[i / 64] & bit) != 0) forget(m.in(in.at.value));
      in.seen[i / 64] |= bit;
      return true;
    }
  }
  in.index = table.count;
  return true;
}

// The second of two equal keys: optional members that its value lacks must be empty. All others are read again.
inline void json_reader::forget(const detail::slot& object) {
  if (object.table->type != detail::json_type::object) return;
  for (std::size_t i = 0; i < object.table->count; ++i) {
    const detail::slot s = object.table->members[i].in(object.value);
    if (s.table->type == detail::json_type::optional) s.table->clear(s.value);
    else forget(s);
  }
}

inline bool json_reader::end_object() {
  if (skipping_ != 0) {
    --skipping_;
    return read();
  }
  const level& in = top();
  for (std::size_t i = 0; i < in.at.table->count; ++i) {
    if (!in.at.table->members[i].required || (in.seen[i / 64] >> (i % 64) & 1U) != 0) continue;
    top().index = i;
    top().in_member = true;
    return refuse(fault::missing_field);
  }
  --depth_;
  return read();
}

inline bool json_reader::end_array() {
  if (skipping_ != 0) --skipping_;
  else --depth_;
  return read();
}

// Reports an error about the current value.
inline bool json_reader::refuse(fault f) {
  if (fault_ == fault::none) where_ = path();
  return fail(f);
}

inline std::string json_reader::path() const {
  std::string out;
  for (std::size_t i = 0; i < depth_; ++i) {
    const level& in = levels_[i];
    if (in.at.table->type != detail::json_type::object) {
      out.append("[").append(std::to_string(in.index)).append("]");
    } else if (in.in_member && in.index < in.at.table->count) {
      out.append(out.empty() ? "" : ".").append(in.at.table->members[in.index].name);
    }
  }
  return out;
}

}}  // namespace ghl::v0
