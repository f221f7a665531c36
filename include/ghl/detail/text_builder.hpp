/// Builds a text of unknown length: on the stack as long as it fits, so that the string is made once, in its size.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

class text_builder {
 public:
  text_builder() noexcept {}  // the bytes are not initialized
  text_builder(const text_builder&) = delete;
  text_builder& operator=(const text_builder&) = delete;

  text_builder& append(std::string_view piece) {
    if (room - used_ < piece.size()) [[unlikely]] return spill(piece), *this;
    if (!piece.empty()) std::memcpy(bytes_ + used_, piece.data(), piece.size());  // an empty one may have no address
    used_ += piece.size();
    return *this;
  }
  void push_back(char c) { append({&c, 1}); }

  [[nodiscard]] std::string text() const {
    std::string_view end{bytes_, used_};
    return spilled_.empty() ? std::string{end} : (std::string{spilled_}.append(end));
  }

 private:
  static constexpr std::size_t room = 512;

  [[gnu::noinline]] void spill(std::string_view piece) {
    spilled_.append(bytes_, used_).append(piece);
    used_ = 0;
  }

  std::string spilled_;  // what came before the bytes
  std::size_t used_ = 0;
  char bytes_[room];
};

}}}  // namespace ghl::v0::detail
