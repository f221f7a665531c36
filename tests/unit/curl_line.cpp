// The command that says what a call says: it is run by a real shell, and what curl is told, and sends, is compared with
// what the library sends.
#include "../catch.hpp"

#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/ghl.hpp>
#include <ghl/uses/curl_line.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <ios>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include "../wire/raw_server.hpp"

#include <stdlib.h>
#include <sys/wait.h>
#endif

namespace {

/// Bodies that a JSON library could write; here each is a JSON text of all bytes but NUL, which no shell may touch.
struct text_json {
  std::string text;
  template <class T>
  ghl::result<std::string> encode(const T&) const {
    return text;
  }
};

std::string all_bytes() {
  std::string all;
  for (int i = 1; i < 256; ++i) all.push_back(static_cast<char>(i));
  return all;
}

struct send_form {
  struct content {
    std::string text;
    static consteval auto fields() { return ghl::fields(ghl::field("text", &content::text)); }
  } body;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Send Form", ghl::method::post, "/forms", ghl::version("2021-07-28"), ghl::token::none,
                         ghl::form(&send_form::body));
  }
};

struct send_files {
  struct content {
    std::vector<ghl::file> files;
    std::string text;
    static consteval auto fields() {
      return ghl::fields(ghl::field("files", &content::files), ghl::field("text", &content::text));
    }
  } body;
  std::optional<std::string> source{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Send Files", ghl::method::post, "/files", ghl::version("v3"), ghl::token::agency,
                         ghl::multipart(&send_files::body), ghl::header("X-Source", &send_files::source));
  }
};

struct send_parts {
  std::map<std::string, ghl::file> body;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Send Parts", ghl::method::post, "/files", ghl::version("v3"), ghl::token::agency,
                         ghl::multipart(&send_parts::body));
  }
};

struct stop_all {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Stop All", ghl::method::post, "/stop", ghl::version("v3"), ghl::token::agency);
  }
};

const ghl::opportunities::remove_followers followers{.id = "a b/'c'", .body = {.followers = {"x"}}};

}  // namespace

TEST_CASE("a call is one line, and its token is a variable") {
  const auto line = ghl::curl_line(ghl::links::get_links{.location_id = "it's"}, ghl::user_agent{"tests"});
  REQUIRE(line);
  CHECK(*line ==
        R"(curl -X GET 'https://services.leadconnectorhq.com/links/?locationId=it%27s')"
        R"( -H 'Authorization: Bearer '"$GHL_TOKEN" -H 'Version: 2021-07-28' -H 'Accept: application/json')"
        R"( -H 'User-Agent: tests')");
}

TEST_CASE("a body stands in the line, and what no command can say is refused") {
  const auto line = ghl::curl_line(followers, ghl::base_url{"http://127.0.0.1:8080"}, text_json{R"({"a":"it's"})"},
                                   ghl::user_agent{"tests"});
  REQUIRE(line);
  CHECK(line->find(R"(curl -X DELETE 'http://127.0.0.1:8080/opportunities/a%20b%2F%27c%27/followers')") == 0);
  CHECK(line->find(R"( --data-raw '{"a":"it'\''s"}')") != std::string::npos);

  const auto nul = ghl::curl_line(followers, text_json{std::string{"a\0b", 3}});
  REQUIRE_FALSE(nul);
  CHECK(nul.error().kind == ghl::error_kind::invalid_request);
  CHECK(nul.error().fault == ghl::fault::control_byte);
  CHECK(nul.error().where == "the body");
  const auto part = ghl::curl_line(send_files{.body = {.files = {}, .text = std::string{"a\0b", 3}}});
  REQUIRE_FALSE(part);
  CHECK(part.error().fault == ghl::fault::control_byte);
  CHECK(part.error().where == "text");
  const auto name = ghl::curl_line(send_parts{.body = {{"a=b", ghl::file{.name = "x"}}}});
  REQUIRE_FALSE(name);
  CHECK(name.error().fault == ghl::fault::wrong_value);

  const auto refused = ghl::curl_line(ghl::links::delete_link{.link_id = ".."});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().fault == ghl::fault::dot_segment);
}

