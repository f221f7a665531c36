/// A second look at the answer of a call that was done, and that the JSON policy refuses for the types in it.
#pragma once

#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/equal_keys.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/scan.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/tolerance.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/issued_tokens.hpp>
#include <ghl/value/mismatch.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/result.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// Whether the text is JSON, but not of the types that are described.
constexpr bool is_about_types(const error& e) noexcept {
  return e.kind == error_kind::decode && (e.fault == fault::wrong_type || e.fault == fault::missing_field ||
                                          e.fault == fault::number_out_of_range || e.fault == fault::wrong_value);
}

/// A response, its type left out.
struct erased_response {
  const decode_table* table;
  void* (*make)();
  void (*destroy)(void*);
  void (*give)(void* result, void* made);  // makes it the value of the result
};
template <class T>
inline constexpr erased_response response_as{
    &table_of<T>, []() -> void* { return new T{}; }, [](void* made) { delete static_cast<T*>(made); },
    [](void* to, void* made) {
      result_access::set_value(*static_cast<result<T>*>(to), std::move(*static_cast<T*>(made)));
    }};

/// A string that has escapes, as the JSON policy reads it.
template <class Json>
bool read_escaped(const void* json, std::string_view literal, std::string& to) {
  result<std::string> text = json_of(*static_cast<Json*>(const_cast<void*>(json))).template decode<std::string>(literal);
  if (text) to = *std::move(text);
  return text.has_value();
}

/// Keeps the token out of what the server wrote. Of an answer with new tokens no value is quoted.
inline void tidy(std::vector<mismatch>& list, const endpoint_facts& called, std::string_view token) {
  const bool new_tokens = issues_tokens(called.path);
  for (mismatch& m : list) {
    if (new_tokens) m.value.clear();
    if (new_tokens && !is_member_name(m.path)) m.path.clear();
    redact(m.path, token);
    redact(m.value, token, "[token]", true);
  }
}

/// Reads the text with each value that is not as described passed over. `e` is the error of the policy, which stands
/// where the second reading finds no reason for it; it becomes that of the first member that is required.
[[gnu::noinline]] inline kept_notes read_again(error& e, std::string_view text, const erased_response& type,
                                               const escaped_strings& strings, const endpoint_facts& called,
                                               std::string_view token) {
  if (!is_about_types(e) || json_scan{text}.run() != fault::none) return {};
  kept_notes notes{new reading_notes};
  reading_notes& found = *notes.get();
  std::string once;
  text = equal_keys::drop(text, once);
  found.destroy = type.destroy;
  found.partial = type.make();
  tolerance how{found.mismatches};
  json_reader reader{{type.table, found.partial}, how};
  if (!json_steps{text, reader, strings, &how}.value()) return {};
  found.whole = reader.ok() && (how.times() != 0 || !once.empty());
  if (!reader.ok()) {
    error now = reader.error();
    if (now.fault != e.fault || now.where != e.where) {
      e.fault = now.fault;
      e.where = std::move(now.where);
      e.detail = std::move(now.detail);
    }
  }
  tidy(found.mismatches, called, token);
  return notes;
}

/// A result, its type left out.
struct erased_result {
  void* itself;
  error& e;
  kept_notes& notes;
};
[[gnu::noinline]] inline void read_again(const erased_result& r, std::string_view text, const erased_response& type,
                                         const escaped_strings& strings, const endpoint_facts& called,
                                         std::string_view token) {
  kept_notes notes = read_again(r.e, text, type, strings, called, token);
  if (notes.get() == nullptr) return;
  if (notes.get()->whole) {
    type.give(r.itself, notes.get()->partial);
    notes.get()->drop_partial();
  }
  r.notes = std::move(notes);
}

/// The result of a call whose answer the policy has refused.
template <class T, class Json>
void read_again(result<T>& r, std::string_view text, const endpoint_facts& called, std::string_view token, Json& json) {
  read_again({&r, r.error(), result_access::notes_of(r)}, text, response_as<T>, {nullptr, &read_escaped<Json>, &json},
             called, token);
}

}}}  // namespace ghl::v0::detail
