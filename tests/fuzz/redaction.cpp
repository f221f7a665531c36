// Whatever a server sends back of a secret, in whatever spelling and wherever it is cut, no error and no line of an
// observer holds eight characters of it in a row, nor of a token that an OAuth server has issued just now.
// Input: a letter for the call, a letter for the status, a letter for the secret, three for its spelling (the innermost
// first), one for where a library cuts what it quotes; header lines, an empty line, the body. In these \x01 is the
// secret, spelled; \x02 and a byte are four times as many letters; \x03 and two bytes a part of the secret, spelled.
#include "fuzz.hpp"

#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/json/nlohmann.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/observe.hpp>
#include <ghl/refreshing_token.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using fuzz::demand;
using ghl::http::request;
using ghl::http::response;

// Any eight characters of one have a digit or a capital among them: such words as a message has do not count.
const std::string old_access = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdXRoQ2xhc3MiOiJMb2MifQ.h4X_-k9Z";
const std::string old_refresh = "R3fr3sh/T0k3n+Q7w=8eR9tYu1Io2P4aS5dF6";
const std::string client_secret = "5eCr3t&%K3y 0f~tHe/4pp;Zz9";
const std::string new_access = "N3wAcc3ssT0k3n.AbCdEf0123456789-_~QwErTy7";
const std::string new_refresh = "N3wR3fr3sh/T0k3n+9876543210ZyXwVu";

// ---- to spell a text ----

std::string hex(unsigned char c, bool large) {
  const char* const digits = large ? "0123456789ABCDEF" : "0123456789abcdef";
  return {digits[c >> 4U], digits[c & 15U]};
}
bool is_plain(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// One byte, in the spelling of this letter; `odd`: it is one of those that are spelled in another way, where there is.
std::string spelled(char how, unsigned char c, bool odd) {
  const std::string as_it_is(1, static_cast<char>(c));
  switch (how) {
    case 'p': return "%" + hex(c, odd);
    case 'q': return is_plain(c) && odd ? as_it_is : "%" + hex(c, true);
    case 'f': return c == ' ' ? "+" : is_plain(c) ? as_it_is : "%" + hex(c, odd);
    case 'j': return "\\u00" + hex(c, odd);
    case 'k': return odd && c != '\\' && c != '"' ? as_it_is : (c == '/' ? "\\/" : "\\u00" + hex(c, false));
    case 'm': return c == '/' || c == '"' || c == '\\' ? "\\" + as_it_is : as_it_is;
    case 'h': return "&#" + std::to_string(unsigned{c}) + ";";
    case 'i': return odd && is_plain(c) ? as_it_is : "&#x" + hex(c, odd) + ";";
    case 'l':
      if (c == '/' && odd) return "&sol;";
      return c == '&' ? "&amp;" : c == '"' ? "&quot;" : c == '<' ? "&lt;" : as_it_is;
    case 's': return "\\x" + hex(c, odd);
    case 'u': return "\\u{" + hex(c, odd) + "}";
    case 'v': return "%u00" + hex(c, odd);
    default: return as_it_is;
  }
}
std::string spelled(std::string_view text, std::string_view layers) {
  std::string out{text};
  for (const char how : layers) {
    std::string next;
    for (std::size_t i = 0; i < out.size(); ++i)
      next += spelled(how, static_cast<unsigned char>(out[i]), (i * 7 + static_cast<unsigned char>(how)) % 3 == 0);
    if (next.size() > 16'384) break;
    out = std::move(next);
  }
  return out;
}

// ---- to read it: not the library's way, which decodes all at once ----

std::string unescaped(std::string_view text, char lead, std::string_view word, std::size_t digits,
                      std::string_view behind = {}) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    const std::size_t k = i + 1 + word.size();
    const bool begins = text[i] == lead && text.substr(i + 1).starts_with(word);
    std::size_t n = 0;
    for (; begins && n < digits && k + n < text.size(); ++n) {
      const char c = text[k + n];
      if (c >= '0' && c <= '9') code = code * 16 + static_cast<unsigned>(c - '0');
      else if (c >= 'a' && c <= 'f') code = code * 16 + static_cast<unsigned>(c - 'a') + 10;
      else if (c >= 'A' && c <= 'F') code = code * 16 + static_cast<unsigned>(c - 'A') + 10;
      else break;
    }
    if (!begins || n < digits || code > 0x7E || !text.substr(k + n).starts_with(behind)) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(static_cast<char>(code));
    i = k + digits + behind.size() - 1;
  }
  return out;
}
std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}
std::string without_entities(std::string text) {
  for (std::size_t at = text.find("&#"); at != std::string::npos; at = text.find("&#", at + 1)) {
    const std::size_t end = text.find(';', at);
    if (end == std::string::npos || end - at > 8) continue;
    const bool is_hex = text[at + 2] == 'x' || text[at + 2] == 'X';
    const std::string digits = text.substr(at + (is_hex ? 3 : 2), end - at - (is_hex ? 3 : 2));
    char* last = nullptr;
    const unsigned long code = std::strtoul(digits.c_str(), &last, is_hex ? 16 : 10);
    if (digits.empty() || !is_plain(static_cast<unsigned char>(digits[0])) || *last != '\0' || code == 0 || code > 126)
      continue;
    text.replace(at, end - at + 1, 1, static_cast<char>(code));
  }
  text = replaced(std::move(text), "&quot;", "\"");
  text = replaced(std::move(text), "&lt;", "<");
  text = replaced(std::move(text), "&sol;", "/");
  return replaced(std::move(text), "&amp;", "&");
}
std::string without_json(std::string_view text) {
  std::string out = unescaped(text, '\\', "u00", 2);
  out = replaced(std::move(out), "\\/", "/");
  out = replaced(std::move(out), "\\\"", "\"");
  return replaced(std::move(out), "\\\\", "\\");
}

