/// What a reader passes over where it is tolerant, and what it says of that.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/parsed_number.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/mismatch.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// What a value of that type is on the wire. No optional is asked about: what stands in it is.
inline std::string_view described_by(const decode_table& table) {
  const json_type type = table.type;
  if (type == json_type::flag || type == json_type::bit) return "a boolean";
  if (type == json_type::string) return "a string";
  if (type == json_type::strings) return "a string or an array of strings";
  if (type == json_type::array) return "an array";
  if (type == json_type::object || type == json_type::map) return "an object";
  if (type == json_type::number) {
    alignas(8) unsigned char any_number[8]{};
    const bool is_integer = table.store(any_number, {parsed_number::real, 0, 0, 0.5, {}}) != fault::none;
    return is_integer ? "an integer" : "a number";
  }
  const decode_table* const of = type == json_type::any ? static_cast<const any_table&>(table).made_of : nullptr;
  return of != nullptr ? described_by(*of) : "any value";
}

/// What a JSON value is, by its first byte.
constexpr std::string_view kind_of_text(std::string_view text) noexcept {
  switch (text.empty() ? '\0' : text.front()) {
    case '{': return "an object";
    case '[': return "an array";
    case '"': return "a string";
    case 't':
    case 'f': return "a boolean";
    case 'n': return "null";
    default: return "a number";
  }
}

/// Whether an absent value of that type is an empty one.
constexpr bool may_be_empty(json_type type) noexcept { return type == json_type::array || type == json_type::map; }

/// Purpose: makes a json_reader go on where a value is not as described, and lists these places.
/// Lifetime: refers to the list. Thread safety: one reader, one thread.
class tolerance {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  explicit tolerance(std::vector<mismatch>& list) noexcept : list_(list) {}

  /// How often something was not as described, listed or not.
  [[nodiscard]] std::size_t times() const noexcept { return times_; }
  /// Something is absent, and that is no mismatch.
  void pass() noexcept { ++times_; }
  void note(fault f, const decode_table& described, const std::string& path) {
    ++times_;
    if (list_.size() == mismatch::most_listed) return;
    mismatch& m = list_.emplace_back();
    m.path = path;
    m.described = described_by(described);
    if (f == fault::missing_field) m.came = "nothing";
    else untold_ = list_.size() - 1;
    if (f == fault::number_out_of_range) m.came = "a number that does not fit";
    if (f == fault::wrong_value) m.came = "a value that its type does not take";
  }

  /// The mismatch whose value is being read, for tell(); none: it is as described.
  [[nodiscard]] std::size_t take_untold() noexcept { return std::exchange(untold_, none); }
  void tell(std::size_t which, std::string_view value) {
    if (which == none) return;
    mismatch& m = list_[which];
    if (m.came.empty()) m.came = kind_of_text(value);
    m.value = truncated(value, mismatch::value_limit);
  }

  /// The value at that place comes a second time under its other name, and the later one counts. (Equal keys have been
  /// taken out of the text.)
  void forget(std::string_view path) {
    std::erase_if(list_, [&](const mismatch& m) {
      return m.path.starts_with(path) &&
             (m.path.size() == path.size() || m.path[path.size()] == '.' || m.path[path.size()] == '[');
    });
  }

 private:
  std::vector<mismatch>& list_;
  std::size_t times_ = 0;
  std::size_t untold_ = none;
};

}}}  // namespace ghl::v0::detail
