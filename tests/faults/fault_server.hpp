/// A server that plays the API on loopback and fails as it is told to, request by request. It keeps books: what came,
/// what it deleted and created, which tokens it gave out.
#pragma once

#include <sandbox/loopback.hpp>

#if defined(__linux__)
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace faults {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

/// What the server does with one request. As it stands: what the API does.
struct play {
  enum class part : unsigned char { nothing, half_the_head, the_head, half_the_body, all };
  enum class ending : unsigned char {
    stays,  ///< the connection waits for the next request
    closes,
    resets,   ///< with a RST
    stalls,   ///< falls silent until the client goes
    goes_on,  ///< sends a body without end
  };

  bool reads = true;     ///< false: nothing of the request is read or counted
  bool acts = true;      ///< does what was asked for, before it answers
  std::string answer{};  ///< these bytes; "{token}" is the token that was sent; empty: the API's own answer
  part shows = part::all;
  ending then = ending::stays;
  milliseconds delay{0};  ///< before the answer
  milliseconds pause{0};  ///< after each byte; with goes_on, after each kilobyte
  int lie = 0;            ///< so much is added to the Content-Length
};

/// A request as the books have it.
struct entry {
  std::string method;
  std::string target;
  std::string token;
  std::size_t body = 0;
  friend bool operator==(const entry&, const entry&) = default;
};

/// "{length}" becomes the length of the body when the answer is sent.
inline std::string http_answer(std::string_view status_line, std::string_view body,
                               std::string_view headers = "Content-Type: application/json\r\n") {
  std::string out = "HTTP/1.1 ";
  return out.append(status_line).append("\r\n").append(headers).append("Content-Length: {length}\r\n\r\n").append(body);
}

/// Purpose: the five endpoints, `POST /links/` and `POST /oauth/token`, on 127.0.0.1 and a free port. Every id names
/// something until it is deleted.
/// Lifetime: the destructor ends every connection at once. Thread safety: any member function at any time.
class fault_server {
 public:
  /// Long, as the real ones are, and with nothing in common from the first byte on.
  static std::string access_token(int n) { return long_text("A" + std::to_string(n) + "f83kQz71-access"); }
  static std::string refresh_token(int n) { return long_text("R" + std::to_string(n) + "m27vXc59-refresh"); }

  fault_server() {
    // So that it can be bound beside: the port stays ours while nobody listens.
    const int yes = 1;
    ::setsockopt(port_.fd(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    open();
  }
  fault_server(const fault_server&) = delete;
  fault_server& operator=(const fault_server&) = delete;
  ~fault_server() { shut(); }

  [[nodiscard]] const std::string& url() const { return port_.origin(); }

  // ---- the door ----

  /// Accepts connections again.
  void open() {
    shut();
    door_ = std::make_unique<ghl_sandbox::loopback_server>([this](ghl_sandbox::peer& to) { serve(to); }, port_.port());
  }
  /// Refuses connections.
  void shut() {
    door_.reset();
    for (const int fd : knocks_) ::close(fd);
    knocks_.clear();
    clogged_.reset();
  }
  /// Neither accepts nor refuses them. False where the system cannot do that.
  bool clog() {
    shut();
    clogged_ = std::make_unique<ghl_sandbox::loopback_socket>(AF_INET, 0, port_.port());
    for (int i = 0; i < 8; ++i) knocks_.push_back(ghl_sandbox::loopback_socket::knock(port_.port()));
    pollfd last{knocks_.back(), POLLOUT, 0};
    return ::poll(&last, 1, 20) == 0;
  }

  // ---- the script ----

  /// What happens to the next requests, one after the other. The ones after them are served.
  void next(std::vector<play> plays) {
    const std::lock_guard lock{mutex_};
    script_.assign(plays.begin(), plays.end());
  }
  /// For requests that no script is left for: `choose(request, nth)`, where it is the nth (from 1) for its target.
  void decide(std::function<play(const ghl_sandbox::wire_request&, int)> choose) {
    const std::lock_guard lock{mutex_};
    choose_ = std::move(choose);
  }
  /// The current access token is good for so many more requests; then it takes a refresh.
  void expire_after(int requests) {
    const std::lock_guard lock{mutex_};
    good_for_ = requests;
  }
  /// Each token that is issued from now on is good for so many requests.
  void expire_each_after(int requests) {
    const std::lock_guard lock{mutex_};
    good_for_ = each_good_for_ = requests;
  }

  // ---- the books ----

  [[nodiscard]] std::vector<entry> log() const {
    const std::lock_guard lock{mutex_};
    return log_;
  }
  [[nodiscard]] int seen() const {
    const std::lock_guard lock{mutex_};
    return static_cast<int>(log_.size());
  }
  /// How often that path was deleted: "/links/x".
  [[nodiscard]] int deleted(const std::string& path) const {
    const std::lock_guard lock{mutex_};
    const auto found = deleted_.find(path);
    return found == deleted_.end() ? 0 : found->second;
  }
  [[nodiscard]] int deletions() const {
    const std::lock_guard lock{mutex_};
    int all = 0;
    for (const auto& [path, times] : deleted_) all += times;
    return all;
  }
  [[nodiscard]] int created() const {
    const std::lock_guard lock{mutex_};
    int all = 0;
    for (const auto& [body, times] : created_) all += times;
    return all;
  }
  /// How often a link was created with that body.
  [[nodiscard]] int created(const std::string& body) const {
    const std::lock_guard lock{mutex_};
    const auto found = created_.find(body);
    return found == created_.end() ? 0 : found->second;
  }
  /// Pairs given out at /oauth/token, and refresh tokens refused there.
  [[nodiscard]] int refreshes() const {
    const std::lock_guard lock{mutex_};
    return generation_ - 1;
  }
  [[nodiscard]] int refused_refreshes() const {
    const std::lock_guard lock{mutex_};
    return refused_refreshes_;
  }
  /// Connections that were closed or reset because a play says so.
  [[nodiscard]] int ends() const {
    const std::lock_guard lock{mutex_};
    return ends_;
  }
  /// Waits until there are so many, for the next call to meet a connection that is over.
  void wait_for_ends(int n) const {
    for (int i = 0; i < 30'000 && ends() < n; ++i) std::this_thread::sleep_for(1ms);
  }
  /// How often an access token met its end.
  [[nodiscard]] int expiries() const {
    const std::lock_guard lock{mutex_};
    return expiries_;
  }

 private:
  using peer = ghl_sandbox::peer;
  using wire_request = ghl_sandbox::wire_request;

  static std::string long_text(std::string begin) {
    while (begin.size() < 600) begin += "0123456789abcdefghijklmnopqrstuvwxyz-_";
    return begin;
  }
  static std::string token_of(const wire_request& r) {
    std::string_view text = r.header("Authorization");
    if (text.starts_with("Bearer ")) text.remove_prefix(7);
    return std::string{text};
  }

  // ---- the API ----

  std::string refuse(std::string_view status, std::string_view message) {
    return http_answer(status, "{\"statusCode\":" + std::string{status.substr(0, 3)} + ",\"message\":\"" +
                                   std::string{message} + "\"}");
  }
  bool is_good(std::string_view token) {
    if (token != access_token(generation_)) return false;
    if (good_for_ == 0 && !std::exchange(expired_, true)) ++expiries_;
    return good_for_ != 0;
  }
  std::string act(const wire_request& r, const entry& e) {
    if (e.target == "/oauth/token") return refresh(r);
    if (good_for_ > 0) --good_for_;
    if (e.method == "POST") {
      ++created_[r.bytes.substr(r.head_size)];
      return http_answer("201 Created", R"({"link":{"id":"n4AriwEnFrGh3tu08W0U"}})");
    }
    if (e.method == "GET")
      return http_answer("200 OK", R"({"links":[{"id":"n4AriwEnFrGh3tu08W0U","name":"first tag"}]})");
    if (e.method != "DELETE") return refuse("404 Not Found", "Cannot " + e.method + " " + e.target);
    if (++deleted_[e.target]; deleted_[e.target] > 1) {
      --deleted_[e.target];
      return refuse("404 Not Found", "Not found");
    }
    const std::string path = e.target;
    if (path.starts_with("/links/")) return http_answer("200 OK", R"({"succeded":true})");
    if (path.starts_with("/associations/"))
      return http_answer("200 OK", R"({"deleted":true,"id":"a","message":"Association deleted successfully"})");
    if (path.starts_with("/conversations/")) return http_answer("200 OK", R"({"success":true})");
    return http_answer("200 OK", R"({"followers":[],"followersRemoved":["Mx6wyHhbFdRXh302Luer"]})");
  }
  /// A refresh token works once.
  std::string refresh(const wire_request& r) {
    const std::string_view body = std::string_view{r.bytes}.substr(r.head_size);
    if (body.find(refresh_token(generation_)) == std::string_view::npos) {
      ++refused_refreshes_;
      return http_answer("400 Bad Request", R"({"error":"invalid_grant","error_description":"it was used before"})");
    }
    ++generation_;
    good_for_ = each_good_for_;
    expired_ = false;
    return http_answer("200 OK", "{\"access_token\":\"" + access_token(generation_) + "\",\"refresh_token\":\"" +
                                     refresh_token(generation_) + "\",\"expires_in\":86399,\"token_type\":\"Bearer\"}");
  }

  // ---- the faults ----

  static std::size_t shown(play::part p, std::string_view answer) {
    const std::size_t head =
        answer.find("\r\n\r\n") == std::string_view::npos ? answer.size() : answer.find("\r\n\r\n") + 4;
    switch (p) {
      case play::part::nothing:
        return 0;
      case play::part::half_the_head:
        return head / 2;
      case play::part::the_head:
        return head;
      case play::part::half_the_body:
        return head + (answer.size() - head) / 2;
      case play::part::all:
        break;
    }
    return answer.size();
  }
  static void replace(std::string& in, std::string_view what, std::string_view with) {
    for (std::size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + with.size()))
      in.replace(at, what.size(), with);
  }
  /// Enters the request into the books; what is to be sent, and how.
  std::pair<play, std::string> respond(const wire_request& request) {
    const std::lock_guard lock{mutex_};
    const std::string_view head = request.head();
    entry e{std::string{head.substr(0, head.find(' '))}, std::string{request.target()}, token_of(request),
            request.bytes.size() - request.head_size};
    play p;
    if (!script_.empty()) {
      p = std::move(script_.front());
      script_.pop_front();
    } else if (choose_) {
      p = choose_(request, ++nth_[e.target]);
    }
    std::string answer;
    const bool knows = !p.acts || e.target == "/oauth/token" || is_good(e.token);
    if (!knows) answer = refuse("401 Unauthorized", "Invalid JWT");
    else if (p.acts) answer = act(request, e);
    if (knows && !p.answer.empty()) answer = p.answer;
    replace(answer, "{token}", e.token);
    const auto body = static_cast<int>(answer.size() - shown(play::part::the_head, answer));
    replace(answer, "{length}", std::to_string(body + p.lie));
    log_.push_back(std::move(e));
    return {std::move(p), std::move(answer)};
  }
  /// A play that reads nothing is due.
  bool take_unread(play& into) {
    const std::lock_guard lock{mutex_};
    if (script_.empty() || script_.front().reads) return false;
    into = std::move(script_.front());
    script_.pop_front();
    return true;
  }

  /// False: the connection is over.
  bool end(peer& to, const play& p) {
    switch (p.then) {
      case play::ending::stays:
        return true;
      case play::ending::closes:
      case play::ending::resets: {
        if (p.then == play::ending::closes) to.close();
        else to.reset();
        const std::lock_guard lock{mutex_};
        ++ends_;
        return false;
      }
      case play::ending::stalls:
        to.stall();
        return false;
      case play::ending::goes_on:
        break;
    }
    const std::string more(1024, ' ');
    while (to.send(more) && (p.pause.count() == 0 || to.wait(p.pause))) {
    }
    return false;
  }

  /// What was sent has to arrive: a RST overtakes it. The system knows what the other side has not acknowledged.
  static bool arrives(peer& to) {
#if defined(SIOCOUTQ)
    int left = 1;
    for (int i = 0; i < 10'000 && left > 0; ++i) {
      if (::ioctl(to.fd(), SIOCOUTQ, &left) != 0) break;
      if (left > 0 && !to.wait(1ms)) return false;
    }
    return true;
#else
    return to.wait(20ms);
#endif
  }

  void serve(peer& to) {
    if (play unread; take_unread(unread)) {
      pollfd watch{to.fd(), POLLIN, 0};
      ::poll(&watch, 1, 10'000);  // the request is there, or the client is gone
      if (unread.then == play::ending::stalls) {
        while ((watch.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0) {
          watch = {to.fd(), POLLRDHUP, 0};
          ::poll(&watch, 1, 10'000);
        }
      } else {
        end(to, unread);
      }
      return;
    }
    wire_request request;
    while (to.receive(request)) {
      const auto [p, answer] = respond(request);
      const std::string_view bytes = std::string_view{answer}.substr(0, shown(p.shows, answer));
      if (p.delay.count() > 0) static_cast<void>(to.wait(p.delay));
      const bool drips = p.pause.count() > 0 && p.then != play::ending::goes_on;
      if (!(drips ? to.drip(bytes, p.pause) : to.send(bytes))) return;
      if (p.then == play::ending::resets && !bytes.empty() && !arrives(to)) return;
      if (!end(to, p)) return;
    }
  }

  ghl_sandbox::loopback_socket port_{AF_INET, -1};

  mutable std::mutex mutex_;
  std::deque<play> script_;
  std::function<play(const wire_request&, int)> choose_;
  std::map<std::string, int> nth_;
  std::vector<entry> log_;
  std::map<std::string, int> deleted_;
  std::map<std::string, int> created_;
  int generation_ = 1;  // of the tokens
  int good_for_ = -1;   // requests; negative: for ever
  int each_good_for_ = -1;
  bool expired_ = false;
  int expiries_ = 0;
  int refused_refreshes_ = 0;
  int ends_ = 0;

  std::unique_ptr<ghl_sandbox::loopback_socket> clogged_;
  std::vector<int> knocks_;
  std::unique_ptr<ghl_sandbox::loopback_server> door_;  // last: its threads use the others
};

}  // namespace faults
