/// What every transport has to do over TLS, checked against servers whose certificates are made here: a certificate is
/// trusted only where its authority, its host name and its dates are right.
#pragma once

#include <ghl/testing/check.hpp>
#include <ghl/testing/transport_suite/faults.hpp>
#include <ghl/testing/transport_suite/probe.hpp>

#include <sandbox/loopback.hpp>

#include <openssl/conf.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tls {

template <class T>
using owned = std::unique_ptr<T, void (*)(T*)>;

/// A file with these bytes, for as long as the object lives.
class temporary_file {
 public:
  template <class Write>
  explicit temporary_file(Write write) {
    const char* const dir = std::getenv("TMPDIR");
    path = std::string{dir != nullptr ? dir : "/tmp"} + "/ghl-tls-XXXXXX";
    const int fd = ::mkstemp(path.data());
    std::FILE* const f = fd < 0 ? nullptr : ::fdopen(fd, "w");
    if (f == nullptr) throw std::runtime_error("no temporary file to be had");
    write(f);
    std::fclose(f);
  }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  ~temporary_file() { std::remove(path.c_str()); }

  std::string path;
};

/// A certificate and its key: an authority's, or one that an authority has signed for some names.
class certificate {
 public:
  /// An authority.
  explicit certificate(const char* common_name) : certificate(common_name, nullptr, nullptr, 3600) {}
  /// "DNS:localhost,IP:127.0.0.1", signed by that authority; it ends so many seconds from now.
  certificate(const certificate& authority, const char* names, long valid_for_seconds = 3600)
      : certificate("ghl tests", &authority, names, valid_for_seconds) {}
  /// The same, with a common name.
  certificate(const char* common_name, const certificate& authority, const char* names)
      : certificate(common_name, &authority, names, 3600) {}

  [[nodiscard]] std::string file() const { return file_.path; }
  [[nodiscard]] X509* get() const { return x509_.get(); }
  [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }

 private:
  certificate(const char* common_name, const certificate* authority, const char* names, long valid_for_seconds)
      : key_(EVP_RSA_gen(2048U), EVP_PKEY_free),
        x509_(make(common_name, authority, names, valid_for_seconds, key_.get()), X509_free),
        file_([this](std::FILE* f) { PEM_write_X509(f, x509_.get()); }) {}

  static X509* make(const char* common_name, const certificate* authority, const char* names, long valid_for_seconds,
                    EVP_PKEY* key) {
    static std::atomic<long> serial{1};
    X509* const x = X509_new();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), valid_for_seconds);
    X509_set_pubkey(x, key);
    X509_NAME* const name = X509_get_subject_name(x);
    const auto* const text = reinterpret_cast<const unsigned char*>(common_name);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(x, authority == nullptr ? name : X509_get_subject_name(authority->get()));
    const auto extend = [&](int id, const char* value) {
      const owned<X509_EXTENSION> e{X509V3_EXT_conf_nid(nullptr, nullptr, id, value), X509_EXTENSION_free};
      X509_add_ext(x, e.get(), -1);
    };
    if (authority == nullptr) extend(NID_basic_constraints, "critical,CA:TRUE");
    else extend(NID_subject_alt_name, names);
    if (X509_sign(x, authority == nullptr ? key : authority->key(), EVP_sha256()) == 0)
      throw std::runtime_error("no certificate to be had");
    return x;
  }

  owned<EVP_PKEY> key_;
  owned<X509> x509_;
  temporary_file file_;
};

/// An HTTPS server with that certificate. What it answers is chosen by the path:
///   /stall            nothing
///   /close-after      "closing", and then it closes without a word about it
///   /slam             nothing: it resets the connection when it has seen the headers
///   /truncated        a body without a length, and then the end of the connection, but not of TLS
///   anything else     "secure"
class server {
 public:
  /// `newest`: TLS1_1_VERSION and the like; 0: any.
  explicit server(const certificate& c, int newest = 0) : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    SSL_CTX_use_certificate(context_.get(), c.get());
    SSL_CTX_use_PrivateKey(context_.get(), c.key());
    if (newest == 0) return;
    // OpenSSL has to be asked for what is broken.
    SSL_CTX_set_cipher_list(context_.get(), "ALL@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context_.get(), 0);
    SSL_CTX_set_max_proto_version(context_.get(), newest);
  }

