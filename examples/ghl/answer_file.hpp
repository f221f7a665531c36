/// Where an answer goes: the standard output, or a file that is replaced when the answer is whole.
#pragma once

#include "request.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>

namespace ghl_program {

/// The file is written under its name and ".part", and renamed by finish(): what was there before is not lost by a call
/// that fails, and what had come of a list that ends early stays in the part.
class answer_file {
 public:
  /// `name`: empty: to `otherwise`.
  answer_file(std::string name, std::ostream& otherwise) : name_(std::move(name)), otherwise_(otherwise) {}

  std::ostream& stream() {
    if (name_.empty()) return otherwise_;
    if (file_.is_open()) return file_;
    if (std::filesystem::is_directory(name_)) throw usage_error{name_ + " is a directory"};
    file_.open(name_ + ".part", std::ios::binary);
    return file_;
  }
  /// Whether all of it was written.
  bool finish() {
    std::ostream& out = stream();
    out.flush();
    if (!out) return false;
    if (name_.empty()) return true;
    file_.close();
    std::error_code failed;
    std::filesystem::rename(name_ + ".part", name_, failed);
    return !failed;
  }

 private:
  std::string name_;
  std::ostream& otherwise_;
  std::ofstream file_;
};

}  // namespace ghl_program