using reader = std::string (*)(std::string);
constexpr reader readers[] = {
    [](std::string t) { return unescaped(t, '%', "", 2); },
    [](std::string t) { return unescaped(replaced(std::move(t), "+", " "), '%', "", 2); },
    [](std::string t) { return without_json(t); },
    [](std::string t) { return without_entities(std::move(t)); },
    [](std::string t) { return unescaped(t, '\\', "x", 2); },
    [](std::string t) { return unescaped(t, '\\', "u{", 2, "}"); },
    [](std::string t) { return unescaped(t, '%', "u00", 2); },
};

using pieces = std::set<std::string, std::less<>>;
/// So many characters of these in a row.
pieces pieces_of(const std::vector<std::string_view>& texts, std::size_t size) {
  pieces out;
  for (const std::string_view text : texts)
    for (std::size_t at = 0; at + size <= text.size(); ++at) out.emplace(text.substr(at, size));
  return out;
}
bool holds_any(std::string_view text, const pieces& of, std::size_t size) {
  for (std::size_t at = 0; at + size <= text.size(); ++at)
    if (of.contains(text.substr(at, size))) return true;
  return false;
}
/// What this call must not tell.
pieces hidden;

void check_text(const std::string& text, std::string_view where) {
  std::vector<std::string> readings{text};
  std::size_t first = 0;
  for (int depth = 0; depth < 5; ++depth) {
    const std::size_t last = readings.size();
    for (; first < last; ++first) {
      const std::string now = readings[first];
      demand(!holds_any(now, hidden, 8), "no secret is told: " + std::string{where}, text);
      if (depth == 4) continue;
      for (const reader read : readers) {
        std::string next = read(now);
        if (next != now && std::find(readings.begin(), readings.end(), next) == readings.end())
          readings.push_back(std::move(next));
      }
    }
  }
}

void check_error(const ghl::error& e) {
  check_text(e.excerpt, "the excerpt");
  check_text(e.trace_id, "the trace id");
  check_text(e.where, "the place");
  check_text(e.detail, "the detail");
  check_text(e.content_type, "the content type");
  for (const std::string& text : e.messages) check_text(text, "a message");
  check_text(e.message(), "message()");
  demand(e.excerpt.size() <= ghl::error::excerpt_limit, "the excerpt is bounded");
}

// ---- the calls ----

/// A library that quotes what it cannot read, from anywhere to anywhere.
struct quoting_json {
  std::size_t cut = 0;

  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    ghl::result<T> r = ghl::nlohmann_json{}.decode<T>(text);
    if (r || cut == 0) return r;
    const std::string_view from = text.substr((std::min)(text.size(), cut % 64));
    r.error().detail = "near: " + std::string{from.substr(0, cut * 3)};
    r.error().where = from.substr(from.size() / 2, cut);
    return r;
  }
};

const ghl::links::get_links links{.location_id = "ve9EPM428h8vShlRW1KT"};

/// As a hook of ghl::observe: a line of it.
struct checks_lines {
  void operator()(const ghl::observation& seen) const { check_text(ghl::to_line(seen), "a line of an observer"); }
};

template <class Transport>
auto refresh_over(Transport transport, const quoting_json& json) {
  return ghl::oauth_refresh{std::move(transport), json,
                            ghl::oauth_app{.client_id = "app", .client_secret = ghl::secret{client_secret}}};
}
ghl::token_pair old_pair() { return {ghl::secret{old_access}, ghl::secret{old_refresh}}; }
const response expired{.status = 401, .body = R"({"message":"Invalid JWT"})"};

