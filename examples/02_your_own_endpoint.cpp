/// Your own endpoint: an operation that ghl does not ship, written down as its page in the reference has it,
/// and called. No network: the transport below has the answer, and prints what would have been sent.
#include "chosen_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/opportunities.hpp>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace opportunities {

/// What we want to know of an opportunity. The server sends much more; unknown keys are ignored.
struct opportunity {
  std::string id;
  std::string name;
  std::optional<double> monetary_value;

  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &opportunity::id), ghl::field("name", &opportunity::name),
                       ghl::field("monetaryValue", &opportunity::monetary_value));
  }
};

struct found {
  std::vector<opportunity> opportunities;
  static consteval auto fields() { return ghl::fields(ghl::field("opportunities", &found::opportunities)); }
};

/// https://marketplace.gohighlevel.com/docs/ghl/opportunities/search-opportunity
struct search {
  ghl::required<std::string> location_id;  ///< search{} does not compile
  std::optional<std::string> text{};  ///< not in the query where it is empty
  std::optional<int> limit{};         ///< of results a page: 100 at most; the server's default is 20
  using response = found;
  static consteval auto endpoint() {
    return ghl::endpoint("Search Opportunity", ghl::method::get, "/opportunities/search",
                         ghl::version("2021-07-28"), ghl::scope("opportunities.readonly"),
                         ghl::token::sub_account, ghl::query("location_id", &search::location_id),
                         ghl::query("q", &search::text), ghl::query("limit", &search::limit));
  }
};
static_assert(ghl::well_formed<search>);

}  // namespace opportunities

static void report(const std::vector<ghl::mismatch>& odd) {
  for (const ghl::mismatch& m : odd)  // opportunities[0].monetaryValue: not a number, but a string: "500.50"
    std::printf("%s: not %s, but %s: %s\n", m.path.c_str(), m.described.data(), m.came.data(), m.value.c_str());
}

int main() {
  std::string sent;
  const auto transport = [&](const ghl::http::request& request) {
    sent = request.target();
    std::printf("%s %s\n", ghl::to_string(request.method).data(), sent.c_str());
    return ghl::http::response{.status = 200, .body = R"({"opportunities":[
      {"id":"yWQobCRIhRguQtD2llvk","name":"testing","monetaryValue":500.5,"status":"open"}],"meta":{}})"};
  };
  ghl::client api{transport, example::chosen_json{}, ghl::private_integration_token{"any-token"}};

  auto found = api.call(
      opportunities::search{.location_id = "ve9EPM428h8vShlRW1KT", .text = "john@deo.com", .limit = 5});
  if (!found) {
    std::fprintf(stderr, "%s\n", found.error().message().c_str());
    return 1;
  }
  for (const auto& o : found->opportunities)
    std::printf("%s: %.2f\n", o.name.c_str(), o.monetary_value.value_or(0));

  const bool sent_all =
      sent == "/opportunities/search?location_id=ve9EPM428h8vShlRW1KT&q=john%40deo.com&limit=5";
  const bool read_all = found->opportunities.size() == 1 && found->opportunities[0].monetary_value == 500.5;

  // An answer that is not as described, as it happens: a text where a number is documented.
  const auto odd_answer = [](const ghl::http::request&) {
    return ghl::http::response{.status = 200, .body = R"({"opportunities":[
      {"id":"yWQobCRIhRguQtD2llvk","name":"testing","monetaryValue":"500.50"}]})"};
  };
  ghl::client odd_api{odd_answer, example::chosen_json{}, ghl::private_integration_token{"any-token"}};
  const opportunities::search any{.location_id = "ve9EPM428h8vShlRW1KT"};
  const auto odd = odd_api.call(any);
  report(odd.mismatches());
  const auto refused = odd_api.call(any, ghl::strict{});
  const bool odd_is_read = odd && odd->opportunities[0].name == "testing" && !odd->opportunities[0].monetary_value &&
                           odd.mismatches().size() == 1 && !refused && refused.mismatches().empty();

  // What is not given is not sent.
  found = api.call(opportunities::search{.location_id = "ve9EPM428h8vShlRW1KT"});
  const bool sent_less = sent == "/opportunities/search?location_id=ve9EPM428h8vShlRW1KT";
  return sent_all && read_all && odd_is_read && sent_less ? 0 : 1;
}
