/// How ghl::beast_transport carries out one call.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/request_head.hpp>
#include <ghl/value/result.hpp>
#include <ghl/transport/detail/beast_connecting.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail { namespace beast_io {

/// One call: a connection, the request over it, and the answer.
class exchange final : public connecting_call {
 public:
  exchange(const asio::any_io_executor& executor, std::shared_ptr<pool> connections, http::request request,
           stop_question stop)
      : connecting_call(executor, std::move(connections), std::move(request), std::move(stop)) {}

  /// Begins, and gives the outcome to `done(std::exception_ptr, result<http::response>)`, on the strand.
  template <class Done>
  void start(Done done) {
    asio::co_spawn(strand_, run(std::static_pointer_cast<exchange>(shared_from_this())), std::move(done));
  }

 private:
  static constexpr std::size_t read_size = 16 * 1024;  // a TLS record
  static constexpr std::size_t most_beside = 256 * 1024;  // of what is no body, at a time

  /// Runs finish() at the end of the coroutine, also if it is destroyed or left by an exception.
  struct finisher {
    void operator()(exchange* self) const { self->finish(); }
  };

  /// The whole call. Its frame keeps the exchange alive.
  static asio::awaitable<result<http::response>> run(std::shared_ptr<exchange> self) {
    const std::unique_ptr<exchange, finisher> at_the_end{self.get()};
    fault what = fault::none;
    try {
      what = self->begin();
      if (what == fault::none) {
        const bool kept = self->connection_ != nullptr;
        if (kept) what = co_await self->talk();
        if (!kept || (what != fault::none && self->may_send_again())) {
          self->detail_.clear();
          what = co_await self->open();
          if (what == fault::none) what = co_await self->talk();
        }
      }
    } catch (const boost::system::system_error& e) {  // thrown by functions of Asio's that take no error_code
      what = fault::other;
      self->detail_ = e.what();
    }
    if (what == fault::none) co_return std::move(self->answer_);
    if (what == fault::bad_url) co_return invalid_request(what, "url");
    co_return transport_error(what, self->answered_ ? sent::yes : self->sent_, std::move(self->detail_));
  }

  /// Whether a request that was lost on a kept connection may be repeated. The server had most likely closed the
  /// connection and not received the request. GET, HEAD and PUT may be repeated even if it had; not DELETE, since a
  /// second one that finds nothing would hide the success of the first; never POST and PATCH.
  [[nodiscard]] bool may_send_again() const {
    if (answered_ || gave_up_ != fault::none || !lost_) return false;
    const std::string_view method = request_.method;
    return method == "GET" || method == "HEAD" || method == "PUT";
  }

  /// Sends the request on `connection_` and reads its answer.
  asio::awaitable<fault> talk() {
    std::string head;
    write_request_head(request_, to_.authority, head);
    const std::array<asio::const_buffer, 2> bytes{asio::buffer(head), asio::buffer(request_.body)};
    error_code unwritten;
    sent_ = sent::maybe;
    if (connection_->tls) co_await asio::async_write(*connection_->tls, bytes, into(unwritten));
    else co_await asio::async_write(connection_->socket, bytes, into(unwritten));
    // A server that refuses a long body may answer before it closes the connection: try to read that answer.
    if (unwritten && !is_reset(unwritten)) co_return lost(unwritten);

    boost::beast::flat_buffer& buffer = connection_->buffer;
    std::optional<answer_parser> parser;
    std::size_t interim = 0;  // bytes of interim answers
    bool mended = false;
    const auto expect_answer = [&] {
      parser.emplace(answer_, most_beside - interim, pool_->response_limit, request_.method == "HEAD");
      mended = false;
    };
    expect_answer();
    for (;;) {
      error_code ec;
      const auto room = buffer.prepare(read_size);
      std::size_t size = 0;
      if (connection_->tls) size = co_await connection_->tls->async_read_some(room, into(ec));
      else size = co_await connection_->socket.async_read_some(room, into(ec));
      if (ec && ec != asio::error::eof) co_return lost(unwritten ? unwritten : ec);
      buffer.commit(size);
      answered_ = answered_ || size > 0;
      if (ec) {
        if (!parser->got_some()) co_return lost(unwritten ? unwritten : ec);
        parser->put_eof(ec);
        if (ec) co_return misread(ec);
        co_return fault::none;  // a body that ends with the connection
      }
      while (buffer.size() != 0 && !parser->is_done()) {
        mended = mended || mend_status_line(buffer);
        const std::size_t taken = parser->put(buffer.data(), ec);
        buffer.consume(taken);
        if (ec == boost::beast::http::error::need_more) break;
        if (ec) co_return misread(ec);
        if (parser->is_header_done() && answer_.status < 100)
          co_return fail(fault::other, "a status that HTTP does not have");
        if (parser->is_done() && answer_.status / 100 == 1 && answer_.status != 101) {
          interim += taken;
          if (interim >= most_beside) co_return fail(fault::too_large, "interim answers without end");
          expect_answer();
        }
      }
      if (parser->is_done()) break;
      if (buffer.size() > most_beside) co_return fail(fault::too_large, "trailers or a chunk extension without end");
    }
    if (parser->keep_alive() && buffer.size() == 0 && !unwritten && answer_.status != 101)
      pool_->put(*shelf_, std::move(connection_));
    co_return fault::none;
  }

  // Errors ----------------------------------------------------------------------------------------------------------

  static bool is_reset(const error_code& ec) {
    return ec == asio::error::connection_reset || ec == asio::error::connection_aborted ||
           ec == asio::error::broken_pipe;
  }

  fault lost(const error_code& ec) {
    if (gave_up_ != fault::none) return gave_up_;
    if (answered_) return fail(fault::cut_short, ec.message());
    if (ec.category() == asio::error::get_ssl_category()) return fail(fault::tls, ec.message());
    lost_ = true;
    return fail(fault::connection_lost, ec.message());
  }
  fault misread(const error_code& ec) {
    using boost::beast::http::error;
    if (ec == error::partial_message) return fail(fault::cut_short, ec.message());
    if (ec == error::body_limit || ec == error::header_limit) return fail(fault::too_large, ec.message());
    return fail(fault::other, ec.message());
  }

  bool answered_ = false;
  sent sent_ = sent::no;
  bool lost_ = false;  // the connection, before an answer
  http::response answer_;
};

}}}}  // namespace ghl::v0::detail::beast_io
