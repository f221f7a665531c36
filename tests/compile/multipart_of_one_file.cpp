// A file in the place of the struct that it is a part of.
// says: ghl: a multipart body is written from a struct, or from a map of ghl::file; give the member of ghl::multipart() fields()
// names: body
#include <ghl/ghl.hpp>


struct upload_content {
  ghl::file csv;
  static consteval auto fields() { return ghl::fields(ghl::field("file", &upload_content::csv)); }
};

struct upload {
#ifndef GHL_MISTAKE
  upload_content body;
#else
  ghl::file body;
#endif
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Upload", ghl::method::post, "/links/upload", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account,
                         ghl::multipart(&upload::body));
  }
};
static_assert(ghl::well_formed<upload>);
