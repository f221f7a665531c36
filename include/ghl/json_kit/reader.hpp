/// Fills a described type from the events of any JSON parser, so that every JSON adapter accepts the same texts and
/// reports the same errors.
#pragma once

#include <ghl/json_kit/decode_table.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 {

/// Objects and arrays nested deeper than this are refused, ignored ones too: an answer of the API has a handful.
inline constexpr std::size_t json_depth_limit = 63;

/// Purpose: the walk over `fields()` that every JSON policy needs. A parser, or a loop over a parsed document, calls
/// one member function for each thing that it meets, in the order of the text; each gives false when it must stop.
/// Rules: unknown keys are ignored; null is an absent optional; a missing required field, a wrong type and a number
/// that does not fit are errors that name their place; of two equal keys the later counts.
/// Example: examples/04_json_policy.cpp.
/// Lifetime: refers to the value that it fills. Thread safety: one reader, one thread.
class json_reader {
 public:
  template <class T>
  explicit json_reader(T& value) noexcept : target_{&detail::shape_of<T>, &value} {
    static_assert(detail::has_shape<T>, "ghl: JSON cannot be read into a T of this type; give it fields()");
  }

  bool null();
  bool boolean(bool value);
  bool integer(std::int64_t value) { return number_seen({detail::number_seen::integer, value, 0, 0}); }
  bool unsigned_integer(std::uint64_t value) { return number_seen({detail::number_seen::natural, 0, value, 0}); }
  bool number(double value) { return number_seen({detail::number_seen::real, 0, 0, value}); }
  bool string(std::string_view value);
  bool begin_object() { return begin(detail::form::object); }
  bool key(std::string_view name);
  bool end_object();
  bool begin_array() { return begin(detail::form::array); }
  bool end_array();

  /// Stops with an error of the parser's own, about the text as a whole.
  bool fail(fault f) {
    if (fault_ == fault::none) fault_ = f;
    return false;
  }
  /// Whether a whole value has been read and nothing failed.
  [[nodiscard]] bool ok() const noexcept { return done_ && fault_ == fault::none; }
  /// Why not; `truncated` where the events ended before the value did.
  [[nodiscard]] ghl::error error() const {
    return decode_error(fault_ == fault::none ? fault::truncated : fault_, where_);
  }

 private:
  struct level {
    detail::place at;       // the object or array
    std::size_t index;      // array: the number of the element; object: the number of the member, or `count`
    std::size_t expected;   // object: the member after the last one found
    std::uint64_t seen[2];  // object: which members came
    bool in_member;         // object: the value of a key is being read
  };

  level& top() noexcept { return levels_[depth_ - 1]; }
  detail::place next();
  detail::place next_value();
  bool read();
  bool begin(detail::form kind);
  bool number_seen(const detail::number_seen& n);
  bool refuse(fault f);
  static void forget(const detail::place& object);
  [[nodiscard]] std::string path() const;

  detail::place target_;
  std::size_t depth_ = 0;     // how many levels are in use
  std::size_t skipping_ = 0;  // depth inside a value that is ignored
  bool done_ = false;
  fault fault_ = fault::none;
  std::string where_;
  level levels_[json_depth_limit];
};

// Where the value that comes next belongs. Called once for each value: it makes the element of an array.
inline detail::place json_reader::next() {
  if (skipping_ != 0) return {nullptr, nullptr};
  if (depth_ == 0) return target_;
  const level& in = top();
  const detail::shape& type = *in.at.type;
  if (type.kind != detail::form::object) return type.next(in.at.value);
  if (in.index == type.count) return {nullptr, nullptr};  // an unknown key
  return type.members[in.index].in(in.at.value);
}

// The same for a value that is not null: an optional is given one.
inline detail::place json_reader::next_value() {
  detail::place p = next();
  while (p.type != nullptr && p.type->kind == detail::form::optional) p = p.type->next(p.value);
  return p;
}

// The value is complete: the one after it is another element or another member.
inline bool json_reader::read() {
  if (skipping_ != 0) return true;
  if (depth_ == 0) return done_ = true;
  if (top().at.type->kind == detail::form::object) top().in_member = false;
  else ++top().index;
  return true;
}

