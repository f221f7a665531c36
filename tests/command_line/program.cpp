// The command-line client: what is sent for a command, what is printed, and the exit status.
#include "../catch.hpp"

#include <ghl/families.hpp>
#include <ghl/program.hpp>
#include <ghl/words.hpp>

#include <ghl/any_transport.hpp>
#include <ghl/api/contacts.hpp>
#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/json/nlohmann.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using ghl::testing::script;
using words = std::vector<std::string>;
constexpr const char* secret_text = "pit-0123456789abcdef";

struct ran {
  int status;
  std::string out, err;
};

/// Runs a command against a script, with a token, and nobody who could be asked.
struct shell {
  script server;
  std::map<std::string, std::string> variables{{"GHL_TOKEN", secret_text}};
  std::string typed;
  bool asks = false;
  bool shows = false;

  ran operator()(words command) {
    std::istringstream in{typed};
    std::ostringstream out, err;
    const int status = ghl_program::run(
        std::move(command), {in, out, err, asks, shows, [this](const char* name) { return variables[name]; },
                             ghl::any_transport{ghl::testing::scripted_transport{server}}});
    return {status, out.str(), err.str()};
  }
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every operation of the library has its own command, and every parameter its option") {
  std::size_t operations = 0;
  for (const ghl_program::family& f : ghl_program::families()) {
    std::set<std::string> names;
    for (const ghl::catalogue_entry& e : f.operations) {
      ++operations;
      INFO(f.name << " " << e.name);
      CHECK(names.insert(ghl_program::dashed(e.name)).second);
      std::size_t given = 0;
      for (const ghl::catalogue_parameter& p : e.parameters) given += p.is_constant ? 0U : 1U;
      CHECK(ghl_program::flags_of(e).size() == given + e.body.type().fields.size());
    }
  }
  CHECK(operations == 1203);
}

TEST_CASE("a command sends what the call of a program sends") {
  shell sh;
  SECTION("a query") {
    const auto made = ghl::prepare(ghl::links::get_links{.location_id = "a b/c"}, ghl::nlohmann_json{}, secret_text);
    REQUIRE(made);
    sh.server.expect(ghl::method::get, std::string{made->target()}).header("Authorization", "Bearer pit-0123456789abcdef")
        .header("Version", "2021-07-28").header("Accept", "application/json").body("").answer(200, R"({"links":[]})");
    const ran r = sh({"links", "get-links", "--location-id", "a b/c"});
    CHECK(r.status == 0);
    CHECK(r.out == "{\"links\":[]}\n");
    CHECK(r.err.empty());
  }
  SECTION("a body, from options of their own") {
    sh.server.expect(ghl::method::post, "/contacts/").header("Content-Type", "application/json")
        .body(R"({"firstName":"Ann","locationId":"x","tags":["a","b"]})").answer(201, "{}");
    CHECK(sh({"contacts", "create-contact", "--location-id", "x", "--first-name", "Ann", "--tags", "a", "b"}).status == 0);
  }
  SECTION("a body from the standard input, and an option that adds to it") {
    sh.typed = R"({"locationId":"x"})";
    sh.server.expect(ghl::method::post, "/contacts/").body(R"({"firstName":"Ann","locationId":"x"})").answer(201, "{}");
    CHECK(sh({"contacts", "create-contact", "--body", "-", "--first-name", "Ann"}).status == 0);
  }
  SECTION("a location from the environment") {
    sh.variables["GHL_LOCATION_ID"] = "from-there";
    sh.server.expect(ghl::method::get, "/links/?locationId=from-there").answer(200, "{}");
    CHECK(sh({"links", "get-links"}).status == 0);
  }
}

