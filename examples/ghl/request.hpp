/// The request that a command asks for, made from the row of its operation.
#pragma once

#include "words.hpp"

#include <ghl/uses/catalogue.hpp>
#include <ghl/value/http.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl_program {

/// The command cannot be carried out as it stands; nothing was sent.
struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was given for an operation.
struct given {
  std::map<std::string, std::vector<std::string>> parameters;  // by the name on the wire
  nlohmann::json body;                                          // null: none
};

inline std::string contents_of(const std::string& file) {
  std::ifstream in{file, std::ios::binary};
  std::string text;
  char some[4096];
  while (in.read(some, sizeof some), in.gcount() > 0) text.append(some, static_cast<std::size_t>(in.gcount()));
  if (in.bad() || !in.eof()) throw usage_error{"cannot read the file " + file};  // a directory, too
  return text;
}

inline std::string encoded(std::string_view text) {
  constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) throw usage_error{"a value has a control character in it"};
    if (unreserved.find(c) != std::string_view::npos) out += c;
    else (out += '%') += {hex[byte >> 4U], hex[byte & 15U]};
  }
  return out;
}

/// A value of a parameter, as it stands in a URL; of a list, an element.
inline std::string text_in_url(const ghl::catalogue_parameter& p, const std::string& text) {
  const ghl::schema& type = p.type().kind == ghl::schema_kind::array ? p.type().element() : p.type();
  if (text.empty()) throw usage_error{"--" + dashed(p.name) + " is empty"};
  if (value_of(type, text).is_discarded())
    throw usage_error{"--" + dashed(p.name) + " must be " + placeholder_of(type) + ", not \"" + text + "\""};
  return encoded(text);
}

inline std::string url_of(const ghl::catalogue_entry& e, const given& what) {
  const auto texts_of = [&](const ghl::catalogue_parameter& p) -> std::vector<std::string> {
    if (p.is_constant) return {std::string{p.value}};
    const auto found = what.parameters.find(std::string{p.name});
    if (found != what.parameters.end() && !found->second.empty()) return found->second;
    if (p.required) throw usage_error{"--" + dashed(p.name) + " is missing"};
    return {};
  };
  std::string url;
  for (std::size_t i = 0; i < e.path.size();) {
    if (e.path[i] != ':') {
      url += e.path[i++];
      continue;
    }
    const std::size_t end = std::min(e.path.find('/', i), e.path.size());
    const std::string_view name = e.path.substr(i + 1, end - i - 1);
    for (const ghl::catalogue_parameter& p : e.parameters) {
      if (p.place != ghl::parameter_place::path || p.name != name) continue;
      const std::string text = texts_of(p).at(0);
      if (text == "." || text == "..") throw usage_error{"--" + dashed(name) + " cannot be \"" + text + "\""};
      url += text_in_url(p, text);
    }
    i = end;
  }
  char separator = '?';
  for (const ghl::catalogue_parameter& p : e.parameters) {
    if (p.place != ghl::parameter_place::query) continue;
    const std::vector<std::string> texts = texts_of(p);
    std::string joined;
    for (const std::string& text : texts) {
      const std::string value = p.is_constant ? encoded(text) : text_in_url(p, text);
      if (!p.has_commas) ((url += separator) += encoded(p.name)) += "=" + value;
      else joined += (joined.empty() ? "" : ",") + value;
      if (!p.has_commas) separator = '&';
    }
    if (joined.empty()) continue;
    ((url += separator) += encoded(p.name)) += "=" + joined;
    separator = '&';
  }
  return url;
}

