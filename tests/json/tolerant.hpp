/// Answers that are not as described, for the adapters: included after suite.hpp. The rules are tested in
/// tests/unit/tolerant_reading.cpp; here, that they are those of every library.
#pragma once

#include "../catch.hpp"

#include <ghl/operation/interpret.hpp>
#include <ghl/testing/json_suite/bad_texts.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using ghl::testing::json::everything;
using ghl::testing::json::get_everything;

ghl::result<everything> read_tolerantly(std::string body) {
  policy json;
  return ghl::interpret<get_everything>({.status = 200, .body = std::move(body)}, json);
}

/// The second reading, whether or not the first one has failed.
struct second_reading {
  everything value{};
  std::vector<ghl::mismatch> mismatches{};
  ghl::fault error = ghl::fault::none;

  explicit second_reading(std::string_view text) {
    policy json;
    ghl::detail::tolerance how{mismatches};
    ghl::json_reader reader{{&ghl::detail::table_of<everything>, &value}, how};
    const ghl::detail::escaped_strings strings{nullptr, &ghl::detail::read_escaped<policy>, &json};
    if (!ghl::detail::json_steps{text, reader, strings, &how}.value() || !reader.ok()) error = reader.error().fault;
  }
};

/// Objects of some members, in any order, with any values.
class odd_texts {
 public:
  std::string next() {
    static const std::vector<std::string> names = {"flag", "tiny", "whole", "natural", "ratio",   "text",  "one",
                                                   "items", "tags", "bits", "matrix",  "message", "speltt", "n\\u006F"};
    static const std::vector<std::string> values = {
        "true", "null", "1", "-7", "1.5", "1e3", "300", "1e999", R"("a")", R"("\u0041\n")", "[]", "{}", R"([1,"a"])",
        R"(["a","b"])", R"(["a",null])", "[true,false]", "[[1.5],[]]", "[[1],null]", R"({"id":"a"})",
        R"({"id":"a","name":{}})", R"({"name":"a"})", R"([{"id":"a"},{"id":"b","name":5}])", R"([{"id":"a"},{}])"};
    std::string out;
    for (const std::string& name : names) {
      if (random_() % 5 != 0) continue;
      out.append(out.empty() ? "{" : ",").append("\"").append(name).append("\" : ");
      out.append(values[random_() % values.size()]);
    }
    return out.empty() ? "{}" : out.append("}");
  }

 private:
  std::mt19937 random_{7};
};

}  // namespace

TEST_CASE("what is not as described is passed over, and told, alike with each library") {
  const auto r = read_tolerantly(R"({"flag":"yes","tiny":200,"te\u0078t":"\u0041","one":{"name":"a"},"ratio":1e999,
      "items":[{"id":"a","name":7},{"id":"\t"}],"matrix":[[1],null,[2.5]],"message":{"a":"\u00e9"}})");
  REQUIRE(r);
  CHECK(*r == everything{.text = "A", .items = {{{"a"}, {"\t"}}}, .matrix = {{{1}, {}, {2.5}}}});
  std::string told;
  for (const ghl::mismatch& m : r.mismatches())
    told.append(m.path).append(": ").append(m.described).append(", ").append(m.came).append(" ").append(m.value) += '\n';
  CHECK(told == R"(flag: a boolean, a string "yes"
tiny: an integer, a number that does not fit 200
one.id: a string, nothing )" "\n" R"(ratio: a number, a number that does not fit 1e999
items[0].name: a string, a number 7
matrix[1]: an array, null null
message: a string or an array of strings, an object {"a":"\u00e9"}
)");
}

TEST_CASE("a bad answer that is JSON is a success, since all its members are optional; any other is what it was") {
  policy json;
  for (const auto& group : ghl::testing::json::bad_texts()) {
    for (const auto& row : group.texts) {
      INFO(row.text.substr(0, 80));
      const auto r = read_tolerantly(row.text);
      if (ghl::json_fault(row.text) != ghl::fault::none || row.where.empty()) {
        REQUIRE(!r);
        CHECK(r.error().fault ==
              ghl::interpret<get_everything>({.status = 200, .body = row.text}, json, ghl::strict{}).error().fault);
      } else {
        REQUIRE(r);
        REQUIRE(!r.mismatches().empty());
        CHECK(r.mismatches()[0].path == row.where);
      }
    }
  }
}

TEST_CASE("a second reading of what the first one accepts reads the same; of anything else it names the same place") {
  odd_texts texts;
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 4'000; ++i) {
    const std::string text = texts.next();
    INFO(text);
    const auto first = policy{}.decode<everything>(text);
    const second_reading second{text};
    REQUIRE(second.error == ghl::fault::none);
    const auto r = read_tolerantly(text);
    REQUIRE(r);
    CHECK(*r == second.value);
    CHECK(r.mismatches() == second.mismatches);
    if (first) {
      ++accepted;
      CHECK(*first == second.value);
      CHECK(second.mismatches.empty());
    } else {
      ++refused;
      REQUIRE(!second.mismatches.empty());
      CHECK(second.mismatches[0].path == first.error().where);
    }
  }
  CHECK(accepted > 100);
  CHECK(refused > 1'000);
}
