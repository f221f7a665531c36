// base_url: what it takes is what is written here once more as a regular expression, and no token goes in clear to
// another machine. Input: the URL.
#include "fuzz.hpp"

#include <ghl/options/settings.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <regex.h>
#include <strings.h>

namespace {

using fuzz::demand;

/// The parts of a good URL by a POSIX regular expression, which knows nothing of the library's way.
struct parts {
  std::string scheme;
  std::string host;
  std::string port;
  std::string prefix;
};

class pattern {
 public:
  pattern() {
    constexpr const char* text =
        "^(https?)://"
        "(\\[[0-9A-Fa-f:][0-9A-Fa-f:.]{2,}]|[0-9A-Za-z-][0-9A-Za-z.-]*)"
        "(:([0-9]+))?"
        "((/[0-9A-Za-z._~-]+)*)/*$";
    demand(regcomp(&compiled_, text, REG_EXTENDED | REG_ICASE) == 0, "the pattern is one");
  }
  ~pattern() { regfree(&compiled_); }
  pattern(const pattern&) = delete;
  pattern& operator=(const pattern&) = delete;

  bool match(const std::string& url, parts& to) const {
    regmatch_t at[6];
    if (url.find('\0') != std::string::npos) return false;
    if (regexec(&compiled_, url.c_str(), 6, at, 0) != 0) return false;
    const auto group = [&](std::size_t n) {
      if (at[n].rm_so < 0) return std::string{};
      return url.substr(static_cast<std::size_t>(at[n].rm_so), static_cast<std::size_t>(at[n].rm_eo - at[n].rm_so));
    };
    to = {group(1), group(2), group(4), group(5)};
    const bool has_colon = at[3].rm_so >= 0;
    const std::size_t first = to.port.find_first_not_of('0');
    if (has_colon && (first == std::string::npos || to.port.size() - first > 5)) return false;
    if (has_colon && std::stoi(to.port) > 65535) return false;
    for (const std::string_view segment : fuzz::split(to.prefix, '/'))
      if (segment == "." || segment == "..") return false;
    return true;
  }

 private:
  regex_t compiled_{};
};

/// Whether the system itself takes the host for this machine, without asking a name server.
bool is_loopback(const std::string& host) {
  if (strcasecmp(host.c_str(), "localhost") == 0 || host == "[::1]") return true;
  in_addr four{};
  return inet_pton(AF_INET, host.c_str(), &four) == 1 && ntohl(four.s_addr) >> 24U == 127;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const pattern good;
  const std::string text{fuzz::text_of(data, size)};
  const ghl::base_url url{text};
  parts p;
  if (!good.match(text, p)) {
    const auto why = text.empty() ? ghl::fault::empty_base_url : ghl::fault::bad_base_url;
    demand(url.fault() == why, "what is no base URL is refused", text);
    demand(url.origin().empty() && url.prefix().empty(), "nothing is left of what was refused", text);
    return 0;
  }
  const bool secure = strcasecmp(p.scheme.c_str(), "https") == 0;
  const auto expected = secure || is_loopback(p.host) ? ghl::fault::none : ghl::fault::insecure_base_url;
  demand(url.fault() == expected, "https, or a host that is this machine", text);
  std::string origin = secure ? "https://" : "http://";
  origin.append(p.host);
  if (!p.port.empty()) origin.append(":").append(p.port);
  demand(url.origin() == origin, "the origin is scheme, host and port", url.origin());
  demand(url.prefix() == p.prefix, "the prefix is the path without slashes at its end", url.prefix());

  demand(url.url() == std::string{url.origin()}.append(url.prefix()), "the URL is origin and prefix", url.url());
  demand(url.host() == p.host, "the host is as it is written", url.host());
  const int port = p.port.empty() ? (secure ? 443 : 80) : std::stoi(p.port);
  demand(url.port() == port, "the port is the one written, else that of the scheme", text);

  const ghl::base_url again{url.url()};
  demand(again.fault() == url.fault() && again.origin() == url.origin() && again.prefix() == url.prefix(),
         "origin and prefix are read as the same base URL", url.url());
  return 0;
}
