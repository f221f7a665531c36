#include "../catch.hpp"

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <string>

TEST_CASE("questions about bytes have the same answer wherever the byte stands, in a text of any length") {
  for (std::size_t size = 1; size < 20; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        const bool control = byte < 0x20 || byte == 0x7F;
        const bool as_expected = ghl::detail::has_control(text) == control &&
                                 ghl::detail::is_visible_ascii(text) == (byte > 0x20 && byte < 0x7F) &&
                                 ghl::detail::is_utf8(text) == (byte < 0x80);
        if (!as_expected) FAIL("byte " << byte << " at " << at << " of " << size);
      }
  CHECK_FALSE(ghl::detail::has_control(""));
  CHECK(ghl::detail::is_visible_ascii(""));
}

TEST_CASE("a byte next to another one does not change the answer") {
  // Eight bytes are looked at as one number, where a byte may borrow from its neighbor.
  CHECK_FALSE(ghl::detail::has_control("\x20\x80\x21\xFF\x7E\x80\x20\x80"));
  CHECK(ghl::detail::has_control("\x80\x80\x80\x1F\x20\x20\x20\x20"));
  CHECK(ghl::detail::is_visible_ascii("!~!~!~!~!~"));
  CHECK_FALSE(ghl::detail::is_visible_ascii("!~!~!~!~\x7F~"));
  CHECK(ghl::detail::is_utf8("abcdefg\xC3\xA4 abcdefgh"));
  CHECK_FALSE(ghl::detail::is_utf8("abcdefg\xC3 abcdefgh"));
}

TEST_CASE("what is printed has no control character, in ASCII or beyond it") {
  const auto printed = [](std::string_view text) {
    std::string out;
    ghl::detail::append_printable(out, text);
    return out;
  };
  CHECK(printed("a\x1b[31mb\x7f\r\n") == "a [31mb   ");
  CHECK(printed("a\xC2\x9B" "31mb") == "a 31mb");                              // U+009B, CSI
  CHECK(printed("\xC2\x80\xC2\x9F\xC2\xA0\xC3\xA9") == "  \xC2\xA0\xC3\xA9");  // and what is none
  CHECK(printed("\xE2\x80\xAE" "abc\xE2\x80\xAC") == " abc ");                  // U+202E, U+202C
  CHECK(printed("\xE2\x81\xA6\xE2\x81\xA9\xD8\x9C\xE2\x80\xA8") == "    ");
  CHECK(printed("\xE2\x80\x93 \xE2\x82\xAC") == "\xE2\x80\x93 \xE2\x82\xAC");    // a dash, a euro
  CHECK(printed("\xC2") == "\xC2");
  CHECK(printed("\xE2\x80") == "\xE2\x80");
}
