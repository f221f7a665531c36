/// The JSON policy under test, as the checks call it.
#pragma once

#include <ghl/json_kit/text.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/cause.hpp>
#include <ghl/testing/json_suite/parts.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

/// Values are compared by std::equal_to<>, since a codebase may warn of == between floating-point numbers.
template <class Json>
class subject {
 public:
  static constexpr bool writes = json_encoder<Json, everything>;

  explicit subject(Json& policy) : policy_(policy) {}

  /// Reads from a buffer that ends with the text, so that AddressSanitizer sees a policy that looks for a NUL byte.
  template <class T>
  result<T> decode(std::string_view text) {
    const std::vector<char> exact(text.begin(), text.end());
    return decode_in_place<T>({exact.data(), exact.size()});
  }
  template <class T>
  result<T> decode_in_place(std::string_view text) {
    return policy_.template decode<T>(text);
  }

  template <class T>
  result<std::string> encode(const T& value) {
    if constexpr (requires { policy_.template encode<T>(value); }) return policy_.template encode<T>(value);
    else return policy_.encode(value);
  }

  /// Demands that `text` is read as `expected`.
  template <class T>
  void reads(check& c, std::string_view text, const T& expected) {
    const result<T> r = decode<T>(text);
    if (!r) return c.fail(shown(text) + " was refused: " + r.error().message());
    c.demand(std::equal_to<>{}(*r, expected),
             [&] { return shown(text) + " was read as another value: " + cause(expected, *r); });
  }

  /// Demands that `text` is refused; `since`: what is wrong with it.
  template <class T>
  void refuses(check& c, std::string_view text, std::string_view since = {}) {
    c.demand(!decode<T>(text), [&] {
      std::string out = shown(text) + " was read";
      if (!since.empty()) out.append(", though ").append(since);
      if (text.find('\0') != std::string_view::npos) out += "; a NUL byte does not end a text";
      return out;
    });
  }

  /// Demands that `value` is written as `expected`, byte by byte but for the order of keys.
  template <class T>
  void writes_as(check& c, const T& value, std::string_view expected) {
    const result<std::string> text = encode(value);
    if (!text) return c.fail("not written: " + std::string{expected} + ": " + text.error().message());
    if (*text == expected) return;
    if (const fault f = json_fault(*text); f != fault::none)
      return c.fail(shown(*text) + " was written, which " + std::string{to_string(f)});
    const std::string why = json::cause(text_parts{expected}.take(), text_parts{*text}.take());
    const std::string instead = shown(*text) + " instead of " + std::string{expected};
    if (!why.empty()) return c.fail(instead + ": " + why);
    c.demand(text->size() == expected.size(), instead + ": there are blanks between its parts");
  }

  /// Demands that `value` comes back when what was written is read.
  template <class T>
  void gives_back(check& c, const T& value, std::string_view what) {
    const result<std::string> text = encode(value);
    if (!text) return c.fail(std::string{what} + " was not written: " + text.error().message());
    const result<T> again = decode<T>(*text);
    if (!again) return c.fail(shown(*text) + " was written and then refused: " + again.error().message());
    c.demand(std::equal_to<>{}(*again, value), [&] {
      return std::string{what} + " came back changed: " + cause(value, *again) + ", from " + shown(*text);
    });
  }

  Json& policy() noexcept { return policy_; }

 private:
  template <class T>
  static std::string cause(const T& expected, const T& got) {
    return json::cause(parts_of(expected), parts_of(got));
  }

  Json& policy_;
};

}}}}  // namespace ghl::v0::testing::json
