// The command of a request with a JSON body, without the JSON policy that writes it.
// says: ghl: this request has a JSON body; pass the JSON policy that writes it: ghl::curl_line(request
#include <ghl/endpoint.hpp>
#include <ghl/ghl.hpp>
#include <ghl/uses/curl_line.hpp>

#include <string>
#include <vector>

struct tag_link {
  std::vector<std::string> tags;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Tag Link", ghl::method::post, "/links/tags", ghl::version("2021-07-28"),
                         ghl::token::sub_account, ghl::body(&tag_link::tags));
  }
};
struct json {
  template <class T>
  ghl::result<std::string> encode(const T&) {
    return std::string{"[]"};
  }
};

void print() {
#ifndef GHL_MISTAKE
  static_cast<void>(ghl::curl_line(tag_link{}, json{}));
#else
  static_cast<void>(ghl::curl_line(tag_link{}));
#endif
}
