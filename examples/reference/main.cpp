/// Documents of all operations, made of the catalogue: `reference html > page.html`,
/// `reference openapi v3 > openapi.json`.
#include "html.hpp"
#include "openapi.hpp"

#include <families.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

int main(int argc, char** argv) try {
  const std::string_view what = argc > 1 ? argv[1] : "";
  std::string document;
  if (what == "html" && argc == 2) document = ghl_reference::html(ghl_program::families());
  const std::string_view version = argc > 2 ? argv[2] : "v2";
  if (what == "openapi" && argc < 4 && (version == "v2" || version == "v3"))
    document = ghl_reference::openapi(ghl_program::families(), version).dump(1) + "\n";
  if (document.empty()) return std::fputs("usage: reference html | reference openapi [v2|v3]\n", stderr), 2;
  const bool written = std::fwrite(document.data(), 1, document.size(), stdout) == document.size();
  return written && std::fflush(stdout) == 0 ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "reference: %s\n", e.what());
  return 1;
}
