// The body of a request: any strings are written so that every adapter reads them back, or refused where they are no
// UTF-8. Input: a byte that separates, then strings.
#include "adapter.hpp"

#include <ghl/json_kit/text.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using fuzz::demand;
  fuzz::input in{fuzz::text_of(data, size)};
  const char separator = in.byte();
  std::vector<std::string> strings;
  bool good = true;
  while (!in.empty() && strings.size() < 64) {
    strings.emplace_back(in.until(separator));
    good = good && fuzz::is_utf8(strings.back());
  }
  const fuzz::followers value{strings};
  for (const fuzz::adapter& writer : fuzz::adapters()) {
    const std::string who{writer.name};
    const auto text = writer.encode(value);
    demand(text.has_value() == good, who + " writes UTF-8, and nothing else");
    if (!text) {
      demand(text.error().kind == ghl::error_kind::invalid_request && text.error().fault == ghl::fault::invalid_utf8 &&
                 text.error().was_sent == ghl::sent::no,
             who + " says of a string that is no UTF-8 that it is none");
      continue;
    }
    demand(ghl::json_fault(*text) == ghl::fault::none, who + " writes JSON", *text);
    demand(fuzz::is_utf8(*text), who + " writes UTF-8", *text);
    for (const char c : *text)
      demand(static_cast<unsigned char>(c) >= ' ', who + " escapes control bytes, and writes no line breaks", *text);
    for (const fuzz::adapter& reader : fuzz::adapters()) {
      const auto again = reader.decode(*text);
      demand(again && *again == value, who + " writes what can be read back by " + std::string{reader.name}, *text);
    }
  }
  demand(!fuzz::adapters().empty(), "there is an adapter");
  return 0;
}
