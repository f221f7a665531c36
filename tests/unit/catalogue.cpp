// The catalogue: what is known of operations, as constant data, enough for a command line, a server that checks and an
// OpenAPI document.
#include "../catch.hpp"

#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/endpoint/time.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/uses/catalogue.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shop {

enum class size { small_one, large_one, other };

struct colour : ghl::open_enum<colour> {
  using open_enum::open_enum;
  static constexpr std::string_view red = "red", green = "green";
  static constexpr auto names() { return ghl::names(red, green); }
};

struct part {
  std::string sku;
  std::vector<part> parts;
  static consteval auto fields() {
    return ghl::fields(ghl::field("sku", &part::sku), ghl::field("parts", &part::parts));
  }
};

}  // namespace shop

template <>
inline constexpr auto ghl::enum_names<shop::size> =
    ghl::names(ghl::name("S", shop::size::small_one), ghl::name("L", shop::size::large_one),
               ghl::any_other_name(shop::size::other));

namespace shop {

struct thing {
  std::optional<bool> sold;
  std::int64_t count = 0;
  std::optional<double> price;
  std::optional<float> weight;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> added;
  std::optional<size> how_large;
  std::optional<colour> tint;
  std::map<std::string, int> stock;
  ghl::nullable<std::string> note;
  std::optional<ghl::json_value> extra;
  std::optional<ghl::string_or_strings> message;
  std::optional<bool> done;
  part whole;
  static consteval auto fields() {
    return ghl::fields(ghl::field("sold", &thing::sold), ghl::field("count", &thing::count),
                       ghl::field("price", &thing::price), ghl::field("weight", &thing::weight),
                       ghl::field("added", &thing::added), ghl::field("size", &thing::how_large),
                       ghl::field("tint", &thing::tint), ghl::field("stock", &thing::stock),
                       ghl::field("note", &thing::note), ghl::field("extra", &thing::extra),
                       ghl::field("message", &thing::message),
                       ghl::field("succeded", &thing::done, ghl::also{"succeeded"}), ghl::field("whole", &thing::whole));
  }
};

/// One of each word.
struct upload {
  ghl::required<std::string> shelf;
  std::optional<int> page{};
  std::vector<std::string> tags{};
  std::optional<std::string> source{};
  struct content {
    ghl::file image;
    std::optional<std::string> text{};
    static consteval auto fields() {
      return ghl::fields(ghl::field("image", &content::image), ghl::field("text", &content::text));
    }
  };
  content body{};
  using response = std::optional<std::vector<thing>>;
  static consteval auto endpoint() {
    return ghl::endpoint("Upload", ghl::method::post, "/shelves/:shelf", ghl::version("v3"), ghl::scope("shelves.write"),
                         ghl::scope("things.write"), ghl::token::agency, ghl::oauth_only,
                         ghl::path("shelf", &upload::shelf), ghl::query("page", &upload::page),
                         ghl::query("tags", &upload::tags, ghl::commas), ghl::query("altType", "location"),
                         ghl::header("X-Source", &upload::source), ghl::multipart(&upload::body),
                         ghl::by_page(&upload::page, ghl::whole_response));
  }
};

struct find_special {
  using response = std::string;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Special", ghl::method::post, "/shelves/special", ghl::version("v3"), ghl::token::none);
  }
};

