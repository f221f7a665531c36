// An answer whose types are not as described: what can be read of it is read, alike by each adapter, and what is told of
// the rest is true. Input: 'r', and a body, in which \x01 is the token and \x02 a half of it; or else a program that
// writes JSON, each byte a choice.
#include "adapter.hpp"

#include <ghl/json_kit/json_value.hpp>
#include <ghl/json_kit/text.hpp>

#include <cstddef>

namespace {

using fuzz::demand;

// Any eight characters of it have a digit or a capital among them.
const std::string token = "pit-4fQ9zK2x-7Lm3-T0k3n";

// ---- to write JSON ----

constexpr std::string_view names[] = {"text",   "number", "flag",   "one",      "price",   "list",   "counts",
                                      "oOne",   "oRatio", "oStage", "oColor",   "oPrice",  "oPrices", "oPair",
                                      "oBits",  "oMessage", "oMap", "oAny",     "oSpelt",  "oSpelled", "oSpelt.n",
                                      "id",     "n",      "words",  "amount",   "currency", "te\\u0078t", "i\\u0064",
                                      "x",      "a b",    "\\u0000", "\\u00e9", "[0]",     "nobody"};
constexpr std::string_view scalars[] = {
    "null", "true", "false", "0", "1", "-1", "13", "-13", "127", "128", "-0", "1.5", "1e3", "65536", "1e400", "-1e-400",
    "18446744073709551615", "99999999999999999999", "\"\"", "\"a\"", "\"open\"", "\"lost\"", "\"red\"", "\"13\"",
    "\"\\u0041\\n\"", "\"\\ud83d\\ude00\"", "\"caf\xC3\xA9\"", "[]", "{}", "[null]", "[1,2]", "[1,2,3]", "[\"a\"]", "[true]",
    "{\"id\":\"a\"}", "{\"id\":\"a\",\"n\":\"b\",\"words\":null}", "{\"amount\":1}", "{\"amount\":13,\"currency\":1}",
    "[{\"amount\":-13}]", "{\"n\":1}"};

class writer {
 public:
  explicit writer(fuzz::input& in) noexcept : in_(in) {}

  std::string text() {
    object(0);
    return std::move(out_);
  }

 private:
  std::size_t choice(std::size_t of) noexcept { return static_cast<unsigned char>(in_.byte()) % of; }
  template <std::size_t Count>
  std::string_view one_of(const std::string_view (&list)[Count]) noexcept {
    return list[choice(Count)];
  }
  /// A part of the token, or of a text that is as long as what is cut.
  void secret() {
    const std::size_t before = choice(4) * 64 + choice(64);
    out_.append(before, 'x').append(token, 0, 1 + choice(token.size()));
  }
  void name(std::size_t depth) {
    out_.push_back('"');
    const std::size_t kind = choice(16);
    if (kind == 0) secret();
    else if (kind == 1) out_.append(64, 'k');
    else out_.append(depth == 0 ? names[choice(21)] : one_of(names));
    out_.append("\":");
  }
  void object(std::size_t depth) {
    const std::size_t count = depth == 0 ? 1 + choice(24) : choice(6);
    out_.push_back('{');
    for (std::size_t i = 0; i < count; ++i) {
      if (i != 0) out_.push_back(',');
      name(depth);
      value(depth + 1);
    }
    out_.push_back('}');
  }
  void value(std::size_t depth) {
    const std::size_t kind = depth > 6 ? 0 : choice(8);
    if (kind < 4) {
      out_.append(one_of(scalars));
    } else if (kind == 4) {
      out_.push_back('"');
      secret();
      out_.push_back('"');
    } else if (kind == 5) {
      const std::size_t count = choice(4);
      out_.push_back('[');
      for (std::size_t i = 0; i < count; ++i) {
        if (i != 0) out_.append(choice(2) == 0 ? "," : " , ");
        value(depth + 1);
      }
      out_.push_back(']');
    } else {
      object(depth);
    }
  }

