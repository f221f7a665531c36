/// The sandbox as a program: sandbox [--port N] [--token T]. Runs until it is interrupted. Beside the sandbox it serves
/// what the transport suite asks for, on a port of its own.
#include "sandbox.hpp"
#if defined(GHL_SANDBOX_OF_ALL)
#include "../ghl/families.hpp"
#include "all_operations.hpp"
#endif
#if __has_include(<sys/socket.h>)
#include "conformance.hpp"
#endif

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace {

constexpr const char* usage =
    "sandbox: a small HighLevel on this machine, to try a client against.\n"
    "Five endpoints keep state; where it was built with the tables of all operations, the others are checked, too, and\n"
    "answered with a sample.\n"
    "Usage: sandbox [--port N] [--token T]\n"
    "  --port N   listen on 127.0.0.1:N; 0, the default, takes any free port\n"
    "  --token T  the bearer token to accept; default: sandbox-token\n";

volatile std::sig_atomic_t interrupted = 0;
void interrupt(int) {
  interrupted = 1;
}

int refuse(const std::string& why) {
  std::fprintf(stderr, "sandbox: %s\n%s", why.c_str(), usage);
  return 2;
}

}  // namespace

int main(int argc, char** argv) try {
  ghl_sandbox::options how;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--help") {
      std::fputs(usage, stdout);
      return 0;
    }
    if (name != "--port" && name != "--token") return refuse("there is no option \"" + name + "\"");
    if (i + 1 == argc) return refuse(name + " needs a value");
    const std::string_view value = argv[i + 1];
    if (name == "--token") {
      if (value.empty()) return refuse("--token needs a text that is not empty");
      how.token = value;
      continue;
    }
    const char* const end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, how.port);
    if (read.ec != std::errc{} || read.ptr != end || how.port < 0 || how.port > 65535)
      return refuse("--port needs a number from 0 to 65535");
  }

#if defined(GHL_SANDBOX_OF_ALL)
  std::vector<std::span<const ghl::catalogue_entry>> all;
  for (const ghl_program::family& f : ghl_program::families()) all.push_back(f.operations);
  how.others = ghl_sandbox::all_operations(std::move(all));
#endif

  std::signal(SIGINT, interrupt);
  std::signal(SIGTERM, interrupt);
  const ghl_sandbox::sandbox server{how};
  std::printf("listening on %s\n", server.url().c_str());
#if __has_include(<sys/socket.h>)
  const ghl_sandbox::conformance_server conformance;  // for ghl::testing::transport_suite
  std::printf("conformance %s\n", conformance.url().c_str());
#endif
  std::fflush(stdout);
  while (interrupted == 0) std::this_thread::sleep_for(std::chrono::milliseconds{50});
  return 0;
} catch (const std::exception& e) {
  std::fprintf(stderr, "sandbox: %s\n", e.what());
  return 1;
}
