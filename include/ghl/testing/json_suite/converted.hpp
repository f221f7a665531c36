/// What a JSON policy makes of types that stand for others: a user's own, enumerations, and null told from absent.
#pragma once

#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/nullable.hpp>
#include <ghl/endpoint/open_enum.hpp>
#include <ghl/endpoint/time.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/cause.hpp>
#include <ghl/testing/json_suite/free_form.hpp>
#include <ghl/testing/json_suite/run.hpp>
#include <ghl/testing/json_suite/subject.hpp>
#include <ghl/testing/json_suite/types.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

/// Made of a string that is not empty.
struct own_id {
  std::string text{};
};

/// Made of an item whose id is not "none".
struct own_item {
  std::string id{};
};

enum class own_state : unsigned char { open, won };

struct own_kind : open_enum<own_kind> {
  using open_enum::open_enum;
  static constexpr std::string_view lead = "lead", customer = "customer";
  static constexpr auto names() { return ghl::names(lead, customer); }
};

}}  // namespace testing::json

template <>
struct json_as<testing::json::own_id> {
  using type = std::string;
  static std::optional<testing::json::own_id> from(std::string text) {
    if (text.empty()) return std::nullopt;
    return testing::json::own_id{std::move(text)};
  }
  static const std::string& to(const testing::json::own_id& id) noexcept { return id.text; }
};

template <>
struct json_as<testing::json::own_item> {
  using type = testing::json::item;
  static result<testing::json::own_item> from(const type& from) {
    if (from.id == "none") return decode_error(fault::wrong_value);
    return testing::json::own_item{from.id};
  }
  static type to(const testing::json::own_item& value) { return {value.id}; }
};

template <>
inline constexpr auto enum_names<testing::json::own_state> =
    names(name("open", testing::json::own_state::open), name("won", testing::json::own_state::won));

namespace testing { namespace json {

struct converted {
  std::optional<own_id> id{};
  std::optional<std::vector<own_id>> ids{};
  std::optional<std::vector<own_item>> items{};
  std::optional<std::map<std::string, own_item>> named{};
  std::optional<own_state> state{};
  std::optional<own_kind> kind{};
  nullable<std::string> note{};
  nullable<std::vector<own_item>> list{};
  std::optional<std::optional<std::int64_t>> count{};
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> at{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &converted::id), ghl::field("ids", &converted::ids),
                       ghl::field("items", &converted::items), ghl::field("named", &converted::named),
                       ghl::field("state", &converted::state), ghl::field("kind", &converted::kind),
                       ghl::field("note", &converted::note), ghl::field("list", &converted::list),
                       ghl::field("count", &converted::count), ghl::field("at", &converted::at));
  }
};

/// 2021-07-28T08:00:00.123Z
inline constexpr std::chrono::sys_time<std::chrono::milliseconds> own_time{std::chrono::milliseconds{1627459200123}};

/// Required ones.
struct converted_strictly {
  own_id id{};
  own_item one{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &converted_strictly::id), ghl::field("one", &converted_strictly::one));
  }
};

template <class Json>
void check_reading_converted(checks& to, subject<Json>& json) {
  run_check(to, "reads types of a user's own from what they are made of", [&](check& c) {
    reads_parts(c, json, R"({"id":"a","ids":["\u0062","c"],"items":[{"id":"d","more":[{}]},{"name":"n","id":"e"}]})",
                converted{.id = own_id{"a"}, .ids = {{{"b"}, {"c"}}}, .items = {{{"d"}, {"e"}}}});
    reads_parts(c, json, R"({"id":null,"named":{"a":{"id":"b"},"c":{"id":"d"}}})",
                converted{.named = {{{"a", {"b"}}, {"c", {"d"}}}}});
    reads_parts(c, json, R"({"one":{"id":"b"},"id":"a"})", converted_strictly{{"a"}, {"b"}});
    reads_parts(c, json, R"([{"id":"a"},{"id":"b"}])", std::vector<own_item>{{"a"}, {"b"}});
    reads_parts(c, json, R"("a")", own_id{"a"});
    reads_parts(c, json, R"({"at":"2021-07-28T10:00:00.123+02:00"})", converted{.at = own_time});
  });
  run_check(to, "reads enumerations, and keeps a value that an open one does not know", [&](check& c) {
    reads_parts(c, json, R"({"state":"won","kind":"lead"})",
                converted{.state = own_state::won, .kind = own_kind::lead});
    reads_parts(c, json, R"({"kind":"from \"elsewhere\""})", converted{.kind = "from \"elsewhere\""});
  });
  run_check(to, "tells null from absent where the type does", [&](check& c) {
    const auto read = [&](std::string_view text, bool is_null, bool has_value) {
      const result<converted> r = json.template decode<converted>(text);
      c.demand(r && r->note.is_null() == is_null && r->note.has_value() == has_value &&
                   r->list.is_null() == is_null && r->list.has_value() == has_value &&
                   r->count.has_value() == (is_null || has_value) && r->count.value_or(0).has_value() != is_null,
               [&] { return shown(text) + " was " + (r ? "read as another value" : "refused"); });
    };
    read("{}", false, false);
    read(R"({"note":null,"list":null,"count":null})", true, false);
    read(R"({"note":"","list":[{"id":"a"}],"count":7})", false, true);
    read(R"({"note":"a","list":[],"count":1,"note":null,"list":null,"count":null})", true, false);
    read(R"({"note":null,"list":null,"count":null,"note":"a","list":[],"count":1})", false, true);
  });
}

