// A JSON policy whose decode() says only whether it could read.
// says: ghl: the JSON policy cannot read the response; give it template <class T> ghl::result<T>
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct my_json {
  template <class T>
#ifndef GHL_MISTAKE
  ghl::result<T> decode(std::string_view) {
    return ghl::decode_error(ghl::fault::none);
  }
#else
  bool decode(std::string_view) {
    return false;
  }
#endif
};

ghl::client my_api{transport, my_json{}, token};
auto call() { return my_api.call(get_links); }
