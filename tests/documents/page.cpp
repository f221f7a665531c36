/// The reference of all operations as a page of HTML.
#include "../catch.hpp"

#include <reference/html.hpp>

#include <ghl/api/links.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// A page that is read strictly: every tag is closed, every value of an attribute is quoted, no <, > or & stands in a
/// text. `mistake` tells what it is not.
struct strict_page {
  std::vector<std::string> ids, links;
  std::string scripts, text, mistake;

  explicit strict_page(const std::string& page) { read(page); }

 private:
  void read(const std::string& page) {
    std::vector<std::string> open;
    std::size_t at = 0;
    while (at < page.size() && mistake.empty()) {
      const std::size_t end = page.find(page[at] == '<' ? '>' : '<', at);
      if (page[at] != '<') {
        read_text(page.substr(at, end - at));
        at = end;
        continue;
      }
      if (end == std::string::npos) return fail("a tag without an end", page, at);
      const std::string tag = page.substr(at + 1, end - at - 1);
      at = end + 1;
      const std::string name = tag.substr(0, tag.find(' '));
      if (tag.starts_with('/')) {
        if (open.empty() || open.back() != tag.substr(1)) return fail("closes what is not open: " + tag, page, at);
        open.pop_back();
      } else if (name != "!DOCTYPE") {
        if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string::npos)
          return fail("no tag: " + name, page, at);
        read_attributes(tag.substr(name.size()));
        if (name != "meta" && name != "input") open.push_back(name);
      }
      if (name == "script" || name == "style") {
        const std::size_t close = page.find("</" + name, at);
        if (close == std::string::npos) return fail("no end of " + name, page, at);
        if (name == "script") scripts += page.substr(at, close - at);
        at = close;
      }
    }
    if (!open.empty()) mistake += " not closed: " + open.back();
  }
  void fail(const std::string& why, const std::string& page, std::size_t at) {
    mistake = why + " before " + page.substr(at, 60);
  }
  void read_text(std::string_view some) {
    if (some.find('>') != std::string_view::npos) mistake = "a > in " + std::string{some};
    for (std::size_t at = some.find('&'); at != std::string_view::npos; at = some.find('&', at + 1)) {
      bool is_known = false;
      for (const std::string_view known : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"})
        is_known = is_known || some.substr(at).starts_with(known);
      if (!is_known) mistake = "an & in " + std::string{some};
    }
    text.append(some);
  }
  void read_attributes(std::string_view rest) {
    while (!rest.empty()) {
      const std::size_t equals = rest.find("=\"");
      const std::size_t end = equals == std::string_view::npos ? equals : rest.find('"', equals + 2);
      if (rest.front() != ' ' || end == std::string_view::npos) {
        mistake = "no attribute: " + std::string{rest};
        return;
      }
      const std::string_view name = rest.substr(1, equals - 1);
      const std::string value{rest.substr(equals + 2, end - equals - 2)};
      read_text(value);
      if (name == "id") ids.push_back(value);
      if (name == "href") links.push_back(value);
      if (name == "src" || name.starts_with("on")) mistake = "not of the page itself: " + std::string{name};
      rest.remove_prefix(end + 1);
    }
  }
};

const std::string& page() {
  static const std::string all = ghl_reference::html(ghl_program::families());
  return all;
}

/// A family with one operation, whose title and path are an attack.
std::string hostile_page() {
  static ghl::catalogue_entry entry = ghl::catalogue<ghl::links::delete_link>.front();
  entry.title = "</summary><script>alert('1')</script>&\"";
  entry.path = "/<b>\"&amp;";
  const ghl_program::family one{"", "links", {&entry, 1}};
  return ghl_reference::html({&one, 1});
}

}  // namespace

