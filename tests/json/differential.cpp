// Every JSON adapter of this build, and ghl::dom_json on two libraries, on thousands of texts: they read the same,
// refuse the same, and say the same of it. RFC 8259 decides; what a library makes impossible is a limit with a name.
#include "differential/decided.hpp"
#include "differential/outcome.hpp"
#include "differential/reference.hpp"
#include "differential/texts.hpp"
#include "differential/values.hpp"

#include "../catch.hpp"
#include "../json_all.hpp"
#include "dom_nlohmann.hpp"
#if defined(GHL_WITH_RAPIDJSON) && (!defined(__clang__) || __clang_major__ < 19)
#define HAS_DOCUMENTS_OF_RAPIDJSON
#include "dom_rapidjson.hpp"
#endif

#include <ghl/json_kit/text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace differential;

struct adapter {
  std::string_view name;
  outcome (*read)(shape as, std::string_view text);
  ghl::result<std::string> (*write_everything)(const suite::everything& value);
  ghl::result<std::string> (*write_numbers)(const suite::numbers& value);
  ghl::result<std::string> (*write_free_form)(const suite::free_form& value);
  /// Whether its library cannot do better than this; the doc of its header names the limit.
  bool (*limit)(const sample& text, const outcome& right, const outcome& seen);
};

bool no_limit(const sample&, const outcome&, const outcome&) { return false; }

/// Documents have no texts of numbers, so a json_value that is made of one has doubles where they are no integers.
bool limit_of_numbers(const sample& text, const outcome& right, const outcome& seen) {
  const bool has_any = text.as == shape::free_form || text.as == shape::json;
  return has_any && !seen.value.empty() && with_doubles(seen.value) == with_doubles(right.value);
}

/// The documents of nlohmann/json keep one of two equal keys, doubles of 53 bits, and no sign of a zero that is written
/// without a point: what ghl::dom_json says of its libraries.
bool limit_of_documents(const sample& text, const outcome& right, const outcome& seen) {
  if (has_equal_keys(text.text)) return true;
  if (seen.fault == ghl::fault::number_out_of_range && has_large_number_with_point_or_exponent(text.text)) return true;
  if (limit_of_numbers(text, right, seen)) return true;
  return !seen.value.empty() && unsigned_zeros(seen.value) == unsigned_zeros(right.value);
}

template <class Json, class T>
ghl::result<std::string> written(const T& value) {
  return Json{}.encode(value);
}

template <class Json>
adapter named(std::string_view name, bool (*limit)(const sample&, const outcome&, const outcome&) = &no_limit) {
  return {name, &read<Json>, &written<Json, suite::everything>, &written<Json, suite::numbers>,
          &written<Json, suite::free_form>, limit};
}

std::vector<adapter> adapters() {
  std::vector<adapter> all;
#if defined(GHL_WITH_GLAZE)
  all.push_back(named<ghl::glaze_json>("glaze"));
#endif
  all.push_back(named<ghl::nlohmann_json>("nlohmann"));
#if defined(GHL_WITH_RAPIDJSON)
  all.push_back(named<ghl::rapidjson_json>("rapidjson"));
#endif
#if defined(GHL_WITH_BOOST_JSON)
  all.push_back(named<ghl::boost_json>("boost_json"));
#endif
  all.push_back(named<ghl::dom_json<nlohmann_documents>>("documents of nlohmann", &limit_of_documents));
#if defined(HAS_DOCUMENTS_OF_RAPIDJSON)
  all.push_back(named<ghl::dom_json<rapidjson_documents>>("documents of rapidjson", &limit_of_numbers));
#endif
  return all;
}

}  // namespace

TEST_CASE("every adapter gives each decided text its answer") {
  for (const decision& d : decided().list)
    for (const adapter& each : adapters()) {
      const outcome seen = each.read(d.as, d.text);
      if (seen == d.right || each.limit({d.as, d.text}, d.right, seen)) continue;
      INFO(each.name << ": " << d.text.substr(0, 200) << "\n  is " << told(seen) << "\n  should be " << told(d.right));
      CHECK(false);
    }
}

TEST_CASE("all adapters agree on every generated text") {
  const char* const rounds = std::getenv("GHL_DIFFERENTIAL_ROUNDS");  // for longer
  const samples texts = generated(rounds == nullptr ? 1U : std::strtoul(rounds, nullptr, 10));
  CHECK(texts.size() > 8000);
  const std::vector<adapter> all = adapters();
  std::size_t differ = 0;
  std::size_t read = 0;
  for (const sample& text : texts) {
    const outcome right = all.front().read(text.as, text.text);
    read += right.value.empty() ? 0U : 1U;
    bool same = true;
    for (const adapter& each : all) {
      const outcome seen = each.read(text.as, text.text);
      if (seen == right || each.limit(text, right, seen)) continue;
      same = false;
      INFO(all.front().name << " and " << each.name << " on " << text.text.substr(0, 400) << "\n  " << told(right)
                            << "\n  " << told(seen));
      CHECK(false);
    }
    differ += same ? 0U : 1U;
  }
  INFO(differ << " of " << texts.size() << " differ, " << read << " are read");
  CHECK(differ == 0);
  CHECK(read > texts.size() / 8);
}

