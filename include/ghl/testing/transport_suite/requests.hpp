/// Checks of the transport suite: what the server receives of a request.
#pragma once

#include <ghl/value/url.hpp>
#include <ghl/testing/transport_suite/probe.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace testing { namespace transport_checks {

inline void target_as_it_is(check& c, probe& p) {
  for (const std::string_view target :
       {"/echo/a%2Fb%2fc%20d+e", "/echo//twice//", "/echo/dots.in..a...segment/.hidden", "/echo/:@!$&'()*+,;=~-_",
        "/echo/%C3%A9%00%7F", "/echo?empty=&name=1&name=2&plus=a+b&space=a%20b&slash=a/b%2Fc", "/echo?q=:@!$'()*,;/?",
        "/echo?", "/echo?novalue&=noname"}) {
    const seen_request seen = p.echo(p.request(method::get, std::string{target}), c);
    const std::string expected = "GET " + std::string{target} + " HTTP/1.1";
    c.demand(seen.line == expected, [&] {
      return "expected the request line " + in_quotes(expected) + "; came " + in_quotes(seen.line);
    });
  }
}

inline void methods(check& c, probe& p) {
  for (const method m : {method::get, method::post, method::put, method::patch, method::del}) {
    const std::string name{m};
    const seen_request seen = p.echo(p.request(m, "/echo/method"), c);
    c.demand(seen.line == name + " /echo/method HTTP/1.1",
             [&] { return "expected " + name + " as the method; came " + in_quotes(seen.line); });
  }
}

inline void no_body(check& c, probe& p) {
  for (const method m : {method::get, method::del}) {
    const seen_request seen = p.echo(p.request(m, "/echo/no-body"), c);
    for (const std::string_view name : {"Content-Length", "Content-Type", "Transfer-Encoding"})
      c.demand(!seen.headers.contains(name), [&] {
        return "expected no " + std::string{name} + " on a " + std::string{m} + " without a body; came " +
               in_quotes(seen.headers.get(name).value_or(""));
      });
    c.demand(seen.body.empty(), [&] { return "expected no body; came " + in_quotes(seen.body); });
  }
}

/// Sends a body and compares what arrived.
inline void expect_body_arrives(check& c, probe& p, method m, const std::string& body) {
  const std::string what = std::string{m} + " with " + std::to_string(body.size()) + " bytes";
  const seen_request seen = p.echo(p.request(m, "/echo/body", body), c);
  c.demand(seen.headers.count("Content-Length") == 1 &&
               seen.headers.get("Content-Length") == std::to_string(body.size()),
           [&] {
             return what + ": expected one Content-Length: " + std::to_string(body.size()) + "; came " +
                    std::to_string(seen.headers.count("Content-Length")) + ", the first of them " +
                    in_quotes(seen.headers.get("Content-Length").value_or(""));
           });
  c.demand(seen.headers.count("Content-Type") == 1 && seen.headers.get("Content-Type") == "application/json", [&] {
    return what + ": expected one Content-Type: application/json; came " +
           std::to_string(seen.headers.count("Content-Type"));
  });
  c.demand(seen.body == body, [&] {
    return what + ": expected the body as it is; " + std::to_string(seen.body.size()) + " bytes came: " +
           in_quotes(seen.body);
  });
}

inline void bodies(check& c, probe& p) {
  for (const method m : {method::del, method::post, method::put, method::patch})
    expect_body_arrives(c, p, m, R"({"followers":["sx6wyHhbFdRXh302Lunr"]})");
}

inline void body_bytes(check& c, probe& p) {
  std::string every;
  for (int i = 0; i < 256; ++i) every.push_back(static_cast<char>(i));
  for (const method m : {method::post, method::del}) expect_body_arrives(c, p, m, every + "\r\n\r\n" + every);
}

/// 1 MB whose parts differ.
inline std::string large_body() {
  std::string body;
  for (int i = 0; body.size() < std::size_t{1} << 20U; ++i) body.append(std::to_string(i)).push_back(',');
  return body;
}

inline void large_request(check& c, probe& p) { expect_body_arrives(c, p, method::post, large_body()); }

