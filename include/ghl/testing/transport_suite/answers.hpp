/// Checks of the transport suite: how answers are returned.
#pragma once

#include <ghl/testing/transport_suite/probe.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace testing { namespace transport_checks {

inline void every_status(check& c, probe& p) {
  for (const int status : {200, 201, 202, 203, 400, 401, 403, 404, 405, 407, 409, 422, 429, 500, 502, 503, 504, 599}) {
    const std::string n = std::to_string(status);
    const outcome o = p.get("/status/" + n);
    c.demand(o && o->status == status && o->body == "status " + n, [&] {
      return "expected the status " + n + " and its body as a value; came " + told(o);
    });
  }
}

inline void redirects(check& c, probe& p) {
  for (const method m : {method::get, method::post, method::del})
    for (const std::string n : {"301", "302", "303", "307", "308"}) {
      const std::string id = p.fresh_id();
      const std::string target = "/status/" + n + "?id=" + id;
      const outcome o = p.send(p.request(m, target, m == method::get ? "" : "{}"));
      c.demand(o && std::to_string(o->status) == n && o->headers.get("Location") == "/echo?id=" + id + "-next", [&] {
        return "expected a " + n + " as a value, with its Location; came " + told(o);
      });
      const int followed = p.seen(id + "-next");
      c.demand(followed == 0, [&] {
        return "expected that nobody follows a " + n + "; the server has seen the request at its Location " +
               times(followed);
      });
    }
}

inline void no_content(check& c, probe& p) {
  for (const std::string n : {"204", "304"}) {
    const outcome o = p.get("/status/" + n);
    c.demand(o && std::to_string(o->status) == n && o->body.empty() && o->headers.get("X-Status") == "kept", [&] {
      return "expected a " + n + " with its headers and an empty body, at once; came " + told(o);
    });
    p.expect_next_call_works(c);
  }
}

inline void empty_body(check& c, probe& p) { p.expect_body(c, "/empty", ""); }

inline void expect_answer_has(check& c, probe& p, std::string_view name, std::string_view value) {
  const outcome o = p.get("/headers");
  c.demand(o && o->headers.get(name) == value, [&] {
    return "expected " + std::string{name} + ": " + in_quotes(value) + "; came " +
           (!o ? told(o) : o->headers.contains(name) ? in_quotes(*o->headers.get(name)) : "no such header");
  });
}
inline void response_headers(check& c, probe& p) {
  expect_answer_has(c, p, "x-mixed", "CaSe");
  expect_answer_has(c, p, "X-TIGHT", "tight");
  expect_answer_has(c, p, "x-loose", "loose, very");
  expect_answer_has(c, p, "SET-COOKIE", "left=behind; Path=/");
}
inline void empty_response_header(check& c, probe& p) { expect_answer_has(c, p, "X-Empty", ""); }
inline void encoded_response_header(check& c, probe& p) { expect_answer_has(c, p, "X-Percent", "a%20b%2Fc+d"); }

inline void repeated_headers(check& c, probe& p) {
  const outcome o = p.get("/headers");
  if (!c.demand(o && o->status == 200, [&] { return "expected 200 from /headers; came " + told(o); }, if_none(o)))
    return;
  std::string values;
  for (const auto [name, value] : o->headers)
    if (detail::equal_ignoring_case(name, "X-Repeat")) values.append(value).push_back(' ');
  c.demand(values == "1 2 3 ", [&] {
    return "expected X-Repeat three times: \"1 2 3 \"; came " + in_quotes(values);
  });
}

inline void answer_bytes(check& c, probe& p) {
  std::string every;
  for (int i = 0; i < 512; ++i) every.push_back(static_cast<char>(i & 0xFF));
  p.expect_body(c, "/bytes", every);
}

inline void interim(check& c, probe& p, const std::string& status) {
  const outcome o = p.get("/interim/" + status);
  c.demand(o && o->status == 200 && o->body == "final", [&] {
    return "expected the 200 that follows the " + status + "; came " + told(o);
  });
  c.demand(
      !o || !o->headers.contains("X-Interim"),
      [&] { return "expected the headers of the answer alone; those of the interim " + status + " stand among them"; },
      "forget the headers of an interim answer when its end has come");
  p.expect_next_call_works(c);
}
inline void interim_100(check& c, probe& p) { interim(c, p, "100"); }
inline void interim_103(check& c, probe& p) { interim(c, p, "103"); }

inline void chunked(check& c, probe& p) {
  p.expect_body(c, "/chunked", "chunks of 0\r\n\r\n!");
  p.expect_next_call_works(c);
}
inline void trailers(check& c, probe& p) {
  p.expect_body(c, "/chunked/trailer", "chunks of 0\r\n\r\n!");
  p.expect_next_call_works(c);
}

inline void until_close(check& c, probe& p) {
  p.expect_body(c, "/until-close", "until the end");
  p.expect_next_call_works(c);
}

inline constexpr std::string_view plain = "compressed, and whole\n";

inline void compression_not_asked(check& c, probe& p) {
  const outcome o = p.get("/gzip");
  c.demand(o && o->body == plain && !o->headers.contains("Content-Encoding"), [&] {
    return "expected the plain text, since nobody asked for a compressed one; came " +
           std::string{o && o->headers.contains("Content-Encoding") ? "a compressed answer, " : ""} + told(o);
  });
}

inline void compression_unasked(check& c, probe& p) {
  for (const std::string_view target : {"/gzip", "/gzip/always"}) {
    http::request r = p.request(method::get, std::string{target});
    if (target == "/gzip") r.headers.add("Accept-Encoding", "gzip");
    const outcome o = p.send(r);
    if (!o) continue;  // an error is an honest answer of a transport that cannot decode
    const bool labelled = o->headers.get("Content-Encoding") == "gzip" && o->body.starts_with("\x1F\x8B");
    c.demand(o->body == plain || labelled, [&] {
      return "expected the text, or the compressed bytes with their Content-Encoding, or an error; came " + told(o);
    });
  }
  p.expect_next_call_works(c);
}

inline void large_answer(check& c, probe& p) {
  const outcome o = p.get("/large");
  const std::size_t expected = std::size_t{8} << 20U;
  if (!c.demand(o && o->body.size() == expected,
                [&] { return "expected " + std::to_string(expected) + " bytes; came " + told(o); }))
    return;
  std::size_t i = 0;
  while (i < expected && o->body[i] == static_cast<char>((i % 251 + i / 251 * 7) & 0xFF)) ++i;
  c.demand(i == expected, [&] {
    return "expected the body byte for byte; byte " + std::to_string(i) + " of " + std::to_string(expected) +
           " is another one";
  });
}

}}}}  // namespace ghl::v0::testing::transport_checks
