/// An observation as one line, and a hook that prints it.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/policy/observer.hpp>
#include <ghl/value/milliseconds.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

namespace detail {

/// Appends " name=value", quoted where a reader could not see where the value ends.
inline void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  constexpr std::string_view hex = "0123456789abcdef";
  bool plain = !value.empty();
  for (const char c : value) plain = plain && !is_control(c) && c != ' ' && c != '"' && c != '\\' && c != '=';
  if (!out.empty()) out.push_back(' ');
  out.append(name).push_back('=');
  if (plain) {
    out.append(value);
    return;
  }
  out.push_back('"');
  for (const char c : value) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (!is_control(c)) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append("\\x");
    out.push_back(hex[byte >> 4U]);
    out.push_back(hex[byte & 15U]);
  }
  out.push_back('"');
}

}  // namespace detail

/// Purpose: one line, without an end, in the names of OpenTelemetry's HTTP conventions; what has no name there gets one
/// that begins with "ghl.". What is not known is left out; so are the count of repeats of a first attempt, a wait
/// of none, `ghl.last=false` where no other attempt follows, and `ghl.mismatches` of an answer that is as described.
/// Example: `http.request.method=DELETE url.template=/links/:linkId http.response.status_code=201
/// http.client.request.duration=0.123 server.address=services.leadconnectorhq.com server.port=443
/// ghl.endpoint="Delete Link"`, all on one line.
/// Units: seconds, for the duration and `ghl.wait`.
inline std::string to_line(const observation& seen) {
  std::string out;
  out.reserve(256);
  const auto add = [&](std::string_view name, std::string_view value) { detail::append_attribute(out, name, value); };
  const auto add_known = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) add(name, value);
  };
  const auto add_seconds = [&](std::string_view name, milliseconds value) {
    std::string text;
    detail::append_seconds(text, value);
    add(name, text);
  };
  add("http.request.method", seen.method);
  add("url.template", seen.path_template);
  if (seen.status != 0) add("http.response.status_code", std::to_string(seen.status));
  add_known("error.type", seen.error_type);
  add_seconds("http.client.request.duration", seen.duration);
  if (seen.attempt > 1) add("http.request.resend_count", std::to_string(seen.attempt - 1));
  add_known("server.address", seen.server_address);
  if (seen.server_port != 0) add("server.port", std::to_string(seen.server_port));
  const std::size_t question = seen.target.find('?');
  add_known("url.path", seen.target.substr(0, question));
  if (question != std::string_view::npos) add("url.query", seen.target.substr(question + 1));
  add("ghl.endpoint", seen.endpoint);
  if (seen.wait.count() > 0) add_seconds("ghl.wait", seen.wait);
  if (!seen.last) add("ghl.last", "false");
  if (seen.mismatches != 0) add("ghl.mismatches", std::to_string(seen.mismatches));
  return out;
}

/// Purpose: a hook for ghl::observe that prints each attempt as a line of to_line().
/// Example: `ghl::observe{ghl::print_line{}}`, to the standard error output; `ghl::print_line{file}`, to a file.
/// Lifetime: the file must be open as long as calls are made.
/// Thread safety: a line is one fwrite, so that those of several threads do not mix.
struct print_line {
  std::FILE* to = stderr;

  void operator()(const observation& seen) const {
    std::string line = to_line(seen);
    line.push_back('\n');
    std::fwrite(line.data(), 1, line.size(), to);
  }
};

}}  // namespace ghl::v0
