/// How Catch2 prints the library's values where a check fails, so that a check compares values and not yes with yes.
/// Nothing in here prints a secret.
#pragma once

#include <ghl/operation/step.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/value/attempt.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/remedy.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace print {

template <class T>
std::string shown(const T& value) {
  // Without the hexadecimal form that Catch2 adds.
  if constexpr (std::is_same_v<T, int> || std::is_same_v<T, long long>) return std::to_string(value);
  else return Catch::Detail::stringify(value);
}
inline std::string shown(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : std::string{"none"};
}

inline std::string shown(ghl::error_kind k) {
  switch (k) {
    case ghl::error_kind::invalid_request: return "invalid_request";
    case ghl::error_kind::transport: return "transport";
    case ghl::error_kind::status: return "status";
    case ghl::error_kind::decode: return "decode";
  }
  return "no error_kind";
}
inline std::string shown(ghl::sent s) {
  switch (s) {
    case ghl::sent::no: return "not sent";
    case ghl::sent::maybe: return "maybe sent";
    case ghl::sent::yes: return "sent";
  }
  return "no ghl::sent";
}
inline std::string shown(ghl::fault f) { return std::string{ghl::name_of(f)}; }
inline std::string shown(ghl::remedy r) {
  return r == ghl::remedy::unknown ? std::string{"no remedy known"} : std::string{ghl::to_string(r)};
}
inline std::string shown(ghl::reason r) { return std::string{ghl::to_string(r)}; }
inline std::string shown(ghl::method m) { return std::string{ghl::to_string(m)}; }
inline std::string shown(ghl::milliseconds time) { return std::to_string(time.count()) + " ms"; }

/// "name=value" for each member that differs from its default.
class members {
 public:
  explicit members(std::string_view type) : text_(type) { text_ += '{'; }
  template <class T>
  members& add(std::string_view name, const T& value, const T& otherwise = {}) {
    if (!(value == otherwise)) put(name, shown(value));
    return *this;
  }
  members& put(std::string_view name, const std::string& value) {
    if (text_.back() != '{') text_ += ", ";
    text_.append(name).append("=").append(value);
    return *this;
  }
  [[nodiscard]] std::string text() const { return text_ + "}"; }

 private:
  std::string text_;
};

inline std::string shown(const ghl::attempt& a) {
  return members{"attempt"}
      .put("number", std::to_string(a.number))
      .put("wait", shown(a.wait))
      .put("why", shown(a.why))
      .add("status", a.status)
      .add("fault", a.fault)
      .put("was_sent", shown(a.was_sent))
      .text();
}
inline std::string shown(const ghl::rate_limit& l) {
  return members{"rate_limit"}
      .add("max", l.max)
      .add("remaining", l.remaining)
      .add("interval_ms", l.interval_ms)
      .add("daily_limit", l.daily_limit)
      .add("daily_remaining", l.daily_remaining)
      .add("daily_reset_in_ms", l.daily_reset_in_ms)
      .text();
}
inline std::string shown(const ghl::token_pair& pair) {
  return members{"token_pair"}
      .put("access_token", pair.access_token.reveal().empty() ? "\"\"" : "[secret]")
      .put("refresh_token", pair.refresh_token.reveal().empty() ? "\"\"" : "[secret]")
      .add("expires_in_s", pair.expires_in_s)
      .text();
}
inline std::string shown(const ghl::error& e) {
  return members{"error"}
      .put("kind", shown(e.kind))
      .add("fault", e.fault)
      .put("was_sent", shown(e.was_sent))
      .add("status", e.status)
      .add("endpoint", e.endpoint)
      .add("where", e.where)
      .add("detail", e.detail)
      .add("messages", e.messages)
      .add("trace_id", e.trace_id)
      .add("content_type", e.content_type)
      .add("excerpt", e.excerpt)
      .add("rate_limit", e.rate_limit)
      .add("retry_after", e.retry_after)
      .add("retry_at", e.retry_at)
      .add("tried", e.tried)
      .add("unsaved_tokens", e.unsaved_tokens)
      .text();
}
inline std::string shown(const ghl::step& s) {
  constexpr const char* names[] = {"send", "wait", "refresh", "done"};
  return members{names[static_cast<std::size_t>(s.what)]}.add("time", s.time).text();
}
inline std::string shown(ghl::refresh_lease::kind k) {
  constexpr const char* names[] = {"superseded", "leader", "follower", "failed"};
  return names[static_cast<std::size_t>(k)];
}
inline std::string shown(const ghl::http::headers& lines) {
  std::string out{"{"};
  for (const auto& [name, value] : lines) {
    const bool secret = ghl::detail::equal_ignoring_case(name, "authorization");
    out.append(out.size() == 1 ? "" : ", ").append(name).append(": ").append(secret ? "[secret]" : value);
  }
  return out + "}";
}
inline std::string shown(const ghl::http::request& r) {
  return members{"request"}
      .put("method", shown(r.method))
      .add("url", r.url)
      .put("headers", shown(r.headers))
      .add("body", r.body)
      .put("timeout", shown(r.timeout))
      .text();
}
inline std::string shown(const ghl::http::response& r) {
  return members{"response"}
      .put("status", std::to_string(r.status))
      .put("headers", shown(r.headers))
      .add("body", r.body)
      .text();
}

/// The StringMaker of a type that is shown above.
template <class T>
struct maker {
  static std::string convert(const T& value) { return shown(value); }
};

}  // namespace print

namespace Catch {

template <> struct StringMaker<ghl::error_kind> : print::maker<ghl::error_kind> {};
template <> struct StringMaker<ghl::sent> : print::maker<ghl::sent> {};
template <> struct StringMaker<ghl::fault> : print::maker<ghl::fault> {};
template <> struct StringMaker<ghl::remedy> : print::maker<ghl::remedy> {};
template <> struct StringMaker<ghl::reason> : print::maker<ghl::reason> {};
template <> struct StringMaker<ghl::method> : print::maker<ghl::method> {};
template <> struct StringMaker<ghl::milliseconds> : print::maker<ghl::milliseconds> {};
template <> struct StringMaker<ghl::attempt> : print::maker<ghl::attempt> {};
template <> struct StringMaker<ghl::rate_limit> : print::maker<ghl::rate_limit> {};
template <> struct StringMaker<ghl::token_pair> : print::maker<ghl::token_pair> {};
template <> struct StringMaker<ghl::error> : print::maker<ghl::error> {};
template <> struct StringMaker<ghl::step> : print::maker<ghl::step> {};
template <> struct StringMaker<ghl::step::kind> {
  static std::string convert(ghl::step::kind k) { return print::shown(ghl::step{k, {}}); }
};
template <> struct StringMaker<ghl::refresh_lease::kind> : print::maker<ghl::refresh_lease::kind> {};
template <> struct StringMaker<ghl::http::headers> : print::maker<ghl::http::headers> {};
template <> struct StringMaker<ghl::http::request> : print::maker<ghl::http::request> {};
template <> struct StringMaker<ghl::http::response> : print::maker<ghl::http::response> {};
template <> struct StringMaker<ghl::secret> {
  static std::string convert(const ghl::secret&) { return "[secret]"; }
};
template <class T>
struct StringMaker<ghl::result<T>> {
  static std::string convert(const ghl::result<T>& r) {
    return r ? "result{" + print::shown(*r) + "}" : print::shown(r.error());
  }
};

}  // namespace Catch
