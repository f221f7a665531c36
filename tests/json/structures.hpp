/// Structs of every shape through an adapter: included after suite.hpp.
#pragma once

#include "../catch.hpp"

#include <ghl/endpoint/fields.hpp>
#include <ghl/value/fault.hpp>

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

namespace {

struct shape_base {
  std::string id;
  std::optional<std::int64_t> rank;
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &shape_base::id), ghl::field("rank", &shape_base::rank));
  }
};
struct shape_tag {};
template <class Derived>
struct shape_crtp {};

struct empty_shape {
  static consteval auto fields() { return ghl::fields(); }
};

/// Holds itself, has a base with fields and two without, and members of fixed length or with an allocator.
struct shape : shape_base, shape_tag, shape_crtp<shape> {
  std::vector<shape> children;
  std::array<std::int64_t, 2> point{};
  std::optional<std::array<std::string, 1>> one;
  empty_shape nothing{};
  std::pmr::string note;

  static consteval auto fields() {
    return ghl::fields(ghl::inherit<shape_base>(), ghl::field("children", &shape::children),
                       ghl::field("point", &shape::point), ghl::field("one", &shape::one),
                       ghl::field("nothing", &shape::nothing), ghl::field("note", &shape::note));
  }
};

constexpr auto nested_shapes =
    R"({"id":"a","rank":1,"children":[{"id":"b","children":[],"point":[3,4],"one":["x"],"nothing":{},"note":"in"}],)"
    R"("point":[1,-2],"nothing":{},"note":"out"})";

}  // namespace

TEST_CASE("a struct that holds itself, with bases, arrays of a fixed length and an empty struct, is read and written") {
  policy json;
  const auto read = json.template decode<shape>(nested_shapes);
  REQUIRE(read);
  CHECK(read->id == "a");
  CHECK(read->rank == 1);
  CHECK(read->point == std::array<std::int64_t, 2>{1, -2});
  CHECK(!read->one);
  CHECK(read->note == "out");
  REQUIRE(read->children.size() == 1);
  const shape& child = read->children.front();
  CHECK(child.id == "b");
  CHECK(!child.rank);
  CHECK(child.children.empty());
  CHECK(child.point == std::array<std::int64_t, 2>{3, 4});
  REQUIRE(child.one);
  CHECK(child.one->front() == "x");
  CHECK(child.note == "in");
  const auto written = json.template encode<shape>(*read);
  REQUIRE(written);
  CHECK(*written == nested_shapes);
}

TEST_CASE("an array of another length is an error at its place; so is a member that a base requires") {
  policy json;
  const auto longer = json.template decode<shape>(
      R"({"id":"a","children":[{"id":"b","children":[],"point":[3,4,5],"nothing":{},"note":""}],"point":[1,2],)"
      R"("nothing":{},"note":""})");
  REQUIRE(!longer);
  CHECK(longer.error().fault == ghl::fault::wrong_value);
  CHECK(longer.error().where == "children[0].point");
  const auto without = json.template decode<shape>(
      R"({"id":"a","children":[{"children":[],"point":[3,4],"nothing":{},"note":""}],"point":[1,2],"nothing":{},)"
      R"("note":""})");
  REQUIRE(!without);
  CHECK(without.error().fault == ghl::fault::missing_field);
  CHECK(without.error().where == "children[0].id");
  const auto other = json.template decode<empty_shape>("[]");
  REQUIRE(!other);
  CHECK(other.error().fault == ghl::fault::wrong_type);
}
