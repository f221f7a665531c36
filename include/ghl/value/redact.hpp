/// Keeps secrets out of errors: a server may send back what it was sent, in whatever encoding it likes, and as much of
/// it as it likes. (Tokens that nobody has seen before: value/issued_tokens.hpp.)
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/decoded.hpp>
#include <ghl/value/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: takes a secret out of texts, and what is left of it where either was cut: the whole of it, any
/// eight characters of it that follow each other, and, at the end of a text that was cut, its first four. Fewer tell
/// nothing. Each counts however it is encoded: percent-encoded, as a form ('+' is a blank), escaped as in JSON and
/// JavaScript, as an entity of HTML, and any of these on top of another. Base64 does not count: it would take three
/// more searches for what nobody writes into a message.
/// So it has to run after every cut. Real secrets are long: a shorter one is a test's, and would be found in ordinary
/// words. For the same reason fewer than sixteen small letters are a word, and no part of a secret.
/// Lifetime: refers to the secret.
class secret_finder {
 public:
  static constexpr std::size_t shortest = 8;
  static constexpr std::size_t shortest_end = 4;
  static constexpr std::size_t longest_word = 15;

  /// `decoded`: what is encoded in the secret itself is decoded too.
  explicit secret_finder(std::string_view text, bool decoded)
      : decoded_(text, decoded ? decoded_text::most_layers : 0) {
    for (std::size_t at = 0; at + gram <= secret().size(); ++at) {
      const std::size_t mark = mark_of(secret(), at);
      marks_[mark / 64] |= std::uint64_t{1} << (mark % 64);
    }
  }

  [[nodiscard]] std::string_view secret() const noexcept { return decoded_.text(); }
  void take_out_of(std::string& text, std::string_view instead, bool cut) const {
    if (text.size() < shortest_end) return;
    // From the innermost layer outwards: what is decoded may hide what stands in the text as it is.
    for (int layers = decoded_text{text}.layers(); layers >= 0; --layers) {
      replace_all(text, instead, true, layers);
      if (cut) take_off_end(text, layers);
      replace_all(text, instead, false, layers);
    }
  }

 private:
  struct run {
    std::size_t at = 0;
    std::size_t size = 0;
  };
  static constexpr std::size_t gram = 4;

  static constexpr char fold(char c) noexcept { return c == '+' ? ' ' : c; }
  static constexpr bool same(char a, char b) noexcept { return fold(a) == fold(b); }

  /// Which four characters follow each other in the secret, as a set that may hold more: most texts have none of them.
  static std::size_t mark_of(std::string_view text, std::size_t at) noexcept {
    std::uint32_t four = 0;
    for (std::size_t i = 0; i < gram; ++i) four = four << 8U | static_cast<unsigned char>(fold(text[at + i]));
    return (four * 0x9E3779B1U) >> 20U;
  }
  [[nodiscard]] bool may_hold(std::size_t mark) const noexcept { return (marks_[mark / 64] >> (mark % 64) & 1U) != 0; }

  /// The longest part of the secret around four characters of a text, not before `from`.
  [[nodiscard]] run around(std::string_view text, std::size_t at, std::size_t from) const noexcept {
    const std::string_view s = secret();
    run best;
    for (std::size_t p = 0; p + gram <= s.size(); ++p) {
      if (!same(s[p], text[at]) || !same(s[p + 1], text[at + 1])) continue;
      std::size_t right = 0;
      while (at + right < text.size() && p + right < s.size() && same(s[p + right], text[at + right])) ++right;
      if (right < gram) continue;
      std::size_t left = 0;
      while (left < p && left < at - from && same(s[p - left - 1], text[at - left - 1])) ++left;
      if (left + right > best.size) best = {at - left, left + right};
    }
    return best;
  }
  [[nodiscard]] bool tells(std::string_view found, bool whole) const noexcept {
    if (whole || found.size() < shortest) return found.size() == secret().size();
    for (const char c : found.substr(1))
      if (c < 'a' || c > 'z') return true;
    return found.size() > longest_word;
  }
  /// Any eight characters hold four that begin at a multiple of four.
  [[nodiscard]] run next_run(std::string_view text, std::size_t from, bool whole) const noexcept {
    for (std::size_t at = from; at + gram <= text.size(); at += gram) {
      if (!may_hold(mark_of(text, at))) continue;
      const run found = around(text, at, from);
      if (found.size != 0 && tells(text.substr(found.at, found.size), whole)) return found;
    }
    return {};
  }
  /// A part of a secret goes with all that may belong to it: other secrets, and the rest of this one, may begin alike.
  static run word_around(std::string_view text, run part, std::size_t from) noexcept {
    std::size_t end = part.at + part.size;
    while (end < text.size() && bearer_bytes(text[end])) ++end;
    while (part.at > from && bearer_bytes(text[part.at - 1])) --part.at;
    return {part.at, end - part.at};
  }
  void replace_all(std::string& text, std::string_view instead, bool whole, int layers) const {
    for (std::size_t from = 0; from < text.size();) {
      const decoded_text seen{text, layers};
      run found = next_run(seen.text(), from, whole);
      if (found.size == 0) return;
      if (!whole) found = word_around(seen.text(), found, from);
      const std::size_t begin = seen.place_of(found.at);
      text.replace(begin, seen.place_of(found.at + found.size) - begin, instead);
      from = found.at + instead.size();  // what comes before it is decoded as it was
    }
  }

  void take_off_end(std::string& text, int layers) const {
    const decoded_text seen{text, layers};
    const std::string_view all = seen.text();
    const std::string_view s = secret();
    if (s.size() < shortest_end) return;
    for (const std::size_t end : {seen.end_of_cut(), all.size()}) {
      for (std::size_t size = s.size() <= end ? s.size() - 1 : end; size >= shortest_end; --size) {
        std::size_t i = 0;
        while (i < size && same(s[i], all[end - size + i])) ++i;
        if (i == size) return text.resize(seen.place_of(end - size));
      }
    }
  }

  decoded_text decoded_;
  std::uint64_t marks_[64]{};
};

/// Calls `f` with what finds the secret; with two, if it looks as though something in it were encoded.
template <class F>
void with_finders(std::string_view secret, F&& f) {
  if (secret.size() < secret_finder::shortest) return;
  const secret_finder finder{secret, false};
  f(finder);
  const secret_finder decoded{secret, true};
  if (decoded.secret() != secret) f(decoded);
}

/// Puts `instead` in the place of a secret wherever it stands in a text; see secret_finder.
inline void redact(std::string& text, std::string_view secret, std::string_view instead = "[token]", bool cut = false) {
  with_finders(secret, [&](const secret_finder& finder) { finder.take_out_of(text, instead, cut); });
}

/// The same for all texts of an error. What the server wrote may have been cut, and may be shorter by now, where
/// another secret was taken out.
[[gnu::noinline]] inline void redact(error& e, std::string_view secret, std::string_view instead = "[token]") {
  with_finders(secret, [&](const secret_finder& finder) {
    for (std::string* text : {&e.detail, &e.where, &e.content_type}) finder.take_out_of(*text, instead, false);
    for (std::string* text : {&e.trace_id, &e.excerpt}) finder.take_out_of(*text, instead, true);
    for (std::string& text : e.messages) finder.take_out_of(text, instead, true);
  });
}

}}}  // namespace ghl::v0::detail
