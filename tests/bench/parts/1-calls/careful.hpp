/// The calls written by hand, with care: every input is checked and encoded, every answer is checked, a failure says
/// what happened, and the caller owns what it gets. What has to do with JSON is in careful_<library>.hpp.
#pragma once

#include "canned.hpp"
#include "outcome.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace careful {

// ---- values

/// What each answer tells of the rate limits.
struct known_limits {
  std::optional<long> max, remaining, interval_ms, daily_limit, daily_remaining;
};
struct link {
  std::optional<std::string> id, name, redirect_to, field_key, location_id;
};
struct links_answer {
  known_limits limits;
  std::vector<link> links;
};
struct delete_answer {
  known_limits limits;
  std::optional<bool> succeeded;
};
struct followers_answer {
  known_limits limits;
  std::optional<std::vector<std::string>> followers, followers_removed;
};

struct call_error {
  std::string what;   // for people
  std::string where;  // the parameter, or the place in the answer
  int status = 0;
  bool was_sent = false;
  std::vector<std::string> messages;
  std::string trace_id;
  std::string content_type;
  std::string excerpt;
  std::optional<long> retry_after_seconds, daily_remaining;
};

struct request {
  std::string_view method;
  std::string url;
  std::string headers;
  std::string body;
  int timeout_ms = 30'000;
};
struct response {
  int status = 0;
  std::string headers;
  std::string body;
};

// ---- text

constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
constexpr bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

/// Encodes one parameter; false where it must not be sent.
inline bool append_parameter(std::string& out, std::string_view value) {
  if (value.empty() || value == "." || value == "..") return false;
  constexpr char hex[] = "0123456789ABCDEF";
  for (const char c : value) {
    if (is_unreserved(c)) {
      out += c;
    } else if (is_control(c)) {
      return false;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
    }
  }
  return true;
}

inline bool is_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const auto at = [&](std::size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0U; };
    const auto tail = [&](std::size_t k) { return (at(k) & 0xC0U) == 0x80U; };
    const unsigned lead = at(0);
    if (lead < 0x80) {
      ++i;
    } else if (lead >= 0xC2 && lead < 0xE0) {
      if (!tail(1)) return false;
      i += 2;
    } else if ((lead & 0xF0U) == 0xE0) {
      if (!tail(1) || !tail(2) || (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xED && at(1) > 0x9F)) return false;
      i += 3;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      if (!tail(1) || !tail(2) || !tail(3) || (lead == 0xF0 && at(1) < 0x90) || (lead == 0xF4 && at(1) > 0x8F))
        return false;
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

inline std::string_view header(std::string_view block, std::string_view name) {
  while (!block.empty()) {
    const std::string_view line = block.substr(0, block.find("\r\n"));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), name)) {
      std::string_view value = line.substr(colon + 1);
      while (value.starts_with(' ')) value.remove_prefix(1);
      return value;
    }
    block.remove_prefix(line.size() == block.size() ? line.size() : line.size() + 2);
  }
  return {};
}

inline std::optional<long> number(std::string_view text) {
  long n = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return n;
}

// ---- JSON, by a library: careful_nlohmann.hpp or careful_glaze.hpp

bool read(std::string_view body, links_answer& out, call_error& error);
bool read(std::string_view body, delete_answer& out, call_error& error);
bool read(std::string_view body, followers_answer& out, call_error& error);
bool write_followers(const std::vector<std::string>& followers, std::string& out, call_error& error);
void read_failure(std::string_view body, call_error& error);

// ---- the service

class service {
 public:
  service(const response& answer, std::string token) : answer_(&answer), token_(std::move(token)) {}

  std::optional<delete_answer> delete_link(std::string_view link_id, call_error& error) const {
    request r = make("DELETE", 7 + link_id.size());
    r.url += "/links/";
    if (!append_parameter(r.url, link_id)) return refuse("cannot be sent", "linkId", error);
    return call<delete_answer>(std::move(r), error);
  }

  std::optional<links_answer> get_links(std::string_view location_id, call_error& error) const {
    request r = make("GET", 20 + location_id.size());
    r.url += "/links/?locationId=";
    if (!append_parameter(r.url, location_id)) return refuse("cannot be sent", "locationId", error);
    return call<links_answer>(std::move(r), error);
  }