TEST_CASE("a file is one in the directory of the command, whatever its name says") {
  const auto line = ghl::curl_line(send_files{
      .body = {.files = {{.name = "/etc/passwd", .type = "text/plain"}, {.name = "..", .type = "a/b; c=\"d,e\""}},
               .text = "@x"}});
  REQUIRE(line);
  CHECK(line->find(R"(-F 'files=@"./passwd";filename="/etc/passwd";type=text/plain')") != std::string::npos);
  CHECK(line->find(R"(-F 'files=@"./file";filename="..";type=a/b')") != std::string::npos);
  CHECK(line->find(R"(--form-string 'text=@x')") != std::string::npos);
  CHECK(line->find("multipart") == std::string::npos);
}

#if !defined(_WIN32)

namespace {

/// A directory that is gone after the test.
struct scratch {
  std::string path = made();
  scratch() = default;
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  ~scratch() { static_cast<void>(std::system(("rm -rf '" + path + "'").c_str())); }
  static std::string made() {
    const char* const folder = std::getenv("TMPDIR");
    std::string name = std::string{folder != nullptr ? folder : "/tmp"} + "/ghl-curl-line-XXXXXX";
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
  }
  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream{path + "/" + name, std::ios::binary}.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in{path + "/" + name, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
};

/// Runs lines of shell in that directory.
int run(const scratch& in, const std::string& lines, const std::string& as_token) {
  in.write("token", as_token);
  in.write("script", "GHL_TOKEN=$(cat token)\n" + lines + "\n");
  const int status = std::system(("cd '" + in.path + "' && sh ./script").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// What the variable has: no token that could be sent, but a shell must not look into it.
constexpr std::string_view variable = "a token's \"text\" $HOME  *";

/// The arguments that a shell passes to curl.
std::vector<std::string> arguments(const std::string& line) {
  const scratch dir;
  REQUIRE(run(dir, "curl() { printf '%s\\0' \"$@\" > arguments; }\n" + line, std::string{variable}) == 0);
  const std::string all = dir.read("arguments");
  std::vector<std::string> list;
  for (std::size_t at = 0; at < all.size(); at = all.find('\0', at) + 1) list.emplace_back(all.c_str() + at);
  return list;
}

/// The request that a command makes of these arguments, as the library has it.
ghl::http::request request_of(const std::vector<std::string>& list) {
  ghl::http::request r;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == "-X") {
      r.method = list[++i] == "DELETE" ? ghl::method::del : ghl::method::post;
    } else if (list[i] == "--data-raw") {
      r.body = list[++i];
    } else if (list[i] == "-H") {
      const std::string& header = list[++i];
      r.headers.add(header.substr(0, header.find(':')), header.substr(header.find(':') + 1));
    } else {
      r.url = list[i];
    }
  }
  return r;
}

/// The parts of a multipart body, each with its head; sorted out by the boundary that the body begins with.
std::vector<std::string> parts_of(std::string_view body) {
  const std::string boundary = "\r\n" + std::string{body.substr(0, body.find("\r\n"))};
  std::vector<std::string> parts;
  std::size_t at = boundary.size();
  for (std::size_t end = 0; (end = body.find(boundary, at)) != std::string_view::npos; at = end + boundary.size() + 2)
    parts.emplace_back(body.substr(at, end - at));
  return parts;
}

/// The request line, then the header lines in the order of the alphabet, without those of the transport.
std::vector<std::string> lines_of(std::string_view head) {
  std::vector<std::string> lines;
  while (!head.empty()) {
    const std::string line{head.substr(0, head.find("\r\n"))};
    head.remove_prefix(std::min(head.size(), line.size() + 2));
    const bool of_transport = line.starts_with("Host:") || line.starts_with("Content-Length:") ||
                              line.starts_with("Content-Type: multipart/");
    if (!of_transport) lines.push_back(line);
  }
  std::sort(lines.begin() + 1, lines.end());
  return lines;
}

}  // namespace

TEST_CASE("a shell tells curl what the library sends, whatever bytes are in it") {
  for (const std::string& body : {all_bytes(), std::string{"'"}, std::string{"\n\n"}, std::string{"@/etc/passwd"},
                                  std::string{"$(false) `false` $HOME \\ !! \""}}) {
    const auto line = ghl::curl_line(followers, text_json{body});
    REQUIRE(line);
    for (const char c : *line) REQUIRE((c == '\n' || !ghl::detail::is_control(c)));  // a terminal takes them for keys
    const ghl::http::request told = request_of(arguments(*line));
    const auto sent = ghl::prepare(followers, text_json{body}, "token");
    REQUIRE(sent);
    CHECK(told.method == sent->method);
    CHECK(told.url == sent->url);
    CHECK(told.body == body);
    CHECK(told.headers.size() == sent->headers.size());
    for (const auto& [name, value] : sent->headers)
      CHECK(told.headers.get(name) == (name == "Authorization" ? "Bearer " + std::string{variable} : std::string{value}));
  }
  const send_form form{.body = {.text = all_bytes()}};
  const auto line = ghl::curl_line(form);
  const auto sent = ghl::prepare(form, text_json{}, "token");
  REQUIRE((line && sent));
  const ghl::http::request told = request_of(arguments(*line));
  CHECK(told.body == sent->body);
  CHECK(told.headers == sent->headers);  // it carries no token

  const std::string ascii = all_bytes().substr(0, 127);
  const auto parts = ghl::curl_line(send_files{.body = {.files = {}, .text = ascii}});
  REQUIRE(parts);
  CHECK(arguments(*parts).back() == "text=" + ascii);
}

TEST_CASE("curl sends what the library sends") {
  if (std::system("command -v curl > /dev/null") != 0) {
    WARN("there is no curl here");
    return;
  }
  raw_server server{always(http_answer("200 OK", "{}", "Connection: close\r\n"))};
  const ghl::base_url here{server.url()};
  const scratch dir;
  const auto compared = [&](const auto& request, const text_json& json = {}) {
    const auto line = ghl::curl_line(request, json, here);
    ghl::settings how;
    how.apply(ghl::base_url{here});
    const auto made = ghl::prepare(request, json, "token", how);
    REQUIRE((line && made));
    REQUIRE(run(dir, *line + " -sS --noproxy '*' > answer", "token") == 0);
    const std::string bytes = server.requests().back();
    const std::size_t end = bytes.find("\r\n\r\n");
    REQUIRE(end != std::string::npos);
    std::string head = std::string{made->method} + " " + std::string{made->target()} + " HTTP/1.1\r\n";
    head += made->headers.block();
    CHECK(lines_of(std::string_view{bytes}.substr(0, end + 2)) == lines_of(head));
    const std::string_view body = std::string_view{bytes}.substr(end + 4);
    if (made->headers.get("Content-Type").value_or("").starts_with("multipart/")) {
      CHECK(parts_of(body).size() > 1);
      CHECK(parts_of(body) == parts_of(made->body));
    } else {
      CHECK(body == made->body);
    }
  };
  compared(ghl::links::get_links{.location_id = "[a] {b,c} \xC3\xA9"});
  compared(followers, {all_bytes()});
  compared(stop_all{});
  CHECK(server.requests().back().find("\r\nContent-Length: 0\r\n") != std::string::npos);  // as transports do
  compared(send_form{.body = {.text = all_bytes()}});
  const std::string menu = "%PDF\r\n" + all_bytes() + '\0';
  dir.write("a \"menu\".pdf", menu);
  dir.write("plain.txt", "hello");
  compared(send_files{.body = {.files = {{.name = "a \"menu\".pdf", .type = "application/pdf", .bytes = menu},
                                         {.name = "plain.txt", .type = "text/plain; charset=utf-8", .bytes = "hello"}},
                               .text = "@plain.txt;type=x 'y'"},
                      .source = "tests"});
}

#endif
