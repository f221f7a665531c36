/// What is written, byte by byte, where the library writes 0.5 as people do: included after suite.hpp.
#pragma once

#include <ghl/testing/json_suite/types.hpp>
#include <ghl/testing/json_suite/writing.hpp>

#include <string>
#include <vector>

TEST_CASE("one of everything is written byte by byte as the other adapters write it") {
  ghl::testing::json::everything all = ghl::testing::json::written_sample();
  all.items = std::vector<ghl::testing::json::item>{{"b", "c"}};
  const auto text = policy{}.encode(all);
  REQUIRE(text);
  CHECK(*text ==
        R"({"flag":true,"tiny":-5,"whole":-9223372036854775808,"natural":18446744073709551615,"ratio":0.5,)"
        R"("text":"\"\\\n\u0001)" "\xC3\xA9" R"(","one":{"id":"a"},"items":[{"id":"b","name":"c"}],"tags":[],)"
        R"("bits":[true,false],"matrix":[[1.5],[]],"gaps":[null,"d"],"message":["e","f"],"speltt":true})");
}
