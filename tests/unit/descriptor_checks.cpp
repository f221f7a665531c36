// The mistakes that the compiler finds in the words of a descriptor, as values; tests/compile has the sentences.
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/path_template.hpp>
#include <ghl/endpoint/words.hpp>

#include <cstddef>
#include <string>

namespace {

using namespace ghl;
using detail::diagnosis;

struct s {
  std::string a;
  std::string b;
};

template <class... Words>
consteval diagnosis of(method m, const char* path, Words... words) {
  return ghl::endpoint("T", m, path, words..., token::sub_account).in_words.what;
}
consteval diagnosis of_path(const char* path) { return of(method::get, path); }
consteval diagnosis of_version(const char* text) { return of(method::get, "/", version(text)); }
consteval diagnosis of_scope(const char* text) { return of(method::get, "/", scope(text)); }

static_assert(of_path("/a/b-c_d.e~f/") == diagnosis::none);
static_assert(of_path("") == diagnosis::path_without_slash);
static_assert(of_path("a") == diagnosis::path_without_slash);
static_assert(of_path("/a?b=c") == diagnosis::path_character);
static_assert(of_path("/a#b") == diagnosis::path_character);
static_assert(of_path("/a b") == diagnosis::path_character);
static_assert(of_path("/a%20b") == diagnosis::path_character);
static_assert(of_path("/\xC3\xA9") == diagnosis::path_character);
static_assert(of_path("/a/:") == diagnosis::empty_placeholder);
static_assert(of_path("/a/:/b") == diagnosis::empty_placeholder);
static_assert(of_path("/a/:x/:x") == diagnosis::repeated_placeholder);
static_assert(of_path("/a/:x") == diagnosis::unfilled_placeholder);
static_assert(of_path("/a:b") == diagnosis::none);
static_assert(of(method::get, "/:x/:y", path("y", &s::a), path("x", &s::b)) == diagnosis::none);
static_assert(of(method::get, "/:x", path("y", &s::a), path("x", &s::b)) == diagnosis::unknown_placeholder);
static_assert(of(method::get, "/:x", path("x", &s::a), path("x", &s::b)) == diagnosis::repeated_parameter);
static_assert(of(method::get, "/", query("x", &s::a), query("x", &s::b)) == diagnosis::repeated_parameter);
static_assert(of(method::get, "/:x", path("x", &s::a), query("x", &s::b)) == diagnosis::none);
static_assert(of(method::get, "/", query("", &s::a)) == diagnosis::unnamed_parameter);
static_assert(of(method::post, "/", body(&s::a), body(&s::b)) == diagnosis::two_bodies);
static_assert(of(method::get, "/", body(&s::a)) == diagnosis::body_on_get);
static_assert(of(method::get, "/", version("v3"), version("2021-07-28")) == diagnosis::two_versions);
static_assert(of_version("2021-04-15") == diagnosis::none && of_version("v3") == diagnosis::none);
static_assert(of_version("2024-02-29") == diagnosis::none && of_version("2023-02-29") == diagnosis::version_form);
static_assert(of_version("2021-13-01") == diagnosis::version_form);
static_assert(of_version("2021-04-31") == diagnosis::version_form);
static_assert(of_version("2021-7-28") == diagnosis::version_form && of_version("v4") == diagnosis::version_form);
static_assert(of_version("") == diagnosis::version_form);
static_assert(of(method::get, "/", unpublished_version("2026-preview")) == diagnosis::none);
static_assert(of(method::get, "/", unpublished_version("a b")) == diagnosis::version_form);
static_assert(of_scope("links.readonly") == diagnosis::none && of_scope("workflows.readonly") == diagnosis::none);
static_assert(of_scope("conversations/message.write") == diagnosis::none);
static_assert(of_scope("locations/customFields.write") == diagnosis::none && of_scope("a.b/c.d") == diagnosis::none);
static_assert(of_scope("links.write/all") == diagnosis::scope_form);
static_assert(of_scope("links") == diagnosis::scope_form && of_scope("links.") == diagnosis::scope_form);
static_assert(of_scope(".write") == diagnosis::scope_form && of_scope("links write") == diagnosis::scope_form);
static_assert(of_scope("links/.write") == diagnosis::scope_form && of_scope("") == diagnosis::scope_form);
static_assert(of(method::get, "/", scope("a.b"), scope("c.d"), scope("e.f"), scope("g.h")) == diagnosis::none);
static_assert(of(method::get, "/", scope("a.b"), scope("c.d"), scope("e.f"), scope("g.h"), scope("i.j")) ==
              diagnosis::too_many_scopes);
static_assert(of_path("/:a/:b/:c/:d/:e/:f/:g/:h/:i") == diagnosis::too_many_placeholders);
static_assert(ghl::endpoint("T", method::get, "/").in_words.what == diagnosis::no_token);

static_assert(of_path("/a//b") == diagnosis::path_segment && of_path("/a/../b") == diagnosis::path_segment);
static_assert(of_path("/./b") == diagnosis::path_segment && of_path("/a/..") == diagnosis::path_segment);
static_assert(of_path("//") == diagnosis::path_segment && of_path("/a/...") == diagnosis::none);
static_assert(of_path("/a/.b") == diagnosis::none && of_path("/a.") == diagnosis::none);
static_assert(of(method::get, "/:x", path("x", &s::a), query("y", &s::a)) == diagnosis::repeated_member);
static_assert(of(method::post, "/", query("y", &s::a), body(&s::a)) == diagnosis::repeated_member);
static_assert(of(method::get, "/", scope("a.b"), scope("a.b")) == diagnosis::repeated_scope);
static_assert(of({}, "/") == diagnosis::no_method);
static_assert(ghl::endpoint("", method::get, "/", token::agency).in_words.what == diagnosis::no_title);
static_assert(ghl::endpoint(method::get, "T", "/").in_words.what == diagnosis::endpoint_arguments);
static_assert(of(method::get, "/:x", path(&s::a, "x")) == diagnosis::word_arguments);
static_assert(of(method::get, "/", version(3)) == diagnosis::word_arguments);
static_assert(of(method::get, "/", scope(42)) == diagnosis::word_arguments);
static_assert(of(method::post, "/", body("x")) == diagnosis::word_arguments);

// A path, taken apart.
constexpr detail::path_template two = detail::parse_path("/a/:id/b:c/:other/d");
static_assert(two.count == 2 && two.name(0) == "id" && two.name(1) == "other");
static_assert(two.literal(0) == "/a/" && two.literal(1) == "/b:c/" && two.literal(2) == "/d");
constexpr detail::path_template plain = detail::parse_path("/a/");
static_assert(plain.count == 0 && plain.literal(0) == "/a/");
constexpr detail::path_template action = detail::parse_path("/:id:cancel");
static_assert(action.count == 1 && action.name(0) == "id");
static_assert(action.literal(0) == "/" && action.literal(1) == ":cancel");
constexpr detail::path_template whole = detail::parse_path("/:a/:b");
static_assert(whole.literal(1) == "/" && whole.literal(2).empty());

// A walk over the words.
constexpr std::size_t words_of_kind(detail::word_kind wanted) {
  std::size_t n = 0;
  detail::for_each_word(ghl::endpoint("T", method::post, "/:x", version("v3"), path("x", &s::a), query("y", &s::b),
                                      query("z", &s::b), token::agency),
                        [&]<class Word>(const Word&) { n += detail::word_kind_of<Word> == wanted ? 1U : 0U; });
  return n;
}
static_assert(words_of_kind(detail::word_kind::path) == 1 && words_of_kind(detail::word_kind::query) == 2);
static_assert(words_of_kind(detail::word_kind::body) == 0 && words_of_kind(detail::word_kind::other) == 2);

}  // namespace
