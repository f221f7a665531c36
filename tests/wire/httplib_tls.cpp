// TLS through the httplib adapter: a certificate is trusted only where its authority and its host name are.
#include "../catch.hpp"
#include "../json_policy.hpp"

#include <ghl/ghl.hpp>
#include <ghl/transport/httplib.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

namespace {

/// A self-signed certificate and its key, in files that go with it.
class certificate {
 public:
  explicit certificate(const char* alternative_name, long valid_for_seconds = 3600) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_RSA_gen(2048U), EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> x{X509_new(), X509_free};
    REQUIRE(key);
    REQUIRE(x);
    X509_set_version(x.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x.get()), valid_for_seconds);
    X509_set_pubkey(x.get(), key.get());
    X509_NAME* name = X509_get_subject_name(x.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("ghl tests"), -1, -1, 0);
    X509_set_issuer_name(x.get(), name);
    for (const auto& [id, value] : {std::pair{NID_subject_alt_name, alternative_name},
                                    std::pair{NID_basic_constraints, "critical,CA:TRUE"}}) {
      X509_EXTENSION* e = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
      X509_add_ext(x.get(), e, -1);
      X509_EXTENSION_free(e);
    }
    REQUIRE(X509_sign(x.get(), key.get(), EVP_sha256()) != 0);
    write(certificate_file, [&](std::FILE* f) { return PEM_write_X509(f, x.get()); });
    write(key_file, [&](std::FILE* f) { return PEM_write_PrivateKey(f, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
  }
  certificate(const certificate&) = delete;
  certificate& operator=(const certificate&) = delete;
  ~certificate() {
    std::remove(certificate_file.c_str());
    std::remove(key_file.c_str());
  }

  std::string certificate_file;
  std::string key_file;

 private:
  template <class Write>
  static void write(std::string& path, Write put) {
    const char* dir = std::getenv("TMPDIR");
    path = std::string{dir != nullptr ? dir : "/tmp"} + "/ghl-tls-XXXXXX";
    const int fd = ::mkstemp(path.data());
    REQUIRE(fd >= 0);
    std::FILE* f = ::fdopen(fd, "w");
    REQUIRE(put(f) != 0);
    std::fclose(f);
  }
};

/// An HTTPS server with that certificate, on a free port.
class tls_server {
 public:
  explicit tls_server(const certificate& c) : server_(c.certificate_file.c_str(), c.key_file.c_str()) {
    server_.Delete(".*", [this](const httplib::Request&, httplib::Response& r) {
      ++calls;
      r.set_content(R"({"success":true})", "application/json");
    });
    port = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
    while (!server_.is_running()) std::this_thread::yield();
  }
  tls_server(const tls_server&) = delete;
  tls_server& operator=(const tls_server&) = delete;
  ~tls_server() {
    server_.stop();
    thread_.join();
  }

  int port = 0;
  std::atomic<int> calls{0};

 private:
  httplib::SSLServer server_;
  std::thread thread_;
};

auto call(const tls_server& server, const std::string& ca_file) {
  ghl::httplib_options options;
  options.ca_file = ca_file;
  ghl::client api{ghl::httplib_transport{options}, json_policy{}, ghl::private_integration_token{"t"},
                  ghl::base_url{"https://127.0.0.1:" + std::to_string(server.port)}};
  return api.call(ghl::conversations::delete_conversation{.conversation_id = "c"});
}

void refused(const certificate& of_server, const std::string& ca_file) {
  const tls_server server{of_server};
  const auto outcome = call(server, ca_file);
  REQUIRE(!outcome);
  CHECK((outcome.error().fault == ghl::fault::tls));
  CHECK((outcome.error().was_sent == ghl::sent::no));
  CHECK(server.calls == 0);
}

}  // namespace

TEST_CASE("HTTPS works with the right authority") {
  const certificate good{"IP:127.0.0.1"};
  const tls_server server{good};
  const auto outcome = call(server, good.certificate_file);
  INFO((outcome ? std::string{} : outcome.error().message()));
  REQUIRE(outcome);
  CHECK(outcome->success);
}

TEST_CASE("HTTPS refuses an unknown authority, another host's certificate and an expired one") {
  const certificate good{"IP:127.0.0.1"};
  const certificate other{"IP:127.0.0.1"};
  const certificate elsewhere{"DNS:example.com"};
  const certificate expired{"IP:127.0.0.1", -60};
  refused(good, "");
  refused(good, other.certificate_file);
  refused(elsewhere, elsewhere.certificate_file);
  refused(expired, expired.certificate_file);
}
