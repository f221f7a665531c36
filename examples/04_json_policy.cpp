/// Your own JSON policy: two templates, `decode` and `encode`, on the JSON library that you already have.
/// Here it is RapidJSON 1.1. ghl::json_reader and ghl::json_events know the types; what a policy has to do
/// is to pass events on, and to say what is wrong with a text.
#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

/// What RapidJSON calls while it reads.
struct reader_events {
  ghl::json_reader& to;
  using size = rapidjson::SizeType;

  bool Null() { return to.null(); }
  bool Bool(bool v) { return to.boolean(v); }
  bool Int(int v) { return to.integer(v); }
  bool Uint(unsigned v) { return to.unsigned_integer(v); }
  bool Int64(std::int64_t v) { return to.integer(v); }
  bool Uint64(std::uint64_t v) { return to.unsigned_integer(v); }
  bool Double(double v) { return to.number(v); }
  bool RawNumber(const char*, size, bool) { return to.fail(ghl::fault::malformed); }  // never called
  bool String(const char* text, size length, bool) {
    // Of a surrogate pair without its first half RapidJSON makes bytes that are no UTF-8.
    for (size i = 0; i + 1 < length; ++i)
      if (text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0)
        return to.fail(ghl::fault::malformed);
    return to.string({text, length});
  }
  bool Key(const char* text, size length, bool) { return to.key({text, length}); }
  bool StartObject() { return to.begin_object(); }
  bool EndObject(size) { return to.end_object(); }
  bool StartArray() { return to.begin_array(); }
  bool EndArray(size) { return to.end_array(); }
};

/// What ghl calls while it writes.
struct writer_events {
  rapidjson::Writer<rapidjson::StringBuffer>& to;

  void null() { to.Null(); }
  void boolean(bool v) { to.Bool(v); }
  void integer(std::int64_t v) { to.Int64(v); }
  void unsigned_integer(std::uint64_t v) { to.Uint64(v); }
  void number(double v) { to.Double(v); }
  void string(std::string_view v) { to.String(v.data(), static_cast<rapidjson::SizeType>(v.size())); }
  void key(std::string_view v) { to.Key(v.data(), static_cast<rapidjson::SizeType>(v.size())); }
  void begin_object() { to.StartObject(); }
  void end_object() { to.EndObject(); }
  void begin_array() { to.StartArray(); }
  void end_array() { to.EndArray(); }
};

struct rapid_json {
  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    // Iterative, so that no text can exhaust the stack; UTF-8 is checked only where RapidJSON is told to. Its
    // full precision is left out, since it does undefined things with some zeros; numbers of up to 15 digits,
    // such as amounts of money, are exact without it.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    T value{};
    ghl::json_reader reader{value};
    reader_events events{reader};
    rapidjson::MemoryStream in{text.data(), text.size()};
    rapidjson::Reader parser;
    const rapidjson::ParseErrorCode code = parser.Parse<flags>(in, events).Code();
    const bool at_end = in.Tell() == text.size();
    if (code == rapidjson::kParseErrorStringInvalidEncoding) reader.fail(ghl::fault::invalid_utf8);
    else if (code == rapidjson::kParseErrorNumberTooBig) reader.fail(ghl::fault::number_out_of_range);
    else if (!at_end) reader.fail(ghl::fault::malformed);  // also a NUL, which RapidJSON takes for the end
    else if (code != rapidjson::kParseErrorNone) reader.fail(ghl::fault::truncated);
    if (!reader.ok()) return reader.error();
    return value;
  }

  template <class T>
  ghl::result<std::string> encode(const T& value) const {
    rapidjson::StringBuffer text;
    rapidjson::Writer writer{text};
    writer_events events{writer};
    if (const ghl::fault f = ghl::json_events(value, events); f != ghl::fault::none)
      return ghl::invalid_request(f, "");
    return std::string{text.GetString(), text.GetSize()};
  }
};

static_assert(ghl::json_policy<rapid_json, ghl::links::get_links::response>);

/// Reads an answer as the endpoint would, and writes it again.
template <class Endpoint>
bool there_and_back(std::string_view example) {
  rapid_json json;
  const auto read = json.decode<typename Endpoint::response>(example);
  if (!read) {
    std::fprintf(stderr, "%s\n", read.error().message().c_str());
    return false;
  }
  const auto written = json.encode(*read);
  std::printf("%s: %s\n", ghl::endpoint_of<Endpoint>.title.data(),
              written ? written->c_str() : "cannot be written");
  return written && *written == example;
}

bool is_refused(const std::string& text, ghl::fault as) {
  const auto read = rapid_json{}.decode<ghl::associations::delete_association::response>(text);
  if (!read) std::printf("%s\n", read.error().message().c_str());
  return !read && read.error().fault == as;
}

}  // namespace

int main() {
  bool good = there_and_back<ghl::links::get_links>(
      R"({"links":[{"id":"n4AriwEnFrGh3tu08W0U","name":"first tag","redirectTo":"https://www.google.com/",)"
      R"("fieldKey":"{{trigger_link.n4AriwEnFrGh3tu08W0U}}","locationId":"ve9EPM428h8vShlRW1KT"}]})");
  good &= there_and_back<ghl::links::delete_link>(R"({"succeded":true})");
  good &= there_and_back<ghl::opportunities::remove_followers>(
      R"({"followers":["sx6wyHhbFdRXh302Lunr","sx6wyHhbFdRXh302LLss"],)"
      R"("followersRemoved":["Mx6wyHhbFdRXh302Luer","Ka6wyHhbFdRXh302LLsAm"]})");
  good &= there_and_back<ghl::associations::delete_association>(
      R"({"deleted":true,"id":"6d6f6e676f5f6576656e7473","message":"Association deleted successfully"})");
  good &= there_and_back<ghl::conversations::delete_conversation>(R"({"success":true})");

  // Bad input is an error value that says which.
  good &= is_refused(R"({"deleted":true,"id":"6d6)", ghl::fault::truncated);
  good &= is_refused(R"({"deleted":true,})", ghl::fault::malformed);
  good &= is_refused("{\"id\":\"\xff\"}", ghl::fault::invalid_utf8);
  good &= is_refused(R"({"deleted":true,"id":"x"})", ghl::fault::missing_field);
  good &= is_refused(R"({"deleted":"true"})", ghl::fault::wrong_type);
  good &= is_refused(R"({"ignored":1e999})", ghl::fault::number_out_of_range);
  good &= is_refused(R"({"ignored":)" + std::string(63, '['), ghl::fault::nested_too_deeply);
  return good ? 0 : 1;
}
