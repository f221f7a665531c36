/// What every side of the comparison is given: the same inputs, and the same answers of a transport that sends nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canned {

inline constexpr std::string_view origin = "https://services.leadconnectorhq.com";
inline constexpr std::string_view token = "pit-0b1f7c9e-6d6c-4c39-9c3e-7f0c5b8d2a11";
inline constexpr std::string_view agent = "ghl-cpp/bench";

/// As the API's edge sends them.
inline constexpr std::string_view answer_headers =
    "Date: Sun, 01 Jun 2025 10:00:00 GMT\r\n"
    "Content-Type: application/json; charset=utf-8\r\n"
    "Connection: keep-alive\r\n"
    "X-RateLimit-Limit-Daily: 200000\r\n"
    "X-RateLimit-Daily-Remaining: 199926\r\n"
    "X-RateLimit-Interval-Milliseconds: 10000\r\n"
    "X-RateLimit-Max: 100\r\n"
    "X-RateLimit-Remaining: 99\r\n"
    "Vary: Origin, Accept-Encoding\r\n";

inline constexpr std::string_view link_id = "n4AriwEnFrGh3tu08W0U";
inline constexpr std::string_view location_id = "ve9EPM428h8vShlRW1KT";
inline constexpr std::string_view opportunity_id = "yWQobCRIhRguQtD2llvk";
inline const std::vector<std::string> followers{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302Lunx"};

inline constexpr std::string_view deleted = R"({"succeded":true})";
inline constexpr std::string_view removed =
    R"({"followers":["sx6wyHhbFdRXh302Lunr"],"followersRemoved":["sx6wyHhbFdRXh302Luny","sx6wyHhbFdRXh302Lunx"]})";

/// Five links of 199 bytes.
inline std::string links() {
  std::string out = R"({"links":[)";
  for (int i = 0; i < 5; ++i) {
    const std::string id = "n4AriwEnFrGh3tu08W0" + std::to_string(i);
    out += i == 0 ? "" : ",";
    out += R"({"id":")" + id + R"(","name":"Spring sale, tag )" + std::to_string(i) +
           R"(","redirectTo":"https://www.example.com/landing/","fieldKey":"{{trigger_link.)" + id +
           R"(}}","locationId":"ve9EPM428h8vShlRW1KT"})";
  }
  return out + "]}";
}

}  // namespace canned