  std::optional<followers_answer> remove_followers(std::string_view id, const std::vector<std::string>& followers,
                                                   call_error& error) const {
    request r = make("DELETE", 25 + id.size());
    r.url += "/opportunities/";
    if (!append_parameter(r.url, id)) return refuse("cannot be sent", "id", error);
    r.url += "/followers";
    if (!write_followers(followers, r.body, error)) return std::nullopt;
    return call<followers_answer>(std::move(r), error);
  }

 private:
  static std::nullopt_t refuse(std::string_view what, std::string_view where, call_error& error) {
    error.what = what;
    error.where = where;
    return std::nullopt;
  }

  [[nodiscard]] request make(std::string_view method, std::size_t room) const {
    request r{.method = method, .url = {}, .headers = {}, .body = {}};
    r.url.reserve(origin_.size() + room);
    r.url = origin_;
    return r;
  }

  [[nodiscard]] bool token_is_good() const {
    for (const char c : token_)
      if (c <= ' ' || c > '~') return false;
    return !token_.empty();
  }

  template <class Answer>
  std::optional<Answer> call(request r, call_error& error) const {
    if (!token_is_good()) return refuse("cannot be sent", "the token", error);
    constexpr std::string_view accept = "\r\nVersion: 2021-07-28\r\nAccept: application/json\r\nUser-Agent: ";
    constexpr std::string_view content_type = "Content-Type: application/json\r\n";
    r.headers.reserve(22 + token_.size() + accept.size() + agent_.size() + 2 + (r.body.empty() ? 0 : content_type.size()));
    r.headers.append("Authorization: Bearer ").append(token_).append(accept).append(agent_).append("\r\n");
    if (!r.body.empty()) r.headers += content_type;
    const response answer = send(r);
    std::optional<Answer> out;
    if (answer.status >= 200 && answer.status <= 299) {
      if (read(answer.body, out.emplace(), error)) {
        const auto limit = [&](std::string_view name) { return number(header(answer.headers, name)); };
        out->limits = {limit("X-RateLimit-Max"), limit("X-RateLimit-Remaining"),
                       limit("X-RateLimit-Interval-Milliseconds"), limit("X-RateLimit-Limit-Daily"),
                       limit("X-RateLimit-Daily-Remaining")};
        return out;
      }
      out.reset();
    } else {
      error.what = "the server refused";
      read_failure(answer.body, error);
    }
    error.was_sent = true;
    error.status = answer.status;
    error.content_type = header(answer.headers, "Content-Type");
    error.excerpt = answer.body.substr(0, 1024);
    error.retry_after_seconds = number(header(answer.headers, "Retry-After"));
    error.daily_remaining = number(header(answer.headers, "X-RateLimit-Daily-Remaining"));
    return out;
  }

  /// Where a real one would send.
  [[nodiscard, gnu::noinline]] response send(const request& r) const {
    if (on_stage != nullptr) [[unlikely]] {
      on_stage->seen = {std::string{r.method}, r.url, r.headers, r.body};
      return {on_stage->status, answer_->headers, on_stage->body};
    }
    return *answer_;
  }

  const response* answer_;
  std::string origin_{canned::origin};
  std::string agent_{canned::agent};
  std::string token_;
};

inline outcome told(const std::optional<delete_answer>& r) {
  outcome o{.ok = r.has_value(), .texts = {}};
  if (r) o.add(r->succeeded);
  return o;
}
inline outcome told(const std::optional<links_answer>& r) {
  outcome o{.ok = r.has_value(), .texts = {}};
  if (r)
    for (const link& l : r->links)
      for (const auto* text : {&l.id, &l.name, &l.redirect_to, &l.field_key, &l.location_id}) o.add(*text);
  return o;
}
inline outcome told(const std::optional<followers_answer>& r) {
  outcome o{.ok = r.has_value(), .texts = {}};
  if (r) o.add(r->followers), o.add(r->followers_removed);
  return o;
}

}  // namespace careful
