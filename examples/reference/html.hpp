/// The reference of all operations as one page of HTML, which needs nothing from elsewhere.
#pragma once

#include "types.hpp"

#include <families.hpp>
#include <words.hpp>

#include <span>
#include <string>
#include <string_view>

namespace ghl_reference {

/// A text as it stands in HTML, also between double quotes.
inline std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '\'') out += "&#39;";
    else out += c;
  }
  return out;
}

inline std::string code(std::string_view text) { return "<code>" + escaped(text) + "</code>"; }
inline std::string row(std::string_view name, std::string_view html) {
  return "<dt>" + std::string{name} + "</dt><dd>" + std::string{html} + "</dd>\n";
}

/// JSON as it stands in a script, which ends at the first "</script".
inline std::string in_script(const json& value) {
  std::string out;
  for (const char c : value.dump()) {
    if (c == '<') out += "\\u003c";
    else out += c;
  }
  return out;
}

/// The command of the client in examples/ghl, with what it has to be given.
inline std::string command_of(const ghl_program::family& f, const ghl::catalogue_entry& e) {
  std::string line = "ghl " + (f.version.empty() ? "" : std::string{f.version} + " ");
  line += ghl_program::dashed(f.name) + " " + ghl_program::dashed(e.name);
  for (const ghl_program::flag& flag : ghl_program::flags_of(e))
    if (flag.required()) line += " " + flag.name + " " + ghl_program::placeholder_of(flag.type());
  return line;
}

inline std::string tokens_of(const ghl::catalogue_entry& e) {
  if (e.no_token) return "none";
  std::string text = e.sub_account && e.agency ? "sub-account or agency" : e.agency ? "agency" : "sub-account";
  return e.oauth_only ? text + ", issued by OAuth" : text;
}

inline std::string_view word_of(ghl::paging style) {
  if (style == ghl::paging::skip) return "by the number of items to skip";
  return style == ghl::paging::page ? "by the number of the page" : "by a cursor";
}

inline std::string_view word_of(ghl::parameter_place place) {
  if (place == ghl::parameter_place::path) return "path";
  return place == ghl::parameter_place::query ? "query" : "header";
}

inline std::string type_cell(const ghl::catalogue_parameter& p) {
  if (p.is_constant) return "always " + code(p.value);
  const ghl::schema* type = &p.type();
  std::string text = escaped(type->element != nullptr && !type->element().values.empty() ? "list of text"
                             : !type->values.empty()                                     ? "text"
                                                                                         : spoken(*type));
  if (p.has_commas) text += ", with commas";
  if (type->element != nullptr) type = &type->element();
  for (const std::string_view value : type->values) text += (value == type->values.front() ? ": " : ", ") + code(value);
  return text;
}

inline std::string parameters_table(const ghl::catalogue_entry& e) {
  if (e.parameters.empty()) return {};
  std::string out = "<table><caption>Parameters</caption>\n<tr><th scope=\"col\">name</th><th scope=\"col\">in</th>"
                    "<th scope=\"col\">required</th><th scope=\"col\">type</th></tr>\n";
  for (const ghl::catalogue_parameter& p : e.parameters) {
    out += "<tr><td>" + code(p.name) + "</td><td>" + std::string{word_of(p.place)} + "</td><td>";
    out += (p.required ? "yes" : "no") + ("</td><td>" + type_cell(p)) + "</td></tr>\n";
  }
  return out + "</table>\n";
}

/// What the script fills when it is opened.
inline std::string type_of(std::string_view what, const ghl::schema& type, type_table& types) {
  const ghl::schema* in = &type;
  while (in->element != nullptr) in = &in->element();
  std::string title{what};  // what only this operation has is called response or body_type
  if (type.name != "response" && type.name != "body_type") title += ": " + code(spoken(type));
  if (in->fields.empty() && in->values.empty()) return "<p>" + title + "</p>\n";
  return "<details data-type=\"" + std::to_string(types.add(type)) + "\"><summary>" + title + "</summary></details>\n";
}

inline std::string article(const ghl_program::family& f, const ghl::catalogue_entry& e, type_table& types) {
  const std::string id = escaped(e.full_name);
  std::string out = "<article id=\"" + id + "\"><details><summary><b>" + escaped(e.title) + "</b> <span>" +
                    escaped(std::string_view{e.method}) + "</span> " + code(e.path) + "</summary>\n";
  std::string scopes;
  for (const std::string_view scope : e.scopes) scopes += (scopes.empty() ? "" : ", ") + code(scope);
  out += "<p><a href=\"#" + id + "\">Link to " + escaped(e.title) + "</a></p>\n<dl>";
  out += row("struct", code("ghl::" + std::string{e.full_name}));
  out += row("header", code("#include <" + header_of(f) + ">"));
  out += row("command", code(command_of(f, e)));
  out += row("Version", e.version.empty() ? "none" : code(e.version));
  out += row("scopes", scopes.empty() ? "none is named" : scopes);
  out += row("token", tokens_of(e));
  if (e.pages.style != ghl::paging::none) out += row("pages", word_of(e.pages.style));
  out += "</dl>\n" + parameters_table(e);
  if (e.body.kind != ghl::body_kind::none) {
    const std::string what = "Body, " + std::string{e.body.content_type} + (e.body.required ? "" : ", not required");
    out += type_of(what, e.body.type(), types);
  }
  out += type_of(e.response_may_be_absent ? "Response, which may be empty" : "Response", e.response(), types);
  return out + "</details></article>\n";
}

