// Boost.JSON: as a document, and through a handler of its parser.
#include "scale.hpp"

#include <ghl/json/boost.hpp>

#include <boost/json/src.hpp>

namespace {

using namespace scale;
namespace json = boost::json;

struct handler {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using view = json::string_view;
  using code = boost::system::error_code;

  events to{};
  std::string part{};

  static bool checked(bool good, code& ec) {
    if (!good) ec = json::error::syntax;
    return good;
  }
  std::string_view joined(view last) {
    if (part.empty()) return {last.data(), last.size()};
    part.append(last.data(), last.size());
    return part;
  }
  bool on_part(view v) { return part.append(v.data(), v.size()), true; }

  bool on_document_begin(code&) { return true; }
  bool on_document_end(code&) { return true; }
  bool on_object_begin(code& ec) { return checked(to.begin_object(), ec); }
  bool on_object_end(std::size_t, code&) { return to.end_object(); }
  bool on_array_begin(code& ec) { return checked(to.begin_array(), ec); }
  bool on_array_end(std::size_t, code&) { return to.end_array(); }
  bool on_key_part(view v, std::size_t, code&) { return on_part(v); }
  bool on_key(view v, std::size_t, code&) {
    to.key(joined(v));
    part.clear();
    return true;
  }
  bool on_string_part(view v, std::size_t, code&) { return on_part(v); }
  bool on_string(view v, std::size_t, code&) {
    to.string(joined(v));
    part.clear();
    return true;
  }
  bool on_number_part(view, code&) { return true; }
  bool on_int64(std::int64_t, view, code& ec) { return checked(to.other(), ec); }
  bool on_uint64(std::uint64_t, view, code& ec) { return checked(to.other(), ec); }
  bool on_double(double, view, code& ec) { return checked(to.other(), ec); }
  bool on_bool(bool, code& ec) { return checked(to.other(), ec); }
  bool on_null(code&) { return true; }
  bool on_comment_part(view, code&) { return true; }
  bool on_comment(view, code&) { return true; }
};

by_hand::links read_events(const std::string& text) {
  json::parse_options options;
  options.max_depth = 64;
  json::basic_parser<handler> parser{options};
  boost::system::error_code ec;
  if (parser.write_some(false, text.data(), text.size(), ec) != text.size() || ec) measure::give_up("no JSON");
  return std::move(parser.handler().to.to);
}

std::optional<std::string> text_of(const json::object& j, json::string_view key) {
  const json::value* found = j.if_contains(key);
  if (found == nullptr || found->is_null()) return std::nullopt;
  const json::string& s = found->as_string();
  return std::string{s.data(), s.size()};
}
by_hand::links read_document(const std::string& text) {
  json::monotonic_resource memory;
  const json::value document = json::parse(text, &memory);
  const json::array& all = document.as_object().at("links").as_array();
  by_hand::links r;
  r.all.reserve(all.size());
  for (const json::value& v : all) {
    const json::object& j = v.as_object();
    r.all.push_back({text_of(j, "id"), text_of(j, "name"), text_of(j, "redirectTo"), text_of(j, "fieldKey"),
                     text_of(j, "locationId")});
  }
  return r;
}

}  // namespace

int main(int argc, char** argv) {
  return scale::main(argc, argv, [](std::string_view side, figures& f, std::string body, std::size_t links) {
    if (side == "ours") ours<ghl::boost_json>(f, std::move(body), links);
    else if (side == "hand") hand(f, std::move(body), links, read_events);
    else if (side == "document") hand(f, std::move(body), links, read_document);
    else return false;
    return true;
  });
}
