// interpret(): any answer is a value or an error that keeps its promises, and adapters that are linked together agree.
// Input: a letter for the endpoint, a letter for the status, header lines, an empty line, the body. See README.md.
#include "adapter.hpp"

#include <ghl/json_kit/text.hpp>

namespace {

using fuzz::demand;
using fuzz::outcome;

int status_of(char byte) {
  constexpr int usual[] = {200, 201, 204, 299, 301, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504};
  if (byte >= 'a' && byte <= 'p') return usual[byte - 'a'];
  return static_cast<signed char>(byte) * 8;  // any other, nonsense too
}

ghl::http::response answer_of(fuzz::input& in) {
  ghl::http::response answer;
  answer.status = status_of(in.byte());
  while (!in.empty()) {
    fuzz::input line{in.until('\n')};
    if (line.empty()) break;
    const std::string_view name = line.until(':');
    answer.headers.add(name, line.rest());
  }
  answer.body = in.rest();
  return answer;
}

bool is_success(int status) { return status / 100 == 2; }

bool is_of_decoding(ghl::fault f) {
  using ghl::fault;
  for (const fault known : {fault::empty_body, fault::not_json, fault::truncated, fault::malformed,
                            fault::invalid_utf8, fault::missing_field, fault::wrong_type, fault::number_out_of_range,
                            fault::nested_too_deeply})
    if (f == known) return true;
  return false;
}

void check_error(const ghl::error& e, const ghl::http::response& answer) {
  if (answer.status < 100 || answer.status > 999) {
    return demand(e.kind == ghl::error_kind::transport && e.fault == ghl::fault::other && e.status == 0,
                  "an answer without a status is none");
  }
  demand(e.kind == (is_success(answer.status) ? ghl::error_kind::decode : ghl::error_kind::status),
         "the kind follows from the status");
  if (e.kind == ghl::error_kind::decode) demand(is_of_decoding(e.fault), "the fault is one of decoding");
  else demand(e.fault == ghl::fault::none, "the status says it all");
  demand(e.status == answer.status && e.was_sent == ghl::sent::yes && !e.endpoint.empty(), "the answer is told of");
  demand(e.excerpt.size() <= 1024 && answer.body.starts_with(e.excerpt), "the excerpt is the beginning of the body");
  demand(e.excerpt.size() + 3 >= (answer.body.size() < 1024 ? answer.body.size() : 1024), "the excerpt is not too short");
  demand(e.content_type.empty() || answer.headers.contains("content-type"), "the content type is that of the header");
  demand(!e.retry_after || e.retry_after->count() >= 0, "no wait is negative");
  demand(e.tried.empty() && e.unsaved_tokens.empty(), "nothing is told of that was not there");
  demand(e.remedy() == ghl::remedy::unknown || !to_string(e.remedy()).empty(), "a remedy has a text");
  for (const std::string& text : e.messages) demand(fuzz::is_utf8(text), "the server's messages are UTF-8", text);

  const std::string message = e.message();
  demand(!message.empty() && fuzz::is_utf8(message), "message() is UTF-8", message);
  demand(!fuzz::has_control(message), "message() has no control byte", message);
  demand(message.size() <= 512 + 2 * answer.body.size(), "message() is bounded", message);
}

void check(const outcome& o, const ghl::http::response& answer) {
  if (!o.read) return check_error(o.error, answer);
  const ghl::fault broken = ghl::json_fault(answer.body);
  demand(is_success(answer.status), "only a success has a value");
  demand(broken == ghl::fault::none, "only JSON has a value", answer.body);
}

void check_agreement(const fuzz::adapter& one, const outcome& a, const fuzz::adapter& other, const outcome& b,
                     std::string_view body) {
  std::string who{one.name};
  who.append(" and ").append(other.name).append(" agree on: ");
  demand(a.read == b.read, who + "whether it can be read", body);
  demand(a.value == b.value, who + "the value", body);
  demand(a.error.fault == b.error.fault, who + "the fault", body);
  demand(a.error == b.error, who + "everything that is wrong", body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input in{fuzz::text_of(data, size)};
  const auto endpoint = static_cast<unsigned>(in.byte() - 'a') % fuzz::endpoints;
  const ghl::http::response answer = answer_of(in);
  std::vector<outcome> outcomes;
  for (const fuzz::adapter& a : fuzz::adapters()) {
    outcomes.push_back(a.interpret(endpoint, answer));
    check(outcomes.back(), answer);
    if (outcomes.size() > 1) check_agreement(fuzz::adapters().front(), outcomes.front(), a, outcomes.back(), answer.body);
  }
  demand(!outcomes.empty(), "there is an adapter");
  return 0;
}
