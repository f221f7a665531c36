# Writes a translation unit with 576 endpoints of the shapes that HighLevel publishes: 409 path parameters; query
# parameters that are strings, numbers, booleans and arrays, required and optional; JSON bodies on POST, PUT, PATCH and
# 17 DELETEs; object, array and scalar responses; 135 without a response body; none, one or two scopes; tokens of both
# kinds; 29 without a Version. With -v check=1 each is checked.

function query(n, type, name) {
  members = members "  " type " " name "{};\n"
  words = words ",\n        ghl::query(\"" name "\", &e" n "::" name ")"
}

BEGIN {
  print "#include <ghl/ghl.hpp>\n"
  print "namespace generated {\n"
  # The models of a family are shared by its endpoints, as the schemas of the reference are.
  for (f = 0; f < 36; ++f) {
    print "struct item" f " {\n  std::string id;\n  std::optional<std::string> name;\n  std::optional<double> value;\n" \
          "  std::optional<std::vector<std::string>> tags;\n  static consteval auto fields() {\n" \
          "    return ghl::fields(ghl::field(\"id\", &item" f "::id), ghl::field(\"name\", &item" f "::name),\n" \
          "                       ghl::field(\"value\", &item" f "::value), ghl::field(\"tags\", &item" f "::tags));\n  }\n};"
    print "struct page" f " {\n  std::vector<item" f "> items;\n  std::optional<int> total;\n" \
          "  static consteval auto fields() {\n    return ghl::fields(ghl::field(\"items\", &page" f "::items), " \
          "ghl::field(\"total\", &page" f "::total));\n  }\n};"
    print "struct draft" f " {\n  std::string name;\n  std::optional<double> value;\n" \
          "  static consteval auto fields() {\n    return ghl::fields(ghl::field(\"name\", &draft" f "::name), " \
          "ghl::field(\"value\", &draft" f "::value));\n  }\n};\n"
  }
  split("get get get get post post put patch del del", verbs, " ")
  deletes_with_body = 0
  for (n = 0; n < 576; ++n) {
    verb = verbs[n % 10 + 1]
    members = words = ""
    path = "/family" (n % 36) "/operation" n
    # 167 endpoints without a path parameter, 409 with one.
    if (n >= 167) {
      path = path "/:id" n
      members = members "  ghl::required<std::string> id;\n"
      words = words ",\n        ghl::path(\"id" n "\", &e" n "::id)"
    }
    if (verb == "get") {
      query(n, "std::string", "locationId")
      if (n % 2) query(n, "std::optional<std::string>", "query")
      if (n % 3) query(n, "std::optional<int>", "limit")
      if (n % 5 == 0) query(n, "std::optional<bool>", "archived")
      if (n % 7 == 0) query(n, "std::optional<std::vector<std::string>>", "tags")
    }
    body = verb == "post" || verb == "put" || verb == "patch" || (verb == "del" && deletes_with_body++ < 17)
    print "struct e" n " {"
    if (body) {
      members = members "  draft" (n % 36) " body;\n"
      words = words ",\n        ghl::body(&e" n "::body)"
    }
    printf "%s", members
    if (n % 64 < 15) print "  using response = ghl::no_content;"
    else if (n % 16 == 15) print "  using response = std::vector<item" (n % 36) ">;"
    else if (n % 32 == 14) print "  using response = bool;"
    else if (n % 8 == 1)  # one of its own
      print "  struct response {\n    std::optional<bool> succeeded;\n    static consteval auto fields() {\n" \
            "      return ghl::fields(ghl::field(\"succeeded\", &response::succeeded));\n    }\n  };"
    else print "  using response = page" (n % 36) ";"
    if (n % 20 != 7) words = ",\n        ghl::version(\"2021-07-28\")" words
    if (n % 8) words = words ",\n        ghl::scope(\"family" (n % 36) ".readonly\")"
    if (n % 8 == 3) words = words ",\n        ghl::scope(\"family" (n % 36) ".write\")"
    words = words ",\n        " (n % 9 == 4 ? "ghl::token::agency" : "ghl::token::sub_account")
    if (n % 9 == 5) words = words ", ghl::token::agency"
    print "  static consteval auto endpoint() {\n    return ghl::endpoint(\n        \"Operation " n \
          "\", ghl::method::" verb ", \"" path "\"" words ");\n  }\n};"
    if (check) print "static_assert(ghl::well_formed<e" n ">);"
  }
  print "\n}  // namespace generated"
}
