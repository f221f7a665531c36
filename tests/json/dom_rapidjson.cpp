// ghl::dom_json on the documents of RapidJSON, whose nodes need an allocator: the library is an object with a state.
#if defined(__clang__) && __clang_major__ >= 19

#include "../catch.hpp"

TEST_CASE("the documents of RapidJSON 1.1 assign to a const member, which clang does not compile from 19 on") {
  SUCCEED("there is nothing to test");
}

#else

#include <ghl/json_kit/dom_json.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/text.hpp>

#include <rapidjson/document.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace {

/// RapidJSON reads some numbers off by a bit, and its "full precision" does undefined things with some zeros, so numbers
/// come as text.
struct exact_document : rapidjson::Document {
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    const std::string_view number{text, length};
    const char* const end = text + length;
    std::int64_t i = 0;
    if (const auto [at, failed] = std::from_chars(text, end, i); failed == std::errc{} && at == end) return Int64(i);
    std::uint64_t u = 0;
    if (const auto [at, failed] = std::from_chars(text, end, u); failed == std::errc{} && at == end) return Uint64(u);
    double d = 0;
    ghl::json_reader reader{d};
    return ghl::read_json_number(reader, number) && Double(d);
  }
};

struct rapidjson_documents {
  using node = rapidjson::Value;
  using size = rapidjson::SizeType;
  exact_document document{};

  const node* parse(std::string_view text) {
    bool read = false;
    auto events = [&](auto&) {
      rapidjson::MemoryStream in{text.data(), text.size()};
      rapidjson::Reader reader;
      return read = !reader.Parse<rapidjson::kParseNumbersAsStringsFlag>(in, document).IsError();
    };
    document.Populate(events);
    return read ? &document : nullptr;
  }
  static ghl::json_kind kind(const node& n) {
    if (n.IsNull()) return ghl::json_kind::null;
    if (n.IsBool()) return ghl::json_kind::boolean;
    if (n.IsInt64()) return ghl::json_kind::integer;
    if (n.IsUint64()) return ghl::json_kind::unsigned_integer;
    if (n.IsNumber()) return ghl::json_kind::number;
    if (n.IsString()) return ghl::json_kind::string;
    return n.IsArray() ? ghl::json_kind::array : ghl::json_kind::object;
  }
  static bool as_boolean(const node& n) { return n.GetBool(); }
  static std::int64_t as_integer(const node& n) { return n.GetInt64(); }
  static std::uint64_t as_unsigned_integer(const node& n) { return n.GetUint64(); }
  static double as_number(const node& n) { return n.GetDouble(); }
  static std::string_view as_string(const node& n) { return {n.GetString(), n.GetStringLength()}; }
  static void each_element(const node& n, auto f) {
    for (const node& element : n.GetArray()) f(element);
  }
  static void each_member(const node& n, auto f) {
    for (const auto& member : n.GetObject()) f(as_string(member.name), member.value);
  }

  static node make(std::nullptr_t) { return node{}; }
  static node make(bool v) { return node{v}; }
  static node make(std::int64_t v) { return node{v}; }
  static node make(std::uint64_t v) { return node{v}; }
  static node make(double v) { return node{v}; }
  node make(std::string_view v) { return node{v.data(), static_cast<size>(v.size()), document.GetAllocator()}; }
  static node make_array() { return node{rapidjson::kArrayType}; }
  static node make_object() { return node{rapidjson::kObjectType}; }
  void append(node& array, node&& element) { array.PushBack(element, document.GetAllocator()); }
  void add(node& object, std::string_view key, node&& value) {
    object.AddMember(make(key), value, document.GetAllocator());
  }
  static std::string dump(const node& n) {
    rapidjson::StringBuffer text;
    rapidjson::Writer<rapidjson::StringBuffer> writer{text};
    n.Accept(writer);
    return {text.GetString(), text.GetSize()};
  }
};

using policy = ghl::dom_json<rapidjson_documents>;

const std::vector<std::string_view> known_failures = {};

}  // namespace

#include "suite.hpp"
#include "bytes.hpp"

#endif
