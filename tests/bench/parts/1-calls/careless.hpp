/// The calls as they are often written: nothing is checked but the status, nothing is encoded, strings are added up,
/// a failure is an exception that says little.
#pragma once

#include "canned.hpp"
#include "outcome.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace careless {

struct link {
  std::optional<std::string> id, name, redirect_to, field_key, location_id;
};
struct links_answer {
  std::vector<link> links;
};
struct delete_answer {
  std::optional<bool> succeeded;
};
struct followers_answer {
  std::optional<std::vector<std::string>> followers, followers_removed;
};

struct response {
  int status = 0;
  std::string headers;
  std::string body;
};

// By a library: careless_nlohmann.hpp or careless_glaze.hpp
void read(const std::string& body, links_answer& out);
void read(const std::string& body, delete_answer& out);
void read(const std::string& body, followers_answer& out);
std::string write_followers(const std::vector<std::string>& followers);

class service {
 public:
  service(const response& answer, std::string token) : answer_(&answer), token_(std::move(token)) {}

  delete_answer delete_link(const std::string& link_id) const {
    return call<delete_answer>("DELETE", "/links/" + link_id, "");
  }
  links_answer get_links(const std::string& location_id) const {
    return call<links_answer>("GET", "/links/?locationId=" + location_id, "");
  }
  followers_answer remove_followers(const std::string& id, const std::vector<std::string>& followers) const {
    return call<followers_answer>("DELETE", "/opportunities/" + id + "/followers", write_followers(followers));
  }

 private:
  template <class Answer>
  Answer call(const char* method, const std::string& path, const std::string& body) const {
    std::string headers = "Authorization: Bearer " + token_ +
                          "\r\nVersion: 2021-07-28\r\nAccept: application/json\r\nUser-Agent: " + agent_ + "\r\n";
    if (!body.empty()) headers += "Content-Type: application/json\r\n";
    const response answer = send(method, origin_ + path, headers, body);
    if (answer.status >= 300) throw std::runtime_error("HTTP " + std::to_string(answer.status));
    Answer out;
    read(answer.body, out);
    return out;
  }

  [[nodiscard, gnu::noinline]] response send(const char* method, const std::string& url, const std::string& headers,
                                             const std::string& body) const {
    if (on_stage != nullptr) [[unlikely]] {
      on_stage->seen = {method, url, headers, body};
      return {on_stage->status, answer_->headers, on_stage->body};
    }
    return *answer_;
  }

  const response* answer_;
  std::string origin_{canned::origin};
  std::string agent_{canned::agent};
  std::string token_;
};

inline outcome told(const delete_answer& r) {
  outcome o{.ok = true, .texts = {}};
  o.add(r.succeeded);
  return o;
}
inline outcome told(const links_answer& r) {
  outcome o{.ok = true, .texts = {}};
  for (const link& l : r.links)
    for (const auto* text : {&l.id, &l.name, &l.redirect_to, &l.field_key, &l.location_id}) o.add(*text);
  return o;
}
inline outcome told(const followers_answer& r) {
  outcome o{.ok = true, .texts = {}};
  o.add(r.followers), o.add(r.followers_removed);
  return o;
}

}  // namespace careless
