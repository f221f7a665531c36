/// Your HTTP code is a class with a virtual function, and which one is behind it is decided at run time. `house` stands
/// for the code that you have; the plumbing makes it a transport, and a client with one type serves all of them.
#include "chosen_json.hpp"
#include "sandbox/sandbox.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/transport/httplib.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// An imaginary HTTP library: an interface, and errors that are exceptions.
namespace house {

using header_list = std::vector<std::pair<std::string, std::string>>;
struct http_request {
  std::string verb, url;
  header_list headers;
  std::string body;
  std::chrono::milliseconds limit;
};
struct http_reply {
  int code = 0;
  header_list headers;
  std::string text;
};
enum class trouble { no_connection, timed_out, lost };
class http_failure : public std::runtime_error {
 public:
  http_failure(trouble w, const std::string& text) : std::runtime_error(text), what_happened(w) {}
  trouble what_happened;
};
class http_service {
 public:
  http_service() = default;
  http_service(const http_service&) = delete;
  http_service& operator=(const http_service&) = delete;
  virtual ~http_service() = default;
  virtual http_reply send(const http_request& request) = 0;
};

std::shared_ptr<http_service> make_http_service();

}  // namespace house

namespace {

// ---- the plumbing ----

/// Shares the service, so that a client and its copies keep it alive. As safe for threads as the service.
class service_transport {
 public:
  explicit service_transport(std::shared_ptr<house::http_service> service) : service_(std::move(service)) {}

  ghl::result<ghl::http::response> operator()(const ghl::http::request& request) const {
    house::http_request out{.verb = std::string{request.method},
                            .url = request.url,
                            .headers = {},
                            .body = request.body,
                            .limit = request.timeout};
    for (const auto& [name, value] : request.headers) out.headers.emplace_back(name, value);
    try {
      house::http_reply in = service_->send(out);
      ghl::http::response answer{.status = in.code, .body = std::move(in.text)};
      for (const auto& [name, value] : in.headers) answer.headers.add(name, value);
      return answer;
    } catch (const house::http_failure& e) {
      switch (e.what_happened) {
        case house::trouble::no_connection: return ghl::transport_error(ghl::fault::connect, ghl::sent::no, e.what());
        case house::trouble::timed_out: return ghl::transport_error(ghl::fault::timeout, ghl::sent::maybe, e.what());
        case house::trouble::lost: return ghl::transport_error(ghl::fault::connection_lost, ghl::sent::maybe, e.what());
      }
      return ghl::transport_error(ghl::fault::other, ghl::sent::maybe, e.what());
    }
  }

 private:
  std::shared_ptr<house::http_service> service_;
};
static_assert(ghl::blocking_transport<service_transport>);

// ---- the end of the plumbing ----

/// A class of yours. It is no template: the virtual function decides what sends.
class crm {
 public:
  crm(std::shared_ptr<house::http_service> service, const std::string& url)
      : api_(service_transport{std::move(service)}, {}, ghl::private_integration_token{"sandbox-token"},
             ghl::base_url{url}) {}

  /// How many links were deleted.
  std::size_t delete_links_of(const std::string& location) {
    const auto found = api_.call(ghl::links::get_links{.location_id = location});
    if (!found) return complain(found.error());
    std::size_t deleted = 0;
    for (const auto& link : found->links) {
      const auto gone = api_.call(ghl::links::delete_link{.link_id = link.id.value_or("")});
      if (gone && gone->succeeded == true) ++deleted;
      else if (!gone) complain(gone.error());
    }
    return deleted;
  }

 private:
  static std::size_t complain(const ghl::error& e) {
    std::printf("%s\n", e.message().c_str());
    return 0;
  }

  ghl::client<service_transport, example::chosen_json, ghl::private_integration_token<>> api_;
};

/// Another service, as a test would have it.
class service_without_network : public house::http_service {
 public:
  house::http_reply send(const house::http_request&) override {
    throw house::http_failure{house::trouble::no_connection, "the cable is out"};
  }
};

}  // namespace

int main() try {
  const ghl_sandbox::sandbox server;
  crm real{house::make_http_service(), server.url()};
  const std::size_t deleted = real.delete_links_of("ve9EPM428h8vShlRW1KT");
  std::printf("%zu deleted\n", deleted);

  crm offline{std::make_shared<service_without_network>(), server.url()};
  const std::size_t none = offline.delete_links_of("ve9EPM428h8vShlRW1KT");
  return deleted == 1 && none == 0 && server.links("ve9EPM428h8vShlRW1KT").empty() ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

// What is inside the imaginary library does not matter here; cpp-httplib does its work.
namespace house {
namespace {

class real_service : public http_service {
 public:
  http_reply send(const http_request& request) override {
    ghl::http::request out;
    out.method = request.verb == "GET" ? ghl::method::get : ghl::method::del;
    out.url = request.url;
    for (const auto& [name, value] : request.headers) out.headers.add(name, value);
    out.body = request.body;
    out.timeout = request.limit;
    const auto answer = wire_(out);
    if (!answer) throw http_failure{trouble::lost, answer.error().message()};
    http_reply in{answer->status, {}, answer->body};
    for (const auto& [name, value] : answer->headers) in.headers.emplace_back(name, value);
    return in;
  }

 private:
  ghl::httplib_transport wire_;
};

}  // namespace

std::shared_ptr<http_service> make_http_service() { return std::make_shared<real_service>(); }

}  // namespace house
