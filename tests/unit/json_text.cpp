// What is wrong with a text as a whole, and numbers that come as text.
#include "../catch.hpp"

#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/testing/json_suite/bad_texts.hpp>
#include <ghl/testing/json_suite/refusing.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <clocale>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace {

using ghl::fault;
namespace suite = ghl::testing::json;

/// The texts of the table that are wrong whatever type they are read into.
bool is_wrong_as_text(fault f) {
  return f == fault::truncated || f == fault::malformed || f == fault::invalid_utf8 || f == fault::nested_too_deeply;
}

template <class T>
ghl::result<T> number(std::string_view text) {
  T value{};
  ghl::json_reader reader{value};
  ghl::read_json_number(reader, text);
  if (!reader.ok()) return reader.error();
  return value;
}

}  // namespace

TEST_CASE("every bad text of the table is found, and texts that are JSON of another type are not") {
  for (const suite::bad_group& group : suite::bad_texts())
    for (const suite::bad_text& bad : group.texts) {
      INFO(bad.text.substr(0, 80));
      const bool too_deep = bad.or_else == fault::nested_too_deeply;
      const fault expected = is_wrong_as_text(bad.what) ? bad.what : fault::none;
      CHECK(ghl::json_fault(bad.text) == (too_deep ? bad.or_else : expected));
    }
}

TEST_CASE("good texts have no fault") {
  for (const std::string_view text :
       {"{}", "[]", "null", "true", "false", "0", "-0", "-0.0e-0", "1E+9", "\"\"", " [ 1 , 2 ] ", "[[],{},[{}]]",
        "0e400",
        R"({"a":{"b":[null,true,-1.5e-3,"\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t"]}})", "\"\xC3\xA9\xF0\x9F\x98\x80\x7F\"",
        "1e-99999999999999999999", "123456789012345678901234567890", "1e999", "-1e99999999999999999999"})
    CHECK(ghl::json_fault(text) == fault::none);
  CHECK(ghl::json_fault(suite::whole_sample()) == fault::none);
  CHECK(ghl::json_fault(suite::nested(63)) == fault::none);
  CHECK(ghl::json_fault(suite::nested(64)) == fault::nested_too_deeply);
}

TEST_CASE("a byte that does not belong in a string is found wherever it stands") {
  for (std::size_t length = 1; length < 40; ++length)
    for (std::size_t at = 0; at < length; ++at) {
      std::string text = "\"" + std::string(length, 'a') + "\"";
      CHECK(ghl::json_fault(text) == fault::none);
      text[1 + at] = '\x1F';
      CHECK(ghl::json_fault(text) == fault::malformed);
      text[1 + at] = '\x80';
      CHECK(ghl::json_fault(text) == fault::invalid_utf8);
      text[1 + at] = '"';
      CHECK(ghl::json_fault(text) == fault::malformed);
      text[1 + at] = '\\';
      CHECK(ghl::json_fault(text) == (at + 1 == length ? fault::truncated : fault::malformed));
    }
}

TEST_CASE("every beginning of a text is truncated, but for those that cut a character in two") {
  const std::string all = suite::whole_sample();
  for (std::size_t size = 0; size < all.size(); ++size) {
    const std::string_view part = std::string_view{all}.substr(0, size);
    const bool in_character = (static_cast<unsigned char>(all[size]) & 0xC0U) == 0x80U;
    INFO(part);
    CHECK(ghl::json_fault(part) == (in_character ? fault::invalid_utf8 : fault::truncated));
  }
}

TEST_CASE("a number that comes as text is read exactly") {
  CHECK(number<std::int64_t>("-9223372036854775808").value() == (std::numeric_limits<std::int64_t>::min)());
  CHECK(number<std::uint64_t>("18446744073709551615").value() == (std::numeric_limits<std::uint64_t>::max)());
  CHECK(number<std::int64_t>("1e3").value() == 1000);
  CHECK(number<std::int64_t>("-0").value() == 0);
  CHECK(number<std::int64_t>("1.5").error().fault == fault::wrong_type);
  CHECK(number<std::int64_t>("9223372036854775808").error().fault == fault::number_out_of_range);
  CHECK(number<std::uint64_t>("18446744073709551616").error().fault == fault::number_out_of_range);
  CHECK(number<double>("0.1").value() == 0.1);
  CHECK(number<double>("-12.5E+1").value() == -125.0);
  CHECK(number<double>("1.7976931348623157e308").value() == (std::numeric_limits<double>::max)());
  CHECK(number<double>("5e-324").value() == 5e-324);
  CHECK(number<double>("1e-400").value() == 0.0);
  CHECK(number<double>("0." + std::string(400, '0') + "1e400").value() == 0.1);
  CHECK(number<double>("1" + std::string(400, '0') + "e-400").value() == 1.0);
  CHECK(number<double>("1e400").error().fault == fault::number_out_of_range);
  CHECK(number<double>("-1e99999999999999999999").error().fault == fault::number_out_of_range);
  CHECK(number<double>("1" + std::string(400, '0')).error().fault == fault::number_out_of_range);
  CHECK(number<double>("0e99999999999999999999").value() == 0.0);
}