inline constexpr std::string_view style = R"css(
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 0 1rem }
code { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere }
header { position: sticky; top: 0; background: Canvas; padding: .5rem 0; border-bottom: 1px solid GrayText }
header h1 { font-size: 1.3rem; margin: 0 } #search { font: inherit; width: min(30rem, 100%) }
article { scroll-margin-top: 8rem } article > details { border-top: 1px solid GrayText; padding: .2rem 0 }
article > details > summary span { display: inline-block; min-width: 4.5em; text-align: right; font-weight: bold }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem } dd { margin: 0 }
table { border-collapse: collapse } caption { text-align: left; font-weight: bold }
th, td { border: 1px solid GrayText; padding: .1rem .5rem; text-align: left; vertical-align: top }
:focus-visible { outline: 3px solid Highlight } nav ul { columns: 14rem; padding-left: 1.2rem }
)css";

inline constexpr std::string_view script = R"js(
"use strict";
const types = JSON.parse(document.getElementById("types").textContent);
const articles = [...document.querySelectorAll("article")];
const make = (tag, text) => { const e = document.createElement(tag); if (text) e.textContent = text; return e; };
const spoken = t => t.e === undefined ? t.n : t.n + spoken(types[t.e]);
const inner = t => t.e === undefined ? t : inner(types[t.e]);

function shown(type) {
  const t = inner(type);
  if (t.v) {
    const p = make("p", t.o ? "One of these, or another text: " : "One of: ");
    t.v.forEach((value, i) => p.append(i ? ", " : "", make("code", value)));
    return p;
  }
  const list = make("ul");
  for (const [name, number, required, also] of t.f) {
    const of = types[number], item = make("li");
    const head = inner(of).f && inner(of).f.length || inner(of).v ? lazy(number) : item;
    (head === item ? item : head.firstChild).append(make("code", name), ": " + spoken(of),
      required ? ", required" : "", of.z ? ", may be null" : "", also ? ", also read as " + also : "");
    if (head !== item) item.append(head);
    list.append(item);
  }
  return list;
}
function lazy(number) {
  const d = make("details");
  d.dataset.type = number;
  d.append(make("summary"));
  return d;
}
document.addEventListener("toggle", event => {
  const d = event.target;
  if (d.open && d.dataset.type && d.childElementCount === 1) d.append(shown(types[d.dataset.type]));
}, true);

const search = document.getElementById("search"), count = document.getElementById("count");
const texts = articles.map(a => (a.id + " " + a.querySelector("summary").textContent + " " +
  a.querySelector("dl").textContent).toLowerCase());
function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(w => w);
  let found = 0;
  articles.forEach((a, i) => { a.hidden = !words.every(w => texts[i].includes(w)); found += a.hidden ? 0 : 1; });
  for (const s of document.querySelectorAll("main > section")) s.hidden = !s.querySelector("article:not([hidden])");
  document.querySelector("nav").hidden = words.length > 0;
  count.textContent = found + " of " + articles.length + " operations";
}
function go() {
  const a = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!a || a.tagName !== "ARTICLE") return;
  if (a.hidden) { search.value = ""; filter(); }
  a.firstElementChild.open = true;
  a.scrollIntoView();
  a.querySelector("summary").focus({preventScroll: true});
}
search.addEventListener("input", filter);
search.addEventListener("keydown", e => { if (e.key === "Escape") { search.value = ""; filter(); } });
document.addEventListener("keydown", e => {
  if (e.key === "/" && e.target !== search) { e.preventDefault(); search.focus(); }
});
addEventListener("hashchange", go);
filter();
go();
)js";

/// The page of these families.
inline std::string html(std::span<const ghl_program::family> families) {
  type_table types;
  std::string main, nav;
  std::size_t count = 0;
  for (const ghl_program::family& f : families) {
    const std::string name = escaped(namespace_of(f));
    nav += "<li><a href=\"#family-" + name + "\">" + name + "</a></li>\n";
    main += "<section><h2 id=\"family-" + name + "\">" + name + "</h2>\n";
    for (const ghl::catalogue_entry& e : f.operations) main += article(f, e, types);
    main += "</section>\n";
    count += f.operations.size();
  }
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<title>HighLevel API: all operations</title>\n<style>";
  out.append(style).append("</style>\n</head>\n<body>\n<header>\n<h1>HighLevel API: all operations</h1>\n");
  out += "<p><label for=\"search\">Search title, method, path, name, scope, family (key /): </label>"
         "<input id=\"search\" type=\"search\" autocomplete=\"off\"> <span id=\"count\" role=\"status\">" +
         std::to_string(count) + " operations</span></p>\n</header>\n";
  out += "<noscript><p>The search, and the fields of bodies and responses, need scripts.</p></noscript>\n";
  out += "<nav aria-label=\"families\"><ul>\n" + nav + "</ul></nav>\n<main>\n" + main + "</main>\n";
  out += "<script type=\"application/json\" id=\"types\">" + in_script(types.rows()) + "</script>\n<script>";
  return out.append(script).append("</script>\n</body>\n</html>\n");
}

}  // namespace ghl_reference