/// The number of items to skip is in the body.
struct search {
  struct window {
    std::optional<int> from;
    static consteval auto fields() { return ghl::fields(ghl::field("startAt", &window::from)); }
  };
  struct criteria {
    std::optional<window> paging;
    static consteval auto fields() { return ghl::fields(ghl::field("paging", &criteria::paging)); }
  };
  criteria body{};
  struct response {
    std::vector<thing> found;
    static consteval auto fields() { return ghl::fields(ghl::field("things", &response::found)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Search", ghl::method::post, "/shelves/search", ghl::version("v3"), ghl::token::agency,
                         ghl::body(&search::body),
                         ghl::by_skip(ghl::member(&search::body, &criteria::paging, &window::from), &response::found));
  }
};

/// Two cursors: one from the end of the answer, one from the last item.
struct list_things {
  std::optional<std::string> after{};
  std::optional<std::string> after_sku{};
  struct meta {
    std::optional<std::string> next;
    static consteval auto fields() { return ghl::fields(ghl::field("nextAfter", &meta::next)); }
  };
  struct response {
    std::optional<meta> about;
    std::vector<part> parts;
    static consteval auto fields() {
      return ghl::fields(ghl::field("meta", &response::about), ghl::field("parts", &response::parts));
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("List Things", ghl::method::get, "/things", ghl::version("v3"), ghl::token::agency,
                         ghl::query("startAfter", &list_things::after),
                         ghl::query("startAfterSku", &list_things::after_sku),
                         ghl::by_cursor(&list_things::after, ghl::member(&response::about, &meta::next),
                                        &list_things::after_sku, ghl::last(&part::sku), &response::parts));
  }
};

using operations = ghl::operation_list<upload, find_special>;

}  // namespace shop

namespace {

constexpr auto shop_table = ghl::catalogue<shop::operations>;
constexpr auto links = ghl::catalogue<ghl::links::get_links, ghl::links::delete_link>;

// It is all there when the program is compiled, so that no code runs before main().
static_assert(links.size() == 2);
static_assert(links[0].name == "get_links" && links[0].full_name == "links::get_links");
static_assert(links[1].method == ghl::method::del && links[1].path == "/links/:linkId");
static_assert(links[1].parameters[0].place == ghl::parameter_place::path && links[1].parameters[0].required);
static_assert(links[0].response().fields[0].type().element().fields[2].name == "redirectTo");
static_assert(ghl::schema_of<ghl::links::link>.fields.size() == 5);

const ghl::schema& field_of(const ghl::schema& object, std::string_view name) {
  for (const ghl::schema_field& f : object.fields)
    if (f.name == name) return f.type();
  FAIL("there is no field " << name);
  return object;
}

// ---- an OpenAPI document, as far as these tables tell ----

std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }

std::string open_api(const ghl::schema& s) {
  using ghl::schema_kind;
  std::string out = "{";
  const auto type = [&](std::string_view name) { out += "\"type\":" + quoted(name); };
  if (s.kind == schema_kind::boolean) type("boolean");
  if (s.kind == schema_kind::integer) type("integer");
  if (s.kind == schema_kind::number) type("number");
  if (s.kind == schema_kind::text || s.kind == schema_kind::bytes) type("string");
  if (s.kind == schema_kind::array) type("array");
  if (s.kind == schema_kind::object || s.kind == schema_kind::map) type("object");
  if (!s.format.empty()) out += ",\"format\":" + quoted(s.format);
  if (s.kind == schema_kind::array) out += ",\"items\":" + open_api(s.element());
  std::string properties;
  std::string required;
  for (const ghl::schema_field& f : s.fields) {
    properties += (properties.empty() ? "" : ",") + quoted(f.name) + ":" + open_api(f.type());
    if (f.required) required += (required.empty() ? "" : ",") + quoted(f.name);
  }
  if (!properties.empty()) out += ",\"properties\":{" + properties + "}";
  if (!required.empty()) out += ",\"required\":[" + required + "]";
  return out + "}";
}

std::string open_api(const ghl::catalogue_entry& e) {
  std::string path;
  for (std::size_t i = 0; i < e.path.size(); ++i) {
    if (e.path[i] != ':') {
      path += e.path[i];
      continue;
    }
    path += '{';
    while (i + 1 < e.path.size() && e.path[i + 1] != '/') path += e.path[++i];
    path += '}';
  }
  std::string parameters;
  for (const ghl::catalogue_parameter& p : e.parameters) {
    const bool in_path = p.place == ghl::parameter_place::path;
    parameters += (parameters.empty() ? "{" : ",{") + quoted("name") + ":" + quoted(p.name) +
                  ",\"in\":" + quoted(in_path ? "path" : "query") + ",\"required\":" + (p.required ? "true" : "false") +
                  ",\"schema\":" + open_api(p.type()) + "}";
  }
  std::string method{to_string(e.method)};
  for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
  std::string out = quoted(path) + ":{" + quoted(method) + ":{\"operationId\":" + quoted(e.name);
  if (!parameters.empty()) out += ",\"parameters\":[" + parameters + "]";
  if (e.body.kind != ghl::body_kind::none)
    out += ",\"requestBody\":{\"content\":{" + quoted(e.body.content_type) + ":{\"schema\":" + open_api(e.body.type()) + "}}}";
  return out + ",\"responses\":{\"200\":{\"content\":{" + quoted(e.accept) +
         ":{\"schema\":" + open_api(e.response()) + "}}}}}}";
}

std::string told(const ghl::catalogue_pages& pages) {
  constexpr const char* styles[] = {"none", "skip", "page", "cursor"};
  std::string text = styles[static_cast<int>(pages.style)] + (" " + std::to_string(pages.first));
  const auto add = [&](std::span<const std::string_view> way) {
    for (const std::string_view name : way) text += (text.back() == ' ' ? "" : ".") + std::string{name};
  };
  for (const ghl::catalogue_page_step& step : pages.steps) {
    text += (&step == pages.steps.data() ? ": " : ", ") + std::string{step.parameter};
    if (step.parameter.empty()) text += "body ", add(step.body);
    if (!step.from.empty()) text += step.of_last_item ? " from last " : " from ", add(step.from);
  }
  text += "; items ";
  add(pages.items);
  return text;
}

}  // namespace

