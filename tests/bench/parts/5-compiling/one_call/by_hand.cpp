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
#else
std::string send(const std::string& token, const std::string& path) { return token + path; }
#endif

int main(int, char** texts) { return succeeded(send(texts[0], std::string{"/links/"} + texts[0])) == true ? 0 : 1; }
