// Policies that break one thing each: every check of the conformance suite can fail, and does where it should.
#include "../catch.hpp"

#include <ghl/json/nlohmann.hpp>
#include <ghl/testing/json_suite.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace {

using ghl::fault;
namespace suite = ghl::testing::json;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// A good policy, and what is done to its texts and errors.
struct broken {
  std::function<void(std::string& text)> before_reading{};
  std::function<bool(std::string_view text, ghl::error&)> instead_of_error{};  // true: there is a value after all
  std::function<void(std::string& text)> after_writing{};
  std::function<bool(ghl::error&)> instead_of_write_error{};

  template <class T>
  ghl::result<T> decode(std::string_view text) {
    std::string changed{text};
    if (before_reading) before_reading(changed);
    ghl::result<T> r = ghl::nlohmann_json{}.decode<T>(changed);
    if (!r && instead_of_error && instead_of_error(text, r.error())) return T{};
    return r;
  }
  template <class T>
  ghl::result<std::string> encode(const T& value) {
    ghl::result<std::string> text = ghl::nlohmann_json{}.encode(value);
    if (text && after_writing) after_writing(*text);
    if (!text && instead_of_write_error && instead_of_write_error(text.error())) return std::string{"null"};
    return text;
  }
};

broken reads(std::string_view from, std::string_view as) {
  return {.before_reading = [=](std::string& text) { text = replaced(text, from, as); }};
}
broken writes(std::string_view from, std::string_view as) {
  return {.after_writing = [=](std::string& text) { text = replaced(text, from, as); }};
}
broken takes(std::function<bool(std::string_view, const ghl::error&)> which) {
  return {.instead_of_error = [which](std::string_view text, ghl::error& e) { return which(text, e); }};
}
broken changes(std::function<void(ghl::error&)> how) {
  return {.instead_of_error = [how](std::string_view, ghl::error& e) { return how(e), false; }};
}
broken writes_anyway(fault what) {
  return {.instead_of_write_error = [what](ghl::error& e) { return e.fault == what; }};
}
broken mistakes(fault what) {
  return {.instead_of_write_error = [what](ghl::error& e) {
    if (e.fault == what) e.fault = fault::other;
    return false;
  }};
}