TEST_CASE("an integer is one in every spelling, to the last of its 64 bits") {
  CHECK(number<std::int64_t>("1.0").value() == 1);
  CHECK(number<std::int64_t>("1.50e1").value() == 15);
  CHECK(number<std::int64_t>("0.0001e4").value() == 1);
  CHECK(number<std::int64_t>("100e-2").value() == 1);
  CHECK(number<std::int64_t>("1e18").value() == 1'000'000'000'000'000'000);
  CHECK(number<std::int64_t>("-9.223372036854775808e18").value() == (std::numeric_limits<std::int64_t>::min)());
  CHECK(number<std::int64_t>("9223372036854775807.000").value() == (std::numeric_limits<std::int64_t>::max)());
  CHECK(number<std::uint64_t>("1844674407370955161500e-2").value() == (std::numeric_limits<std::uint64_t>::max)());
  CHECK(number<std::int64_t>("0." + std::string(400, '0') + "12e402").value() == 12);
  CHECK(number<std::int64_t>("12" + std::string(400, '0') + "e-400").value() == 12);
  CHECK(number<std::int64_t>("9007199254740993.0").value() == 9'007'199'254'740'993);
  CHECK(number<double>("9007199254740993.0").value() == 9007199254740992.0);
  CHECK(number<std::int64_t>("9007199254740993.5").error().fault == fault::number_out_of_range);
  CHECK(number<std::int64_t>("9007199254740991.99").error().fault == fault::number_out_of_range);
  CHECK(number<std::int64_t>("9.223372036854775808e18").error().fault == fault::number_out_of_range);
  CHECK(number<std::uint64_t>("18446744073709551616.0").error().fault == fault::number_out_of_range);
  CHECK(number<std::int64_t>("15e-1").error().fault == fault::wrong_type);
  CHECK(number<std::int64_t>("1e-30").error().fault == fault::wrong_type);
  CHECK(number<std::int64_t>("0e5").value() == 0);
  CHECK(number<std::uint64_t>("-0.0e5").value() == 0);
}

TEST_CASE("a zero keeps its sign where the type has one") {
  CHECK(std::signbit(number<double>("-0").value()));
  CHECK(std::signbit(number<double>("-0.0e7").value()));
  CHECK(!std::signbit(number<double>("0").value()));
  CHECK(number<std::int64_t>("-0").value() == 0);
}

TEST_CASE("a number beyond every double is ignored where nobody reads it, and refused where somebody does") {
  suite::everything value;
  ghl::json_reader ignoring{value};
  ignoring.begin_object();
  ignoring.key("x");
  CHECK(ghl::read_json_number(ignoring, "1e999"));
  ignoring.end_object();
  CHECK(ignoring.ok());
  ghl::json_reader reading{value};
  reading.begin_object();
  reading.key("ratio");
  CHECK(!ghl::read_json_number(reading, "1e999"));
  CHECK(reading.error().fault == fault::number_out_of_range);
  CHECK(reading.error().where == "ratio");
}

TEST_CASE("the program's locale does not change a number") {
  const char* const before = std::setlocale(LC_NUMERIC, nullptr);
  const std::string kept = before == nullptr ? "C" : before;
  for (const char* name : {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "German_Germany.1252"})
    if (std::setlocale(LC_NUMERIC, name) != nullptr) break;
  CHECK(number<double>("1.5").value() == 1.5);
  CHECK(number<double>("1.5e1").value() == 15.0);
  std::setlocale(LC_NUMERIC, kept.c_str());
}