TEST_CASE("the page has each operation once, under a link of its own, and every link leads somewhere") {
  const strict_page read{page()};
  CHECK(read.mistake.empty());
  std::map<std::string, int> ids, links;
  for (const std::string& id : read.ids) ++ids[id];
  for (const std::string& link : read.links) ++links[link];
  for (const auto& [id, times] : ids) {
    INFO(id);
    CHECK(times == 1);
  }
  for (const auto& [link, times] : links) {
    INFO(link);
    CHECK(link.starts_with('#'));
    CHECK(ids.count(link.substr(1)) == 1);
  }
  std::size_t operations = 0;
  for (const ghl_program::family& f : ghl_program::families())
    for (const ghl::catalogue_entry& e : f.operations) {
      ++operations;
      INFO(e.full_name);
      CHECK(links["#" + std::string{e.full_name}] == 1);
    }
  CHECK(operations == 1203);
}

TEST_CASE("the types of the page are JSON, and each number in it and in the page is that of a type") {
  const std::string begin = "<script type=\"application/json\" id=\"types\">";
  const std::size_t at = page().find(begin) + begin.size();
  const auto types = nlohmann::json::parse(page().substr(at, page().find("</script>", at) - at));
  const auto is_type = [&](const nlohmann::json& number) { return number.get<std::size_t>() < types.size(); };
  for (const auto& type : types) {
    INFO(type.dump());
    REQUIRE(type.is_object());
    if (type.contains("e")) CHECK(is_type(type["e"]));
    for (const auto& field : type.value("f", nlohmann::json::array())) CHECK(is_type(field[1]));
  }
  std::size_t used = 0;
  const std::string attribute = "data-type=\"";
  for (std::size_t from = page().find(attribute); from != std::string::npos; from = page().find(attribute, from + 1)) {
    ++used;
    CHECK(std::stoul(page().substr(from + attribute.size())) < types.size());
  }
  CHECK(used > 1203);
}

TEST_CASE("the page is one file, and small") {
  CHECK(page().size() < 3'000'000);
  for (const std::string_view elsewhere : {"http:", "https:", "@import", "url("})
    CHECK(page().find(elsewhere) == std::string::npos);
}

TEST_CASE("what a title says is text, never a part of the page") {
  const strict_page read{hostile_page()};
  CHECK(read.mistake.empty());
  CHECK(read.scripts.find("alert") == std::string::npos);
  const std::string shown = "&lt;/summary&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;";
  CHECK(read.text.find(shown) != std::string::npos);
  CHECK(ghl_reference::in_script("</script>") == "\"\\u003c/script>\"");
}

TEST_CASE("one operation of the page") {
  const std::size_t at = page().find("<article id=\"links::delete_link\">");
  REQUIRE(at != std::string::npos);
  std::string text = page().substr(at, page().find("</article>", at) - at);
  const std::string type = "data-type=\"";
  const std::size_t number = text.find(type) + type.size();
  text.replace(number, text.find('"', number) - number, "N");
  CHECK(text == R"(<article id="links::delete_link"><details><summary><b>Delete Link</b> <span>DELETE</span> )"
                R"(<code>/links/:linkId</code></summary>
<p><a href="#links::delete_link">Link to Delete Link</a></p>
<dl><dt>struct</dt><dd><code>ghl::links::delete_link</code></dd>
<dt>header</dt><dd><code>#include &lt;ghl/api/links.hpp&gt;</code></dd>
<dt>command</dt><dd><code>ghl links delete-link --link-id TEXT</code></dd>
<dt>Version</dt><dd><code>2021-07-28</code></dd>
<dt>scopes</dt><dd><code>links.write</code></dd>
<dt>token</dt><dd>sub-account</dd>
</dl>
<table><caption>Parameters</caption>
<tr><th scope="col">name</th><th scope="col">in</th><th scope="col">required</th><th scope="col">type</th></tr>
<tr><td><code>linkId</code></td><td>path</td><td>yes</td><td>text</td></tr>
</table>
<details data-type="N"><summary>Response</summary></details>
</details>)");
}
