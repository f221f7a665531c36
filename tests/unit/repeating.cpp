// What may be sent again.
#include "../catch.hpp"

#include <ghl/value/error.hpp>
#include <ghl/value/repeating.hpp>

using ghl::error_kind;
using ghl::fault;
using ghl::method;
using ghl::sent;
using ghl::detail::may_be_sent_again;

TEST_CASE("GET and DELETE may be sent again after a lost connection, anything that was certainly not sent") {
  for (const method m : {method::get, method::del, method::post, method::put, method::patch}) {
    const bool repeatable = m == method::get || m == method::del;
    for (const fault lost : {fault::connect, fault::connection_lost, fault::timeout}) {
      CHECK(may_be_sent_again(ghl::transport_error(lost, sent::no), m));
      CHECK(may_be_sent_again(ghl::transport_error(lost, sent::maybe), m) == repeatable);
      CHECK(may_be_sent_again(ghl::transport_error(lost, sent::yes), m) == repeatable);
    }
    CHECK(may_be_sent_again(ghl::transport_error(fault::cut_short, sent::yes), m) == repeatable);
    for (const fault lasting : {fault::tls, fault::too_large, fault::cancelled, fault::held_back, fault::other})
      CHECK_FALSE(may_be_sent_again(ghl::transport_error(lasting, sent::no), m));
  }
}

TEST_CASE("GET and DELETE may be sent again after a gateway error, anything after a 429") {
  const auto after = [](int status, method m) {
    return may_be_sent_again(error_kind::status, fault::none, sent::yes, status, m);
  };
  for (const int status : {502, 503, 504}) {
    CHECK(after(status, method::get));
    CHECK(after(status, method::del));
    CHECK_FALSE(after(status, method::post));
    CHECK_FALSE(after(status, method::put));
  }
  CHECK(after(429, method::post));
  for (const int status : {302, 400, 401, 404, 422, 500, 501}) CHECK_FALSE(after(status, method::get));
}

TEST_CASE("nothing else may be sent again") {
  CHECK_FALSE(may_be_sent_again(ghl::invalid_request(fault::empty_value, "linkId"), method::get));
  CHECK_FALSE(may_be_sent_again(ghl::decode_error(fault::not_json), method::get));
}
