// A JSON body beside files.
// says: ghl: an endpoint has one body at most, of ghl::body(), ghl::form() or ghl::multipart(); join them in one struct
#include <ghl/ghl.hpp>

#include <map>
#include <string>
#include <vector>

struct upload {
  std::vector<std::string> tags;
  std::map<std::string, ghl::file> files;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Upload", ghl::method::post, "/links/upload", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account, ghl::multipart(&upload::files),
#ifndef GHL_MISTAKE
                         ghl::query("tag", &upload::tags));
#else
                         ghl::body(&upload::tags));
#endif
  }
};
static_assert(ghl::well_formed<upload>);
