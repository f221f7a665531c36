// Boost.Beast with every JSON library, over HTTP and HTTPS, through coroutines.
#include "../json_all.hpp"
#include "five_calls.hpp"

#include <ghl/transport/beast.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace {

/// Runs a coroutine on an io_context until it is done.
struct run_on {
  boost::asio::io_context& context;
  template <class T>
  T operator()(boost::asio::awaitable<T> call) const {
    std::optional<T> outcome;
    boost::asio::co_spawn(context, std::move(call), [&](const std::exception_ptr& thrown, T value) {
      if (thrown) std::rethrow_exception(thrown);
      outcome.emplace(std::move(value));
    });
    context.restart();
    context.run();
    return *std::move(outcome);
  }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("the five calls through Boost.Beast", "", json_policies) {
  boost::asio::io_context context;
  five_calls<TestType>(ghl::beast_transport{}, ghl_sandbox::sandbox{}, run_on{context});
}

TEST_CASE("the five calls through Boost.Beast over HTTPS") {
  const secure_sandbox https;
  ghl::beast_options options;
  options.ca_file = https.authority.file();
  boost::asio::io_context context;
  five_calls<std::tuple_element_t<0, json_policies>>(ghl::beast_transport{options}, https.server, run_on{context});
}