void check_call(char kind, const response& answer, const quoting_json& json) {
  const auto answers = [&](const request&) { return answer; };
  if (kind == 'a') {  // one request
    const auto r = ghl::client{answers, json, ghl::access_token{old_access}}.call(links);
    if (!r) check_error(r.error());
  } else if (kind == 't') {  // a transport that quotes what came
    const auto fails = [&](const request&) -> ghl::result<response> {
      return ghl::transport_error(ghl::fault::other, ghl::sent::maybe, answer.body);
    };
    const auto r = ghl::client{fails, json, ghl::access_token{old_access}}.call(links);
    if (!r) check_error(r.error());
  } else if (kind == 'r') {  // the OAuth server
    const auto r = refresh_over(answers, json)(old_pair());
    if (!r) check_error(r.error());
  } else {  // all of it: an expired token, a refresh, another attempt, observers
    int calls = 0;
    const auto api = [&](const request&) { return ++calls == 1 ? expired : answer; };
    const ghl::refreshing_token gets_new{
        [] { return old_pair(); },
        [](const ghl::token_pair&) { return ghl::token_pair{ghl::secret{new_access}, ghl::secret{new_refresh}}; }};
    const ghl::refreshing_token asks{[] { return old_pair(); }, refresh_over(answers, json)};
    const ghl::retry twice{.attempts = 2, .base = ghl::milliseconds{0}, .longest_wait = ghl::milliseconds{0}};
    const ghl::observe hook{checks_lines{}, ghl::with_target};
    const auto r = kind == 'b' ? ghl::client{api, json, gets_new, twice, hook}.call(links) : [&] {
      return ghl::client{api, json, asks, twice, hook}.call(links);
    }();
    if (!r) check_error(r.error());
  }
}

/// What a call knows, so that the server may have seen it.
std::vector<std::string_view> known_to(char kind) {
  if (kind == 'a' || kind == 't') return {old_access};
  if (kind == 'b') return {old_access, new_access};
  return {old_access, old_refresh, client_secret};
}

std::string planted(std::string_view text, std::string_view secret, std::string_view layers, bool parts) {
  const std::string whole = spelled(secret, layers);
  std::string out;
  for (std::size_t i = 0; i < text.size() && out.size() < 16'384; ++i) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    if (text[i] == '\x01') {
      out += whole;
    } else if (text[i] == '\x02') {
      out.append(4U * byte(++i), 'x');
    } else if (text[i] == '\x03') {
      const std::size_t from = byte(++i) % secret.size();
      const std::size_t size = byte(++i) % secret.size();
      if (parts) out += spelled(secret.substr(from, size), layers);
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

int status_of(char byte) {
  constexpr int usual[] = {200, 201, 204, 299, 301, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 524};
  return usual[static_cast<unsigned char>(byte - 'a') % std::size(usual)];
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input in{fuzz::text_of(data, size)};
  constexpr std::string_view kinds = "atrbe";
  const char kind_byte = in.byte();
  const bool is_kind = kinds.find(kind_byte) != std::string_view::npos;
  const char kind = is_kind ? kind_byte : kinds[static_cast<unsigned char>(kind_byte) % kinds.size()];
  response answer{.status = status_of(in.byte())};
  std::vector<std::string_view> secrets = known_to(kind);
  const bool oauth = kind == 'r' || kind == 'e';
  if (oauth) secrets.insert(secrets.end(), {new_access, new_refresh});
  const std::string_view secret = secrets[static_cast<unsigned char>(in.byte()) % secrets.size()];
  const std::string layers{in.byte(), in.byte(), in.byte()};
  const quoting_json json{static_cast<unsigned char>(in.byte())};
  // A part of a token that nobody has seen is nobody's to know; the fuzzer has seen the tokens in its comparisons.
  const bool is_new = secret == new_access || (oauth && secret == new_refresh);
  const bool parts = !oauth || !is_new;
  static const pieces of_new = pieces_of({new_access, new_refresh}, 4);
  if (oauth && holds_any(in.rest(), of_new, 4)) return -1;
  hidden = pieces_of(secrets, 8);
  while (!in.empty()) {
    fuzz::input line{in.until('\n')};
    if (line.empty()) break;
    const std::string_view name = line.until(':');
    answer.headers.add(name, planted(line.rest(), secret, layers, parts));
  }
  answer.body = planted(in.rest(), secret, layers, parts);
  check_call(kind, answer, json);
  return 0;
}
