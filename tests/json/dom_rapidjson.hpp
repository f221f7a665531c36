/// The documents of RapidJSON for ghl::dom_json. Their nodes need an allocator: the library is an object with a state.
#pragma once

#include <ghl/json_kit/dom_json.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/text.hpp>

#include <rapidjson/document.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

/// RapidJSON reads some numbers off by a bit, and its "full precision" does undefined things with some zeros, so
/// numbers come as text.
struct exact_document : rapidjson::Document {
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    const std::string_view number{text, length};
    if (std::int64_t i = 0; is_a(number, i)) return i == 0 && *text == '-' ? Double(-0.0) : Int64(i);
    if (std::uint64_t u = 0; is_a(number, u)) return Uint64(u);
    double d = 0;
    return is_a(number, d) && Double(d);
  }
  template <class T>
  static bool is_a(std::string_view number, T& value) {
    ghl::json_reader reader{value};
    return ghl::read_json_number(reader, number);
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
