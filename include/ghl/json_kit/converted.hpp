/// Reads a type with a json_as: fills a value of the type that it is made of, and converts that when it has ended.
#pragma once

#include <ghl/endpoint/json_as.hpp>
#include <ghl/json_kit/compact.hpp>
#include <ghl/json_kit/decode_table.hpp>
#include <ghl/json_kit/levels.hpp>
#include <ghl/json_kit/reader_class.hpp>
#include <ghl/json_kit/tolerance.hpp>
#include <ghl/value/fault.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// What a json_reader does with each piece of such a value: it goes to a reader of its own, which is as tolerant as the
/// outer one. A value of one piece, as a string, needs nothing that outlives it; an object or an array is made beside the
/// outer reader.
struct json_converter {
  template <class T>
  static bool take(json_reader& from, const slot& to, const json_piece& piece) {
    using known = known_type<T>;
    const slot here = to;  // `to` may be `from.kept_`
    T& target = *static_cast<T*>(here.value);
    if (from.skipping_ == 0 && piece.what != json_piece::open) {
      known value{};
      json_reader inner{value};
      join(inner, from);
      const std::size_t noted = times(from);
      pass(inner, piece);
      const bool is_told = times(from) != noted;
      return end(from, here, inner, piece, is_told, [&] { return from_known(value, target); });
    }
    if (from.skipping_ == 0) {
      auto* const made = new pieces<known>;
      from.made_.own(made);
      from.kept_ = to;
      join(made->reader, from);
    }
    auto& in = *static_cast<pieces<known>*>(from.made_.get());
    if (piece.what == json_piece::open) ++from.skipping_;
    else if (piece.what == json_piece::close) --from.skipping_;
    if (in.reader.fault_ == fault::none || reads_on(from)) pass(in.reader, piece);
    if (from.skipping_ != 0) return true;
    from.kept_ = {nullptr, nullptr};
    const bool good = end(from, here, in.reader, piece, false, [&] { return from_known(in.value, target); });
    from.made_.release();
    return good;
  }

 private:
  template <class Known>
  struct pieces {
    Known value{};
    json_reader reader{value};
  };

  static void join(json_reader& inner, const json_reader& from) noexcept {
    inner.tolerance_ = from.tolerance_;
    inner.outer_ = &from;
  }
  static std::size_t times(const json_reader& from) noexcept {
    return from.tolerance_ == nullptr ? 0 : from.tolerance_->times();
  }
  /// Whether what follows an error is looked at, too: where no optional member is left empty for it.
  static bool reads_on(const json_reader& from) noexcept {
    if (from.tolerance_ == nullptr) return false;
    for (const json_reader* around = &from; around != nullptr; around = around->outer_)
      if (around->optional_around() != 0) return false;
    return true;
  }

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
  static bool end(json_reader& from, const slot& to, json_reader& inner, const json_piece& piece, bool is_told,
                  Convert&& convert) {
    if (inner.fault_ != fault::none) return refuse(from, inner.fault_, std::move(inner.where_), std::move(inner.came_));
    const fault f = convert();
    if (f == fault::none) return from.read();
    std::string where = from.place();
    if (from.tolerance_ != nullptr && !is_told) from.tolerance_->note(f, *to.table, where);
    return refuse(from, f, std::move(where), shown(piece));
  }

  /// The value that was refused, if it is a short one. Of a long one nothing is shown, see append_place().
  static std::string shown(const json_piece& piece) {
    constexpr std::size_t most = 64;
    std::string text;
    if (piece.what == json_piece::string && piece.text.size() <= most) append_json_string(text, piece.text);
    return text;
  }

  /// What is wrong has been noted.
  static bool refuse(json_reader& from, fault f, std::string&& where, std::string&& came) {
    if (from.tolerance_ != nullptr) return from.leave_empty(f, std::move(where), std::move(came), false);
    if (from.fault_ == fault::none) {
      from.where_ = std::move(where);
      from.came_ = std::move(came);
    }
    return from.fail(f);
  }
};

template <class T>
bool convert_piece(json_reader& from, const slot& to, const json_piece& piece) {
  return json_converter::take<T>(from, to, piece);
}

}}}  // namespace ghl::v0::detail