TEST_CASE("a row says how pages follow each other, in the names that are on the wire") {
  constexpr auto table = ghl::catalogue<shop::upload, shop::search, shop::list_things, shop::find_special>;
  CHECK(told(table[0].pages) == "page 1: page; items ");
  CHECK(told(table[1].pages) == "skip 0: body paging.startAt; items things");
  CHECK(told(table[2].pages) ==
        "cursor 0: startAfter from meta.nextAfter, startAfterSku from last sku; items parts");
  CHECK(told(table[3].pages) == "none 0; items ");
}

TEST_CASE("lists of operations stand one after the other") {
  using first = ghl::operation_list<shop::upload, shop::search>;
  using second = ghl::operation_list<shop::find_special>;
  CHECK(ghl::catalogue<first, second, ghl::operation_list<shop::list_things>>.size() == 4);
  CHECK(ghl::catalogue<first, second>[2].name == "find_special");
}

TEST_CASE("a row has the facts of an operation, its parameters, its body and its response") {
  const ghl::catalogue_entry& e = shop_table[0];
  CHECK(e.name == "upload");
  CHECK(e.full_name == "shop::upload");
  CHECK(e.title == "Upload");
  CHECK(e.method == ghl::method::post);
  CHECK(e.version == "v3");
  CHECK(std::vector<std::string_view>(e.scopes.begin(), e.scopes.end()) ==
        std::vector<std::string_view>{"shelves.write", "things.write"});
  CHECK((e.agency && !e.sub_account && e.oauth_only && !e.no_token));
  CHECK(told(e.pages) == "page 1: page; items ");

  std::string parameters;
  for (const ghl::catalogue_parameter& p : e.parameters) {
    parameters += p.place == ghl::parameter_place::path ? ':' : p.place == ghl::parameter_place::query ? '?' : '-';
    parameters += std::string{p.name} + (p.required ? "!" : "") + (p.has_commas ? "," : "");
    if (p.is_constant) parameters += "=" + std::string{p.value};
  }
  CHECK(parameters == ":shelf!?page?tags!,?altType!=location-X-Source");
  CHECK(e.parameters[2].type().element().kind == ghl::schema_kind::text);

  CHECK(e.body.kind == ghl::body_kind::multipart);
  CHECK(e.body.content_type == "multipart/form-data");
  CHECK(e.body.required);
  CHECK(field_of(e.body.type(), "image").kind == ghl::schema_kind::bytes);

  CHECK(e.response_may_be_absent);
  CHECK(e.response().kind == ghl::schema_kind::array);
  CHECK(e.accept == "application/json");

  const ghl::catalogue_entry& bytes = shop_table[1];
  CHECK(bytes.no_token);
  CHECK(bytes.response().kind == ghl::schema_kind::bytes);
  CHECK(bytes.accept == "*/*");
  CHECK(bytes.body.kind == ghl::body_kind::none);
  CHECK(bytes.body.type().kind == ghl::schema_kind::nothing);
  CHECK(bytes.parameters.empty());
  CHECK(told(bytes.pages) == "none 0; items ");
}

