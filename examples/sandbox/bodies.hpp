/// The JSON bodies that the sandbox reads and writes. Written down from the reference pages once more instead
/// of taken from ghl's endpoints, so that the sandbox does not repeat a mistake of theirs.
#pragma once

#include <ghl/endpoint/fields.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ghl_sandbox {

struct link {
  std::string id;
  std::string name;
  std::string redirect_to;
  std::string field_key;
  std::string location_id;

  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &link::id), ghl::field("name", &link::name),
                       ghl::field("redirectTo", &link::redirect_to), ghl::field("fieldKey", &link::field_key),
                       ghl::field("locationId", &link::location_id));
  }
};

struct links_found {
  std::vector<link> links;
  static consteval auto fields() { return ghl::fields(ghl::field("links", &links_found::links)); }
};

struct link_deleted {
  bool succeeded;  ///< "succeded" (sic) on the wire
  static consteval auto fields() { return ghl::fields(ghl::field("succeded", &link_deleted::succeeded)); }
};

struct followers_to_remove {
  std::vector<std::string> followers;
  static consteval auto fields() {
    return ghl::fields(ghl::field("followers", &followers_to_remove::followers));
  }
};

struct followers_removed {
  std::vector<std::string> left;
  std::vector<std::string> removed;
  static consteval auto fields() {
    return ghl::fields(ghl::field("followers", &followers_removed::left),
                       ghl::field("followersRemoved", &followers_removed::removed));
  }
};

struct association_deleted {
  bool deleted;
  std::string id;
  std::string message;
  static consteval auto fields() {
    return ghl::fields(ghl::field("deleted", &association_deleted::deleted),
                       ghl::field("id", &association_deleted::id),
                       ghl::field("message", &association_deleted::message));
  }
};

struct conversation_deleted {
  bool success;
  static consteval auto fields() {
    return ghl::fields(ghl::field("success", &conversation_deleted::success));
  }
};

/// 400, 401, 403 and 404: `message` is a string.
struct refusal {
  int status_code;
  std::string message;
  std::optional<std::string> error;
  static consteval auto fields() {
    return ghl::fields(ghl::field("statusCode", &refusal::status_code),
                       ghl::field("message", &refusal::message), ghl::field("error", &refusal::error));
  }
};

/// 422: `message` is an array, and there is a trace id.
struct unprocessable {
  int status_code;
  std::vector<std::string> message;
  std::string error;
  std::string trace_id;
  static consteval auto fields() {
    return ghl::fields(
        ghl::field("statusCode", &unprocessable::status_code), ghl::field("message", &unprocessable::message),
        ghl::field("error", &unprocessable::error), ghl::field("traceId", &unprocessable::trace_id));
  }
};

}  // namespace ghl_sandbox