  [[nodiscard]] std::string origin(std::string_view host = "127.0.0.1") const {
    return "https://" + std::string{host} + ":" + std::to_string(loopback_.port());
  }
  /// Whole requests that have come.
  [[nodiscard]] int requests() const { return requests_; }
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void serve(ghl_sandbox::peer& to) {
    sigset_t broken_pipe;  // OpenSSL writes to connections that the client has closed; this thread alone may
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    const owned<SSL> ssl{SSL_new(context_.get()), SSL_free};
    SSL_set_fd(ssl.get(), to.fd());
    if (SSL_accept(ssl.get()) != 1) return;
    ++connections_;
    const auto send = [&](std::string_view bytes) {
      SSL_write(ssl.get(), bytes.data(), static_cast<int>(bytes.size()));
    };
    for (std::string request;;) {
      char buffer[4096];
      const int n = SSL_read(ssl.get(), buffer, sizeof buffer);
      if (n <= 0) return;
      request.append(buffer, static_cast<std::size_t>(n));
      if (request.find("\r\n\r\n") == std::string::npos) continue;
      ++requests_;
      const bool closes = request.find(" /close-after ") != std::string::npos;
      if (request.find(" /stall ") != std::string::npos) return to.stall();
      if (request.find(" /slam ") != std::string::npos) return to.reset();
      if (request.find(" /truncated ") != std::string::npos)
        return send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall but the e");
      send(closes ? "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nclosing"
                  : "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecure");
      request.clear();
      if (closes) {
        SSL_shutdown(ssl.get());
        return;
      }
    }
  }

  owned<SSL_CTX> context_;
  std::atomic<int> requests_{0};
  std::atomic<int> connections_{0};
  ghl_sandbox::loopback_server loopback_{[this](ghl_sandbox::peer& to) { serve(to); }};
};

/// As long as it lives, what is made with OpenSSL in this process takes old and broken protocols, unless it refuses
/// them by itself: a system whose own configuration refuses them hides whether a transport does.
class lax_defaults {
 public:
  lax_defaults() { load("MinProtocol = TLSv1\nCipherString = ALL@SECLEVEL=0\n"); }
  lax_defaults(const lax_defaults&) = delete;
  lax_defaults& operator=(const lax_defaults&) = delete;
  ~lax_defaults() { load("MinProtocol = TLSv1.2\nCipherString = DEFAULT@SECLEVEL=2\n"); }

 private:
  static void load(const char* lines) {
    const temporary_file file{[&](std::FILE* f) {
      std::fputs("openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\n", f);
      std::fputs(lines, f);
    }};
    if (CONF_modules_load_file(file.path.c_str(), nullptr, 0) <= 0)
      throw std::runtime_error("OpenSSL cannot be set up");
  }
};

