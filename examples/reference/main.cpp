/// Documents of all operations, made of the catalogue: `reference html > page.html`.
#include "html.hpp"

#include <families.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

int main(int argc, char** argv) try {
  const std::string_view what = argc > 1 ? argv[1] : "";
  std::string document;
  if (what == "html" && argc == 2) document = ghl_reference::html(ghl_program::families());
  if (document.empty()) return std::fputs("usage: reference html > page.html\n", stderr), 2;
  const bool written = std::fwrite(document.data(), 1, document.size(), stdout) == document.size();
  return written && std::fflush(stdout) == 0 ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "reference: %s\n", e.what());
  return 1;
}
