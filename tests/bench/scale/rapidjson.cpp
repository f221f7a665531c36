// RapidJSON: as a document, and through its SAX interface.
#include "scale.hpp"

#include <ghl/json/rapidjson.hpp>

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

namespace {

using namespace scale;

struct sax : events {
  bool Null() { return null(); }
  bool Bool(bool) { return other(); }
  bool Int(int) { return other(); }
  bool Uint(unsigned) { return other(); }
  bool Int64(std::int64_t) { return other(); }
  bool Uint64(std::uint64_t) { return other(); }
  bool Double(double) { return other(); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return other(); }
  bool String(const char* v, rapidjson::SizeType n, bool) { return string({v, n}); }
  bool Key(const char* v, rapidjson::SizeType n, bool) { return key({v, n}); }
  bool StartObject() { return begin_object(); }
  bool EndObject(rapidjson::SizeType) { return end_object(); }
  bool StartArray() { return begin_array(); }
  bool EndArray(rapidjson::SizeType) { return end_array(); }
};

// Text from a network: no recursion, and what is no UTF-8 is refused.
by_hand::links read_events(const std::string& text) {
  sax s;
  rapidjson::Reader reader;
  rapidjson::MemoryStream in{text.data(), text.size()};
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  if (reader.Parse<flags>(in, s).IsError()) measure::give_up("no JSON");
  return std::move(s.to);
}

std::optional<std::string> text_of(const rapidjson::Value& j, const char* key) {
  const auto found = j.FindMember(key);
  if (found == j.MemberEnd() || found->value.IsNull()) return std::nullopt;
  return std::string{found->value.GetString(), found->value.GetStringLength()};
}
by_hand::links read_document(const std::string& text) {
  rapidjson::Document document;
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  if (document.Parse<flags>(text.data(), text.size()).HasParseError()) measure::give_up("no JSON");
  by_hand::links r;
  const auto& all = document["links"];
  r.all.reserve(all.Size());
  for (const auto& j : all.GetArray())
    r.all.push_back({text_of(j, "id"), text_of(j, "name"), text_of(j, "redirectTo"), text_of(j, "fieldKey"),
                     text_of(j, "locationId")});
  return r;
}

}  // namespace

int main(int argc, char** argv) {
  return scale::main(argc, argv, [](std::string_view side, figures& f, std::string body, std::size_t links) {
    if (side == "ours") ours<ghl::rapidjson_json>(f, std::move(body), links);
    else if (side == "hand") hand(f, std::move(body), links, read_events);
    else if (side == "document") hand(f, std::move(body), links, read_document);
    else return false;
    return true;
  });
}
