/// The calls that are measured, once through ghl::client and once by hand, and what both sides send and read.
#pragma once

#include "measure.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/json/rapidjson.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace calls {

/// Both sides read and write JSON with the same code: what JSON costs is measured elsewhere.
using json = ghl::rapidjson_json;
using credential = ghl::private_integration_token<>;

inline constexpr std::string_view token = "pit-01234567-89ab-cdef-0123-456789abcdef";
inline constexpr std::string_view bearer = "Bearer pit-01234567-89ab-cdef-0123-456789abcdef";
inline constexpr std::string_view version = "2021-07-28";
inline constexpr std::string_view agent = "ghl-cpp/0.1.0";
inline constexpr std::size_t response_limit = 64 * 1024 * 1024;
inline constexpr int timeout_ms = 30'000;

inline const std::string link_id = "n4AriwEnFrGh3tu08W0U";
inline const std::string opportunity_id = "sx6wyHhbFdRXh302Lunr";

inline ghl::opportunities::remove_followers::followers_to_remove followers() {
  return {.followers = {"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsA"}};
}

/// What a call by hand gives to the part that knows the library.
struct by_hand_request {
  std::string_view method;
  std::string target;
  std::string body{};
};
/// What it gives back.
struct answer {
  int status = 0;
  std::string body{};
};

template <class Result>
void expect(bool as_expected, const Result& r) {
  if (as_expected) return;
  if constexpr (requires { r.error().message(); })
    if (!r) std::fprintf(stderr, "%s\n", r.error().message().c_str());
  measure::give_up("a call failed");
}

template <class Response>
Response read(const answer& a) {
  if (a.status < 200 || a.status > 299) measure::give_up("a status that is no success");
  auto value = json{}.decode<Response>(a.body);
  if (!value) measure::give_up("an answer that cannot be read");
  return *std::move(value);
}

inline by_hand_request delete_link() { return {"DELETE", "/links/" + link_id}; }
inline by_hand_request get_links(const std::string& location) { return {"GET", "/links/?locationId=" + location}; }
inline by_hand_request remove_followers() {
  return {"DELETE", "/opportunities/" + opportunity_id + "/followers", *json{}.encode(followers())};
}

/// One call by hand, with a function that sends and waits.
template <class Send>
void by_hand(measure::call what, const std::string& location, int links, Send send) {
  switch (what) {
    case measure::call::delete_link: {
      const auto r = read<ghl::links::delete_link::response>(send(delete_link()));
      return expect(r.succeeded == true, r);
    }
    case measure::call::remove_followers: {
      const auto r = read<ghl::opportunities::remove_followers::response>(send(remove_followers()));
      return expect(r.followers_removed && r.followers_removed->size() == 2, r);
    }
    case measure::call::get_links: {
      const auto r = read<ghl::links::get_links::response>(send(get_links(location)));
      return expect(r.links.size() == static_cast<std::size_t>(links), r);
    }
  }
}

/// ghl::client with a blocking transport.
template <class Transport>
class ours {
 public:
  explicit ours(const std::string& origin)
      : api_{Transport{}, json{}, credential{std::string{token}}, ghl::base_url{origin}} {}

  void repeat(measure::call what, int links, int times, measure::latencies l) {
    const std::string location = "n" + std::to_string(links);
    for (int i = 0; i < times; ++i) measure::timed(l, [&] { one(what, location, links); });
  }

 private:
  void one(measure::call what, const std::string& location, int links) {
    switch (what) {
      case measure::call::delete_link: {
        const auto r = api_.call(ghl::links::delete_link{.link_id = link_id});
        return expect(r && r->succeeded == true, r);
      }
      case measure::call::remove_followers: {
        const auto r = api_.call(ghl::opportunities::remove_followers{.id = opportunity_id, .body = followers()});
        return expect(r && r->followers_removed && r->followers_removed->size() == 2, r);
      }
      case measure::call::get_links: {
        const auto r = api_.call(ghl::links::get_links{.location_id = location});
        return expect(r && r->links.size() == static_cast<std::size_t>(links), r);
      }
    }
  }

  ghl::client<Transport, json, credential> api_;
};

}  // namespace calls