  fuzz::input& in_;
  std::string out_{};
};

std::string body_of(fuzz::input& in) {
  if (in.rest().substr(0, 1) != "r") return writer{in}.text();
  std::string out;
  for (const char c : in.rest().substr(1)) {
    if (c == '\x01') out.append(token);
    else if (c == '\x02') out.append(token, 0, token.size() / 2);
    else out.push_back(c);
  }
  return out;
}

// ---- what has to hold ----

void check_secret(std::string_view text, bool may_be_cut) {
  for (std::size_t at = 0; at + 8 <= token.size(); ++at)
    demand(text.find(std::string_view{token}.substr(at, 8)) == std::string_view::npos, "no token is told", text);
  for (std::size_t size = 4; size < token.size() && may_be_cut; ++size)
    demand(!text.ends_with(std::string_view{token}.substr(0, size)), "no text ends in the beginning of a token", text);
}

/// Takes the first name or number off a path.
std::string first_of(std::string_view& path) {
  std::string name;
  if (path.starts_with("[\"")) {
    std::size_t end = 2;
    while (path[end] != '"') end += path[end] == '\\' ? 2 : 1;
    ghl::detail::json_string_text(path.substr(1, end), name);
    path.remove_prefix(end + 2);
  } else if (path.starts_with('[')) {
    const std::size_t end = path.find(']');
    name = path.substr(1, end - 1);
    path.remove_prefix(end + 1);
  } else {
    if (path.starts_with('.')) path.remove_prefix(1);
    const std::size_t end = path.find_first_of(".[");
    name = path.substr(0, end);
    path.remove_prefix(name.size());
  }
  return name;
}

std::string pointer_to(std::string_view name) {
  std::string out{"/"};
  for (const char c : name) {
    if (c == '~') out.append("~0");
    else if (c == '/') out.append("~1");
    else out.push_back(c);
  }
  return out;
}

/// What is told is there, and is what stands there. Of what the token was taken out of, nothing is known.
void check_place(const ghl::json_value& body, const ghl::mismatch& m) {
  if (m.path.find("...") != std::string::npos || m.path.find("[token]") != std::string::npos) return;
  ghl::json_value here = body;
  std::string_view rest = m.path;
  while (!rest.empty()) {
    const std::string name = first_of(rest);
    auto next = here.at(pointer_to(name));
    if (!next && name == "oSpelt") next = here.at("/oSpelled");
    if (!next) {
      demand(rest.empty() && m.came == "nothing", "a place that is told is there", m.path);
      demand(here.kind() == ghl::json_kind::object, "a member is missing from an object", m.path);
      return;
    }
    here = *std::move(next);
    // Of two spellings the later counts, and the other one may have been told.
    if (name == "oSpelt" && body.at("/oSpelled") && body.at("/oSpelt")) return;
  }
  demand(m.came != "nothing", "what is missing is not there", m.path);
  if (m.value.find("[token]") != std::string::npos || m.value.size() > ghl::mismatch::value_limit - 4) return;
  const auto told = ghl::json_value::parse(m.value);
  if (!told) return check_secret(m.value, true);  // its end was taken off
  demand(*told == here, "the value that is told is the one at that place", m.value);
}

void check(const fuzz::reading& r, const fuzz::reading& strict, std::string_view body) {
  const ghl::fault broken = ghl::json_fault(body);
  if (broken != ghl::fault::none) {
    demand(!r.read && r.error == strict.error && r.mismatches.empty() && !r.has_partial, "what is no JSON is told so", body);
    return;
  }
  if (strict.read) {
    demand(r.read && r.mismatches.empty(), "what is as described is read, and nothing is told", body);
    demand(r.value == strict.value, "it is the value that a strict call gets", body);
  }
  demand(r.read != r.has_partial, "an error of types has what could be read beside it", body);
  demand(strict.mismatches.empty() && !strict.has_partial, "a strict call tells of nothing", body);
  demand(r.mismatches.size() <= ghl::mismatch::most_listed, "no more are listed than may be", body);
  if (!r.read) demand(!r.mismatches.empty() && r.error.kind == ghl::error_kind::decode, "an error has its mismatch", body);
  if (!r.read && r.mismatches.size() < ghl::mismatch::most_listed) {
    bool listed = false;
    for (const ghl::mismatch& m : r.mismatches) listed = listed || m.path == r.error.where;
    demand(listed, "the place of the error is among the mismatches", r.error.where);
  }
  const auto whole = ghl::json_value::parse(body);
  demand(whole.has_value(), "JSON can be kept", body);
  for (const ghl::mismatch& m : r.mismatches) {
    demand(m.value.size() <= ghl::mismatch::value_limit && m.path.size() < 2048, "what is told is bounded", m.path);
    demand(!m.described.empty() && !m.came.empty(), "what is told is whole", m.path);
    check_place(*whole, m);
  }
}

void check_secrets(const fuzz::reading& r) {
  for (const ghl::mismatch& m : r.mismatches) {
    check_secret(m.path, true);
    check_secret(m.value, true);
  }
  if (r.read) return;
  for (const std::string* text : {&r.error.where, &r.error.detail, &r.error.excerpt, &r.error.trace_id})
    check_secret(*text, true);
  for (const std::string& text : r.error.messages) check_secret(text, true);
  check_secret(r.error.message(), false);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input in{fuzz::text_of(data, size)};
  const ghl::http::response answer{.status = 200, .body = body_of(in)};
  const fuzz::reading* first = nullptr;
  std::vector<fuzz::reading> readings;
  readings.reserve(fuzz::adapters().size());
  for (const fuzz::adapter& a : fuzz::adapters()) {
    const fuzz::reading strict = a.read(answer, token, true);
    const fuzz::reading& r = readings.emplace_back(a.read(answer, token, false));
    check(r, strict, answer.body);
    check_secrets(r);
    check_secrets(strict);
    if (first == nullptr) first = &r;
    const std::string who = std::string{fuzz::adapters().front().name} + " and " + std::string{a.name} + " agree on: ";
    demand(r.read == first->read, who + "whether it can be read", answer.body);
    demand(r.value == first->value, who + "the value", answer.body);
    demand(r.mismatches == first->mismatches, who + "the mismatches", answer.body);
    demand(r.error == first->error, who + "the error", answer.body);
  }
  demand(first != nullptr, "there is an adapter");
  return 0;
}
