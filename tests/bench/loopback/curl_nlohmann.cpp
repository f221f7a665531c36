// libcurl and nlohmann/json as their documentation shows them: what a program without a client library does.
// Usage: curl_nlohmann run hand CALL TIMES PORT
#include "measure.hpp"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace {

struct link {
  std::optional<std::string> id, name, redirect_to, field_key, location_id;
};

std::optional<std::string> text(const nlohmann::json& j, const char* key) {
  const auto found = j.find(key);
  return found == j.end() || found->is_null() ? std::nullopt : std::optional{found->get<std::string>()};
}

class plain {
 public:
  explicit plain(const std::string& origin) : origin_(origin) { curl_ = curl_easy_init(); }
  plain(const plain&) = delete;
  plain& operator=(const plain&) = delete;
  ~plain() { curl_easy_cleanup(curl_); }

  void repeat(measure::call what, int links, int times, measure::latencies l) {
    for (int i = 0; i < times; ++i) measure::timed(l, [&] { one(what, links); });
  }

 private:
  void one(measure::call what, int links) {
    bool good = false;
    if (what == measure::call::delete_link) {
      good = send("DELETE", "/links/n4AriwEnFrGh3tu08W0U", "").value("succeded", false);
    } else if (what == measure::call::remove_followers) {
      const nlohmann::json body{{"followers", {"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsA"}}};
      const auto answer = send("DELETE", "/opportunities/sx6wyHhbFdRXh302Lunr/followers", body.dump());
      good = answer.at("followersRemoved").get<std::vector<std::string>>().size() == 2;
    } else {
      std::vector<link> all;
      for (const auto& j : send("GET", "/links/?locationId=n" + std::to_string(links), "").at("links"))
        all.push_back({text(j, "id"), text(j, "name"), text(j, "redirectTo"), text(j, "fieldKey"), text(j, "locationId")});
      good = all.size() == static_cast<std::size_t>(links);
    }
    if (!good) measure::give_up("a call failed");
  }

  nlohmann::json send(const char* method, const std::string& target, const std::string& body) {
    std::string answer;
    curl_slist* headers = nullptr;
    for (const char* line : {"Authorization: Bearer pit-01234567-89ab-cdef-0123-456789abcdef", "Version: 2021-07-28",
                             "Accept: application/json", "User-Agent: ghl-cpp/0.1.0"})
      headers = curl_slist_append(headers, line);
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_URL, (origin_ + target).c_str());
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, method);
    if (!body.empty()) {
      headers = curl_slist_append(headers, "Content-Type: application/json");
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
    }
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &plain::on_body);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer);
    const CURLcode code = curl_easy_perform(curl_);
    curl_slist_free_all(headers);
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status / 100 != 2) measure::give_up(curl_easy_strerror(code));
    return nlohmann::json::parse(answer);
  }
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* to) {
    static_cast<std::string*>(to)->append(data, size);
    return size;
  }

  std::string origin_;
  CURL* curl_;
};

}  // namespace

int main(int argc, char** argv) { return measure::main<plain, plain>(argc, argv); }
