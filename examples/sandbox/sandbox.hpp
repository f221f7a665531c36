/// A small HighLevel on 127.0.0.1: a cpp-httplib server that answers the five endpoints as the reference
/// pages say, keeps state (what was deleted is gone), and refuses what the real service refuses.
#pragma once

#include "../chosen_json.hpp"
#include "bodies.hpp"
#include "path.hpp"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace ghl_sandbox {

/// An answer.
struct reply {
  int status = 0;
  std::string body;
  std::string content_type = "application/json; charset=utf-8";
};

struct options {
  int port = 0;  ///< 0: any free one
  std::string token = "sandbox-token";
  std::string certificate_file = {};  ///< PEM, for 127.0.0.1, with key_file: serves HTTPS instead of HTTP
  std::string key_file = {};
  /// Answers what is for none of the five; a sandbox of all operations has one, see all_operations.hpp. Of a status of 0
  /// nothing is known either.
  std::function<reply(const httplib::Request&, std::string_view path, std::string_view token)> others = {};
};

/// Purpose: a server on a thread of its own, for as long as the object lives, for examples, tests and trials.
/// It begins with what the reference's examples are about; more can be added.
/// Example: `ghl_sandbox::sandbox server; ghl::client api{…, ghl::base_url{server.url()}};`
/// Errors: the constructor throws std::runtime_error where the port or the certificate cannot be had.
/// Lifetime: the destructor stops the server; that may wait a second for a client that keeps its connection.
/// Thread safety: any member function at any time.
class sandbox {
 public:
  explicit sandbox(options how = {})
      : token_(std::move(how.token)), secure_(!how.certificate_file.empty()), others_(std::move(how.others)),
        server_(make_server(how)) {
    add_link({.id = "n4AriwEnFrGh3tu08W0U",
              .name = "first tag",
              .redirect_to = "https://www.google.com/",
              .field_key = "{{trigger_link.n4AriwEnFrGh3tu08W0U}}",
              .location_id = "ve9EPM428h8vShlRW1KT"});
    add_opportunity("sx6wyHhbFdRXh302Lunr", {"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302LLss",
                                             "Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"});
    add_association("6d6f6e676f5f6576656e7473");
    add_conversation("tDtDnQdgm2LXpyiqYvZ6");
    start(how.port);
  }
  ~sandbox() {
    server_->stop();
    thread_.join();
  }
  sandbox(const sandbox&) = delete;
  sandbox& operator=(const sandbox&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const {
    return (secure_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_);
  }

  void add_link(link added) {
    const std::lock_guard lock{mutex_};
    locations_[added.location_id].push_back(std::move(added));
  }
  void add_opportunity(const std::string& id, std::vector<std::string> followers) {
    const std::lock_guard lock{mutex_};
    opportunities_[id] = std::move(followers);
  }
  void add_association(const std::string& id) {
    const std::lock_guard lock{mutex_};
    associations_.insert(id);
  }
  void add_conversation(const std::string& id) {
    const std::lock_guard lock{mutex_};
    conversations_.insert(id);
  }

  /// The links of a location, in the order in which they were added; none for an unknown location.
  [[nodiscard]] std::vector<link> links(const std::string& location_id) const {
    const std::lock_guard lock{mutex_};
    const auto found = locations_.find(location_id);
    return found == locations_.end() ? std::vector<link>{} : found->second;
  }
  /// The followers of an opportunity; none for an unknown opportunity.
  [[nodiscard]] std::vector<std::string> followers(const std::string& opportunity_id) const {
    const std::lock_guard lock{mutex_};
    const auto found = opportunities_.find(opportunity_id);
    return found == opportunities_.end() ? std::vector<std::string>{} : found->second;
  }
  [[nodiscard]] bool has_association(const std::string& id) const {
    const std::lock_guard lock{mutex_};
    return associations_.contains(id);
  }
  [[nodiscard]] bool has_conversation(const std::string& id) const {
    const std::lock_guard lock{mutex_};
    return conversations_.contains(id);
  }
  /// How many requests an endpoint has seen, refused ones too, by its title in the reference: "Delete Link".
  /// "": requests for none of the endpoints.
  [[nodiscard]] std::size_t requests(std::string_view title) const {
    const std::lock_guard lock{mutex_};
    const auto found = requests_.find(title);
    return found == requests_.end() ? 0 : found->second;
  }

 private:
  using answer = reply;
  struct route {
    std::string_view title;
    std::string_view method;
    std::string_view path;
    std::string_view version;
    answer (sandbox::*serve)(const httplib::Request&, const std::string& id);
  };

  // ---- what the five endpoints do; the caller holds the lock ----

  answer get_links(const httplib::Request& request, const std::string&) {
    const std::string location_id = request.get_param_value("locationId");
    if (location_id.empty())
      return invalid({"locationId must be a string", "locationId should not be empty"});
    const auto found = locations_.find(location_id);
    if (found == locations_.end())
      return refuse(403, "The token does not have access to this location.", "Forbidden");
    return write(200, links_found{found->second});
  }

  answer delete_link(const httplib::Request&, const std::string& id) {
    std::size_t erased = 0;
    for (auto& [location_id, links] : locations_)
      erased += std::erase_if(links, [&](const link& l) { return l.id == id; });
    return erased == 0 ? unknown_id() : write(201, link_deleted{true});
  }

  answer remove_followers(const httplib::Request& request, const std::string& id) {
    // A header that came twice is as wrong as one that did not come.
    const std::string type = request.get_header_value("Content-Type");
    if (request.get_header_value_count("Content-Type") != 1 ||
        type.substr(0, type.find(';')) != "application/json")
      return bad_request();
    const auto body = json_.decode<followers_to_remove>(request.body);
    if (!body) {
      const ghl::fault why = body.error().fault;
      if (why != ghl::fault::missing_field && why != ghl::fault::wrong_type) return bad_request();
      return invalid({"each value in followers must be a string", "followers must be an array"});
    }
    if (body->followers.empty()) return invalid({"followers should not be empty"});
    if (body->followers.size() > 10) return invalid({"followers must contain no more than 10 elements"});

    const auto found = opportunities_.find(id);
    if (found == opportunities_.end()) return unknown_id();
    followers_removed outcome;
    for (std::string& follower : found->second) {
      const bool goes = std::ranges::count(body->followers, follower) != 0;
      (goes ? outcome.removed : outcome.left).push_back(std::move(follower));
    }
    found->second = outcome.left;
    return write(200, outcome);
  }

  answer delete_association(const httplib::Request&, const std::string& id) {
    if (associations_.erase(id) == 0) return unknown_id();
    return write(200, association_deleted{true, id, "Association deleted successfully"});
  }

  answer delete_conversation(const httplib::Request&, const std::string& id) {
    return conversations_.erase(id) == 0 ? unknown_id() : write(200, conversation_deleted{true});
  }

  // ---- what is asked of every request ----

  answer serve(const httplib::Request& request) {
    static constexpr route routes[] = {
        {"Get Links", "GET", "/links/", "2021-07-28", &sandbox::get_links},
        {"Delete Link", "DELETE", "/links/:linkId", "2021-07-28", &sandbox::delete_link},
        {"Remove Followers", "DELETE", "/opportunities/:id/followers", "2021-07-28",
         &sandbox::remove_followers},
        {"Delete Association", "DELETE", "/associations/:associationId", "2021-07-28",
         &sandbox::delete_association},
        {"Delete Conversation", "DELETE", "/conversations/:conversationId", "2021-04-15",
         &sandbox::delete_conversation},
    };
    const std::string path = request.target.substr(0, request.target.find('?'));
    const std::lock_guard lock{mutex_};
    for (const route& r : routes) {
      const std::optional<std::string> id = request.method == r.method ? match(r.path, path) : std::nullopt;
      if (!id) continue;
      if (others_ && request.get_header_value("Version") != r.version) break;  // the same path in another version
      ++requests_[std::string{r.title}];
      if (const auto refused = refusal_of(request, r.version)) return *refused;
      return (this->*r.serve)(request, *id);
    }
    ++requests_[""];
    if (others_) {
      answer a = others_(request, path, token_);
      if (a.status != 0) return a;
    }
    return refuse(404, "Cannot " + request.method + " " + path, "Not Found");
  }

  std::optional<answer> refusal_of(const httplib::Request& request, std::string_view version) {
    const std::string authorization = request.get_header_value("Authorization");
    if (authorization != "Bearer " + token_ || request.get_header_value_count("Authorization") != 1) {
      if (!authorization.starts_with("Bearer ")) return refuse(401, "Invalid JWT", "Unauthorized");
      if (authorization.starts_with("Bearer pit-"))
        return refuse(401, "Invalid Private Integration token", "Unauthorized");
      return refuse(401, "Invalid token: access token is invalid", "Unauthorized");
    }
    if (!request.has_header("Version")) return refuse(401, "version header was not found.", "Unauthorized");
    if (request.get_header_value("Version") != version || request.get_header_value_count("Version") != 1)
      return refuse(401, "version header is invalid", "Unauthorized");
    return std::nullopt;
  }

  // ---- the answers ----

  template <class Body>
  answer write(int status, const Body& body) {
    auto text = json_.encode(body);
    if (!text) return {500, R"({"statusCode":500,"message":"Internal server error"})"};
    return {status, *std::move(text)};
  }
  answer refuse(int status, std::string message, std::optional<std::string> error) {
    return write(status, refusal{status, std::move(message), std::move(error)});
  }
  answer bad_request() { return refuse(400, "Bad Request", std::nullopt); }
  answer invalid(std::vector<std::string> messages) {
    return write(422, unprocessable{422, std::move(messages), "Unprocessable Entity",
                                    "4e76a0b1-7f0c-4a52-9d3e-5c1f2b6d8e90"});
  }
  /// The reference documents no 404 for these endpoints; of the statuses that it has, only 400 can mean an
  /// unknown id. (The real service has been seen to answer 500 as well, which tells a client nothing.)
  answer unknown_id() { return bad_request(); }

  // ---- the server ----

  static std::unique_ptr<httplib::Server> make_server(const options& how) {
    if (how.certificate_file.empty()) return std::make_unique<httplib::Server>();
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT) || defined(CPPHTTPLIB_SSL_ENABLED)
    auto server = std::make_unique<httplib::SSLServer>(how.certificate_file.c_str(), how.key_file.c_str());
    if (server->is_valid()) return server;
#endif
    throw std::runtime_error("cannot serve HTTPS with " + how.certificate_file);
  }

