/// Boost.Asio: calls are awaitables, and several of them run at the same time in one thread. The transport is
/// ghl::beast_transport; there is no plumbing left to write.
#include "chosen_json.hpp"
#include "sandbox/sandbox.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/transport/beast.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <future>
#include <string>
#include <vector>

namespace {

using client = ghl::client<ghl::beast_transport, example::chosen_json, ghl::private_integration_token<>>;
using links = ghl::result<ghl::links::get_links::response>;

/// A coroutine of yours: a call, and another one with what it gave. Each request has a name, since g++ 11 and 12
/// destroy a temporary in braces twice where it stands inside a co_await; clang does not.
boost::asio::awaitable<bool> delete_first_link(client& api, std::string location) {
  const ghl::links::get_links all{.location_id = location};
  const auto found = co_await api.call(all, ghl::deadline{std::chrono::seconds{5}});
  if (!found || found->links.empty()) co_return false;
  const ghl::links::delete_link first{.link_id = found->links.front().id.value_or("")};
  const auto gone = co_await api.call(first);
  if (!gone) std::printf("%s\n", gone.error().message().c_str());
  co_return gone && gone->succeeded == true;
}

}  // namespace

int main() try {
  const ghl_sandbox::sandbox server;
  boost::asio::io_context io;
  client api{ghl::beast_transport{}, {}, ghl::private_integration_token{"sandbox-token"}, ghl::base_url{server.url()}};

  // Nothing is sent before somebody awaits it. Here co_spawn does, and the context runs them all in this thread.
  std::vector<std::future<links>> reading;
  for (int i = 0; i < 4; ++i)
    reading.push_back(boost::asio::co_spawn(
        io, api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"}), boost::asio::use_future));
  io.run();
  std::size_t read = 0;
  for (auto& each : reading) {
    const links found = each.get();
    if (found) read += found->links.size();
    else std::printf("%s\n", found.error().message().c_str());
  }

  io.restart();
  std::future<bool> deleting =
      boost::asio::co_spawn(io, delete_first_link(api, "ve9EPM428h8vShlRW1KT"), boost::asio::use_future);
  io.run();
  const bool deleted = deleting.get();

  std::printf("%zu links read in 4 calls, %s\n", read, deleted ? "1 deleted" : "none deleted");
  return read == 4 && deleted && server.links("ve9EPM428h8vShlRW1KT").empty() ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