/// By the name of the check that it makes fail.
std::map<std::string, broken> all_broken() {
  std::map<std::string, broken> all;
  // what is read
  all["reads integers of every width up to their limits"] = reads("18446744073709551615", "18446744073709551614");
  all["reads 1.0 and 1e3 as integers"] = reads("1e3", "\"1000\"");
  all["reads floating-point numbers"] = reads("-1.5e-3", "-1.5");
  all["makes zeros of tiny numbers and of zeros with long exponents, or refuses them"] = reads("0e400", "0.1");
  all["reads floating-point numbers to the last bit"] = reads("9007199254740993.0", "9007199254740994.0");
  all["reads strings with every escape"] = reads("\\b", "b");
  all["reads UTF-8 as it stands"] = reads("\xC3\xA9\xF0", "e\xF0");
  all["reads strings of every length, with escapes and without"] = {.before_reading = [](std::string& text) {
    if (text.size() > 4096) text.clear();
  }};
  all["takes a key written with escapes for the same key"] = reads("t\\u0065xt", "another");
  all["reads bools"] = reads("false", "true");
  all["reads structs and arrays inside each other"] = reads(R"("name":null,"id":"b")", R"("id":"c")");
  all["reads types of the API without an object around them"] = reads(" -7 ", " -8 ");
  all["reads blanks between the parts"] = reads("\r", "\v");
  all["takes null for an absent optional"] = reads(R"("flag":null)", R"("flag":true)");
  all["ignores unknown keys whatever they hold"] = reads(R"("w":[[]])", R"("text":"no")");
  all["reads a message that is a string or an array of strings"] =
      reads(R"("message":["a","b"])", R"("message":["a"])");
  all["reads a second spelling"] = reads(R"("spelt")", R"("misspelt")");
  all["counts the later of two equal keys"] = reads(R"("text":"a","text":"b")", R"("text":"b","text":"a")");
  all["reads nothing of an earlier equal key into the later one"] =
      reads(R"({"id":"a","name":"b"},"one":{"id":"c"})", R"({"id":"c","name":"b"})");
  all["reads a text that goes on in memory, and no byte beyond it"] = {.before_reading = [](std::string& text) {
    if (text == "12") text = "1234";
  }};

  // what is refused
  for (const suite::bad_group& group : suite::bad_texts()) {
    const std::string last = group.texts.back().text;
    all["refuses " + group.about] = takes([last](std::string_view text, const ghl::error&) { return text == last; });
    all["says what is wrong, and where: " + group.about] = {
        .instead_of_error = [last](std::string_view text, ghl::error& e) {
          if (text == last) e.fault = fault::other;
          return false;
        }};
  }
  all["throws on no text"] = {.before_reading = [](const std::string& text) {
    if (text == "{,}") throw std::runtime_error{"a comma"};
  }};
  all["makes every error one of kind decode"] = changes([](ghl::error& e) { e.kind = ghl::error_kind::transport; });
  all["reads as before after a text that it refused"] = {
      .before_reading =
          [before = std::string{}](std::string& text) mutable {
            if (before == R"({"one":[]})") text.clear();
            before = text;
          }};
  all["refuses a struct without one of its required members"] = takes([](std::string_view, const ghl::error& e) {
    return e.fault == fault::missing_field && e.where == "items";
  });
  all["refuses null for a required member"] =
      takes([](std::string_view text, const ghl::error&) { return text.find(R"("items":null)") != text.npos; });
  all["names the required member that is missing or null"] = changes([](ghl::error& e) {
    if (e.where == "ratio") e.where.clear();
  });
  all["refuses every beginning of a text"] =
      takes([](std::string_view text, const ghl::error&) { return text == suite::whole_sample().substr(0, 100); });
  all["refuses what is no JSON any more among 6000 damaged texts"] =
      takes([](std::string_view text, const ghl::error& e) {
        return e.fault == fault::malformed && text.find('\x7F') != text.npos;
      });
  all["refuses texts nested 100000 levels deep, wherever they stand"] =
      takes([](std::string_view text, const ghl::error&) {
        return text.size() > 100'000 && text.starts_with(R"({"gaps":)");
      });

  // what is written
  all["writes each member once, and no blanks"] =
      writes(R"("flag":true,"tiny":-5)", R"("flag":true,"flag":true,"tiny":-5)");
  all["leaves out absent members"] = writes("{}", R"({"flag":null})");
  all["writes integers of 64 bits in full"] = writes("9223372036854775807", "9.223372036854776e18");
  all["writes one message as a string and several as an array"] = writes(R"("message":"a")", R"("message":["a"])");
  all["writes a member with two spellings under the first"] = writes("speltt", "spelt");
  all["writes types of the API without an object around them"] = writes("-7", "-7\n");
  all["escapes what JSON wants escaped"] = writes("\\u001f", "\x1F");
  all["writes floating-point numbers that read as the same"] = writes("0.1", "0.10000001");
  all["reads what it wrote as the same value"] = writes("e", "E");
  all["writes no string that is no UTF-8"] = writes_anyway(fault::invalid_utf8);
  all["says of a string that is no UTF-8 that it is none"] = mistakes(fault::invalid_utf8);
  all["writes no number that is not finite"] = writes_anyway(fault::not_finite);
  all["says of a number that is not finite that it is not"] = mistakes(fault::not_finite);

  // what no struct describes
  all["reads maps of strings"] = reads(R"("b.c":)", R"("b":)");
  all["counts the later of two equal keys in a map, and nothing of the earlier"] =
      reads(R"("a":"1","b":"2","a":"3")", R"("a":"3","b":"2","a":"1")");
  all["refuses in a map what it refuses in a struct"] =
      takes([](std::string_view text, const ghl::error&) { return text == R"({"named":{"a":null}})"; });
  all["names the key of a map where something is wrong"] = changes([](ghl::error& e) {
    if (e.where == "ratios.a[1]") e.where = "ratios[1]";
  });
  all["reads any JSON as a json_value"] = reads("[[[]]", "[[]");
  all["takes null for a json_value that is null, and for an optional one that is absent"] =
      reads(R"("any":null)", R"("any":{})");
  all["keeps the later of two equal keys in a json_value"] = reads(R"("b":2,"\u0061":3)", R"("b":2)");
  all["refuses what is no JSON where it keeps any"] =
      takes([](std::string_view text, const ghl::error&) { return text == R"({"any":[1] 2})"; });
  all["writes maps of strings, and null for what is absent in one"] = writes(R"({"a":null})", "{}");
  all["writes a json_value as what it is"] = writes(R"([1,-2)", "[1,2");
  all["writes no map with a key that is no UTF-8, nor a number in one that is not finite"] =
      writes_anyway(fault::invalid_utf8);

  // types that stand for others
  all["reads types of a user's own from what they are made of"] =
      reads(R"("ids":["\u0062","c"])", R"("ids":["\u0062","d"])");
  all["reads enumerations, and keeps a value that an open one does not know"] = reads("elsewhere", "nowhere");
  all["tells null from absent where the type does"] = reads(R"("count":null})", R"("count":7})");
  all["refuses what a type of a user's own refuses, and never makes a default of it"] =
      takes([](std::string_view text, const ghl::error&) { return text == R"({"state":"lost"})"; });
  all["names the place of what a type of a user's own refuses"] = changes([](ghl::error& e) {
    if (e.where == "items[0]") e.where.clear();
  });
  all["writes types of a user's own as what they are made of"] = writes(R"("kind":"f")", R"("kind":"g")");
  all["writes null where the type tells it from absent"] = writes(R"("note":null)", R"("note":"")");
  all["does not write a value of an enumeration that has no name"] = writes_anyway(fault::wrong_value);

  // the API's own texts
  all["reads the reference's example of Get Links"] = reads("first tag", "second tag");
  all["reads the reference's example of Delete Link, in both spellings"] = reads("succeeded", "suceeded");
  all["reads the reference's example of Remove Followers"] = reads("Mx6wyHhb", "sx6wyHhb");
  all["writes the reference's example of Remove Followers"] = writes(R"("followers":)", R"("followers": )");
  all["reads the reference's example of Delete Association"] = reads("Association deleted", "");
  all["reads the reference's example of Delete Conversation"] = reads(R"("success": true)", R"("success": false)");
  all["reads the bodies of failures"] = reads("traceId", "trace");
  all["reads nothing into the bodies of failures that are no JSON or something else"] =
      reads(R"({"message":"Internal)", R"({"message":"Internal"})");
  return all;
}

}  // namespace

