/// Your HTTP code calls back from an event loop, as Qt's and Unreal's does. `house` stands for it: one thread, and a
/// manager that is told what to send and calls back with the reply. A call then takes a handler.
#include "chosen_json.hpp"
#include "sandbox/sandbox.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/transport/httplib.hpp>

#include <chrono>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/// An imaginary application framework.
namespace house {

class event_loop {
 public:
  using clock = std::chrono::steady_clock;
  void post(std::function<void()> job) { jobs_.push_back(std::move(job)); }
  void post_after(std::chrono::milliseconds span, std::function<void()> job) {
    timers_.emplace(clock::now() + span, std::move(job));
  }
  /// Until there is nothing left to do.
  void run() {
    while (!jobs_.empty() || !timers_.empty()) {
      if (jobs_.empty()) {
        std::this_thread::sleep_until(timers_.begin()->first);
        jobs_.push_back(std::move(timers_.extract(timers_.begin()).mapped()));
      }
      const auto job = std::move(jobs_.front());
      jobs_.pop_front();
      job();
    }
  }

 private:
  std::deque<std::function<void()>> jobs_;
  std::multimap<clock::time_point, std::function<void()>> timers_;
};

using header_list = std::vector<std::pair<std::string, std::string>>;
struct network_request {
  std::string verb, url;
  header_list headers;
  std::string body;
  std::chrono::milliseconds limit;
};
enum class network_error { none, refused, timed_out, closed };
struct network_reply {
  network_error error = network_error::none;
  int status = 0;
  header_list headers;
  std::string body;
};

class network_manager {
 public:
  explicit network_manager(event_loop& loop) : loop_(&loop) {}
  /// Calls `finished` from the loop, some time later.
  void send(network_request request, std::function<void(const network_reply&)> finished);
  event_loop& loop() const { return *loop_; }

  int bad_moments = 0;  ///< so many requests are refused first

 private:
  event_loop* loop_;
};

}  // namespace house

namespace {

// ---- the plumbing ----

ghl::result<ghl::http::response> answer_of(const house::network_reply& reply) {
  switch (reply.error) {
    case house::network_error::none: break;
    case house::network_error::refused: return ghl::transport_error(ghl::fault::connect, ghl::sent::no);
    case house::network_error::timed_out: return ghl::transport_error(ghl::fault::timeout, ghl::sent::maybe);
    case house::network_error::closed: return ghl::transport_error(ghl::fault::connection_lost, ghl::sent::maybe);
  }
  ghl::http::response answer{.status = reply.status, .body = reply.body};
  for (const auto& [name, value] : reply.headers) answer.headers.add(name, value);
  return answer;
}

/// The manager outlives the answers, as in any program of this kind; the transport and its client need not.
class manager_transport {
 public:
  explicit manager_transport(house::network_manager& manager) : manager_(&manager) {}

  template <class Completion>
  void operator()(ghl::http::request request, Completion done) const {
    house::network_request out{.verb = std::string{request.method},
                               .url = std::move(request.url),
                               .headers = {},
                               .body = std::move(request.body),
                               .limit = request.timeout};
    for (const auto& [name, value] : request.headers) out.headers.emplace_back(name, value);
    // Shared, since std::function wants to copy what it holds, and a completion may be move-only.
    manager_->send(std::move(out), [done = std::make_shared<Completion>(std::move(done))](
                                       const house::network_reply& reply) { (*done)(answer_of(reply)); });
  }
  /// The pause before a request is sent again. A transport without it does as well, until somebody asks for ghl::retry.
  template <class Completion>
  void wait(ghl::milliseconds span, Completion done) const {
    manager_->loop().post_after(span, [done = std::make_shared<Completion>(std::move(done))] { (*done)(); });
  }

 private:
  house::network_manager* manager_;
};
static_assert(ghl::callback_transport<manager_transport>);

// ---- the end of the plumbing ----

/// A window that shows the links of a location. It may be closed while a call is on its way: what its handlers need of
/// it they ask for by a weak_ptr.
class links_window : public std::enable_shared_from_this<links_window> {
 public:
  links_window(house::network_manager& network, const std::string& url)
      : api_(manager_transport{network}, {}, ghl::private_integration_token{"sandbox-token"}, ghl::base_url{url},
             ghl::retry{.attempts = 3, .base = std::chrono::milliseconds{20}}) {}

  void open(const std::string& location) {
    api_.call(ghl::links::get_links{.location_id = location},
              [window = weak_from_this()](ghl::result<ghl::links::get_links::response> found) {
                if (const auto self = window.lock()) self->show(found);
              });
  }
  void delete_all() {
    for (const auto& link : shown)
      api_.call(ghl::links::delete_link{.link_id = link.id.value_or("")},
                [window = weak_from_this()](ghl::result<ghl::links::delete_link::response> gone) {
                  if (const auto self = window.lock(); self && gone) ++self->deleted;
                });
  }

  std::vector<ghl::links::link> shown;
  std::size_t deleted = 0;

 private:
  void show(const ghl::result<ghl::links::get_links::response>& found) {
    if (!found) return static_cast<void>(std::printf("%s\n", found.error().message().c_str()));
    shown = found->links;
    std::printf("%zu links\n", shown.size());
  }

  using retrying = ghl::option_set<ghl::retry>;
  ghl::client<manager_transport, example::chosen_json, ghl::private_integration_token<>, retrying> api_;
};

}  // namespace

int main() try {
  const ghl_sandbox::sandbox server;
  house::event_loop loop;
  house::network_manager network{loop};

  const auto window = std::make_shared<links_window>(network, server.url());
  window->open("ve9EPM428h8vShlRW1KT");
  const bool waits = window->shown.empty();  // nothing happens before the loop runs
  auto closed = std::make_shared<links_window>(network, server.url());
  closed->open("ve9EPM428h8vShlRW1KT");
  closed.reset();  // its client is gone, its answer still comes, and nobody minds
  loop.run();

  network.bad_moments = 2;
  window->delete_all();
  loop.run();
  std::printf("%zu deleted\n", window->deleted);
  return waits && window->shown.size() == 1 && window->deleted == 1 && server.requests("Get Links") == 2 &&
                 server.links("ve9EPM428h8vShlRW1KT").empty()
             ? 0
             : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

// What is inside the imaginary framework does not matter here; cpp-httplib does its work, in the loop's thread.
namespace house {

void network_manager::send(network_request request, std::function<void(const network_reply&)> finished) {
  loop_->post([this, request = std::move(request), finished = std::move(finished)] {
    if (bad_moments > 0) return --bad_moments, finished({network_error::refused, 0, {}, {}});
    ghl::http::request out;
    out.method = request.verb == "GET" ? ghl::method::get : ghl::method::del;
    out.url = request.url;
    for (const auto& [name, value] : request.headers) out.headers.add(name, value);
    out.body = request.body;
    out.timeout = request.limit;
    const auto answer = ghl::httplib_transport{}(out);
    network_reply reply;
    if (answer) {
      reply.status = answer->status;
      reply.body = answer->body;
      for (const auto& [name, value] : answer->headers) reply.headers.emplace_back(name, value);
    } else {
      reply.error = network_error::closed;
    }
    finished(reply);
  });
}

}  // namespace house
