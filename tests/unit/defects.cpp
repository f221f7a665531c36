// What the compiler finds wrong with a descriptor, asked as values; the sentences that it prints are in well_formed.hpp.
#include <ghl/endpoint/words.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/well_formed.hpp>

#include <string>

namespace {

using namespace ghl;
using detail::defect;

struct s {
  std::string a;
  std::string b;
};

template <class... Words>
consteval defect of(method m, const char* path, Words... words) {
  return ghl::endpoint("T", m, path, words..., token::sub_account).defect_.what;
}
consteval defect of_path(const char* path) { return of(method::get, path); }
consteval defect of_version(const char* text) { return of(method::get, "/", version(text)); }
consteval defect of_scope(const char* text) { return of(method::get, "/", scope(text)); }

static_assert(of_path("/a/b-c_d.e~f/") == defect::none);
static_assert(of_path("") == defect::path_without_slash);
static_assert(of_path("a") == defect::path_without_slash);
static_assert(of_path("/a?b=c") == defect::path_character);
static_assert(of_path("/a#b") == defect::path_character);
static_assert(of_path("/a b") == defect::path_character);
static_assert(of_path("/a%20b") == defect::path_character);
static_assert(of_path("/\xC3\xA9") == defect::path_character);
static_assert(of_path("/a/:") == defect::empty_placeholder);
static_assert(of_path("/a/:/b") == defect::empty_placeholder);
static_assert(of_path("/a/:x/:x") == defect::repeated_placeholder);
static_assert(of_path("/a/:x") == defect::unfilled_placeholder);
static_assert(of_path("/a:b") == defect::none);
static_assert(of(method::get, "/:x/:y", path("y", &s::a), path("x", &s::b)) == defect::none);
static_assert(of(method::get, "/:x", path("y", &s::a), path("x", &s::b)) == defect::unknown_placeholder);
static_assert(of(method::get, "/:x", path("x", &s::a), path("x", &s::b)) == defect::repeated_parameter);
static_assert(of(method::get, "/", query("x", &s::a), query("x", &s::b)) == defect::repeated_parameter);
static_assert(of(method::get, "/:x", path("x", &s::a), query("x", &s::b)) == defect::none);
static_assert(of(method::get, "/", query("", &s::a)) == defect::unnamed_parameter);
static_assert(of(method::post, "/", body(&s::a), body(&s::b)) == defect::two_bodies);
static_assert(of(method::get, "/", body(&s::a)) == defect::body_on_get);
static_assert(of(method::get, "/", version("v3"), version("2021-07-28")) == defect::two_versions);
static_assert(of_version("2021-04-15") == defect::none && of_version("v3") == defect::none);
static_assert(of_version("2024-02-29") == defect::none && of_version("2023-02-29") == defect::version_form);
static_assert(of_version("2021-13-01") == defect::version_form && of_version("2021-04-31") == defect::version_form);
static_assert(of_version("2021-7-28") == defect::version_form && of_version("v4") == defect::version_form);
static_assert(of_version("") == defect::version_form);
static_assert(of(method::get, "/", unpublished_version("2026-preview")) == defect::none);
static_assert(of(method::get, "/", unpublished_version("a b")) == defect::version_form);
static_assert(of_scope("links.readonly") == defect::none && of_scope("conversations/message.write") == defect::none);
static_assert(of_scope("workflows.readonly") == defect::none && of_scope("locations/customFields.write") == defect::none);
static_assert(of_scope("links") == defect::scope_form && of_scope("links.") == defect::scope_form);
static_assert(of_scope(".write") == defect::scope_form && of_scope("links write") == defect::scope_form);
static_assert(of_scope("links/.write") == defect::scope_form && of_scope("") == defect::scope_form);
static_assert(of(method::get, "/", scope("a.b"), scope("c.d"), scope("e.f"), scope("g.h")) == defect::none);
static_assert(of(method::get, "/", scope("a.b"), scope("c.d"), scope("e.f"), scope("g.h"), scope("i.j")) ==
              defect::too_many_scopes);
static_assert(of_path("/:a/:b/:c/:d/:e/:f/:g/:h/:i") == defect::too_many_placeholders);
static_assert(ghl::endpoint("T", method::get, "/").defect_.what == defect::no_token);

}  // namespace
