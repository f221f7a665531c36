/// Your own transport: a callable from ghl::http::request to ghl::http::response. `house` stands for the HTTP
/// library that you already have. Two lambdas plug it in: one lets it throw, one gives errors as values.
#include "chosen_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/conversations.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// An imaginary HTTP library. It answers from memory.
namespace house {

enum class trouble { none, refused, timed_out };
using header_list = std::vector<std::pair<std::string, std::string>>;
struct reply {
  trouble what = trouble::none;
  int code = 0;
  header_list headers;
  std::string text;
};

reply try_send(std::string verb, std::string url, header_list headers, std::string body,
               std::chrono::milliseconds limit);
reply send(std::string verb, std::string url, header_list headers, std::string body);

}  // namespace house

namespace {

// The simplest form: it returns every answer, whatever its status. What house::send throws passes through.
constexpr auto throwing_transport = [](const ghl::http::request& request) {
  house::header_list headers;
  for (const auto& [name, value] : request.headers) headers.emplace_back(name, value);
  house::reply in = house::send(std::string{request.method}, request.url, headers, request.body);
  ghl::http::response answer{.status = in.code, .body = std::move(in.text)};
  for (const auto& [name, value] : in.headers) answer.headers.add(name, value);
  return answer;
};

// The same with error values, which tell what happened and whether the server can have seen the request.
constexpr auto transport = [](const ghl::http::request& request) -> ghl::result<ghl::http::response> {
  house::header_list headers;
  for (const auto& [name, value] : request.headers) headers.emplace_back(name, value);
  house::reply in =
      house::try_send(std::string{request.method}, request.url, headers, request.body, request.timeout);
  if (in.what == house::trouble::refused) return ghl::transport_error(ghl::fault::connect, ghl::sent::no);
  if (in.what == house::trouble::timed_out) return ghl::transport_error(ghl::fault::timeout);
  ghl::http::response answer{.status = in.code, .body = std::move(in.text)};
  for (const auto& [name, value] : in.headers) answer.headers.add(name, value);
  return answer;
};

// The compiler says what is missing.
static_assert(ghl::blocking_transport<decltype(throwing_transport)> &&
              ghl::blocking_transport<decltype(transport)>);

template <class Transport>
ghl::result<ghl::conversations::delete_conversation::response> delete_conversation(Transport with,
                                                                                   const char* id) {
  ghl::client api{with, example::chosen_json{}, ghl::private_integration_token{"any-token"}};
  auto outcome = api.call(ghl::conversations::delete_conversation{.conversation_id = id});
  std::printf("%s: %s\n", id, outcome ? "success" : outcome.error().message().c_str());
  return outcome;
}

}  // namespace

int main() try {
  const auto first = delete_conversation(throwing_transport, "tDtDnQdgm2LXpyiqYvZ6");
  const auto second = delete_conversation(transport, "tDtDnQdgm2LXpyiqYvZ6");
  const auto refused = delete_conversation(transport, "refused");
  const auto late = delete_conversation(transport, "late");

  // Nothing was sent, so the call may be made again; after a timeout nobody knows.
  const bool told_apart = !refused && refused.error().remedy() == ghl::remedy::retry && !late &&
                          late.error().was_sent == ghl::sent::maybe;
  return first && first->success && second && second->success && told_apart ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

namespace house {

reply try_send(std::string verb, std::string url, header_list, std::string, std::chrono::milliseconds) {
  if (url.ends_with("/refused")) return {trouble::refused, 0, {}, {}};
  if (url.ends_with("/late")) return {trouble::timed_out, 0, {}, {}};
  const bool known =
      verb == "DELETE" && url == "https://services.leadconnectorhq.com/conversations/tDtDnQdgm2LXpyiqYvZ6";
  return {trouble::none, known ? 200 : 404, {{"Content-Type", "application/json"}}, R"({"success":true})"};
}

reply send(std::string verb, std::string url, header_list headers, std::string body) {
  reply r = try_send(std::move(verb), std::move(url), std::move(headers), std::move(body),
                     std::chrono::seconds{30});
  if (r.what != trouble::none) throw std::runtime_error("house: no answer");
  return r;
}

}  // namespace house
