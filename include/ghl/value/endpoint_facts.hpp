/// The facts of an endpoint.
#pragma once

#include <ghl/endpoint/type_facts.hpp>
#include <ghl/value/method.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 {

/// The two kinds of token that HighLevel issues. An endpoint names one or both; either serves.
enum class token : unsigned char { sub_account, agency };

/// The scopes that an endpoint needs, all of them.
class scope_list {
 public:
  static constexpr std::size_t limit = 4;  // the reference has two at most

  [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return list_; }
  [[nodiscard]] constexpr const std::string_view* end() const noexcept { return list_ + size(); }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_ < limit ? count_ : limit; }
  [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] constexpr std::string_view operator[](std::size_t i) const noexcept { return list_[i]; }
  [[nodiscard]] constexpr bool contains(std::string_view scope) const noexcept {
    for (const std::string_view s : *this)
      if (s == scope) return true;
    return false;
  }
  /// More scopes were named than there is room for.
  [[nodiscard]] constexpr bool overflown() const noexcept { return count_ > limit; }
  constexpr void add(std::string_view scope) noexcept {
    if (count_ < limit) list_[count_] = scope;
    ++count_;
  }

 private:
  std::string_view list_[limit];
  std::size_t count_ = 0;
};

/// The facts of an endpoint: all that is known of it at compile time but the members that its parameters come from.
struct endpoint_facts {
  std::string_view title;    ///< as the reference page is titled: "Delete Link"
  ghl::method method;        ///< GET, DELETE …
  std::string_view path;     ///< as the reference writes it: "/links/:linkId"
  std::string_view version;  ///< the value of the Version header; empty: none is sent
  scope_list scopes;

  /// Whether a token of that kind may be used.
  [[nodiscard]] constexpr bool accepts(token kind) const noexcept {
    return kind == token::sub_account ? sub_account_ : agency_;
  }

  // What the checks have found so far, and what they still need.
  detail::finding defect_ = {};
  detail::misfit_found misfit_ = {};          // of the parameters
  const char* owner_ = nullptr;               // the struct that the members are of
  std::size_t parameters_ = 0;
  std::string_view first_ = {};               // the name of the first of them
  detail::misfit_found (*body_)() = nullptr;  // what is wrong with the type of the body
  bool has_body_ = false;
  bool sub_account_ = false;
  bool agency_ = false;
};

}}  // namespace ghl::v0