TEST_CASE("each check fails for a policy that breaks what it is about") {
  for (const auto& [name, policy] : all_broken()) {
    INFO(name);
    const ghl::testing::report checks = ghl::testing::json_suite(broken{policy});
    REQUIRE(find(checks, name) != nullptr);
    CHECK(!find(checks, name)->passed);
    CHECK(!find(checks, name)->reason.empty());
    CHECK(to_text(checks).find("FAILED " + name + ": ") != std::string::npos);
  }
}

TEST_CASE("there is no check without a policy that it fails for") {
  const auto all = all_broken();
  const ghl::testing::report checks = ghl::testing::json_suite(broken{});
  CHECK(failed(checks) == 0);
  for (const ghl::testing::check_result& c : checks) {
    INFO(c.name);
    CHECK(all.count(c.name) == 1);
  }
  CHECK(all.size() == checks.size());
}

TEST_CASE("each bad text is missed by a policy that takes it or says something else of it") {
  for (const suite::bad_group& group : suite::bad_texts())
    for (const suite::bad_text& bad : group.texts) {
      if (bad.text.size() > 1000) continue;  // they take their time, and the last of them is above
      INFO(bad.text);
      broken taking = takes([&](std::string_view text, const ghl::error&) { return text == bad.text; });
      broken placing = {.instead_of_error = [&](std::string_view text, ghl::error& e) {
        if (text == bad.text) e.where += "x";
        return false;
      }};
      suite::subject<broken> take{taking};
      suite::subject<broken> place{placing};
      ghl::testing::report checks;
      suite::checks run{checks};
      suite::check_bad_texts(run, take);
      CHECK(!find(checks, "refuses " + group.about)->passed);
      checks.clear();
      suite::check_bad_texts(run, place);
      CHECK(find(checks, "refuses " + group.about)->passed);
      CHECK(!find(checks, "says what is wrong, and where: " + group.about)->passed);
    }
}