TEST_CASE("a mistake is a sentence, the status 2, and no request") {
  shell sh;
  const auto refused = [&](words command, std::string_view sentence) {
    const ran r = sh(std::move(command));
    INFO(r.err);
    CHECK(r.status == 2);
    CHECK(contains(r.err, sentence));
    CHECK(r.out.empty());
  };
  refused({"link"}, "there is no family \"link\"; did you mean \"links\"?");
  refused({"links", "get-lnks"}, "there is no operation \"get-lnks\"; did you mean \"get-links\"?");
  refused({"links", "get-links"}, "--location-id is missing");
  refused({"links", "get-links", "--location-id", ""}, "--location-id is empty");
  refused({"links", "get-links", "--location-id", "x", "--base-url", "http://example.com"}, "address of the API");
  refused({"links", "delete-link", "--link-id", ".."}, "cannot be \"..\"");
  refused({"links", "delete-link", "--link-id", "x"}, "without --yes");
  refused({"contacts", "get-contacts", "--location-id", "x", "--limit", "many"}, "--limit must be INTEGER, not \"many\"");
  refused({"contacts", "create-contact", "--body", "{"}, "--body is no JSON");
  refused({"contacts", "create-contact", "--body", R"({"firstName":1,"x":2})"}, "locationId is missing\n  firstName must be");
  refused({"contacts", "create-contact", "--body", "@/nowhere/at/all"}, "cannot read the file");
  refused({"contacts", "create-contact", "--body", "@/"}, "cannot read the file");
  refused({"contacts", "create-contact", "--location-id", "x", "--first-name", "\xff"}, "no UTF-8");
  refused({"links", "search-trigger-links", "--location-id", "\xff\n"}, "control character");
  sh.variables["GHL_TOKEN"] = "not a token";
  refused({"links", "get-links", "--location-id", "x"}, "the token");
  sh.variables["GHL_TOKEN"] = "";
  refused({"links", "get-links", "--location-id", "x"}, "put one into GHL_TOKEN");
}

TEST_CASE("a value in brackets is that value, and the option behind it is an option") {
  shell sh;
  const words create{"contacts", "create-contact", "--location-id", "x", "--dry-run"};
  const auto with = [&](words more) {
    words command = create;
    command.insert(command.end(), more.begin(), more.end());
    return sh(command).out;
  };
  CHECK(contains(sh({"contacts", "create-contact", "--location-id", "x", "--first-name", "[]", "--dry-run"}).out,
                 R"({"firstName":"[]","locationId":"x"})"));
  CHECK(contains(with({"--first-name", "[Ann]"}), R"("firstName":"[Ann]")"));
  CHECK(contains(with({"--tags", "[]"}), R"("tags":[])"));
  CHECK(contains(with({"--tags", R"(["new","v,ip"])"}), R"("tags":["new","v,ip"])"));
  CHECK(contains(with({"--tags", "a", "--tags", "b"}), R"("tags":["a","b"])"));
  CHECK(contains(with({"--custom-fields", R"([{"id":"a"},{"id":"c"}])"}), R"("customFields":[{"id":"a"},{"id":"c"}])"));
  CHECK(contains(sh({"links", "delete-link", "--link-id", "[abc]", "--dry-run"}).out, "/links/%5Babc%5D\n"));
  CHECK(sh({"contacts", "create-contact", "--location-id", "x", "--first-name", "--dry-run"}).status == 2);
  CHECK(sh({"contacts", "create-contact", "--location-id", "x", "--tags", "--yes"}).status == 2);
}

TEST_CASE("a file is replaced by a whole answer, and by nothing else") {
  shell sh;
  const std::string name = "command_line_answer.txt";
  const auto content = [&] {
    std::ifstream in{name};
    return std::string{std::istreambuf_iterator<char>{in}, {}};
  };
  std::ofstream{name} << "precious";
  sh.server.expect(ghl::method::get, "/links/?locationId=x").answer(403, R"({"message":"no"})");
  sh.server.expect(ghl::method::get, "/links/?locationId=x").answer(200, R"({"links":[]})");
  const words command{"links", "get-links", "--location-id", "x", "--output", name};
  CHECK(sh(command).status != 0);
  CHECK(content() == "precious");
  CHECK(sh(command).status == 0);
  CHECK(content() == "{\"links\":[]}\n");
  CHECK(std::remove(name.c_str()) == 0);
}

TEST_CASE("JSON that nests without end is no end of the program") {
  shell sh;
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  sh.server.expect(ghl::method::get, "/links/search?locationId=x").answer(200, R"({"links":)" + deep + "}");
  CHECK(sh({"links", "search-trigger-links", "--location-id", "x", "--all-pages"}).status == 1);
  sh.server.expect(ghl::method::get, "/links/?locationId=x").answer(200, deep);
  sh.shows = true;
  CHECK(sh({"links", "get-links", "--location-id", "x"}).out == deep + "\n");
  CHECK(sh({"contacts", "create-contact", "--body", deep}).status == 2);
}

