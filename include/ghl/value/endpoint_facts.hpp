/// The facts of an endpoint: what is known of it without its types.
#pragma once

#include <ghl/value/method.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 {

/// The two kinds of token that HighLevel issues. An endpoint names one or both; either serves. Or it names `none`: its
/// calls carry no token at all, as those that get one.
enum class token : unsigned char { sub_account, agency, none };

/// The scopes that an endpoint needs, all of them.
class scope_list {
 public:
  static constexpr std::size_t limit = 4;  // the reference has two at most

  [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return list_; }
  [[nodiscard]] constexpr const std::string_view* end() const noexcept { return list_ + count_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] constexpr std::string_view operator[](std::size_t i) const noexcept { return list_[i]; }
  [[nodiscard]] constexpr bool contains(std::string_view scope) const noexcept {
    for (const std::string_view s : *this)
      if (s == scope) return true;
    return false;
  }
  /// Adds a scope; false if the list is full.
  constexpr bool add(std::string_view scope) noexcept {
    if (count_ == limit) return false;
    list_[count_++] = scope;
    return true;
  }

 private:
  std::string_view list_[limit];
  std::size_t count_ = 0;
};

/// Purpose: what is known of an endpoint at compile time, apart from the members that fill its parameters.
struct endpoint_facts {
  std::string_view title;    ///< as the reference page is titled: "Delete Link"
  ghl::method method;        ///< GET, DELETE ...
  std::string_view path;     ///< as the reference writes it: "/links/:linkId"
  std::string_view version;  ///< the value of the Version header; empty: none is sent
  scope_list scopes;
  bool sub_account = false;  ///< a sub-account's token serves
  bool agency = false;       ///< an agency's token serves
  bool no_token = false;     ///< a call carries no token, whatever the client has
  bool oauth_only = false;   ///< only a token that OAuth has issued serves, no private integration token

  /// Whether a client with a token of that kind may call it.
  [[nodiscard]] constexpr bool accepts(token kind) const noexcept {
    return no_token || (kind == token::sub_account ? sub_account : kind == token::agency && agency);
  }
};

}}  // namespace ghl::v0
