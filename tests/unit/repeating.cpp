// What may be sent again.
#include "../catch.hpp"

#include <ghl/policy/retry.hpp>
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
      const bool answer_began = lost == fault::timeout;  // that is what `yes` means then
      CHECK(may_be_sent_again(ghl::transport_error(lost, sent::yes), m) == (repeatable && !answer_began));
    }
    CHECK_FALSE(may_be_sent_again(ghl::transport_error(fault::cut_short, sent::yes), m));
    for (const fault lasting : {fault::tls, fault::too_large, fault::cancelled, fault::held_back, fault::other})
      CHECK_FALSE(may_be_sent_again(ghl::transport_error(lasting, sent::no), m));
  }
}

TEST_CASE("GET and DELETE may be sent again after a gateway error, anything after a 429") {
  const auto after = [](int status, method m) {
    return may_be_sent_again(error_kind::status, fault::none, sent::yes, status, m);
  };
  for (const int status : {502, 503, 504, 520, 521, 522, 523, 524, 530}) {
    CHECK(after(status, method::get));
    CHECK(after(status, method::del));
    CHECK_FALSE(after(status, method::post));
    CHECK_FALSE(after(status, method::put));
  }
  CHECK(after(429, method::post));
  for (const int status : {302, 400, 401, 404, 422, 500, 501, 505, 519, 525, 529, 531})
    CHECK_FALSE(after(status, method::get));
}

TEST_CASE("what a text says passes may be sent again where that does no harm, and what was advised comes before") {
  ghl::error e;
  e.kind = error_kind::status;
  e.status = 401;
  e.was_sent = sent::yes;
  e.messages = {"Command timed out"};
  CHECK(may_be_sent_again(e, method::get));
  CHECK(may_be_sent_again(e, method::del));
  for (const method m : {method::post, method::put, method::patch}) CHECK_FALSE(may_be_sent_again(e, m));
  e.advised = ghl::remedy::unknown;
  CHECK_FALSE(may_be_sent_again(e, method::get));
  e.advised = ghl::remedy::wait;
  CHECK(may_be_sent_again(e, method::post));
  e.advised = ghl::remedy::retry;
  CHECK_FALSE(may_be_sent_again(e, method::post));
  ghl::error lost = ghl::transport_error(fault::tls, sent::no);
  lost.advised = ghl::remedy::retry;
  CHECK(may_be_sent_again(lost, method::post));
  lost.advised = ghl::remedy::wait;
  lost.was_sent = sent::maybe;
  CHECK_FALSE(may_be_sent_again(lost, method::post));
  CHECK(may_be_sent_again(lost, method::get));
}

TEST_CASE("nothing else may be sent again") {
  CHECK_FALSE(may_be_sent_again(ghl::invalid_request(fault::empty_value, "linkId"), method::get));
  CHECK_FALSE(may_be_sent_again(ghl::decode_error(fault::not_json), method::get));
}
