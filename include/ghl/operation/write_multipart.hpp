/// Writes a body of type multipart/form-data (RFC 7578), in one allocation.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/file.hpp>
#include <ghl/operation/body_parts.hpp>
#include <ghl/operation/url_plan.hpp>
#include <ghl/value/fault.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Finds a boundary that occurs nowhere in a body. It asks for no random number: as long as the text occurs, it is made
/// longer by the letter that follows it least often. Each letter leaves a 36th of the occurrences at most, so that a
/// dozen letters are enough for any body that fits into memory, whoever wrote it.
class boundary_search {
 public:
  static constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyz";

  [[nodiscard]] const std::string& boundary() const noexcept { return boundary_; }

  void look_at(std::string_view text) noexcept {
    for (std::size_t at = text.find(boundary_); at != std::string_view::npos; at = text.find(boundary_, at + 1)) {
      occurs_ = true;
      const std::size_t behind = at + boundary_.size();
      const std::size_t letter = behind < text.size() ? letters.find(text[behind]) : std::string_view::npos;
      if (letter != std::string_view::npos) ++followed_by_[letter];
    }
  }
  /// After all texts were looked at: whether the boundary occurs in none. Otherwise it is another one now, and they have
  /// to be looked at again.
  bool found() {
    if (!occurs_) return true;
    std::size_t rarest = 0;
    for (std::size_t i = 1; i < letters.size(); ++i)
      if (followed_by_[i] < followed_by_[rarest]) rarest = i;
    boundary_.push_back(letters[rarest]);
    occurs_ = false;
    for (std::size_t& count : followed_by_) count = 0;
    return false;
  }

 private:
  std::string boundary_{"ghl-part"};
  std::size_t followed_by_[letters.size()]{};
  bool occurs_ = false;
};

/// Where a quoted string is over that the text begins with; 0: it is none (RFC 9110, section 5.6.4).
constexpr std::size_t end_of_quoted(std::string_view text) noexcept {
  if (!text.starts_with('"')) return 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return 0;
}
/// Takes the parameters off: each a name and a value, or nothing between two semicolons (RFC 9110, section 5.6.6).
constexpr bool are_parameters(std::string_view text) noexcept {
  while (!text.empty()) {
    text = trimmed(text.substr(1));  // behind the semicolon
    if (text.empty() || text.front() == ';') continue;
    const std::size_t sign = text.find('=');
    if (sign == std::string_view::npos || !is_token(text.substr(0, sign))) return false;
    text.remove_prefix(sign + 1);
    std::size_t end = end_of_quoted(text);
    if (end == 0) {
      while (end < text.size() && is_token(text.substr(end, 1))) ++end;
      if (end == 0) return false;
    }
    text = trimmed(text.substr(end));
    if (!text.empty() && text.front() != ';') return false;
  }
  return true;
}
/// Whether it can stand in a Content-Type line: a type and a subtype, and parameters (RFC 9110, section 8.3.1).
constexpr bool is_media_type(std::string_view text) noexcept {
  const std::size_t end = text.find(';');
  const std::string_view essence = trimmed(text.substr(0, end));
  const std::size_t slash = essence.find('/');
  if (slash == std::string_view::npos || has_control(text)) return false;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > 0x7E) return false;
  return is_token(essence.substr(0, slash)) && is_token(essence.substr(slash + 1)) &&
         (end == std::string_view::npos || are_parameters(text.substr(end)));
}

/// How a byte of a name stands between quotes: RFC 7578, section 2, percent-encodes what would end the quotes or the
/// line. UTF-8 stands for itself (section 5.1.3).
constexpr bool is_quotable(char c) noexcept { return !is_control(c) && c != '"' && c != '\\'; }

constexpr std::size_t quoted_size(std::string_view name) noexcept {
  std::size_t size = name.size();
  for (const char c : name) size += is_quotable(c) ? 0U : 2U;
  return size;
}
inline void append_in_quotes(std::string& out, std::string_view name) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (const char c : name) {
    if (is_quotable(c)) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(hex[byte >> 4U]);
      out.push_back(hex[byte & 0x0FU]);
    }
  }
}

// The texts between which the parts stand. None has a letter sequence of the boundary in it.
inline constexpr std::string_view part_begin = "\r\nContent-Disposition: form-data; name=\"";
inline constexpr std::string_view part_file = "\"; filename=\"";
inline constexpr std::string_view part_type = "\"\r\nContent-Type: ";

class multipart_writer {
 public:
  /// Checks and measures all parts.
  refusal measure(const erased_parts& parts) {
    const auto each = [](void* with, const body_part& part) {
      return static_cast<multipart_writer*>(with)->measure_part(part);
    };
    if (const refusal refused = parts({each, this}); refused.why != fault::none) return refused;
    return {size_ == 0 ? fault::empty_value : fault::none, "the body"};
  }
  const std::string& find_boundary(const erased_parts& parts) {
    const auto each = [](void* with, const body_part& part) {
      boundary_search& search = *static_cast<boundary_search*>(with);
      search.look_at(part.name);
      search.look_at(part.text);
      if (part.from != nullptr) search.look_at(part.from->name);
      if (part.from != nullptr) search.look_at(part.from->type);
      return fault::none;
    };
    do parts({each, &search_});
    while (!search_.found());
    return search_.boundary();
  }
  std::string write(const erased_parts& parts) {
    out_.reserve(size_ + count_ * (search_.boundary().size() + 2) + search_.boundary().size() + 6);
    const auto each = [](void* with, const body_part& part) {
      return static_cast<multipart_writer*>(with)->write_part(part), fault::none;
    };
    parts({each, this});
    out_.append("--").append(search_.boundary()).append("--\r\n");
    return std::move(out_);
  }

 private:
  fault measure_part(const body_part& part) {
    if (!is_utf8(part.name)) return fault::invalid_utf8;
    size_ += part_begin.size() + quoted_size(part.name) + part.text.size() + 7;  // a quote and three ends of lines
    ++count_;
    if (part.from == nullptr) return is_utf8(part.text) ? fault::none : fault::invalid_utf8;
    if (part.from->name.empty() || !is_utf8(part.from->name)) return fault::bad_file_name;
    if (!is_media_type(part.from->type)) return fault::bad_media_type;
    size_ += part_file.size() + quoted_size(part.from->name) + part_type.size() - 1 + part.from->type.size();
    return fault::none;
  }
  void write_part(const body_part& part) {
    out_.append("--").append(search_.boundary()).append(part_begin);
    append_in_quotes(out_, part.name);
    if (part.from == nullptr) {
      out_.push_back('"');
    } else {
      out_.append(part_file);
      append_in_quotes(out_, part.from->name);
      out_.append(part_type).append(part.from->type);
    }
    out_.append("\r\n\r\n").append(part.text).append("\r\n");
  }

  boundary_search search_{};
  std::string out_{};
  std::size_t size_ = 0;
  std::size_t count_ = 0;
};

/// The body, and the type of it, in which the boundary stands.
inline refusal write_multipart(std::string& body, std::string& type, const erased_parts& parts) {
  multipart_writer writer;
  if (const refusal refused = writer.measure(parts); refused.why != fault::none) return refused;
  type.append("multipart/form-data; boundary=").append(writer.find_boundary(parts));
  body = writer.write(parts);
  return {};
}

}}}  // namespace ghl::v0::detail
