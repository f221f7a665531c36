/// The calls through ghl. `json_policy` is the adapter under test.
#pragma once

#include "canned.hpp"
#include "outcome.hpp"

#include <ghl/ghl.hpp>

#include <string>
#include <utility>

namespace ghl_side {

struct canned_transport {
  const ghl::http::response* answer;

  [[gnu::noinline]] ghl::result<ghl::http::response> operator()(const ghl::http::request& r) const {
    if (on_stage != nullptr) [[unlikely]] {
      on_stage->seen = {std::string{std::string_view{r.method}}, r.url, std::string{r.headers.block()}, r.body};
      return ghl::http::response{on_stage->status, answer->headers, on_stage->body};
    }
    return *answer;
  }
};

using client = ghl::client<canned_transport, json_policy, ghl::private_integration_token<>>;

inline client make(const ghl::http::response& answer, std::string token = std::string{canned::token}) {
  return client{canned_transport{&answer}, json_policy{}, ghl::private_integration_token{std::move(token)},
                ghl::user_agent{std::string{canned::agent}}};
}

inline outcome told(const ghl::result<ghl::links::delete_link::response>& r) {
  outcome o{.ok = r.has_value(), .texts = {}};
  if (r) o.add(r->succeeded);
  return o;
}
inline outcome told(const ghl::result<ghl::links::get_links::response>& r) {
  outcome o{.ok = r.has_value(), .texts = {}};
  if (r)
    for (const auto& l : r->links)
      for (const auto* text : {&l.id, &l.name, &l.redirect_to, &l.field_key, &l.location_id}) o.add(*text);
  return o;
}
inline outcome told(const ghl::result<ghl::opportunities::remove_followers::response>& r) {
  outcome o{.ok = r.has_value(), .texts = {}};
  if (r) o.add(r->followers), o.add(r->followers_removed);
  return o;
}

}  // namespace ghl_side
