/// Reads a type with a json_as: fills a value of the type that it is made of, and converts that when it has ended.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/json_kit/compact.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/levels.hpp>
#include <ghl/json_kit/reader_class.hpp>
#include <ghl/value/fault.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// What a json_reader does with each piece of such a value: it goes to a reader of its own. A value of one piece, as a
/// string, needs nothing that outlives it; an object or an array is made beside the outer reader.
struct json_converter {
  template <class T>
  static bool take(json_reader& from, const slot& to, const json_piece& piece) {
    using known = known_type<T>;
    const slot here = to;  // `to` may be `from.kept_`
    T& target = *static_cast<T*>(here.value);
    if (from.skipping_ == 0 && piece.what != json_piece::open) {
      known value{};
      json_reader inner{value};
      pass(inner, piece);
      return end(from, here, inner, piece, [&] { return from_known(value, target); });
    }
    if (from.skipping_ == 0) {
      from.made_.own(new pieces<known>);
      from.kept_ = to;
    }
    auto& in = *static_cast<pieces<known>*>(from.made_.get());
    if (piece.what == json_piece::open) ++from.skipping_;
    else if (piece.what == json_piece::close) --from.skipping_;
    if (in.reader.fault_ == fault::none) pass(in.reader, piece);  // what follows an error is passed by
    if (from.skipping_ != 0) return true;
    from.kept_ = {nullptr, nullptr};
    const bool good = end(from, here, in.reader, piece, [&] { return from_known(in.value, target); });
    from.made_.release();
    return good;
  }

 private:
  template <class Known>
  struct pieces {
    Known value{};
    json_reader reader{value};
  };

  static void pass(json_reader& to, const json_piece& piece) {
    if (piece.what == json_piece::number) to.take_number(*piece.number_read);
    else if (piece.what == json_piece::string) to.string(piece.text);
    else if (piece.what == json_piece::key) to.key(piece.text);
    else if (piece.text == "{") to.begin_object();
    else if (piece.text == "[") to.begin_array();
    else if (piece.text == "}") to.end_object();
    else if (piece.text == "]") to.end_array();
    else if (piece.text == "null") to.null();
    else to.boolean(piece.text == "true");
  }

  template <class Convert>
  static bool end(json_reader& from, const slot& to, const json_reader& inner, const json_piece& piece,
                  Convert&& convert) {
    if (inner.fault_ != fault::none) return refuse(from, to, inner.fault_, inner.where_, inner.came_);
    if (const fault f = convert(); f != fault::none) return refuse(from, to, f, {}, shown(piece));
    return from.read();
  }

  /// The value that was refused, if it is a short one.
  static std::string shown(const json_piece& piece) {
    constexpr std::size_t most = 64;
    std::string text;
    if (piece.what == json_piece::string) append_json_string(text, truncated(piece.text, most));
    return text;
  }

  static bool refuse(json_reader& from, const slot& to, fault f, std::string_view inside, std::string came) {
    const bool is_first = from.fault_ == fault::none;
    const bool goes_on = from.refuse(f, to);
    if (is_first && from.fault_ != fault::none) {
      if (!inside.empty() && inside.front() != '[' && !from.where_.empty()) from.where_.push_back('.');
      from.where_.append(inside);
      from.came_ = std::move(came);
    }
    return goes_on;
  }
};

template <class T>
bool convert_piece(json_reader& from, const slot& to, const json_piece& piece) {
  return json_converter::take<T>(from, to, piece);
}

}}}  // namespace ghl::v0::detail