  void start(int port) {
    server_->set_tcp_nodelay(true);
    server_->set_keep_alive_timeout(1);
    server_->set_keep_alive_max_count(10'000);
#if !defined(_WIN32)
    // By default cpp-httplib sets SO_REUSEPORT, and two sandboxes on one port would share its requests.
    server_->set_socket_options([](auto socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
#endif
    server_->set_pre_routing_handler([](const httplib::Request& request, httplib::Response&) {
      auto& changed = const_cast<httplib::Request&>(request);
      // cpp-httplib routes by the decoded path, where "a%2Fb" has become "a/b"; we go by the target.
      changed.path = "/";
      // A request without a length has no body (RFC 9112, section 6.3), but cpp-httplib waits for a DELETE's.
      if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding"))
        changed.headers.emplace("Content-Length", "0");
      return httplib::Server::HandlerResponse::Unhandled;
    });
    const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
      answer a = serve(request);
      response.status = a.status;
      response.set_content(std::move(a.body), a.content_type.c_str());
    };
    server_->Get("/", handler).Post("/", handler).Put("/", handler).Patch("/", handler).Delete("/", handler);
    server_->Options("/", handler);

    const std::string host = "127.0.0.1";
    if (port == 0) port_ = server_->bind_to_any_port(host);
    else port_ = server_->bind_to_port(host, port) ? port : -1;
    if (port_ <= 0) throw std::runtime_error("cannot listen on " + host + ":" + std::to_string(port));
    thread_ = std::thread{[this] { server_->listen_after_bind(); }};
    // Stopping a server that does not run yet would be without effect.
    while (!server_->is_running()) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }

  const std::string token_;
  const bool secure_;
  const std::function<reply(const httplib::Request&, std::string_view, std::string_view)> others_;
  example::chosen_json json_;
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<link>> locations_;
  std::map<std::string, std::vector<std::string>> opportunities_;  // and their followers
  std::set<std::string> associations_;
  std::set<std::string> conversations_;
  std::map<std::string, std::size_t, std::less<>> requests_;
  std::unique_ptr<httplib::Server> server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace ghl_sandbox
