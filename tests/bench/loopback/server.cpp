// The other side of the loopback: one thread, kept connections, answers that were written before the first request.
// Usage: server      Prints its port, and serves until it is killed.
//   DELETE /links/<id>                    Delete Link
//   GET    /links/?locationId=n<number>   Get Links with that many links
//   DELETE /opportunities/<id>/followers  Remove Followers, after its body has come
#include "answers.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

struct connection {
  std::string in;
  std::string_view out;  // of an answer that did not fit into the socket's buffer
};

/// The answer to one request, of which `head` is everything up to the empty line.
std::string_view answer_to(std::string_view head) {
  static const std::string link = answers::whole(answers::delete_link);
  static const std::string followers = answers::whole(answers::remove_followers);
  static std::map<int, std::string> links;
  if (head.starts_with("DELETE /links/")) return link;
  if (head.starts_with("DELETE /opportunities/")) return followers;
  const std::size_t at = head.find("locationId=n");
  const int count = at == head.npos ? 0 : std::atoi(head.data() + at + 12);
  std::string& made = links[count];
  if (made.empty()) made = answers::whole(answers::get_links(count));
  return made;
}

/// Content-Length, whatever its case; 0 where there is none.
std::size_t length_of(std::string_view head) {
  for (std::size_t at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
    const std::string_view line = head.substr(at + 2, 16);
    if (line.size() == 16 && (line[0] | 0x20) == 'c' && (line[8] | 0x20) == 'l' && line[13] == 'h' && line[14] == ':')
      return static_cast<std::size_t>(std::atol(head.data() + at + 18));
  }
  return 0;
}

bool send_rest(int socket, connection& c) {
  while (!c.out.empty()) {
    const ssize_t n = ::send(socket, c.out.data(), c.out.size(), MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN;
    c.out.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

/// Answers what has come as a whole; false where the connection is to be closed.
bool serve(int socket, connection& c) {
  char buffer[16 * 1024];
  const ssize_t n = ::recv(socket, buffer, sizeof buffer, 0);
  if (n <= 0) return n < 0 && errno == EAGAIN;
  c.in.append(buffer, static_cast<std::size_t>(n));
  const std::size_t end = c.in.find("\r\n\r\n");
  if (end == std::string::npos) return true;
  const std::string_view head{c.in.data(), end + 2};
  const std::size_t whole = end + 4 + length_of(head);
  if (c.in.size() < whole) return true;
  c.out = answer_to(head);
  c.in.erase(0, whole);
  return send_rest(socket, c);
}

}  // namespace

int main() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 128) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::perror("server");
    return 1;
  }
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);

  const int poll = ::epoll_create1(0);
  const auto watch = [poll](int operation, int socket, unsigned events) {
    epoll_event e{};
    e.events = events;
    e.data.fd = socket;
    ::epoll_ctl(poll, operation, socket, &e);
  };
  watch(EPOLL_CTL_ADD, listener, EPOLLIN);
  std::unordered_map<int, connection> open;
  for (;;) {
    epoll_event events[64];
    const int ready = ::epoll_wait(poll, events, 64, -1);
    for (int i = 0; i < ready; ++i) {
      const int socket = events[i].data.fd;
      if (socket == listener) {
        const int accepted = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        const int on = 1;
        ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(EPOLL_CTL_ADD, accepted, EPOLLIN);
        continue;
      }
      connection& c = open[socket];
      const bool waited = !c.out.empty();
      const bool good = waited ? send_rest(socket, c) : serve(socket, c);
      if (!good) {
        ::close(socket);
        open.erase(socket);
      } else if (waited != !c.out.empty()) {
        watch(EPOLL_CTL_MOD, socket, c.out.empty() ? EPOLLIN : EPOLLOUT);
      }
    }
  }
}
