/// The connections of ghl::beast_transport: one, and the idle ones of each execution context.
#pragma once

#include <ghl/value/milliseconds.hpp>
#include <ghl/transport/detail/beast_wire.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail { namespace beast_io {

using clock = std::chrono::steady_clock;
using asio::ip::tcp;

/// The time at which that span is over; the latest time possible for a span of zero or less and for more than a
/// century.
inline clock::time_point after(milliseconds span) {
  constexpr std::int64_t century = 3'155'760'000'000;
  if (span.count() <= 0 || span.count() > century) return (clock::time_point::max)();
  return clock::now() + std::chrono::milliseconds{span.count()};
}

/// A connection to one origin, plain or secure.
struct connection {
  using secure_stream = asio::ssl::stream<tcp::socket&>;

  connection(const asio::any_io_executor& executor, std::string to) : origin(std::move(to)), socket(executor) {}

  /// Whether an idle connection can still be used: there is nothing to read, not even the end. If the server has closed
  /// it or sent bytes without a request, it cannot.
  bool is_quiet() {
    char byte = 0;
    error_code ec;
    socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, ec);
    return ec == asio::error::would_block;
  }

  const std::string origin;
  tcp::socket socket;
  std::optional<secure_stream> tls;  // refers to `socket`
  boost::beast::flat_buffer buffer;  // empty between calls; its memory stays
};

/// The idle connections of one execution context, of every transport that is used there.
struct shelf {
  struct entry {
    const void* owner;
    clock::time_point until;
    std::unique_ptr<connection> idle;
  };
  std::mutex mutex;  // held while connections are destroyed, so that the context waits for that in its destructor
  bool open = true;
  std::vector<entry> entries;
};

/// Ties a shelf to its context. Sockets must not outlive their context, so they are closed when it shuts down, even if
/// transports still refer to the shelf.
class shelf_service : public asio::execution_context::service {
 public:
  using key_type = shelf_service;
  inline static asio::execution_context::id id;  // Asio finds a service by its address; it holds nothing

  explicit shelf_service(asio::execution_context& context) : service(context) {}

  const std::shared_ptr<shelf> idle = std::make_shared<shelf>();

 private:
  void shutdown() override {
    const std::lock_guard<std::mutex> lock{idle->mutex};
    idle->open = false;
    idle->entries.clear();
  }
};

/// What the copies of one transport share: its idle connections in all execution contexts, and its TLS settings.
/// Thread safety: every function may be called from any thread.
class pool {
 public:
  pool(std::string ca_file, milliseconds connecting, std::size_t body, std::size_t idle, milliseconds idle_time)
      : connect_timeout(connecting),
        response_limit(body),
        ca_file_(std::move(ca_file)),
        idle_limit_(idle),
        idle_time_(idle_time) {}
  pool(const pool&) = delete;
  pool& operator=(const pool&) = delete;
  ~pool() {
    for (const auto& known : shelves_) {
      const std::shared_ptr<shelf> s = known.lock();
      if (!s) continue;
      const std::lock_guard<std::mutex> lock{s->mutex};
      std::erase_if(s->entries, [this](const shelf::entry& e) { return e.owner == this; });
    }
  }

  const milliseconds connect_timeout;
  const std::size_t response_limit;

  /// Where the idle connections of a context are.
  std::shared_ptr<shelf> shelf_of(asio::execution_context& context) {
    std::shared_ptr<shelf> s = asio::use_service<shelf_service>(context).idle;
    const std::lock_guard<std::mutex> lock{mutex_};
    bool known = false;
    std::erase_if(shelves_, [&](const std::weak_ptr<shelf>& w) {
      known = known || w.lock() == s;
      return w.expired();
    });
    if (!known) shelves_.push_back(s);
    return s;
  }

  /// The idle connection to that origin that was used last, or none.
  std::unique_ptr<connection> take(shelf& s, std::string_view origin) const {
    const std::lock_guard<std::mutex> lock{s.mutex};
    const auto now = clock::now();
    std::erase_if(s.entries, [&](const shelf::entry& e) { return e.until <= now; });
    for (std::size_t i = s.entries.size(); i-- > 0;) {
      if (s.entries[i].owner != this || s.entries[i].idle->origin != origin) continue;
      std::unique_ptr<connection> found = std::move(s.entries[i].idle);
      s.entries.erase(s.entries.begin() + static_cast<std::ptrdiff_t>(i));
      if (found->is_quiet()) return found;
    }
    return nullptr;
  }

  /// Keeps a connection for the next call; where there are enough, the oldest goes.
  void put(shelf& s, std::unique_ptr<connection> idle) const {
    constexpr std::size_t usual = 64 * 1024;
    if (idle_limit_ == 0) return;
    if (idle->buffer.capacity() > usual) idle->buffer.shrink_to_fit();
    const std::lock_guard<std::mutex> lock{s.mutex};
    if (!s.open) return;
    const auto of_origin = [&](const shelf::entry& e) { return e.owner == this && e.idle->origin == idle->origin; };
    const auto kept = std::count_if(s.entries.begin(), s.entries.end(), of_origin);
    if (static_cast<std::size_t>(kept) >= idle_limit_)
      s.entries.erase(std::find_if(s.entries.begin(), s.entries.end(), of_origin));
    s.entries.push_back({this, after(idle_time_), std::move(idle)});
  }

  /// The TLS settings, made at the first secure connection since the system's authorities are slow to load. If they
  /// cannot be loaded: null, and the reason in `ec`.
  asio::ssl::context* tls(error_code& ec) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (!tls_) {
      using context = asio::ssl::context;
      auto made = std::make_unique<context>(context::tls_client);
      made->set_options(context::default_workarounds | context::no_sslv2 | context::no_sslv3 | context::no_tlsv1 |
                        context::no_tlsv1_1);
      made->set_verify_mode(asio::ssl::verify_peer);
      if (ca_file_.empty()) made->set_default_verify_paths(ec);
      else made->load_verify_file(ca_file_, ec);
      if (ec) return nullptr;
      tls_ = std::move(made);
    }
    return tls_.get();
  }

 private:
  const std::string ca_file_;
  const std::size_t idle_limit_;
  const milliseconds idle_time_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<shelf>> shelves_;
  std::unique_ptr<asio::ssl::context> tls_;
};

}}}}  // namespace ghl::v0::detail::beast_io
