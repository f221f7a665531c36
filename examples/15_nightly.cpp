/// A nightly job: all contacts of a location that have changed since yesterday get a tag. It keeps to the rate limit,
/// sends again what is safe to send again, tells what failed, and goes on where it was interrupted. Here it runs
/// against a script, as in a test of yours; with another transport it is the job itself.
#include "chosen_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/contacts.hpp>
#include <ghl/endpoint/time.hpp>
#include <ghl/testing/scripted_transport.hpp>
#include <ghl/throttle.hpp>
#include <ghl/uses/pages.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace nightly {

struct contact {
  std::string id;
  std::optional<ghl::json_value> search_after;  ///< leads to the contacts behind this one
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &contact::id), ghl::field("searchAfter", &contact::search_after));
  }
};

/// Search Contacts. The published description leaves its body and its answer open (ghl::contacts has them as any JSON),
/// so the job says which members it uses.
struct search_contacts {
  struct range {
    std::chrono::sys_time<std::chrono::milliseconds> gte;
    static consteval auto fields() { return ghl::fields(ghl::field("gte", &range::gte)); }
  };
  struct filter {
    std::string field = "dateUpdated";
    std::string comparison = "range";
    range value;
    static consteval auto fields() {
      return ghl::fields(ghl::field("field", &filter::field), ghl::field("operator", &filter::comparison),
                         ghl::field("value", &filter::value));
    }
  };
  struct criteria {
    std::string location_id;
    int page_limit = 100;
    std::vector<filter> filters;
    std::optional<ghl::json_value> search_after{};
    static consteval auto fields() {
      return ghl::fields(ghl::field("locationId", &criteria::location_id),
                         ghl::field("pageLimit", &criteria::page_limit), ghl::field("filters", &criteria::filters),
                         ghl::field("searchAfter", &criteria::search_after));
    }
  } body;
  struct response {
    std::vector<contact> contacts;
    static consteval auto fields() { return ghl::fields(ghl::field("contacts", &response::contacts)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Search Contacts", ghl::method::post, "/contacts/search", ghl::version("2021-07-28"),
                         ghl::scope("contacts.readonly"), ghl::token::sub_account, ghl::body(&search_contacts::body),
                         ghl::by_cursor(ghl::member(&search_contacts::body, &criteria::search_after),
                                        ghl::last(&contact::search_after), &response::contacts));
  }
};
static_assert(ghl::well_formed<search_contacts>);

struct report {
  int tagged = 0;
  std::vector<std::string> failed{};               ///< of single contacts
  std::optional<search_contacts> to_go_on_with{};  ///< the list could not be read to its end
};

/// The job. What it does twice, after an interruption, does no harm: a contact has a tag once.
template <class Client>
report run(Client& api, search_contacts from) {
  report night;
  ghl::pages all{api, std::move(from)};
  for (const contact& each : all) {
    const auto done = api.call(ghl::contacts::add_tags{.contact_id = each.id, .body = {.tags = {{"changed"}}}});
    if (done) ++night.tagged;
    else night.failed.push_back(each.id + ": " + done.error().message());
  }
  if (all.failed()) {
    night.failed.push_back(all.error().message());
    night.to_go_on_with = all.next_request();  // its searchAfter is what a job in two processes writes down
  }
  return night;
}

/// Any transport, and the two policies that a job needs.
template <class Transport>
auto client_over(Transport transport) {
  return ghl::client{std::move(transport), example::chosen_json{}, ghl::private_integration_token{"sandbox-token"},
                     ghl::retry{.attempts = 4}, ghl::throttle{}.for_location("ve9EPM428h8vShlRW1KT"), ghl::deadline{60s}};
}

inline void print(const report& night) {
  std::printf("%d contacts tagged, %zu failures\n", night.tagged, night.failed.size());
  for (const std::string& line : night.failed) std::printf("  %s\n", line.c_str());
}

}  // namespace nightly

int main() try {
  using ghl::method;
  ghl::testing::script server;
  const std::string search = R"({"locationId":"ve9EPM428h8vShlRW1KT","pageLimit":2,"filters":[{"field":"dateUpdated",)"
                             R"("operator":"range","value":{"gte":"2026-06-18T00:00:00.000Z"}}])";
  const std::string a_and_b = R"({"contacts":[{"id":"a","searchAfter":[1,"a"]},{"id":"b","searchAfter":[2,"b"]}]})";
  (server.expect)(method::post, "/contacts/search").body(search + "}").answer(200, a_and_b);
  (server.expect)(method::post, "/contacts/a/tags").fails(ghl::fault::connect, ghl::sent::no);  // sent again
  (server.expect)(method::post, "/contacts/a/tags").body(R"({"tags":["changed"]})").answer(201, R"({"tags":["changed"]})");
  (server.expect)(method::post, "/contacts/b/tags").answer(400, R"({"message":"Contact not found for id:b"})");
  // The search is a POST, which may have been done: it is not sent again.
  (server.expect)(method::post, "/contacts/search").fails(ghl::fault::connection_lost);

  auto api = nightly::client_over(ghl::testing::scripted_transport{server});
  const std::chrono::sys_time<std::chrono::milliseconds> yesterday = std::chrono::sys_days{std::chrono::year{2026} / 6 / 18};
  const nightly::report first = nightly::run(
      api, {.body = {.location_id = "ve9EPM428h8vShlRW1KT", .page_limit = 2, .filters = {{.value = {yesterday}}}}});
  nightly::print(first);
  if (first.tagged != 1 || first.failed.size() != 2 || !first.to_go_on_with) return 1;

  (server.expect)(method::post, "/contacts/search")
      .body(search + R"(,"searchAfter":[2,"b"]})")
      .answer(200, R"({"contacts":[{"id":"c","searchAfter":[3,"c"]}]})");
  (server.expect)(method::post, "/contacts/c/tags").answer(201, R"({"tags":["changed"]})");
  (server.expect)(method::post, "/contacts/search").answer(200, R"({"contacts":[]})");
  const nightly::report rest = nightly::run(api, *first.to_go_on_with);
  nightly::print(rest);
  return rest.tagged == 1 && rest.failed.empty() && !rest.to_go_on_with ? 0 : 1;
} catch (const std::exception& e) {
  return std::printf("%s\n", e.what()), 1;
}