/// A field of a form: a text as it is, everything else as JSON.
inline std::string text_in_form(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

inline std::string form_of(const nlohmann::json& body) {
  std::string out;
  for (const auto& [name, value] : body.items())
    out += (out.empty() ? "" : "&") + encoded(name) + "=" + encoded(text_in_form(value));
  return out;
}

/// In a multipart body the value of a file is the name of a file here.
inline std::string multipart_of(const ghl::schema& type, const nlohmann::json& body, std::string& boundary) {
  std::vector<std::pair<std::string, std::string>> parts;  // the lines of a part, and what it has
  const auto add_all = [&](std::string name, const nlohmann::json& values, const ghl::schema& of_all) {
    for (char& c : name)
      if (c == '"' || c == '\r' || c == '\n') c = '_';
    const std::string head = "Content-Disposition: form-data; name=\"" + name + "\"";
    const auto add = [&](const nlohmann::json& value, const ghl::schema& of) {
      if (of.kind != ghl::schema_kind::bytes) return parts.emplace_back(head + "\r\n\r\n", text_in_form(value)), void();
      const std::string file = value.get<std::string>();
      std::string file_name = file.substr(file.find_last_of('/') + 1);
      for (char& c : file_name)
        if (c == '"' || c == '\r' || c == '\n') c = '_';
      parts.emplace_back(head + "; filename=\"" + file_name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                         contents_of(file));
    };
    if (of_all.kind != ghl::schema_kind::array) return add(values, of_all);
    for (const auto& element : values) add(element, of_all.element());
  };
  if (type.kind == ghl::schema_kind::map)
    for (const auto& [name, values] : body.items()) add_all(name, values, type.element());
  for (const ghl::schema_field& field : type.fields)
    if (const auto found = body.find(std::string{field.name}); found != body.end())
      add_all(std::string{field.name}, *found, field.type());
  boundary = "ghl-boundary";
  const auto occurs = [&] {
    for (const auto& [lines, content] : parts)
      if (content.find(boundary) != std::string::npos) return true;
    return false;
  };
  for (unsigned i = 0; occurs(); ++i) boundary = "ghl-boundary-" + std::to_string(i * 2654435761U);
  std::string out;
  for (const auto& [lines, content] : parts) out += "--" + boundary + "\r\n" + lines + content + "\r\n";
  return out + "--" + boundary + "--\r\n";
}

/// The request without its Authorization line, which the client writes.
inline ghl::http::request request_of(const ghl::catalogue_entry& e, const given& what, std::string_view base_url) {
  ghl::http::request r{.method = e.method, .url = std::string{base_url} + url_of(e, what)};
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!r.headers.add(name, value)) throw usage_error{std::string{name} + " has a value that no header can have"};
  };
  if (!e.version.empty()) add("Version", e.version);
  add("Accept", e.accept);
  for (const ghl::catalogue_parameter& p : e.parameters) {
    const auto found = what.parameters.find(std::string{p.name});
    if (p.place != ghl::parameter_place::header) continue;
    if (found != what.parameters.end() && !found->second.empty()) add(p.name, found->second.front());
    else if (p.required) throw usage_error{"--" + dashed(p.name) + " is missing"};
  }
  std::string boundary;
  switch (what.body.is_null() ? ghl::body_kind::none : e.body.kind) {
    case ghl::body_kind::none: break;
    case ghl::body_kind::json: r.body = what.body.dump(); break;
    case ghl::body_kind::form: r.body = form_of(what.body); break;
    case ghl::body_kind::multipart: r.body = multipart_of(e.body.type(), what.body, boundary); break;
  }
  if (!boundary.empty()) add("Content-Type", "multipart/form-data; boundary=" + boundary);
  else if (!r.body.empty()) add("Content-Type", e.body.content_type);
  return r;
}

/// A word of a POSIX shell.
inline std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
  return out + "'";
}

/// The request as a command of curl, for a shell that has the token in GHL_TOKEN.
inline std::string curl_line_of(const ghl::catalogue_entry& e, const given& what, const ghl::http::request& r) {
  std::string out = "curl -X " + std::string{std::string_view{r.method}} + " " + shell_word(r.url);
  if (!e.no_token) out += " -H 'Authorization: Bearer '\"$GHL_TOKEN\"";
  const bool has_parts = e.body.kind == ghl::body_kind::multipart && !what.body.is_null();
  for (const auto& [name, value] : r.headers)
    if (!has_parts || name != "Content-Type") out += " -H " + shell_word(std::string{name} + ": " + std::string{value});
  if (!has_parts) return r.body.empty() ? out : out + " --data-binary " + shell_word(r.body);
  for (const auto& [name, values] : what.body.items()) {
    const ghl::schema* type = e.body.type().kind == ghl::schema_kind::map ? &e.body.type().element() : nullptr;
    for (const ghl::schema_field& field : e.body.type().fields)
      if (field.name == name) type = &field.type();
    const bool is_list = type != nullptr && type->kind == ghl::schema_kind::array;
    const bool is_file = type != nullptr && (is_list ? type->element() : *type).kind == ghl::schema_kind::bytes;
    for (const auto& value : is_list ? values : nlohmann::json::array({values}))
      out += is_file ? " -F " + shell_word(name + "=@" + text_in_form(value))
                     : " --form-string " + shell_word(name + "=" + text_in_form(value));
  }
  return out;
}

}  // namespace ghl_program
