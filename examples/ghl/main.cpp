/// ghl: a command-line client of all operations of the HighLevel API, made of the catalogue: `ghl --help`.
#include "program.hpp"

#include <ghl/any_transport.hpp>
#include <ghl/transport/httplib.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
namespace {
bool is_terminal(int descriptor) { return ::isatty(descriptor) != 0; }
}  // namespace
#else
namespace {
bool is_terminal(int) { return false; }
}  // namespace
#endif

int main(int argc, char** argv) try {
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string{value != nullptr ? value : ""};
  };
  return ghl_program::run({argv + 1, argv + argc}, {std::cin, std::cout, std::cerr, is_terminal(0) && is_terminal(2),
                                                    is_terminal(1), variable,
                                                    ghl::any_transport{ghl::httplib_transport{}}});
} catch (const std::exception& e) {
  std::fprintf(stderr, "ghl: %s\n", e.what());
  return 1;
}
