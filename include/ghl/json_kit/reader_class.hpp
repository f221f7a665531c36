/// The class json_reader; include ghl/json_kit/reader.hpp, which has its functions too.
#pragma once

#include <ghl/endpoint/traits.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/levels.hpp>
#include <ghl/json_kit/parsed_number.hpp>
#include <ghl/json_kit/tolerance.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

namespace detail {
struct json_keeper;
struct json_converter;

/// What is made in pieces beside a reader, and goes with it.
class owned_pieces {
 public:
  owned_pieces() = default;
  owned_pieces(const owned_pieces&) = delete;
  owned_pieces& operator=(const owned_pieces&) = delete;
  ~owned_pieces() { release(); }

  template <class T>
  void own(T* made) noexcept {
    release();
    of_ = made;
    destroy_ = [](void* of) { delete static_cast<T*>(of); };
  }
  void release() noexcept {
    if (of_ != nullptr) destroy_(of_);
    of_ = nullptr;
  }
  [[nodiscard]] void* get() const noexcept { return of_; }

 private:
  void* of_ = nullptr;
  void (*destroy_)(void*) = nullptr;
};
}

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
  explicit json_reader(T& value) noexcept : target_{nullptr, &value} {
    constexpr bool can_be_read = detail::json_readable<T>;
    static_assert(can_be_read, "ghl: JSON cannot be read into a T of this type; give it fields()");
    if constexpr (can_be_read) target_.table = &detail::table_of<T>;
  }

  /// For the library: a reader that goes on where a value is not as described.
  json_reader(const detail::slot& target, detail::tolerance& how) noexcept : target_(target), tolerance_(&how) {}

  bool null();
  bool boolean(bool value);
  /// Of each number: `text`, as it stands in the JSON, if that is at hand: a json_value keeps it.
  bool integer(std::int64_t value, std::string_view text = {}) {
    return take_number({detail::parsed_number::integer, value, 0, 0, text});
  }
  bool unsigned_integer(std::uint64_t value, std::string_view text = {}) {
    return take_number({detail::parsed_number::natural, 0, value, 0, text});
  }
  bool number(double value, std::string_view text = {}) {
    return take_number({detail::parsed_number::real, 0, 0, value, text});
  }
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
    return decode_error(fault_ == fault::none ? fault::truncated : fault_, where_, came_);
  }

 private:
  friend struct detail::json_keeper;
  friend struct detail::json_converter;
  using level = detail::json_level;

  level& top() noexcept { return levels_[depth_ - 1]; }
  detail::slot next();
  detail::slot next_value();
  bool read();
  bool begin(detail::json_type type);
  bool begin_other(const detail::slot& s, detail::json_type type);
  bool other(const detail::slot& s, const detail::json_piece& piece);
  bool take_number(const detail::parsed_number& n);
  static void one_string(const detail::slot& s, std::string_view value);
  bool refuse(fault f, const detail::slot& s, bool opens = false);
  bool tolerate(fault f, const detail::slot& s, bool opens);
  bool leave_empty(fault f, std::string&& where, std::string&& came, bool opens);
  [[nodiscard]] std::size_t optional_around() const noexcept;
  [[nodiscard]] std::string place() const;
  bool empty_for_null(const detail::slot& s);
  bool do_without(const detail::slot& s);
  void key_again(const detail::decode_member& member);
  void key_of_map(std::string_view name);
  static void forget(const detail::slot& object);

  detail::slot target_;
  std::size_t depth_ = 0;     // how many levels are in use
  std::size_t skipping_ = 0;  // depth inside a value that is ignored, or kept as it is
  detail::slot kept_{nullptr, nullptr};  // what keeps it
  detail::tolerance* tolerance_ = nullptr;
  const json_reader* outer_ = nullptr;  // of what this one reads a value is made
  bool done_ = false;
  fault fault_ = fault::none;
  std::string where_;
  std::string came_;            // the value of an error about one, where it is told
  detail::owned_pieces made_;   // a value that is to be converted when it ends
  level levels_[json_depth_limit];
};

}}  // namespace ghl::v0
