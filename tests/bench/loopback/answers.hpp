/// What the benchmark's server says: answers of the shapes that the reference shows.
#pragma once

#include <cstdio>
#include <string>

namespace answers {

inline const std::string delete_link = R"({"succeded":true})";
inline const std::string remove_followers =
    R"({"followers":["sx6wyHhbFdRXh302Lunr"],"followersRemoved":["Mx6wyHhbFdRXh302Luer","Ka6wyHhbFdRXh302LLsA"]})";

/// An array of links of 199 bytes each, the comma included.
inline std::string get_links(int count) {
  std::string body = R"({"links":[)";
  body.reserve(16 + 199 * static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    char link[256];
    std::snprintf(link, sizeof link,
                  R"({"id":"n4Ariw%08dtu08W0U","name":"first tag %08d","redirectTo":"https://www.example.com/welcome/page",)"
                  R"("fieldKey":"{{trigger_link.n4Ariw%08dtu08W0U}}","locationId":"ve9EPM428h8vShlRW1KT"})",
                  i, i, i);
    if (i != 0) body.push_back(',');
    body.append(link);
  }
  return body.append("]}");
}

/// The whole answer on the wire, with the headers that the service sends.
inline std::string whole(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nDate: Sat, 01 Nov 2025 10:00:00 GMT\r\nContent-Type: application/json; charset=utf-8\r\n"
         "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: keep-alive\r\nX-RateLimit-Limit-Daily: 200000\r\nX-RateLimit-Daily-Remaining: 199998\r\n"
         "X-RateLimit-Interval-Milliseconds: 10000\r\nX-RateLimit-Max: 100\r\nX-RateLimit-Remaining: 98\r\n"
         "ETag: W/\"c4-gkrKBnbKF8xQ\"\r\nVary: Accept-Encoding\r\nServer: example\r\n\r\n" + body;
}

}  // namespace answers
