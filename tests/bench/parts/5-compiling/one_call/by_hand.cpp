// The same call with the bare library; what the other half would do is left out.
#include <optional>
#include <string>

#if defined(WITH_NLOHMANN)
#include <nlohmann/json.hpp>
std::optional<bool> succeeded(const std::string& body) {
  const auto doc = nlohmann::json::parse(body, nullptr, false);
  if (!doc.is_object() || !doc.contains("succeded") || !doc["succeded"].is_boolean()) return std::nullopt;
  return doc["succeded"].get<bool>();
}
#elif defined(WITH_GLAZE)
#include <glaze/json/read.hpp>
struct answer {
  std::optional<bool> succeded;
};
std::optional<bool> succeeded(const std::string& body) {
  answer a;
  if (glz::read<glz::opts{.error_on_unknown_keys = false}>(a, body)) return std::nullopt;
  return a.succeded;
}
#elif defined(WITH_RAPIDJSON)
#include <rapidjson/document.h>
std::optional<bool> succeeded(const std::string& body) {
  rapidjson::Document doc;
  if (doc.Parse(body.data(), body.size()).HasParseError() || !doc.IsObject()) return std::nullopt;
  const auto found = doc.FindMember("succeded");
  if (found == doc.MemberEnd() || !found->value.IsBool()) return std::nullopt;
  return found->value.GetBool();
}
#elif defined(WITH_BOOST_JSON)
#include <boost/json.hpp>
std::optional<bool> succeeded(const std::string& body) {
  boost::json::error_code failed;
  const boost::json::value doc = boost::json::parse(body, failed);
  if (failed || !doc.is_object()) return std::nullopt;
  const boost::json::value* const found = doc.as_object().if_contains("succeded");
  if (found == nullptr || !found->is_bool()) return std::nullopt;
  return found->as_bool();
}
#else
std::optional<bool> succeeded(const std::string& body) { return body.find("true") != std::string::npos; }
#endif

#if defined(WITH_HTTPLIB)
#include <httplib.h>
std::string send(const std::string& token, const std::string& path) {
  httplib::Client client("https://services.leadconnectorhq.com");
  client.set_read_timeout(30);
  const auto r = client.Delete(path, httplib::Headers{{"Authorization", "Bearer " + token}, {"Version", "2021-07-28"}});
  return r && r->status / 100 == 2 ? r->body : std::string{};
}
#elif defined(WITH_CURL)
#include <curl/curl.h>
std::string send(const std::string& token, const std::string& path) {
  std::string body;
  CURL* easy = curl_easy_init();
  curl_slist* headers = curl_slist_append(nullptr, ("Authorization: Bearer " + token).c_str());
  headers = curl_slist_append(headers, "Version: 2021-07-28");
  curl_easy_setopt(easy, CURLOPT_URL, ("https://services.leadconnectorhq.com" + path).c_str());
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, +[](char* text, size_t one, size_t size, void* to) {
    static_cast<std::string*>(to)->append(text, one * size);
    return one * size;
  });
  const bool good = curl_easy_perform(easy) == CURLE_OK;
  curl_slist_free_all(headers);
  curl_easy_cleanup(easy);
  return good ? body : std::string{};
}
#elif defined(WITH_BEAST)
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
namespace asio = boost::asio;
namespace beast = boost::beast;
asio::awaitable<void> exchange(asio::io_context& context, std::string token, std::string path, std::string& body) {
  const std::string host = "services.leadconnectorhq.com";
  asio::ssl::context tls{asio::ssl::context::tls_client};
  tls.set_default_verify_paths();
  tls.set_verify_mode(asio::ssl::verify_peer);
  beast::ssl_stream<beast::tcp_stream> stream{context, tls};
  stream.set_verify_callback(asio::ssl::host_name_verification(host));
  asio::ip::tcp::resolver resolver{context};
  const auto found = co_await resolver.async_resolve(host, "443", asio::use_awaitable);
  beast::get_lowest_layer(stream).expires_after(std::chrono::seconds{30});
  co_await beast::get_lowest_layer(stream).async_connect(found, asio::use_awaitable);
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  beast::http::request<beast::http::empty_body> request{beast::http::verb::delete_, path, 11};
  request.set("Host", host);
  request.set("Authorization", "Bearer " + token);
  request.set("Version", "2021-07-28");
  co_await beast::http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  beast::http::response<beast::http::string_body> answer;
  co_await beast::http::async_read(stream, buffer, answer, asio::use_awaitable);
  if (answer.result_int() / 100 == 2) body = std::move(answer.body());
}
std::string send(const std::string& token, const std::string& path) {
  std::string body;
  asio::io_context context;
  asio::co_spawn(context, exchange(context, token, path, body), asio::detached);
  context.run();
  return body;
}
#else
std::string send(const std::string& token, const std::string& path) { return token + path; }
#endif

int main(int, char** texts) { return succeeded(send(texts[0], std::string{"/links/"} + texts[0])) == true ? 0 : 1; }
