/// Two programs with one pair of tokens, in a row of an SQLite database: a lock that both respect lets one of them
/// refresh at a time, and the other one finds the new pair. Here the two are threads, each with a connection and a
/// credential of its own, as two processes have; a script stands for HighLevel.
#include "chosen_json.hpp"

#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace {

using namespace std::chrono_literals;

/// A connection to the database, of one process. What it cannot do it says in a ghl::error.
class token_row {
 public:
  explicit token_row(const std::string& file) {
    sqlite3* opened = nullptr;
    const int status = sqlite3_open(file.c_str(), &opened);
    database_.reset(opened);
    if (status != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(opened)};
    wait_for_others(a_moment);
  }

  /// The lock: SQLite lets one connection at a time write, so what this one reads until it saves is what stands. A
  /// process that dies in between leaves the old row, and no lock.
  bool try_lock() {
    wait_for_others(0ms);  // it says at once that another process has the lock
    const bool locked = run("BEGIN IMMEDIATE");
    wait_for_others(a_moment);
    return locked;
  }
  void unlock() {
    if (holds_lock()) run("ROLLBACK");  // nothing was saved: there was another pair already, or no new one came
  }

  [[nodiscard]] ghl::result<ghl::token_pair> load() {
    const statement read = prepared("SELECT access, refresh, expires_at FROM token WHERE app = 1");
    if (!read || sqlite3_step(read.get()) != SQLITE_ROW) return failed("read");
    const auto text = [&](int column) {
      const unsigned char* const from = sqlite3_column_text(read.get(), column);
      return std::string(from, from + sqlite3_column_bytes(read.get(), column));
    };
    return ghl::token_pair{.access_token = ghl::secret{text(0)},
                           .refresh_token = ghl::secret{text(1)},
                           .expires_at = sqlite3_column_int64(read.get(), 2)};
  }
  [[nodiscard]] ghl::result<ghl::no_content> save(const ghl::token_pair& fresh) {
    const statement write =
        prepared("INSERT OR REPLACE INTO token (app, access, refresh, expires_at) VALUES (1, ?, ?, ?)");
    const auto bind = [&](int place, const std::string& text) {
      return sqlite3_bind_text(write.get(), place, text.data(), static_cast<int>(text.size()), nullptr) == SQLITE_OK;
    };
    if (!write || !bind(1, fresh.access_token.reveal()) || !bind(2, fresh.refresh_token.reveal()) ||
        sqlite3_bind_int64(write.get(), 3, fresh.expires_at) != SQLITE_OK || sqlite3_step(write.get()) != SQLITE_DONE)
      return failed("write");
    // Here and not in unlock(), which could tell nobody that it failed: what is reported as saved is on the disk.
    if (holds_lock() && !run("COMMIT")) return failed("commit");
    return ghl::no_content{};
  }
  bool run(const char* sql) { return sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

 private:
  struct close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
  };
  using statement = std::unique_ptr<sqlite3_stmt, close>;

  /// While one process commits, SQLite turns the readers away, and while one reads, it lets nobody commit. Both last
  /// for an instant: whoever is turned away tries again for this long.
  static constexpr std::chrono::milliseconds a_moment = 2s;
  void wait_for_others(std::chrono::milliseconds time) {
    sqlite3_busy_timeout(database_.get(), static_cast<int>(time.count()));
  }
  /// Whether this connection is in a transaction
  bool holds_lock() { return sqlite3_get_autocommit(database_.get()) == 0; }

  [[nodiscard]] statement prepared(const char* sql) {
    sqlite3_stmt* made = nullptr;
    sqlite3_prepare_v2(database_.get(), sql, -1, &made, nullptr);
    return statement{made};
  }
  [[nodiscard]] ghl::error failed(const char* what) {
    return ghl::invalid_request(ghl::fault::other, std::string{"the token's row, to "}.append(what),
                                sqlite3_errmsg(database_.get()));
  }

  std::unique_ptr<sqlite3, close> database_;
};

/// What a process does. It refreshes five minutes before the token ends.
template <class Transport>
auto client_of(const Transport& transport, token_row& row) {
  const ghl::oauth_app app{.client_id = "my-app", .client_secret = ghl::secret{"my-app's-secret"}};
  const ghl::refreshing_token token{[&row] { return row.load(); },
                                    ghl::oauth_refresh{transport, example::chosen_json{}, app},
                                    [&row](const ghl::token_pair& fresh) { return row.save(fresh); },
                                    ghl::refresh_options{.ahead = 5min}, ghl::refresh_lock{std::ref(row)}};
  return ghl::client{transport, example::chosen_json{}, token};
}

bool two_processes_refresh_once(const std::string& file) {
  token_row setup{file};
  setup.run("CREATE TABLE token (app INTEGER PRIMARY KEY, access TEXT, refresh TEXT, expires_at INTEGER)");
  const auto a_minute_from_now = std::chrono::system_clock::now() + 1min;
  const ghl::token_pair ends_soon{
      .access_token = ghl::secret{"access-of-yesterday"},
      .refresh_token = ghl::secret{"refresh-of-yesterday"},
      .expires_at = std::chrono::duration_cast<std::chrono::seconds>(a_minute_from_now.time_since_epoch()).count()};
  if (!setup.save(ends_soon)) return false;

  ghl::testing::script server;
  server.in_any_order();
  server
      .expect(ghl::method::post, "/oauth/token")  // once: a second one would be an error of the script
      .answer(200, R"({"access_token":"access-of-today","refresh_token":"refresh-of-today","expires_in":86399})");
  server.expect(ghl::method::get, "/links/?locationId=berlin")
      .header("Authorization", "Bearer access-of-today")
      .answer(200, R"({"links":[]})")
      .times(2);
  // Without the scripted transport's wait(), which returns at once: the other thread needs real time to refresh.
  const auto transport = [scripted = ghl::testing::scripted_transport{server}](const ghl::http::request& request) {
    return scripted(request);
  };
  const auto process = [&](bool& good) {
    token_row row{file};
    auto api = client_of(transport, row);
    good = api.call(ghl::links::get_links{.location_id = "berlin"}).has_value();
  };
  bool first = false;
  bool second = false;
  std::thread other{[&] { process(second); }};
  process(first);
  other.join();
  const auto stored = setup.load();
  return first && second && stored && stored->refresh_token.reveal() == "refresh-of-today" && server.done();
}

}  // namespace

int main() try {
  namespace files = std::filesystem;
  std::string folder = (files::temp_directory_path() / "ghl-tokens-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  const bool good = two_processes_refresh_once(folder + "/tokens.db");
  files::remove_all(folder);
  std::printf("two processes, one refresh: %s\n", good ? "passed" : "FAILED");
  return good ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
