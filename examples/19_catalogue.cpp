/// The operations as a table: the list, the help and the completion of a command line, and a server that knows which
/// operation a request asks for. `19_catalogue links::delete_link` prints the help of one.
#include <ghl/ghl.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/uses/catalogue.hpp>
#include <ghl/uses/curl_line.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

constexpr auto links = ghl::catalogue<ghl::links::operations>;
constexpr auto conversations = ghl::catalogue<ghl::conversations::operations>;

// It is data that the compiler has, too.
static_assert(ghl::find_operation(links, "search_trigger_links")->pages.style == ghl::paging::skip);

std::string name_of(const ghl::schema& type) {
  using ghl::schema_kind;
  if (type.kind == schema_kind::array) return "list of " + name_of(type.element());
  if (type.kind == schema_kind::map) return "map of " + name_of(type.element());
  if (!type.name.empty()) return std::string{type.name};
  if (type.kind == schema_kind::boolean) return "yes or no";
  if (type.kind == schema_kind::integer || type.kind == schema_kind::number) return "number";
  return type.kind == schema_kind::any ? "any JSON" : type.kind == schema_kind::bytes ? "file" : "text";
}

void line(std::string_view name, const ghl::schema& type, bool required, int depth) {
  std::string text(static_cast<std::string::size_type>(depth) * 2, ' ');
  text.append(name).append(": ").append(name_of(type)).append(required ? "" : ", if there is one");
  for (const std::string_view value : type.values) text.append(value == type.values.front() ? ": " : ", ").append(value);
  std::puts(text.c_str());
}

/// The fields of an object, and those of the objects in it. (A struct may hold itself: the depth ends that, too.)
void fields_of(const ghl::schema& type, int depth) {
  const ghl::schema* object = &type;
  while (object->element != nullptr) object = &object->element();
  for (const ghl::schema_field& field : object->fields) {
    line(field.name, field.type(), field.required, depth);
    if (depth < 4) fields_of(field.type(), depth + 1);
  }
}

void help(const ghl::catalogue_entry& e) {
  std::printf("%s\n%s %s\n", e.title.data(), std::string_view{e.method}.data(), e.path.data());
  for (const std::string_view scope : e.scopes) std::printf("needs the scope %s\n", scope.data());
  for (const ghl::catalogue_parameter& p : e.parameters)
    if (!p.is_constant) line("--" + std::string{p.name}, p.type(), p.required, 1);
  if (e.pages.style != ghl::paging::none) std::puts("  --all: all pages of the list");
  if (e.body.kind != ghl::body_kind::none) fields_of(e.body.type(), 1);
  std::puts("gives");
  fields_of(e.response(), 1);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc > 1) {
    const ghl::catalogue_entry* const asked = ghl::find_operation(links, argv[1]);
    return asked != nullptr ? help(*asked), 0 : 1;
  }
  for (const ghl::catalogue_entry& e : links) std::printf("%s: %s\n", std::string{e.full_name}.c_str(), e.title.data());
  for (const ghl::catalogue_entry& e : conversations)  // what a shell offers behind "delete"
    if (e.name.starts_with("delete")) std::printf("%s\n", std::string{e.full_name}.c_str());

  const ghl::catalogue_entry* const found = ghl::find_route(links, ghl::method::del, "/links/n4AriwEnFrGh3tu08W0U");
  if (found == nullptr || found->name != "delete_link" || !found->accepts(ghl::token::sub_account)) return 1;
  help(*found);
  const auto command = ghl::curl_line(ghl::links::delete_link{.link_id = "n4AriwEnFrGh3tu08W0U"});
  if (!command) return std::printf("%s\n", command.error().message().c_str()), 1;
  std::printf("%s\n", command->c_str());
  return 0;
} catch (const std::exception& e) {
  return std::printf("%s\n", e.what()), 1;
}
