/// Your own JSON policy: two templates, `decode` and `encode`, on the JSON library that you already have.
/// Here it is RapidJSON 1.1. ghl::json_reader and ghl::json_events know the types; what a policy has to do
/// is to pass events on. What is wrong with a text, ghl::read_json_by_steps says.
#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/text.hpp>

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
  bool RawNumber(const char* text, size length, bool) { return ghl::read_json_number(to, {text, length}); }
  bool Int(int) { return false; }  // never called, as those that follow
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const char* text, size length, bool) { return whole(text, length) && to.string({text, length}); }
  bool Key(const char* text, size length, bool) { return whole(text, length) && to.key({text, length}); }
  bool StartObject() { return to.begin_object(); }
  bool EndObject(size) { return to.end_object(); }
  bool StartArray() { return to.begin_array(); }
  bool EndArray(size) { return to.end_array(); }

  // Of a surrogate pair without its first half RapidJSON makes bytes that are no UTF-8.
  static bool whole(const char* text, size length) {
    for (size i = 0; i + 1 < length; ++i)
      if (text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return false;
    return true;
  }
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
    T value{};
    if (read(text, value)) return value;
    // What RapidJSON refuses is read again, value by value: it refuses some numbers that are JSON, and the error
    // is to be that of every other adapter.
    return ghl::read_json_by_steps<T>(text, &read<std::string>);
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

 private:
  template <class T>
  static bool read(std::string_view text, T& value) {
    // Numbers come as text, and are read exactly. Iterative, so that no text can exhaust the stack; UTF-8 is
    // checked only where RapidJSON is told to.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                               rapidjson::kParseNumbersAsStringsFlag;
    ghl::json_reader reader{value};
    reader_events events{reader};
    rapidjson::MemoryStream in{text.data(), text.size()};
    rapidjson::Reader parser;
    const bool good = !parser.Parse<flags>(in, events).IsError() && reader.ok();
    return good && in.Tell() == text.size();  // RapidJSON takes a NUL for the end
  }
};

static_assert(ghl::json_policy<rapid_json, ghl::links::get_links::response>);

/// Reads an answer as the endpoint would, and writes it again.
template <class Endpoint>
bool there_and_back(std::string_view example, std::string_view answer = {}) {
  rapid_json json;
  const auto read = json.decode<typename Endpoint::response>(answer.empty() ? example : answer);
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
  good &= is_refused(R"({"deleted":1e999})", ghl::fault::wrong_type);
  good &= is_refused(R"({"ignored":)" + std::string(63, '['), ghl::fault::nested_too_deeply);
  // What nobody reads does no harm.
  good &= there_and_back<ghl::links::delete_link>(R"({"succeded":true})", R"({"ignored":1e999,"succeeded":true})");
  return good ? 0 : 1;
}