TEST_CASE("a terminal is shown no control characters of a server's") {
  shell sh;
  sh.shows = true;
  sh.server.expect(ghl::method::get, "/links/?locationId=x").answer(200, "\x1b]0;owned\x07\xC2\x9B" "31m\xE2\x80\xAE");
  CHECK(sh({"links", "get-links", "--location-id", "x"}).out == "\\u001b]0;owned\\u0007\\u009b31m\\u202e\n");
  sh.server.expect(ghl::method::get, "/links/?locationId=x").answer(200, R"({"a":"\u009b31m"})");
  CHECK(sh({"links", "get-links", "--location-id", "x"}).out == "{\n  \"a\": \"\\u009b31m\"\n}\n");
  CHECK(contains(sh({"\x1b[31m"}).err, "\\u001b[31m"));
}

TEST_CASE("DELETE asks, and does nothing without a yes") {
  shell sh;
  sh.asks = true;
  sh.typed = "n\n";
  const ran no = sh({"links", "delete-link", "--link-id", "x"});
  CHECK(no.status == 2);
  CHECK(contains(no.err, "DELETE https://services.leadconnectorhq.com/links/x\nDelete it? [y/N]"));
  sh.typed = "y\n";
  sh.server.expect(ghl::method::del, "/links/x").answer(200, R"({"succeded":true})");
  CHECK(sh({"links", "delete-link", "--link-id", "x"}).status == 0);
  sh.asks = false;
  sh.server.expect(ghl::method::del, "/links/y").answer(200, R"({"succeded":true})");
  CHECK(sh({"links", "delete-link", "--link-id", "y", "--yes"}).status == 0);
}

TEST_CASE("the exit status says what to do, and no token is printed") {
  shell sh;
  sh.server.expect(ghl::method::get, "/links/?locationId=x")
      .answer(401, R"({"message":"Invalid JWT pit-0123456789abcdef"})");
  const ran expired = sh({"links", "get-links", "--location-id", "x"});
  CHECK(expired.status == 13);
  CHECK(contains(expired.err, "Get Links: HTTP 401"));
  CHECK_FALSE(contains(expired.err + expired.out, secret_text));
  sh.variables["GHL_TOKEN"] = "t";
  sh.server.expect(ghl::method::get, "/links/?locationId=x").answer(400, R"({"message":"t"})");
  CHECK(sh({"links", "get-links", "--location-id", "x"}).status == 11);
  sh.server.expect(ghl::method::post, "/contacts/").answer(422, R"({"message":"email must be an email"})");
  const ran wrong = sh({"contacts", "create-contact", "--location-id", "x", "--email", "nobody"});
  CHECK(wrong.status == 11);
  CHECK(contains(wrong.err, "email must be an email"));
}

TEST_CASE("--dry-run and --curl print the request, with a variable where the token is") {
  shell sh;
  const ran dry = sh({"contacts", "create-contact", "--location-id", "x", "--first-name", "O'Neil", "--dry-run"});
  CHECK(dry.status == 0);
  CHECK(dry.out == "POST https://services.leadconnectorhq.com/contacts/\nAuthorization: Bearer $GHL_TOKEN\n"
                   "Version: 2021-07-28\nAccept: application/json\nContent-Type: application/json\n\n"
                   "{\"firstName\":\"O'Neil\",\"locationId\":\"x\"}\n");
  const ran curl = sh({"contacts", "create-contact", "--location-id", "x", "--first-name", "O'Neil", "--curl"});
  CHECK(curl.out ==
        "curl -X POST 'https://services.leadconnectorhq.com/contacts/' -H 'Authorization: Bearer '\"$GHL_TOKEN\" -H "
        "'Version: 2021-07-28' -H 'Accept: application/json' -H 'Content-Type: application/json' --data-binary "
        "'{\"firstName\":\"O'\\''Neil\",\"locationId\":\"x\"}'\n");
}

TEST_CASE("--curl tells the parts of a body by options of curl") {
  shell sh;
  const ran r = sh({"medias", "upload-media-content", "--file", "a b.png", "--name", "it's", "--curl"});
  CHECK(contains(r.out, " -F 'file=@a b.png'"));
  CHECK(contains(r.out, " --form-string 'name=it'\\''s'"));
  CHECK_FALSE(contains(r.out, "boundary"));
}

