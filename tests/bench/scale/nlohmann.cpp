// nlohmann/json: as a document, which is what people write, and through its SAX interface, which is the fair opponent.
#include "scale.hpp"

#include <ghl/json/nlohmann.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace scale;

struct sax : events {
  bool null() { return events::null(); }
  bool boolean(bool) { return other(); }
  bool number_integer(std::int64_t) { return other(); }
  bool number_unsigned(std::uint64_t) { return other(); }
  bool number_float(double, const std::string&) { return other(); }
  bool string(std::string& v) { return events::string(v); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return begin_object(); }
  bool key(std::string& v) { return events::key(v); }
  bool start_array(std::size_t) { return begin_array(); }
  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception&) {
    return false;
  }
};

by_hand::links read_events(const std::string& text) {
  sax s;
  if (!nlohmann::json::sax_parse(text, &s)) measure::give_up("no JSON");
  return std::move(s.to);
}

std::optional<std::string> text_of(const nlohmann::json& j, const char* key) {
  const auto found = j.find(key);
  return found == j.end() || found->is_null() ? std::nullopt : std::optional{found->get<std::string>()};
}
by_hand::links read_document(const std::string& text) {
  by_hand::links r;
  const nlohmann::json document = nlohmann::json::parse(text);
  for (const nlohmann::json& j : document.at("links"))
    r.all.push_back({text_of(j, "id"), text_of(j, "name"), text_of(j, "redirectTo"), text_of(j, "fieldKey"),
                     text_of(j, "locationId")});
  return r;
}

}  // namespace

int main(int argc, char** argv) {
  return scale::main(argc, argv, [](std::string_view side, figures& f, std::string body, std::size_t links) {
    if (side == "ours") ours<ghl::nlohmann_json>(f, std::move(body), links);
    else if (side == "hand") hand(f, std::move(body), links, read_events);
    else if (side == "document") hand(f, std::move(body), links, read_document);
    else return false;
    return true;
  });
}