TEST_CASE("a check that fails names the cause") {
  struct row {
    broken policy;
    std::string_view check;
    std::string_view cause;
  };
  const std::string_view escapes = "reads strings with every escape";
  const std::string_view widths = "reads integers of every width up to their limits";
  const std::string_view whole = "reads what it wrote as the same value";
  const std::string_view bytes = "writes each member once, and no blanks";
  const std::string_view bits = "writes integers of 64 bits in full";
  const row rows[] = {
      // NUL
      {reads("a\\u0000b", "a"), escapes, R"("text" ends at its NUL byte: "a" instead of "a\x00b")"},
      {reads("a\\u0000b", "ab"), escapes, R"("text" has lost its NUL byte)"},
      {writes("\\u0000\\u0001", "\\u0001"), "escapes what JSON wants escaped", R"("text" has lost its NUL byte)"},
      {takes([](std::string_view text, const ghl::error&) { return text == std::string_view{"{}\0", 3}; }),
       "refuses broken texts", R"({}\x00 was read, though it is not valid JSON; a NUL byte does not end a text)"},
      // order
      {writes(R"({"id":"b","name":"c"},{"id":"d"})", R"({"id":"d"},{"id":"b","name":"c"})"), whole,
       R"(the elements of "items" are in another order)"},
      {reads(R"(["a","b"])", R"(["b","a"])"), "reads structs and arrays inside each other",
       R"(the elements of "tags" are in another order)"},
      {writes(R"("followers":["sx6wyHhbFdRXh302Lunr",)", R"("followers":[)"),
       "writes the reference's example of Remove Followers", R"("followers" has 1 elements instead of 2)"},
      // range
      {reads(R"("natural":18446744073709551615)", R"("natural":1.8446744073709551e19)"), widths,
       R"("natural" is out of the range of a double's 53 bits, and was rounded)"},
      {reads(R"("i64":-9223372036854775808)", R"("i64":0)"), widths,
       R"("i64" is out of the range of 32 bits, and cut to them: "0" instead of "-9223372036854775808")"},
      {reads(R"("whole":9223372036854775807)", R"("whole":2147483647)"), widths, "and stands at its limit"},
      {reads(R"("whole":9223372036854775807)", R"("whole":9223372036854775808)"), widths,
       "whole is a number that does not fit its type"},
      {takes([](std::string_view text, const ghl::error&) { return text == R"({"tiny":128})"; }),
       "refuses numbers out of range", R"(was read, though "tiny" is a number that does not fit its type)"},
      {writes("9223372036854775807", "9223372036854775807.0"), bits,
       "is a floating-point number instead of an integer"},
      {writes("9007199254740993", "9007199254740992"), bits, "is out of the range of a double's 53 bits"},
      {writes("0.1", "0.10000000149"), "writes floating-point numbers that read as the same",
       "has the precision of a float"},
      // and what else a library does
      {writes("\"tags\":[]", "\"tags\":null"), bytes, R"("tags" is null instead of an array)"},
      {writes("\"tags\":[],", ""), bytes, R"("tags" is missing)"},
      {writes("\"flag\":true,", "\"flag\":true,\"flag\":true,"), bytes, R"("flag" is there twice)"},
      {writes("\"tags\":[]", "\"tags\":[ ]"), bytes, "there are blanks between its parts"},
      {writes("\"tags\":[]", "\"tags\":[}"), bytes, "which is not valid JSON"},
      {writes("{}", R"({"flag":null})"), "leaves out absent members", R"("flag" is there, and should not be)"},
      {reads("\xC3\xA9\xF0\x9F\x98\x80", "\xC3\xA9"), "reads UTF-8 as it stands", "is cut off after 2 of 6 bytes"},
  };
  for (const row& r : rows) {
    const ghl::testing::report checks = ghl::testing::json_suite(broken{r.policy}, {.only = std::string{r.check}});
    REQUIRE(checks.size() == 1);
    INFO(checks.front().name << ": " << checks.front().reason << "\n  has no: " << r.cause);
    CHECK(!checks.front().passed);
    CHECK(checks.front().reason.find(r.cause) != std::string::npos);
  }
}

