// The sandbox of all operations: what is described is taken, and what is not is refused.
#include "../catch.hpp"

#include <ghl/families.hpp>
#include <ghl/request.hpp>
#include <sandbox/all_operations.hpp>
#include <sandbox/sandbox.hpp>

#include <ghl/ghl.hpp>
#include <ghl/transport/httplib.hpp>
#include <ghl/uses/catalogue.hpp>

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using ghl_program::given;

struct server {
  ghl_sandbox::sandbox sandbox{[] {
    ghl_sandbox::options how;
    std::vector<std::span<const ghl::catalogue_entry>> all;
    for (const ghl_program::family& f : ghl_program::families()) all.push_back(f.operations);
    how.others = ghl_sandbox::all_operations(std::move(all));
    return how;
  }()};
  ghl::httplib_transport transport;

  ghl::http::response answer(const ghl::catalogue_entry& e, const given& what, std::string_view version = {}) {
    ghl::http::request r = ghl_program::request_of(e, what, sandbox.url());
    if (!version.empty()) {
      ghl::http::headers other;
      for (const auto& [name, value] : r.headers) other.add(name, name == "Version" ? version : value);
      r.headers = other;
    }
    r.headers.add("Authorization", "Bearer sandbox-token");
    auto got = transport(r);
    REQUIRE(got);
    return *std::move(got);
  }
};

const ghl::catalogue_entry& entry(std::string_view family, std::string_view name) {
  for (const ghl_program::family& f : ghl_program::families())
    if (f.version.empty() && f.name == family)
      if (const auto* found = ghl::find_operation(f.operations, name)) return *found;
  FAIL("there is no such operation");
  throw 0;
}

std::string text_of(const nlohmann::ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Each parameter with a sample of its type, and a body with one of each field.
given sample_for(const ghl::catalogue_entry& e) {
  given what;
  for (const ghl::catalogue_parameter& p : e.parameters) {
    if (p.is_constant) continue;
    const ghl::schema& type = p.type().kind == ghl::schema_kind::array ? p.type().element() : p.type();
    what.parameters[std::string{p.name}] = {text_of(ghl_sandbox::sample_of(type))};
  }
  if (e.body.kind != ghl::body_kind::none && e.body.kind != ghl::body_kind::multipart)
    what.body = nlohmann::json::parse(ghl_sandbox::sample_of(e.body.type()).dump());
  if (e.body.kind == ghl::body_kind::multipart) {
    what.body = nlohmann::json::parse(ghl_sandbox::sample_of(e.body.type()).dump());
    if (e.body.type().kind == ghl::schema_kind::map) what.body["key"] = GHL_ROOT "/LICENSE";
    for (const ghl::schema_field& field : e.body.type().fields) {
      auto& value = what.body[std::string{field.name}];
      const bool is_list = field.type().kind == ghl::schema_kind::array;
      if ((is_list ? field.type().element() : field.type()).kind != ghl::schema_kind::bytes) continue;
      value = is_list ? nlohmann::json::array({GHL_ROOT "/LICENSE"}) : nlohmann::json(GHL_ROOT "/LICENSE");
    }
  }
  return what;
}

}  // namespace

TEST_CASE("the sandbox takes a request of each operation, and answers in its type") {
  server s;
  int taken = 0;
  int five = 0;
  for (const ghl_program::family& f : ghl_program::families())
    for (const ghl::catalogue_entry& e : f.operations) {
      const ghl::http::response got = s.answer(e, sample_for(e));
      INFO(f.version << " " << f.name << " " << e.name << ": " << got.status << " " << got.body);
      // The five keep state, which knows no "sample".
      const bool is_of_five = got.status == 400 || got.status == 403;
      CHECK((got.status / 100 == 2 || is_of_five));
      five += is_of_five ? 1 : 0;
      taken += got.status / 100 == 2 ? 1 : 0;
      if (got.status != 200 || e.response().kind == ghl::schema_kind::bytes) continue;
      std::vector<std::string> wrong;
      ghl_program::check(e.response(), nlohmann::json::parse(got.body), "", wrong);
      CHECK(wrong.empty());
    }
  CHECK(five == 5);
  CHECK(taken == 1203 - 5);
}

TEST_CASE("the sandbox refuses what an operation does not allow") {
  server s;
  const ghl::catalogue_entry& create = entry("contacts", "create_contact");
  const auto refused = [&](const ghl::http::response& got, int status, std::string_view sentence) {
    INFO(got.body);
    CHECK(got.status == status);
    CHECK(got.body.find(sentence) != std::string::npos);
  };
  given what = sample_for(create);
  refused(s.answer(create, what, "2021-01-01"), 401, "version header is invalid");
  what.body.erase("locationId");
  refused(s.answer(create, what), 422, "locationId is missing");
  what = sample_for(create);
  what.body["firstName"] = 7;
  refused(s.answer(create, what), 422, "firstName must be a text, not 7");
  what = sample_for(create);
  what.body["nobodyKnowsThis"] = true;
  refused(s.answer(create, what), 422, "nobodyKnowsThis is not described");

  const ghl::catalogue_entry& search = entry("links", "search_trigger_links");
  what = sample_for(search);
  what.parameters["limit"] = {"1"};
  CHECK(s.answer(search, what).status == 200);
  ghl::http::request r = ghl_program::request_of(search, what, s.sandbox.url());
  r.headers.add("Authorization", "Bearer sandbox-token");
  r.url += "&order=up";
  refused(*s.transport(r), 422, "property order should not exist");
  r.url = s.sandbox.url() + "/links/search";
  refused(*s.transport(r), 422, "locationId must be given");
  r.url = s.sandbox.url() + "/nowhere";
  refused(*s.transport(r), 404, "Cannot GET /nowhere");
}