template <class Json>
void check_refusing_converted(checks& to, subject<Json>& json) {
  struct bad_value {
    std::string_view text;
    fault why;
    std::string_view where;
  };
  static constexpr bad_value bad[] = {
      {R"({"id":""})", fault::wrong_value, "id"},
      {R"({"id":7})", fault::wrong_type, "id"},
      {R"({"id":["a"]})", fault::wrong_type, "id"},
      {R"({"ids":["a",""]})", fault::wrong_value, "ids[1]"},
      {R"({"ids":["a",null]})", fault::wrong_type, "ids[1]"},
      {R"({"items":[{"id":"a"},{"id":"none"}]})", fault::wrong_value, "items[1]"},
      {R"({"items":[{"id":"a"},{"id":8}]})", fault::wrong_type, "items[1].id"},
      {R"({"items":[{"name":"a"}]})", fault::missing_field, "items[0].id"},
      {R"({"items":[[]]})", fault::wrong_type, "items[0]"},
      {R"({"named":{"a":{"id":"none"}}})", fault::wrong_value, "named.a"},
      {R"({"state":"lost"})", fault::wrong_value, "state"},
      {R"({"at":"2021-07-28"})", fault::wrong_value, "at"},
      {R"({"kind":1})", fault::wrong_type, "kind"},
      {R"({"note":1})", fault::wrong_type, "note"},
      {R"({"list":[{"id":"none"}]})", fault::wrong_value, "list[0]"},
      {R"({"items":[{"id":"none"}],"id":7})", fault::wrong_value, "items[0]"},
      {R"({"items":[{"id":8,"name":[1,{"a":2}]}],"id":7})", fault::wrong_type, "items[0].id"},
  };
  run_check(to, "refuses what a type of a user's own refuses, and never makes a default of it", [&](check& c) {
    for (const bad_value& each : bad) json.template refuses<converted>(c, each.text, to_string(each.why));
    json.template refuses<converted>(c, R"({"items":[{"id":"a")", "it ends too early");
    json.template refuses<converted>(c, R"({"items":[{"id":"a",}]})", "it is no JSON");
    json.template refuses<converted_strictly>(c, R"({"id":"a"})", "a member is missing");
    json.template refuses<own_id>(c, R"("")", to_string(fault::wrong_value));
  });
  run_check(to, "names the place of what a type of a user's own refuses", [&](check& c) {
    for (const bad_value& each : bad) {
      const result<converted> r = json.template decode<converted>(each.text);
      c.demand(!r && r.error().fault == each.why && r.error().where == each.where, [&] {
        const std::string said = r ? std::string{"it was read"} : "the error is \"" + r.error().message() + "\"";
        return shown(each.text) + ": " + said + " instead of \"" + std::string{each.where} + " " +
               std::string{to_string(each.why)} + "\"";
      });
    }
  });
}

template <class Json>
void check_converted(checks& to, subject<Json>& json) {
  check_reading_converted(to, json);
  check_refusing_converted(to, json);
  if constexpr (subject<Json>::writes) {
    run_check(to, "writes types of a user's own as what they are made of", [&](check& c) {
      json.writes_as(c, converted{}, "{}");
      json.writes_as(c,
                     converted{.id = own_id{"a"}, .ids = {{{"b"}}}, .items = {{{"c"}}}, .named = {{{"d", {"e"}}}},
                               .state = own_state::open, .kind = "f"},
                     R"({"id":"a","ids":["b"],"items":[{"id":"c"}],"named":{"d":{"id":"e"}},"state":"open",)"
                     R"("kind":"f"})");
      json.writes_as(c, std::vector<own_id>{{"a"}}, R"(["a"])");
      json.writes_as(c, converted{.at = own_time}, R"({"at":"2021-07-28T08:00:00.123Z"})");
    });
    run_check(to, "writes null where the type tells it from absent", [&](check& c) {
      json.writes_as(c, converted{.note = nullptr, .list = nullptr, .count = std::optional<std::int64_t>{}},
                     R"({"note":null,"list":null,"count":null})");
      json.writes_as(c, converted{.note = "", .list = std::vector<own_item>{}, .count = 7},
                     R"({"note":"","list":[],"count":7})");
    });
    run_check(to, "does not write a value of an enumeration that has no name", [&](check& c) {
      const result<std::string> text = json.encode(converted{.state = static_cast<own_state>(9)});
      c.demand(!text && text.error().fault == fault::wrong_value, "it was written, or another error");
    });
  }
}

}}}}  // namespace ghl::v0::testing::json
