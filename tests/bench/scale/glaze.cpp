// glaze, which reads into structs: with the rules that a text from a network needs, and with its defaults.
#include "scale.hpp"

#include <ghl/json/glaze.hpp>

#include <glaze/json/read.hpp>

namespace scale::by_hand {
/// What a client reads where the status is no success. Both sides have it: a second type with strings in it keeps the
/// compiler from putting the reader of strings into that of links.
struct failure {
  std::optional<std::string> message;
  std::optional<std::string> trace_id;
};
}  // namespace scale::by_hand

template <>
struct glz::meta<scale::by_hand::link> {
  using T = scale::by_hand::link;
  static constexpr auto value = glz::object("id", &T::id, "name", &T::name, "redirectTo", &T::redirect_to, "fieldKey",
                                            &T::field_key, "locationId", &T::location_id);
};
template <>
struct glz::meta<scale::by_hand::links> {
  static constexpr auto value = glz::object("links", &scale::by_hand::links::all);
};

namespace {

using namespace scale;

struct strict : glz::opts {
  bool validate_skipped = true;
  bool validate_trailing_whitespace = true;
};
constexpr strict same_rules{{.null_terminated = false, .error_on_unknown_keys = false, .error_on_missing_keys = true}};
constexpr glz::opts lenient{.error_on_unknown_keys = false};

volatile int status = 200;

template <auto Options>
by_hand::links read_with(const std::string& text) {
  by_hand::links r;
  if (status != 200) {
    by_hand::failure f;
    if (glz::read<Options>(f, text) || f.message) measure::give_up("an answer that is no success");
    std::string plain;
    if (glz::read<Options>(plain, text) || plain.empty()) measure::give_up("an answer that is no success");
  }
  if (glz::read<Options>(r, text)) measure::give_up("no JSON");
  return r;
}

}  // namespace

int main(int argc, char** argv) {
  return scale::main(argc, argv, [](std::string_view side, figures& f, std::string body, std::size_t links) {
    if (side == "ours") ours<ghl::glaze_json>(f, std::move(body), links);
    else if (side == "hand") hand(f, std::move(body), links, read_with<same_rules>);
    else if (side == "document") hand(f, std::move(body), links, read_with<lenient>);
    else return false;
    return true;
  });
}