/// `make(ca_file)` gives a blocking transport that trusts the authorities in that PEM file, or the system's where the
/// name is empty.
/// Example: `expect_passed(tls::suite([](std::string ca) { return ghl::httplib_transport{{.ca_file = ca}}; }));`
template <class Make>
ghl::testing::report suite(Make make) {
  using namespace ghl::testing;
  using transport_checks::told;
  using ghl::fault;
  using ghl::sent;
  ::unsetenv("SSL_CERT_FILE");
  ::unsetenv("SSL_CERT_DIR");

  const certificate authority{"ghl tests: the right authority"};
  const certificate other_authority{"ghl tests: another authority"};
  const certificate good{authority, "DNS:localhost,IP:127.0.0.1"};
  report results;

  const auto request = [](const std::string& origin, const std::string& target = "/") {
    ghl::http::request r;
    r.url = origin + target;
    r.headers.add("User-Agent", "ghl-tls-suite/1");
    r.timeout = ghl::milliseconds{10'000};
    return r;
  };
  const auto refuses = [&](const char* name, const certificate& shown, const std::string& trusted,
                           const char* host = "127.0.0.1") {
    run_check(results, name, [&](check& c) {
      const server s{shown};
      auto transport = make(trusted);
      const ghl::result<ghl::http::response> o = transport(request(s.origin(host)));
      c.demand(!o && o.error().fault == fault::tls && o.error().was_sent == sent::no, [&] {
        return "expected fault::tls with sent::no; came " + told(o) + ": verify the chain, the name and the dates";
      });
      c.demand(s.requests() == 0, "the request has reached a server that is not to be trusted");
    });
  };
  const auto with_good = [&](const char* name, auto body) {
    run_check(results, name, [&](check& c) {
      const server s{good};
      auto transport = make(authority.file());
      body(c, s, transport);
    });
  };
  const auto expect_secure = [&](check& c, auto& transport, const std::string& origin) {
    const ghl::result<ghl::http::response> o = transport(request(origin));
    c.demand(o && o->body == "secure", [&] { return "expected 200 \"secure\"; came " + told(o); });
  };

  with_good("the right authority is trusted, and the connection kept", [&](check& c, const server& s, auto& transport) {
    for (int i = 0; i < 3; ++i) expect_secure(c, transport, s.origin());
    c.demand(s.connections() == 1, [&] { return "expected one connection; came " + std::to_string(s.connections()); });
  });
  with_good("a certificate for a host name is trusted", [&](check& c, const server& s, auto& transport) {
    expect_secure(c, transport, s.origin("localhost"));
  });
  refuses("another authority is refused", good, other_authority.file());
  refuses("an authority that nobody named is refused", good, "");
  const certificate elsewhere{authority, "DNS:example.com,IP:127.0.0.2"};
  refuses("a certificate of another address is refused", elsewhere, authority.file());
  refuses("a certificate of another host name is refused", elsewhere, authority.file(), "localhost");
  // What a part of a name, or the common name beside the alternative ones, must not be taken for.
  const auto is_another = [&](const char* what, const char* common_name, const char* names, const char* host) {
    const certificate shown{common_name, authority, names};
    refuses(what, shown, authority.file(), host);
  };
  is_another("a common name that fits beside other names is refused", "localhost", "DNS:other.example", "localhost");
  is_another("a name that begins with the host's is refused", "a", "DNS:localhost.evil.example", "localhost");
  is_another("a name that ends with the host's is refused", "a", "DNS:evil.localhost", "localhost");
  is_another("a star alone is refused", "a", "DNS:*", "localhost");
  is_another("a star below the host's name is refused", "a", "DNS:*.localhost", "localhost");
  is_another("a star in the name is refused", "a", "DNS:local*", "localhost");
  is_another("a common name that is the address is refused", "127.0.0.1", "DNS:other.example", "127.0.0.1");
  is_another("an address as a host name is refused", "a", "DNS:127.0.0.1", "127.0.0.1");
  is_another("a star for an address is refused", "a", "DNS:*.0.0.1,DNS:*", "127.0.0.1");
  is_another("an empty name is refused", "localhost", "DNS:.", "localhost");
  const certificate expired{authority, "DNS:localhost,IP:127.0.0.1", -60};
  refuses("an expired certificate is refused", expired, authority.file());

  with_good("a connection that was closed while idle is replaced", [&](check& c, const server& s, auto& transport) {
    for (int i = 0; i < 3; ++i) {
      const ghl::result<ghl::http::response> o = transport(request(s.origin(), "/close-after"));
      c.demand(o && o->body == "closing", [&] { return "expected 200 \"closing\"; came " + told(o); });
      transport_checks::let_it_arrive();
    }
    ghl::http::request post = request(s.origin());
    post.method = ghl::method::post;
    const int before = s.requests();
    const ghl::result<ghl::http::response> o = transport(post);
    c.demand(s.requests() <= before + 1, "a POST was sent twice");
    c.demand(o || o.error().fault == fault::connection_lost, [&] { return "expected an answer; came " + told(o); });
    expect_secure(c, transport, s.origin());
  });
  with_good("an answer that ends without the end of TLS is an error", [&](check& c, const server& s, auto& transport) {
    const ghl::result<ghl::http::response> o = transport(request(s.origin(), "/truncated"));
    c.demand(!o && o.error().was_sent != sent::no, [&] {
      return "expected an error, since anybody on the way may have cut the answer short; came " + told(o);
    });
    expect_secure(c, transport, s.origin());
  });
  const auto times_out = [&](check& c, auto& transport, ghl::http::request r, sent was_sent) {
    r.timeout = ghl::milliseconds{300};
    const transport_checks::stopwatch watch;
    const ghl::result<ghl::http::response> o = transport(r);
    c.demand(!o && o.error().fault == fault::timeout && o.error().was_sent == was_sent, [&] {
      return "expected fault::timeout with " + std::string{transport_checks::full_name_of(was_sent)} + "; came " + told(o);
    });
    c.demand(watch.elapsed() < ghl::milliseconds{5000}, [&] {
      return "with a timeout of 300 ms the call took " + transport_checks::in_ms(watch.elapsed());
    });
  };
  with_good("waiting for an answer is bounded by the timeout", [&](check& c, const server& s, auto& transport) {
    times_out(c, transport, request(s.origin(), "/stall"), sent::maybe);
    expect_secure(c, transport, s.origin());
  });
  run_check(results, "a handshake is bounded by the timeout", [&](check& c) {
    const ghl_sandbox::loopback_server silent{[](ghl_sandbox::peer& to) { to.stall(); }};
    auto transport = make(authority.file());
    times_out(c, transport, request("https://127.0.0.1:" + std::to_string(silent.port())), sent::no);
  });
  run_check(results, "a handshake that comes byte by byte is bounded by the timeout", [&](check& c) {
    const ghl_sandbox::loopback_server slow{[](ghl_sandbox::peer& to) {
      // The head of a record of the handshake, and then a byte now and then.
      std::string record{"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03", 11};
      record.append(16'000, 'a');
      to.drip(record, std::chrono::milliseconds{5});
    }};
    auto transport = make(authority.file());
    times_out(c, transport, request("https://127.0.0.1:" + std::to_string(slow.port())), sent::no);
  });
  const struct {
    const char* name;
    int version;
  } old_protocols[] = {{"a server that speaks TLS 1.0 is refused", TLS1_VERSION},
                       {"a server that speaks TLS 1.1 is refused", TLS1_1_VERSION}};
  for (const auto& [name, version] : old_protocols)
    run_check(results, name, [&, v = version](check& c) {
      const lax_defaults lax;
      const server s{good, v};
      auto transport = make(authority.file());
      const ghl::result<ghl::http::response> o = transport(request(s.origin()));
      c.demand(!o && o.error().fault == fault::tls && o.error().was_sent == sent::no,
               [&] { return "expected fault::tls with sent::no; came " + told(o) + ": ask for TLS 1.2 at least"; });
      c.demand(s.requests() == 0, "the request was sent over a broken protocol");
    });
  run_check(results, "a server without TLS is refused", [&](check& c) {
    const ghl_sandbox::loopback_server plain{[](ghl_sandbox::peer& to) {
      if (to.wait(std::chrono::milliseconds{1})) to.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    }};
    auto transport = make(authority.file());
    const ghl::result<ghl::http::response> o = transport(request("https://127.0.0.1:" + std::to_string(plain.port())));
    c.demand(!o && o.error().fault == fault::tls && o.error().was_sent == sent::no,
             [&] { return "expected fault::tls with sent::no; came " + told(o); });
  });
  return results;
}

}  // namespace tls
