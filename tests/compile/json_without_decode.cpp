// A JSON policy that cannot read.
// says: ghl: the JSON policy cannot read the response; give it template <class T> ghl::result<T>
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct my_json {
#ifndef GHL_MISTAKE
  template <class T>
  ghl::result<T> decode(std::string_view) {
    return ghl::decode_error(ghl::fault::none);
  }
#endif
  template <class T>
  ghl::result<std::string> encode(const T&) {
    return std::string{};
  }
};

ghl::client my_api{transport, my_json{}, token};
auto call() { return my_api.call(get_links); }
