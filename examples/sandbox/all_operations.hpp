/// Lets a sandbox answer all operations of the API: `options.others = ghl_sandbox::all_operations(families);`.
#pragma once

#include "described.hpp"
#include "sandbox.hpp"

#include <ghl/uses/catalogue.hpp>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl_sandbox {

/// Refuses what the description does not allow, as the service would: 401 for a token or a Version, 422 for the rest.
inline auto all_operations(std::vector<std::span<const ghl::catalogue_entry>> families) {
  return [families = std::move(families)](const httplib::Request& request, std::string_view path,
                                          std::string_view token) -> reply {
    const auto refused = [](int status, const nlohmann::ordered_json& message, const char* error) -> reply {
      return {status, nlohmann::ordered_json{{"statusCode", status}, {"message", message}, {"error", error}}.dump()};
    };
    const std::vector<const ghl::catalogue_entry*> candidates = operations_of(families, request, path);
    if (candidates.empty()) return {};
    const ghl::catalogue_entry* e = candidates.front();
    if (!e->no_token && request.get_header_value("Authorization") != "Bearer " + std::string{token})
      return refused(401, "Invalid JWT", "Unauthorized");
    if (!e->version.empty() && request.get_header_value("Version") != e->version)
      return refused(401, request.has_header("Version") ? "version header is invalid" : "version header was not found.",
                     "Unauthorized");
    std::vector<std::string> wrong = mistakes_in(*e, request);
    for (std::size_t i = 1; !wrong.empty() && i < candidates.size(); ++i)
      if (mistakes_in(*candidates[i], request).empty()) {
        wrong.clear();
        e = candidates[i];
      }
    if (!wrong.empty()) return refused(422, wrong, "Unprocessable Entity");
    const ghl::schema& response = e->response();
    if (response.kind == ghl::schema_kind::nothing) return {204, ""};
    if (response.kind == ghl::schema_kind::bytes) return {200, "sample", "application/octet-stream"};
    return {200, sample_of(response).dump()};
  };
}

}  // namespace ghl_sandbox
