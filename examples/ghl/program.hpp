/// The command-line client as a function, so that a test can run it.
#pragma once

#include <ghl/any_transport.hpp>

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace ghl_program {

/// What the program sees of the world.
struct surroundings {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool asks;      ///< somebody sits before `in` and `err`
  bool shows;     ///< somebody sits before `out`
  std::function<std::string(const char*)> variable;  ///< of the environment; empty: not set
  ghl::any_transport transport;
};

/// Runs the command; gives the exit status.
int run(std::vector<std::string> words, surroundings world);

}  // namespace ghl_program