TEST_CASE("the order of keys is nobody's business: a policy that sorts them passes") {
  broken sorting = {.after_writing = [](std::string& text) { text = nlohmann::json::parse(text).dump(); }};
  const ghl::testing::report checks = ghl::testing::json_suite(sorting);
  INFO(to_text(checks));
  CHECK(sorting.encode(suite::item{"a", "b"}).value() == R"({"id":"a","name":"b"})");
  CHECK(sorting.encode(suite::strict{}).value() == R"({"flag":false,"items":[],"ratio":0.0,"text":"","whole":0})");
  CHECK(failed(checks) == 0);
}

TEST_CASE("a known limit is not run, and reported with its reason") {
  const std::string name = "counts the later of two equal keys";
  const ghl::testing::report checks =
      ghl::testing::json_suite(all_broken()[name], {.known_limits = {{name, "our library keeps the first"}}});
  REQUIRE(find(checks, name) != nullptr);
  CHECK(find(checks, name)->not_run());
  CHECK(find(checks, name)->reason == "not run: a known limit: our library keeps the first");
  CHECK(not_run(checks) == 1);
  CHECK(failed(checks) == 0);
  CHECK(checks.size() == ghl::testing::json_suite(broken{}).size());
}

TEST_CASE("a limit that is that of no check is told of, and so is the name of one to run") {
  const std::string reason = "no check has this name; see json_suite_options";
  const ghl::testing::report checks =
      ghl::testing::json_suite(broken{}, {.known_limits = {{"reads everything", "it does not"}}});
  CHECK(failed(checks) == 1);
  REQUIRE(find(checks, "reads everything") != nullptr);
  CHECK(find(checks, "reads everything")->reason == reason);
  const ghl::testing::report none = ghl::testing::json_suite(broken{}, {.only = "reads everything"});
  REQUIRE(none.size() == 1);
  CHECK(none.front() == ghl::testing::check_result{"reads everything", false, reason});
}

TEST_CASE("one check can be run alone") {
  const ghl::testing::report checks = ghl::testing::json_suite(broken{}, {.only = "reads bools"});
  REQUIRE(checks.size() == 1);
  CHECK(checks.front().name == "reads bools");
  CHECK(checks.front().passed);
}

TEST_CASE("an exception is a failed check, and the suite goes on") {
  broken policy{.before_reading = [](const std::string&) { throw std::runtime_error{"no"}; }};
  const ghl::testing::report checks = ghl::testing::json_suite(broken{policy});
  CHECK(checks.size() == ghl::testing::json_suite(broken{}).size());
  REQUIRE(find(checks, "reads bools") != nullptr);
  CHECK(find(checks, "reads bools")->reason ==
        "an exception came out: no: catch it where it comes from, and return an error");
}