TEST_CASE("--all-pages prints the items of all pages, one a line, and says where to go on") {
  shell sh;
  const words command{"links", "search-trigger-links", "--location-id", "x", "--all-pages"};
  sh.server.expect(ghl::method::get, "/links/search?locationId=x").answer(200, R"({"links":[{"id":"1"},{"id":"2"}]})");
  sh.server.expect(ghl::method::get, "/links/search?locationId=x&skip=2").answer(200, R"({"links":[{"id":"3"}]})");
  SECTION("up to an empty page") {
    sh.server.expect(ghl::method::get, "/links/search?locationId=x&skip=3").answer(200, R"({"links":[]})");
    const ran r = sh(command);
    CHECK(r.status == 0);
    CHECK(r.out == "{\"id\":\"1\"}\n{\"id\":\"2\"}\n{\"id\":\"3\"}\n");
    CHECK(r.err.empty());
  }
  SECTION("up to an error") {
    sh.server.expect(ghl::method::get, "/links/search?locationId=x&skip=3")
        .answer(403, R"({"message":"The token does not have access to this location."})");
    const ran r = sh(command);
    CHECK(r.status == 18);
    CHECK(r.out == "{\"id\":\"1\"}\n{\"id\":\"2\"}\n{\"id\":\"3\"}\n");
    CHECK(contains(r.err, "to go on: --skip '3'"));
  }
  SECTION("with the progress on a terminal") {
    sh.asks = true;
    sh.server.expect(ghl::method::get, "/links/search?locationId=x&skip=3").answer(200, R"({"links":[]})");
    CHECK(contains(sh(command).err, "\r3 items, 2 pages"));
  }
  SECTION("and pages in turn end it, too") {
    sh.server.expect(ghl::method::get, "/links/search?locationId=x&skip=3")
        .answer(200, R"({"links":[{"id":"1"},{"id":"2"}]})");  // the first one again
    CHECK(sh(command).status == 1);
  }
  SECTION("and not for ever") {
    sh.server.expect(ghl::method::get, "/links/search?locationId=x&skip=3").answer(200, R"({"links":[{"id":"3"}]})");
    const ran r = sh(command);
    CHECK(r.status == 1);
    CHECK(contains(r.err, "sent a page again"));
  }
}

TEST_CASE("an answer is set in lines on a terminal, and stays as it came elsewhere") {
  shell sh;
  const std::string answer = R"({"links":[],"b":1.50,"a":"é"})";
  sh.server.expect(ghl::method::get, "/links/?locationId=x").answer(200, answer).times(3);
  const words command{"links", "get-links", "--location-id", "x"};
  CHECK(sh(command).out == answer + "\n");
  sh.shows = true;
  CHECK(sh(command).out == "{\n  \"links\": [],\n  \"b\": 1.5,\n  \"a\": \"é\"\n}\n");
  CHECK(sh({"links", "get-links", "--location-id", "x", "--raw"}).out == answer + "\n");
}

TEST_CASE("a shell is told how words go on") {
  shell sh;
  CHECK(contains(sh({"--complete", ""}).out, "\ncontacts\n"));
  CHECK(contains(sh({"--complete", "v3", ""}).out, "contacts\n"));
  CHECK(contains(sh({"--complete", "links", "get"}).out, "get-links\n"));
  CHECK(contains(sh({"--complete", "links", "get-links", "--"}).out, "--location-id\n"));
  CHECK(contains(sh({"--complete", "users", "create-user", "--scopes", ""}).out, "contacts.write\n"));
  CHECK(sh({"completion"}).status == 2);
  CHECK(contains(sh({"completion", "bash"}).out, "complete -o default -F _ghl ghl"));
}

TEST_CASE("the commands of the README are commands") {
  std::ifstream readme{GHL_ROOT "/examples/ghl/README.md"};
  int commands = 0;
  for (std::string line; std::getline(readme, line);) {
    constexpr std::string_view begin = "    ghl ";
    if (!line.starts_with(begin)) continue;
    shell sh;
    words command;
    std::istringstream split{line.substr(begin.size(), line.find('>') - begin.size())};
    for (std::string word; split >> word;) command.push_back(word == "@contact.json" ? R"({"locationId":"x"})" : word);
    command.emplace_back("--dry-run");
    INFO(line);
    CHECK(sh(command).status == 0);
    ++commands;
  }
  CHECK(commands == 5);
}

TEST_CASE("the help of an operation has its method, its path and its options") {
  shell sh;
  const ran r = sh({"links", "delete-link", "--help"});
  CHECK(r.status == 0);
  CHECK(contains(r.out, "Delete Link: DELETE /links/:linkId\nscope: links.write\ntoken: a sub-account's"));
  CHECK(contains(r.out, "--link-id TEXT"));
  CHECK(contains(r.out, "--yes"));
  CHECK_FALSE(contains(r.out, "GHL_BASE_URL"));
  CHECK(contains(sh({"--help"}).out, "GHL_BASE_URL"));
}
