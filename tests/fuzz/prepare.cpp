// prepare(): no value of a parameter can make a request mean another resource, and none can begin a header line.
// Input: a letter for the endpoint, a byte that separates, then: token, user agent, path of the base URL, values.
#include "fuzz.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <optional>

namespace {

using fuzz::demand;

/// A policy that writes nothing of interest: bodies are the subject of another target.
struct no_json {
  template <class T>
  ghl::result<std::string> encode(const T&) const {
    return std::string{"{}"};
  }
};

/// Parameters of every kind.
struct search {
  std::string name;
  std::int64_t number = 0;
  bool flag = false;
  std::optional<std::string> text{};
  double ratio = 0;
  std::vector<std::string> tags{};
  std::optional<std::vector<int>> ids{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Search", ghl::method::post, "/a/:name/b/:number/c/:flag/", ghl::token::agency,
                         ghl::path("name", &search::name), ghl::path("number", &search::number),
                         ghl::path("flag", &search::flag), ghl::query("q", &search::text),
                         ghl::query("ratio", &search::ratio), ghl::query("tags[]", &search::tags),
                         ghl::query("ids", &search::ids));
  }
};

/// A value as it is to come back out of a target.
struct expected {
  std::string value;
  ghl::fault why = ghl::fault::none;
};

/// What may not be sent, said without the library.
ghl::fault refusal_of(std::string_view value) {
  if (value.empty()) return ghl::fault::empty_value;
  if (value == "." || value == "..") return ghl::fault::dot_segment;
  return fuzz::has_control(value) ? ghl::fault::control_byte : ghl::fault::none;
}
expected of(std::string_view value) { return {std::string{value}, refusal_of(value)}; }
expected of(double value) {
  if (!std::isfinite(value)) return {{}, ghl::fault::not_finite};
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return {std::string{digits, static_cast<std::size_t>(end - digits)}};
}

/// The parts of a target that come from values: segments of the path and pairs of the query, in their order.
struct plan {
  std::string_view path;  // "*" where a value stands
  std::vector<expected> segments;
  std::vector<std::pair<std::string, expected>> query;
};

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }
bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string decoded(std::string_view text, std::string_view target) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      demand(is_unreserved(text[i]), "nothing but unreserved characters and %XX comes of a value", target);
      out.push_back(text[i]);
      continue;
    }
    demand(i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]), "%XX is whole", target);
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
    out.push_back(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
    demand(!is_unreserved(out.back()), "what stands for itself is not encoded", target);
    i += 2;
  }
  return out;
}

void check_target(const plan& p, std::string_view prefix, std::string_view target) {
  demand(target.starts_with(prefix), "the path of the base URL comes first", target);
  const auto halves = fuzz::split(target.substr(prefix.size()), '?');
  demand(halves.size() == (p.query.empty() ? 1 : 2), "no value begins a query", target);
  const auto pattern = fuzz::split(p.path, '/');
  const auto segments = fuzz::split(halves[0], '/');
  demand(pattern.size() == segments.size(), "no value adds a segment to the path, or takes one", target);
  std::size_t n = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != "*") {
      demand(segments[i] == pattern[i], "the path is the endpoint's", target);
      continue;
    }
    demand(segments[i] != "." && segments[i] != ".." && !segments[i].empty(), "no segment means another one", target);
    demand(decoded(segments[i], target) == p.segments[n++].value, "a value comes back out of the path", target);
  }
  if (p.query.empty()) return;
  const auto pairs = fuzz::split(halves[1], '&');
  demand(pairs.size() == p.query.size(), "no value adds a parameter", target);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto sides = fuzz::split(pairs[i], '=');
    demand(sides.size() == 2, "a name and a value", target);
    demand(decoded(sides[0], target) == p.query[i].first, "the name of a parameter is the endpoint's", target);
    demand(decoded(sides[1], target) == p.query[i].second.value, "a value comes back out of the query", target);
  }
}

struct call {
  std::string token;
  std::string agent{};
  ghl::settings how{};
};

/// What a User-Agent becomes in a line.
std::string_view in_line(std::string_view agent) {
  const std::size_t first = agent.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return agent.substr(first, agent.find_last_not_of(" \t") - first + 1);
}

ghl::fault refusal_of(const call& c) {
  if (c.how.base.fault() != ghl::fault::none) return c.how.base.fault();
  if (c.token.empty()) return ghl::fault::empty_token;
  for (const char byte : c.token)
    if (byte <= ' ' || byte > '~') return ghl::fault::bad_token;
  const std::string_view agent = in_line(c.agent);
  return agent.empty() || fuzz::has_control(agent) ? ghl::fault::bad_user_agent : ghl::fault::none;
}