inline bool json_reader::null() {
  const detail::place p = next();
  if (p.type == nullptr) return read();
  if (p.type->kind != detail::form::optional) return refuse(fault::wrong_type);
  p.type->clear(p.value);
  return read();
}

inline bool json_reader::boolean(bool value) {
  const detail::place p = next_value();
  if (p.type == nullptr) return read();
  if (p.type->kind == detail::form::boolean) *static_cast<bool*>(p.value) = value;
  else if (p.type->kind == detail::form::bit) static_cast<std::vector<bool>*>(p.value)->push_back(value);
  else return refuse(fault::wrong_type);
  return read();
}

inline bool json_reader::number_seen(const detail::number_seen& n) {
  const detail::place p = next_value();
  if (p.type == nullptr) return read();
  if (p.type->kind != detail::form::number) return refuse(fault::wrong_type);
  if (const fault f = p.type->store(p.value, n); f != fault::none) return refuse(f);
  return read();
}

inline bool json_reader::string(std::string_view value) {
  const detail::place p = next_value();
  if (p.type == nullptr) return read();
  // A string made anew takes just the room that it needs; one that is assigned to grows to twice its size.
  if (p.type->kind == detail::form::text) std::string{value}.swap(*static_cast<std::string*>(p.value));
  else if (p.type->kind == detail::form::texts)
    static_cast<string_or_strings*>(p.value)->values.assign(1, std::string{value});
  else return refuse(fault::wrong_type);
  return read();
}

inline bool json_reader::begin(detail::form kind) {
  if (depth_ + skipping_ == json_depth_limit) return fail(fault::nested_too_deeply);
  const detail::place p = next_value();
  if (p.type == nullptr) {
    ++skipping_;
    return true;
  }
  const bool fits = p.type->kind == kind || (p.type->kind == detail::form::texts && kind == detail::form::array);
  if (!fits) return refuse(fault::wrong_type);
  if (kind == detail::form::array) p.type->clear(p.value);
  levels_[depth_++] = {p, 0, 0, {0, 0}, false};
  return true;
}

inline bool json_reader::key(std::string_view name) {
  if (skipping_ != 0) return true;
  level& in = top();
  const detail::shape& type = *in.at.type;
  in.in_member = true;
  // Servers send members in the order of the reference as a rule, so the search begins after the last one found.
  for (std::size_t n = 0; n < type.count; ++n) {
    const std::size_t i = in.expected + n < type.count ? in.expected + n : in.expected + n - type.count;
    const detail::member_shape& m = type.members[i];
    if (m.name == name || (!m.also.empty() && m.also == name)) {
      in.index = i;
      in.expected = i + 1;
      const std::uint64_t bit = std::uint64_t{1} << (i % 64);
      if ((in.seen[i / 64] & bit) != 0) forget(m.in(in.at.value));
      in.seen[i / 64] |= bit;
      return true;
    }
  }
  in.index = type.count;
  return true;
}

// An equal key came before: what the later value does not name must not stay. All but optional members are read again.
inline void json_reader::forget(const detail::place& object) {
  if (object.type->kind != detail::form::object) return;
  for (std::size_t i = 0; i < object.type->count; ++i) {
    const detail::place p = object.type->members[i].in(object.value);
    if (p.type->kind == detail::form::optional) p.type->clear(p.value);
    else forget(p);
  }
}

inline bool json_reader::end_object() {
  if (skipping_ != 0) {
    --skipping_;
    return read();
  }
  const level& in = top();
  for (std::size_t i = 0; i < in.at.type->count; ++i) {
    if (!in.at.type->members[i].required || (in.seen[i / 64] >> (i % 64) & 1U) != 0) continue;
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

// Stops with an error about the value that has been reached.
inline bool json_reader::refuse(fault f) {
  if (fault_ == fault::none) where_ = path();
  return fail(f);
}

inline std::string json_reader::path() const {
  std::string out;
  for (std::size_t i = 0; i < depth_; ++i) {
    const level& in = levels_[i];
    if (in.at.type->kind != detail::form::object) {
      out.append("[").append(std::to_string(in.index)).append("]");
    } else if (in.in_member && in.index < in.at.type->count) {
      out.append(out.empty() ? "" : ".").append(in.at.type->members[in.index].name);
    }
  }
  return out;
}

}}  // namespace ghl::v0
