/// The beast adapter as a blocking transport: each call runs to its end on an io_context of this object's own.
#pragma once

#include <ghl/transport/beast.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <memory>
#include <utility>

class beast_call {
 public:
  explicit beast_call(ghl::beast_options options = {}) : transport_(std::move(options)) {}
  beast_call(const beast_call& other) : transport_(other.transport_) {}  // connections are shared, the context is not

  /// `transport(request)`, and `transport(request, stop)`.
  template <class... Stop>
  ghl::result<ghl::http::response> operator()(const ghl::http::request& request, Stop... stop) {
    io_->restart();
    auto done = boost::asio::co_spawn(*io_, transport_(request, std::move(stop)...), boost::asio::use_future);
    io_->run();
    return done.get();
  }

 private:
  std::unique_ptr<boost::asio::io_context> io_ = std::make_unique<boost::asio::io_context>();
  ghl::beast_transport transport_;
};
