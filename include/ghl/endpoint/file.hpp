/// A file to be uploaded.
#pragma once

#include <string>

namespace ghl { inline namespace v0 {

/// Purpose: a file, as a part of a ghl::multipart() body. A member may be one, a std::vector or a std::optional of them,
/// or a map from the names of the parts to them.
/// Example: `ghl::file{.name = "invoice.pdf", .type = "application/pdf", .bytes = read("invoice.pdf")}`.
/// Errors: a call is refused, naming the member, where `name` is empty or not UTF-8 (fault::bad_file_name), or `type` is
/// no media type (fault::bad_media_type). Quotes, backslashes and control bytes in `name` are percent-encoded, so that
/// no name can end its header line (RFC 7578, section 4.2).
/// Thread safety: a value.
struct file {
  std::string name{};                             ///< as the server is to know it, without a directory
  std::string type = "application/octet-stream";  ///< its media type (RFC 9110, section 8.3.1)
  std::string bytes{};                            ///< the contents, whatever they are

  friend bool operator==(const file&, const file&) = default;
};

}}  // namespace ghl::v0