void check_headers(const ghl::http::request& r, const call& c, std::string_view version, bool has_body) {
  std::string block = "Authorization: Bearer " + c.token + "\r\n";
  if (!version.empty()) block.append("Version: ").append(version).append("\r\n");
  block.append("Accept: application/json\r\nUser-Agent: ").append(in_line(c.agent)).append("\r\n");
  if (has_body) block.append("Content-Type: application/json\r\n");
  demand(r.headers.block() == block, "the headers are those of the endpoint", r.headers.block());
}

template <class E>
void check(const E& request, const plan& p, const call& c, bool has_body = false) {
  ghl::fault why = refusal_of(c);
  for (const expected& e : p.segments)
    if (why == ghl::fault::none) why = e.why;
  for (const auto& pair : p.query)
    if (why == ghl::fault::none) why = pair.second.why;

  const auto r = ghl::prepare(request, no_json{}, c.token, c.how);
  demand(r.has_value() == (why == ghl::fault::none), "a request is refused for its reasons, and for no other",
         r ? std::string{r->target()} : r.error().message());
  if (!r) {
    const ghl::error& e = r.error();
    demand(e.kind == ghl::error_kind::invalid_request && e.was_sent == ghl::sent::no && e.fault == why && e.status == 0,
           "the error says what was wrong", e.message());
    const std::string text = e.message();
    demand(!fuzz::has_control(text) && text.size() < 400, "message() is a line", text);
    const std::string_view other = why == ghl::fault::empty_token ? "" : why == ghl::fault::bad_token ? "\n" : "token";
    demand(e == ghl::prepare(request, no_json{}, other, c.how).error(), "an error holds nothing of the token", text);
    demand(e.remedy() == ghl::remedy::fix_request, "the request is to be fixed", text);
    return;
  }
  check_target(p, c.how.base.prefix(), r->target());
  check_headers(*r, c, ghl::endpoint_of<E>.version, has_body);
  demand(r->origin() == c.how.base.origin(), "the origin is the base URL's", r->origin());
}

template <class E>
void check_one_id(E request, std::string_view path, std::string_view id, const call& c, bool has_body = false) {
  check(request, {path, {of(id)}, {}}, c, has_body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input in{fuzz::text_of(data, size)};
  const char which = in.byte();
  const char separator = in.byte();
  call c{std::string{in.until(separator)}};
  c.agent = in.until(separator);
  c.how.agent = ghl::user_agent{c.agent};
  c.how.base = ghl::base_url{std::string{"https://proxy.example"}.append(in.until(separator))};
  const std::string id{in.until(separator)};

  switch (static_cast<unsigned>(which - 'a') % 6) {
    case 0: check(ghl::links::get_links{id}, {"/links/", {}, {{"locationId", of(id)}}}, c); break;
    case 1: check_one_id(ghl::links::delete_link{id}, "/links/*", id, c); break;
    case 2:
      check_one_id(ghl::opportunities::remove_followers{.id = id, .body = {{"a"}}}, "/opportunities/*/followers", id, c,
                   true);
      break;
    case 3: check_one_id(ghl::associations::delete_association{id}, "/associations/*", id, c); break;
    case 4: check_one_id(ghl::conversations::delete_conversation{id}, "/conversations/*", id, c); break;
    default: {
      search s;
      s.name = id;
      s.number = static_cast<std::int64_t>(in.number(in.until(separator)));
      s.flag = s.number % 2 != 0;
      s.ratio = std::bit_cast<double>(in.number(in.until(separator)));
      plan p{"/a/*/b/*/c/*/", {of(id), {std::to_string(s.number)}, {s.flag ? "true" : "false"}}, {}};
      if (in.byte() == 'q') {
        s.text = in.until(separator);
        p.query.emplace_back("q", of(*s.text));
      }
      p.query.emplace_back("ratio", of(s.ratio));
      if (in.byte() == 'i') {
        s.ids.emplace();
        for (const char byte : in.until(separator)) s.ids->push_back(byte * 1'000'003);
      }
      while (!in.empty() && s.tags.size() < 16) s.tags.emplace_back(in.until(separator));
      for (const std::string& tag : s.tags) p.query.emplace_back("tags[]", of(tag));
      if (s.tags.empty()) p.query.emplace_back("tags[]", expected{{}, ghl::fault::empty_value});
      if (s.ids) {
        for (const int number : *s.ids) p.query.emplace_back("ids", expected{std::to_string(number)});
        if (s.ids->empty()) p.query.emplace_back("ids", expected{{}, ghl::fault::empty_value});
      }
      check(s, p, c);
    }
  }
  return 0;
}
