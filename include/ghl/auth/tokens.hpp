/// The tokens that HighLevel issues, with what is known of them at compile time.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/endpoint/text_rules.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/secret.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

template <std::size_t N>
struct literal {
  char text[N];
  consteval literal(const char (&from)[N]) noexcept {  // implicit: scopes<"links.readonly">
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
  }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {text, N - 1}; }
};

/// A text that has not the form of a scope; none: no text.
template <literal... Scope>
struct no_scope {
  static constexpr std::string_view find() noexcept {
    std::string_view found;
    static_cast<void>(((is_scope(Scope.view()) ? false : (found = Scope.view(), true)) || ...));
    return found;
  }
  static constexpr std::string_view text = find();
  static constexpr bool all_are = (is_scope(Scope.view()) && ...);
};

template <literal... Scope>
struct scopes_granted {
  static_assert(holds<no_scope<Scope...>::all_are, named_by<no_scope<Scope...>>>,
                "ghl: a text in ghl::scopes<...> is not the form of a scope; write it as in links.readonly");
  static constexpr bool grants([[maybe_unused]] std::string_view scope) noexcept {
    return !no_scope<Scope...>::all_are || ((Scope.view() == scope) || ...);  // one mistake, one error
  }
};

template <token Kind>
struct token_kind {
  static_assert(Kind != token::none,
                "ghl: a token is of ghl::token::sub_account or ghl::token::agency; ghl::token::none is a word of an "
                "endpoint");
  static constexpr token kind = Kind;
};

template <class>
inline constexpr bool is_scopes = false;
template <literal... Scope>
inline constexpr bool is_scopes<scopes_granted<Scope...>> = true;
template <class>
inline constexpr bool is_kind = false;
template <token Kind>
inline constexpr bool is_kind<token_kind<Kind>> = true;

/// What may follow the text of a token. What is known is compared with an endpoint; what is not known may serve.
template <class... Facts>
struct known_facts {
  static_assert(holds<((is_scopes<Facts> || is_kind<Facts>) && ...), Facts...>,
                "ghl: this is no fact of a token; pass ghl::scopes<...> or ghl::token_type<...>");

  static constexpr bool grants([[maybe_unused]] std::string_view scope) noexcept {
    return (fact_grants<Facts>(scope) && ...);
  }
  static constexpr bool serves([[maybe_unused]] const endpoint_facts& e) noexcept {
    return (fact_serves<Facts>(e) && ...);
  }

 private:
  template <class Fact>
  static constexpr bool fact_grants([[maybe_unused]] std::string_view scope) noexcept {
    if constexpr (is_scopes<Fact>) return Fact::grants(scope);
    else return true;
  }
  template <class Fact>
  static constexpr bool fact_serves([[maybe_unused]] const endpoint_facts& e) noexcept {
    if constexpr (is_kind<Fact>) return e.accepts(Fact::kind);
    else return true;
  }
};

template <class T>
inline constexpr bool is_fact = is_scopes<T> || is_kind<T>;

}  // namespace detail

/// The scopes that a token was granted, as a compile-time fact:
/// `ghl::access_token{text, ghl::scopes<"links.readonly">}`.
template <detail::literal... Scope>
inline constexpr detail::scopes_granted<Scope...> scopes{};

/// The kind of a token, as a compile-time fact: `ghl::access_token{text, ghl::token_type<ghl::token::agency>}`.
template <token Kind>
inline constexpr detail::token_kind<Kind> token_type{};

/// Purpose: a Private Integration Token (Settings > Private Integrations), long-lived.
/// Example: `ghl::private_integration_token{std::getenv("GHL_TOKEN")}`. Facts may follow: ghl::scopes, ghl::token_type.
/// Errors: an empty text, and a variable that is not set, are an error of each call (fault::empty_token).
/// Thread safety: a value; const calls may run at the same time.
template <class... Facts>
class private_integration_token : public secret, public detail::known_facts<Facts...> {
 public:
  static constexpr bool expires = false;
  static constexpr bool issued_by_oauth = false;
  explicit private_integration_token(std::string text, Facts...) noexcept : secret(std::move(text)) {}
  explicit private_integration_token(const char* text, Facts...) : secret(text) {}
  template <detail::no_secret_text Text>
  explicit private_integration_token(const Text& text, Facts...) : secret(text) {}  // says so
};
template <class... Facts>
private_integration_token(std::string, Facts...) -> private_integration_token<Facts...>;
template <detail::no_secret_text Text, class... Facts>
private_integration_token(const Text&, Facts...) -> private_integration_token<Facts...>;

/// Purpose: an OAuth access token, valid for about a day.
/// Example: `ghl::access_token{text, ghl::scopes<"links.readonly", "links.write">}`.
/// Thread safety: a value; const calls may run at the same time.
template <class... Facts>
class access_token : public secret, public detail::known_facts<Facts...> {
 public:
  explicit access_token(std::string text, Facts...) noexcept : secret(std::move(text)) {}
  explicit access_token(const char* text, Facts...) : secret(text) {}
  template <detail::no_secret_text Text>
  explicit access_token(const Text& text, Facts...) : secret(text) {}  // says so
};
template <class... Facts>
access_token(std::string, Facts...) -> access_token<Facts...>;
template <detail::no_secret_text Text, class... Facts>
access_token(const Text&, Facts...) -> access_token<Facts...>;

}}  // namespace ghl::v0
