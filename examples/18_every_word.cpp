/// The words for what is not a JSON body or a JSON answer: files, forms, bytes, an answer that may be empty. No network:
/// the transport below looks at what would have been sent, and has the answers.
#include "chosen_json.hpp"

#include <ghl/ghl.hpp>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crm {

struct uploaded {
  std::optional<std::string> file_id;
  std::optional<std::string> url;
  static consteval auto fields() {
    return ghl::fields(ghl::field("fileId", &uploaded::file_id), ghl::field("url", &uploaded::url));
  }
};

/// Upload File into Media Storage: POST /medias/upload-file
struct upload_file {
  struct content {
    std::optional<ghl::file> file{};         ///< a part with the name and the type of the file
    std::optional<bool> hosted{};            ///< the others are plain texts
    std::optional<std::string> file_url{};
    static consteval auto fields() {
      return ghl::fields(ghl::field("file", &content::file), ghl::field("hosted", &content::hosted),
                         ghl::field("fileUrl", &content::file_url));
    }
  } body;
  using response = uploaded;
  static consteval auto endpoint() {
    return ghl::endpoint("Upload File into Media Storage", ghl::method::post, "/medias/upload-file",
                         ghl::version("2021-07-28"), ghl::scope("medias.write"), ghl::token::sub_account,
                         ghl::multipart(&upload_file::body));
  }
};
static_assert(ghl::well_formed<upload_file>);

/// The bytes of a recording, as they come.
struct get_recording {
  std::string message_id;
  using response = std::string;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Recording", ghl::method::get, "/conversations/messages/:messageId/recording",
                         ghl::version("2021-04-15"), ghl::scope("conversations/message.readonly"),
                         ghl::token::sub_account, ghl::path("messageId", &get_recording::message_id));
  }
};
static_assert(ghl::well_formed<get_recording>);

/// A report, where there is one: the answer is 204 otherwise.
struct find_report {
  std::vector<std::string> metrics;
  std::optional<std::string> text{};
  std::optional<std::string> source{};
  using response = std::optional<std::vector<double>>;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Report", ghl::method::get, "/reports/find", ghl::version("v3"),
                         ghl::scope("reports.readonly"), ghl::token::sub_account, ghl::oauth_only,
                         ghl::query("altType", "location"),                            // the same in each call
                         ghl::query("metrics", &find_report::metrics, ghl::commas),     // metrics=clicks,spend
                         ghl::query("q", &find_report::text, ghl::may_be_empty),        // "" is sent as q=
                         ghl::header("X-Request-Source", &find_report::source));
  }
};
static_assert(ghl::well_formed<find_report>);

/// The call that gets a token carries none; a client with any credential may make it.
struct get_access_token {
  struct content {
    std::string client_id, client_secret, grant_type, code;
    static consteval auto fields() {
      return ghl::fields(ghl::field("client_id", &content::client_id),
                         ghl::field("client_secret", &content::client_secret),
                         ghl::field("grant_type", &content::grant_type), ghl::field("code", &content::code));
    }
  } body;
  using response = ghl::no_content;  // ghl::oauth_refresh has the whole answer
  static consteval auto endpoint() {
    return ghl::endpoint("Get Access Token", ghl::method::post, "/oauth/token", ghl::token::none,
                         ghl::form(&get_access_token::body));
  }
};
static_assert(ghl::well_formed<get_access_token>);

}  // namespace crm

int main() {
  ghl::http::request sent;
  ghl::http::response answer{.status = 200, .body = R"({"fileId":"66d1","url":"https://example.com/menu.pdf"})"};
  const auto transport = [&](const ghl::http::request& request) {
    sent = request;
    return answer;
  };
  ghl::client api{transport, example::chosen_json{}, ghl::access_token{"any-token"}};

  const auto done = api.call(
      crm::upload_file{{.file = ghl::file{.name = "menu.pdf", .type = "application/pdf", .bytes = "%PDF-1.7"}}});
  const bool uploaded = done && done->file_id == "66d1" &&
                        sent.body ==
                            "--ghl-part\r\n"
                            "Content-Disposition: form-data; name=\"file\"; filename=\"menu.pdf\"\r\n"
                            "Content-Type: application/pdf\r\n\r\n"
                            "%PDF-1.7\r\n"
                            "--ghl-part--\r\n";

  answer = {.status = 200, .headers = {{"Content-Type", "audio/x-wav"}}, .body = {"RIFF\0\0", 6}};
  const auto recording = api.call(crm::get_recording{.message_id = "JyVUMNcTVYkUZHpqeYyF"});
  if (recording) std::printf("%s, %zu bytes\n", recording.content_type().c_str(), recording->size());
  const bool heard = recording && recording->size() == 6 && recording.content_type() == "audio/x-wav";

  answer = {.status = 204};
  const auto report = api.call(crm::find_report{.metrics = {"clicks", "spend"}, .text = "", .source = "example"});
  const bool none = report && !*report && sent.target() == "/reports/find?altType=location&metrics=clicks,spend&q=" &&
                    sent.headers.get("X-Request-Source") == "example";

  answer = {.status = 200, .body = "{}"};
  const auto token = api.call(crm::get_access_token{{.client_id = "id", .client_secret = "a secret",
                                                     .grant_type = "authorization_code", .code = "7676"}});
  const bool without = token && !sent.headers.contains("Authorization") &&
                       sent.body == "client_id=id&client_secret=a%20secret&grant_type=authorization_code&code=7676";
  return uploaded && heard && none && without ? 0 : 1;
}