TEST_CASE("json_fault takes for JSON what nlohmann/json itself takes for it") {
  const auto agree = [](std::string_view text) {
    const ghl::fault said = ghl::json_fault(text);
    const verdict seen = plain_verdict(text);
    if (seen == verdict::not_known || said == ghl::fault::nested_too_deeply) return;
    INFO(text);
    CHECK((said == ghl::fault::none) == (seen == verdict::json));
  };
  for (const sample& text : generated(1)) agree(text.text);
  dice d;
  for (int i = 0; i < 20'000; ++i) agree(suite::damaged(suite::whole_sample(), d));
}

TEST_CASE("every adapter reads a number as what it is") {
  const std::vector<adapter> all = adapters();
  dice d;
  for (int i = 0; i < 3000; ++i) {
    const std::string number = good_number(d);
    const std::pair<shape, outcome> rows[] = {{shape::real, real_of(number)},
                                              {shape::whole, integer_of<std::int64_t>(number)},
                                              {shape::natural, integer_of<std::uint64_t>(number)},
                                              {shape::tiny, integer_of<std::int8_t>(number)}};
    for (const auto& [as, right] : rows)
      for (const adapter& each : all) {
        const outcome seen = each.read(as, number);
        if (seen == right || each.limit({as, number}, right, seen)) continue;
        INFO(each.name << ": " << number << "\n  is " << told(seen) << "\n  should be " << told(right));
        CHECK(false);
      }
  }
}

TEST_CASE("all adapters write the same, and read what another wrote") {
  const std::vector<adapter> all = adapters();
  dice d;
  const auto compare = [&](shape as, const auto& value, auto write) {
    const outcome right = outcome_of(value);
    std::string first;
    for (const adapter& writer : all) {
      const ghl::result<std::string> text = (writer.*write)(value);
      REQUIRE(text);
      if (first.empty()) first = in_one_spelling(*text);
      INFO(all.front().name << " and " << writer.name << " write " << *text);
      CHECK(first == in_one_spelling(*text));
      for (const adapter& reader : all) {
        const outcome seen = reader.read(as, *text);
        if (seen == right || reader.limit({as, *text}, right, seen)) continue;
        INFO(reader.name << " reads " << *text << "\n  as " << told(seen) << "\n  instead of " << told(right));
        CHECK(false);
      }
    }
  };
  for (int i = 0; i < 500; ++i) {
    compare(shape::everything, any_everything(d), &adapter::write_everything);
    compare(shape::numbers, any_numbers(d), &adapter::write_numbers);
  }
  // What reads it sees to it that all write the same, in whatever order and spelling.
  for (int i = 0; i < 500; ++i) {
    const suite::free_form value = any_free_form(d);
    const outcome right = outcome_of(value);
    for (const adapter& writer : all) {
      const ghl::result<std::string> text = writer.write_free_form(value);
      REQUIRE(text);
      CHECK(ghl::json_fault(*text) == ghl::fault::none);
      for (const adapter& reader : all) {
        INFO(reader.name << " reads what " << writer.name << " writes: " << *text);
        CHECK(told(reader.read(shape::free_form, *text)) == told(right));
      }
    }
  }
}

TEST_CASE("no adapter writes what JSON cannot say, and all say the same of it") {
  using suite::everything;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::pair<everything, ghl::fault> rows[] = {
      {everything{.text = "\xFF"}, ghl::fault::invalid_utf8},
      {everything{.one = suite::item{"a", "\xED\xA0\x80"}}, ghl::fault::invalid_utf8},
      {everything{.tags = std::vector<std::string>{"\xC0\xAF"}}, ghl::fault::invalid_utf8},
      {everything{.ratio = infinity}, ghl::fault::not_finite},
      {everything{.matrix = std::vector<std::vector<double>>{{-infinity}}}, ghl::fault::not_finite},
      {everything{.ratio = std::numeric_limits<double>::quiet_NaN()}, ghl::fault::not_finite},
      {everything{.ratio = infinity, .text = "\xFF"}, ghl::fault::not_finite}};  // the first in the order of members
  for (const auto& [value, why] : rows)
    for (const adapter& each : adapters()) {
      INFO(each.name);
      const auto text = each.write_everything(value);
      REQUIRE(!text);
      CHECK(text.error().fault == why);
      CHECK(text.error().kind == ghl::error_kind::invalid_request);
    }
}
