/// The functions of json_reader for a value that is not as described.
#pragma once

#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/levels.hpp>
#include <ghl/json_kit/reader_class.hpp>
#include <ghl/json_kit/tolerance.hpp>
#include <ghl/value/fault.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 {

// Where the current value stands.
[[gnu::noinline]] inline std::string json_reader::place() const {
  std::string out;
  if (outer_ != nullptr) out = outer_->place();
  detail::append_place(out, levels_, depth_);
  return out;
}

// Reports an error about the current value. `opens`: an object or an array begins with it.
inline bool json_reader::refuse(fault f, const detail::slot& s, bool opens) {
  if (tolerance_ != nullptr) return tolerate(f, s, opens);
  if (fault_ == fault::none) where_ = place();
  return fail(f);
}

inline bool json_reader::tolerate(fault f, const detail::slot& s, bool opens) {
  std::string where = place();
  tolerance_->note(f, *s.table, where);
  return leave_empty(f, std::move(where), {}, opens);
}

// The level of the nearest optional member around the current value; 0: there is none.
inline std::size_t json_reader::optional_around() const noexcept {
  std::size_t kept = depth_;
  for (; kept != 0; --kept) {
    const level& in = levels_[kept - 1];
    if (in.at.table->type == detail::json_type::object && in.in_member && !in.at.table->members[in.index].required)
      break;
  }
  return kept;
}

// The nearest optional member around it stays empty, and what is left of that is skipped. Without one it is an error;
// the first of these is told, and all else is read.
inline bool json_reader::leave_empty(fault f, std::string&& where, std::string&& came, bool opens) {
  std::size_t kept = optional_around();
  if (kept == 0) {
    if (fault_ == fault::none) {
      where_ = std::move(where);
      came_ = std::move(came);
    }
    fail(f);
    kept = depth_;
  } else {
    const level& in = levels_[kept - 1];
    detail::make_absent(in.at.table->members[in.index].in(in.at.value));
  }
  skipping_ = depth_ - kept + (opens ? 1 : 0);
  depth_ = kept;
  return read();
}

// An array or a map that is null.
inline bool json_reader::empty_for_null(const detail::slot& s) {
  tolerance_->note(fault::wrong_type, *s.table, place());
  s.table->clear(s.value);
  return read();
}

// A member of the object that ends is missing; whether the object stays.
inline bool json_reader::do_without(const detail::slot& s) {
  const std::size_t depth = depth_;
  if (detail::may_be_empty(s.table->type)) {
    tolerance_->pass();
    s.table->clear(s.value);
  } else {
    tolerate(fault::missing_field, s, false);
  }
  return depth_ == depth;
}

}}  // namespace ghl::v0