inline void body_at_once(check& c, probe& p) {
  for (const std::string& body : {std::string{"{}"}, std::string(3000, ' '), large_body()}) {
    const seen_request seen = p.echo(p.request(method::post, "/echo/at-once", body), c);
    for (const std::string_view name : {"Expect", "Transfer-Encoding"})
      c.demand(!seen.headers.contains(name), [&] {
        return "expected no " + std::string{name} + " with a body of " + std::to_string(body.size()) + " bytes; came " +
               in_quotes(seen.headers.get(name).value_or(""));
      });
  }
}

inline void host(check& c, probe& p) {
  const std::string expected{split_url(p.origin).authority};
  const seen_request seen = p.echo(p.request(method::get, "/echo/host"), c);
  c.demand(seen.headers.count("Host") == 1 && seen.headers.get("Host") == expected, [&] {
    return "expected one Host: " + expected + "; came " + std::to_string(seen.headers.count("Host")) +
           ", the first of them " + in_quotes(seen.headers.get("Host").value_or(""));
  });
}

/// Demands that each header of `r` arrived with its value, as often as it was given, in that order.
inline void expect_headers_arrive(check& c, const http::request& r, const seen_request& seen) {
  for (const auto [name, value] : r.headers) {
    const auto values_of = [&, n = name](const http::headers& all) {
      std::string values;
      for (const http::header line : all)
        if (detail::equal_ignoring_case(line.name, n)) values.append(line.value).push_back('\n');
      return values;
    };
    const std::string given = values_of(r.headers);
    const std::string came = values_of(seen.headers);
    c.demand(given == came, [&, n = std::string{name}] {
      return "expected the header " + n + " as it was given, " + in_quotes(given) + "; came " + in_quotes(came);
    });
  }
}

inline void headers_as_they_are(check& c, probe& p) {
  http::request r = p.request(method::post, "/echo/headers", "{}");
  r.headers.add("X-Case", "MiXeD Case, kept; \"quoted\" = 'so'");
  r.headers.add("X-Inner-Blanks", "a  b\tc");
  r.headers.add("X-Long", std::string(3000, 'l'));
  r.headers.add("X-8-Bit", "caf\xC3\xA9");
  r.headers.add("X-Twice", "first");
  r.headers.add("X-Twice", "second");
  expect_headers_arrive(c, r, p.echo(r, c));
}

inline void empty_header(check& c, probe& p) {
  http::request r = p.request(method::get, "/echo/empty-header");
  r.headers.add("X-Empty", "");
  const seen_request seen = p.echo(r, c);
  c.demand(seen.headers.count("X-Empty") == 1 && seen.headers.get("X-Empty") == "", [&] {
    return "expected one X-Empty with an empty value; came " + std::to_string(seen.headers.count("X-Empty"));
  });
}

inline void nothing_else(check& c, probe& p) {
  for (const std::string_view body : {"", "{}"}) {
    const method m = body.empty() ? method::get : method::post;
    const http::request r = p.request(m, "/echo/nothing-else", std::string{body});
    for (const auto [name, value] : p.echo(r, c).headers) {
      bool allowed = r.headers.contains(name);
      for (const std::string_view own : {"Host", "Connection", "Keep-Alive", "Content-Length"})
        allowed = allowed || detail::equal_ignoring_case(name, own);
      c.demand(allowed, [n = name, v = value] {
        return "expected no header but the request's own, Host, Connection and Content-Length; came " + std::string{n} +
               ": " + in_quotes(v);
      });
    }
  }
}

inline void no_cookies(check& c, probe& p) {
  const outcome o = p.get("/headers");
  c.demand(
      o && o->headers.contains("Set-Cookie"), [&] { return "expected 200 with a Set-Cookie; came " + told(o); },
      o ? "add each header to response.headers as it came" : if_none(o));
  const seen_request seen = p.echo(p.request(method::get, "/echo/no-cookies"), c);
  c.demand(!seen.headers.contains("Cookie"), [&] {
    return "expected no Cookie; came " + in_quotes(seen.headers.get("Cookie").value_or(""));
  });
}

}}}}  // namespace ghl::v0::testing::transport_checks
