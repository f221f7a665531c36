/// A call as a command line.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/named.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/file.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/body_parts.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/operation/url_plan.hpp>
#include <ghl/operation/write_multipart.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/uses/parts/shell_text.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/headers.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

struct no_json {};

/// The JSON policy among what follows a request: what is no option.
constexpr no_json json_among() noexcept { return {}; }
template <class First, class... Rest>
decltype(auto) json_among(First& first, Rest&... rest) noexcept {
  if constexpr (!client_option<std::remove_const_t<First>>) return (first);
  else return json_among(rest...);
}

template <class Option>
void set_if_option([[maybe_unused]] settings& how, [[maybe_unused]] const Option& option) {
  if constexpr (client_option<Option>) how.apply(Option{option});
}

/// A part of a type that curl can be told; else its type and subtype alone, since curl ends it at a comma.
constexpr std::string_view type_for_curl(std::string_view type) noexcept {
  constexpr byte_set plain_bytes{"!#$&-^_.+/=; "};
  for (const char c : type)
    if (!plain_bytes(c)) return trimmed(type.substr(0, type.find(';')));
  return type;
}

/// The name of a file of this name in the directory of the command.
constexpr std::string_view name_in_directory(std::string_view name) noexcept {
  if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  return name.empty() || name == "." || name == ".." ? std::string_view{"file"} : name;
}

inline void append_option(std::string& out, std::string_view option, std::string_view text) {
  out.push_back(' ');
  out.append(option).push_back(' ');
  append_shell_word(out, text);
}

/// One part of a multipart body.
inline fault append_part(std::string& out, const body_part& part) {
  if (part.name.find('=') != std::string_view::npos) return fault::wrong_value;
  std::string word;
  append_in_quotes(word, part.name);
  word.push_back('=');
  if (part.from == nullptr) {
    if (!can_be_shell_word(part.text)) return fault::control_byte;
    append_option(out, "--form-string", word.append(part.text));
  } else {
    word.append("@\"./");
    for (const char c : name_in_directory(part.from->name)) {
      if (c == '"' || c == '\\') word.push_back('\\');
      word.push_back(c);
    }
    if (!can_be_shell_word(word)) return fault::bad_file_name;
    word.append("\";filename=\"");
    append_in_quotes(word, part.from->name);
    append_option(out, "-F", word.append("\";type=").append(type_for_curl(part.from->type)));
  }
  return fault::none;
}

/// All but the parts of a multipart body.
inline std::string curl_head(const http::request& r, bool has_parts) {
  std::string out = "curl -X ";
  out.append(std::string_view{r.method}).push_back(' ');
  if (r.url.find('[') != std::string::npos) out.append("-g ");  // an IPv6 address, which is no set of URLs
  append_shell_word(out, r.url);
  for (const http::header line : r.headers) {
    if (line.name == "Authorization") {
      out.append(" -H 'Authorization: Bearer '\"$GHL_TOKEN\"");
    } else if (!has_parts || line.name != "Content-Type") {
      append_option(out, "-H", std::string{line.name}.append(": ").append(line.value));
    }
  }
  const bool may_have_body = r.method != method::get && r.method != method::del;
  if (!r.body.empty() && !has_parts) append_option(out, "--data-raw", r.body);
  else if (r.body.empty() && may_have_body) out.append(" -H 'Content-Length: 0'");
  return out;
}

}  // namespace detail

/// Purpose: a call as a command that a person can paste into a POSIX shell: for a report, for support, to try what the
/// API says. It is one word after the other in quotes that hold whatever bytes there are.
/// Example:
///     ghl::curl_line(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"})
///     curl -X GET 'https://services.leadconnectorhq.com/links/?locationId=ve9EPM428h8vShlRW1KT'
///       -H 'Authorization: Bearer '"$GHL_TOKEN" -H 'Version: 2021-07-28' ...           (one line)
/// Behind the request come, in any order, the JSON policy that writes a JSON body, ghl::base_url and ghl::user_agent.
/// No token is asked for: the command takes it from the variable GHL_TOKEN of its shell. But a body is printed as it is;
/// that of an OAuth call has secrets in it.
/// A file of a multipart body is one of its name in the directory of the command, and no other: "/etc/passwd" is
/// ./passwd.
/// Errors: those of ghl::prepare; and kind invalid_request for what no command can say: a NUL (fault::control_byte, in
/// the name of a file fault::bad_file_name), a part with '=' in its name (fault::wrong_value).
/// Thread safety: that of the JSON policy.
template <class E, class... Given>
[[nodiscard]] result<std::string> curl_line(const E& request, Given&&... given) {
  // As well_formed<E>, with fewer steps for the compiler to print.
  static_cast<void>(detail::valid_endpoint<detail::finding_in<E>.what, detail::named_by<detail::culprit_in<E>>>{});
  if constexpr (!detail::valid<E>) {
    return std::string{};
  } else {
    decltype(auto) json = detail::json_among(given...);
    using json_type = std::remove_cvref_t<decltype(json)>;
    constexpr bool can_write = !detail::has_json_body<E> || !std::is_same_v<json_type, detail::no_json>;
    static_assert(detail::holds<can_write, E>,
                  "ghl: this request has a JSON body; pass the JSON policy that writes it: "
                  "ghl::curl_line(request, ghl::nlohmann_json{})");
    if constexpr (!can_write) {
      return std::string{};
    } else {
      settings how;
      (detail::set_if_option(how, given), ...);
      result<http::request> made = prepare(request, json, "GHL_TOKEN", how);
      if (!made) return std::move(made.error());
      constexpr bool has_parts = detail::has_body<E> && endpoint_of<E>.body_kind == detail::word_kind::multipart;
      if (!has_parts && !detail::can_be_shell_word(made->body))
        return invalid_request(fault::control_byte, "the body");
      std::string line = detail::curl_head(*made, has_parts);
      if constexpr (has_parts) {
        const auto each = [](void* to, const detail::body_part& part) {
          return detail::append_part(*static_cast<std::string*>(to), part);
        };
        const auto& body = detail::member_at<E, detail::body_position<E>>(request);
        const detail::refusal refused = detail::visit_parts<detail::body_of<E>>(&body, {each, &line});
        if (refused.why != fault::none) return invalid_request(refused.why, refused.where);
      }
      return line;
    }
  }
}

}}  // namespace ghl::v0