TEST_CASE("a schema says what stands on the wire, down to its last field") {
  const ghl::schema& thing = shop_table[0].response().element();
  CHECK(thing.kind == ghl::schema_kind::object);
  CHECK(thing.name == "thing");
  CHECK(field_of(thing, "sold").kind == ghl::schema_kind::boolean);
  CHECK(field_of(thing, "count").format == "int64");
  CHECK(field_of(thing, "price").format == "double");
  CHECK(field_of(thing, "weight").format == "float");
  CHECK(field_of(thing, "added").kind == ghl::schema_kind::text);
  CHECK(field_of(thing, "added").format == "date-time");
  CHECK(field_of(thing, "size").name == "size");
  CHECK(std::vector<std::string_view>(field_of(thing, "size").values.begin(), field_of(thing, "size").values.end()) ==
        std::vector<std::string_view>{"S", "L"});
  CHECK_FALSE(field_of(thing, "size").is_open);
  CHECK(field_of(thing, "tint").values[1] == "green");
  CHECK(field_of(thing, "tint").is_open);
  CHECK(field_of(thing, "stock").kind == ghl::schema_kind::map);
  CHECK(field_of(thing, "stock").element().format == "int32");
  CHECK(field_of(thing, "note").may_be_null);
  CHECK_FALSE(field_of(thing, "price").may_be_null);
  CHECK(field_of(thing, "extra").kind == ghl::schema_kind::any);
  CHECK(field_of(thing, "message").kind == ghl::schema_kind::text_or_texts);
  CHECK(thing.fields[11].also == "succeeded");
  CHECK((thing.fields[1].required && !thing.fields[0].required));
  // A struct that holds itself is one object.
  const ghl::schema& part = field_of(thing, "whole");
  CHECK(&field_of(part, "parts").element() == &ghl::schema_of<shop::part>);
  CHECK(&field_of(field_of(part, "parts").element(), "parts").element() == &ghl::schema_of<shop::part>);
}

TEST_CASE("an operation is found by its name, and by what a request asks for") {
  CHECK(ghl::find_operation(links, "delete_link") == &links[1]);
  CHECK(ghl::find_operation(links, "links::get_links") == &links[0]);
  CHECK(ghl::find_operation(links, "links") == nullptr);

  using ghl::method;
  CHECK(ghl::find_route(links, method::get, "/links/") == &links[0]);
  CHECK(ghl::find_route(links, method::get, "/links") == nullptr);
  CHECK(ghl::find_route(links, method::del, "/links/x") == &links[1]);
  CHECK(ghl::find_route(links, method::del, "/links/") == nullptr);
  CHECK(ghl::find_route(links, method::del, "/links/x/y") == nullptr);
  CHECK(ghl::find_route(links, method::put, "/links/x") == nullptr);
  CHECK(ghl::find_route(shop_table, method::post, "/shelves/special") == &shop_table[1]);
  CHECK(ghl::find_route(shop_table, method::post, "/shelves/speciality") == &shop_table[0]);
}

TEST_CASE("an OpenAPI document can be written from it") {
  CHECK(open_api(ghl::catalogue<ghl::opportunities::remove_followers>[0]) ==
        R"("/opportunities/{id}/followers":{"delete":{"operationId":"remove_followers",)"
        R"("parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},)"
        R"({"name":"isRemoveAllFollowers","in":"query","required":false,"schema":{"type":"boolean"}}],)"
        R"("requestBody":{"content":{"application/json":{"schema":{"type":"object",)"
        R"("properties":{"followers":{"type":"array","items":{"type":"string"}}},"required":["followers"]}}}},)"
        R"("responses":{"200":{"content":{"application/json":{"schema":{"type":"object",)"
        R"("properties":{"followers":{"type":"array","items":{"type":"string"}},)"
        R"("followersRemoved":{"type":"array","items":{"type":"string"}}}}}}}}}})");
}
