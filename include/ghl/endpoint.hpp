/// The words of a descriptor: how an endpoint is written down, as one page of the API reference.
#pragma once

#include <ghl/detail/erased.hpp>
#include <ghl/detail/pack.hpp>
#include <ghl/detail/traits.hpp>
#include <ghl/fields.hpp>
#include <ghl/method.hpp>
#include <ghl/required.hpp>

#include <cstddef>
#include <string_view>

namespace ghl::inline v0 {

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

namespace detail {

struct version_word {
  std::string_view text;
  bool published;
};
struct scope_word {
  std::string_view text;
};
template <class Owner, class Member>
struct path_word : parameter {
  using member_type = plain<Member>;
  Member Owner::*member;
};
template <class Owner, class Member>
struct query_word : parameter {
  using member_type = plain<Member>;
  Member Owner::*member;
};
template <class Owner, class Member>
struct body_word : parameter {
  using member_type = plain<Member>;
  Member Owner::*member;
};

constexpr parameter parameter_of(const parameter& p) noexcept { return p; }
constexpr parameter parameter_of(const version_word&) noexcept { return {}; }
constexpr parameter parameter_of(const scope_word&) noexcept { return {}; }
constexpr parameter parameter_of(token) noexcept { return {}; }
constexpr parameter parameter_of(...) noexcept { return {site::unknown, {}}; }  // no word: the checks say so

template <class Member>
inline constexpr misfit misfit_in_path = is_optional<Member> || is_vector<Member> ? misfit::path_of_many
                                         : url_scalar<Member>                     ? misfit::none
                                                                                  : misfit::path_type;
template <class Member>
inline constexpr misfit misfit_in_query = url_query<Member> ? misfit::none : misfit::query_type;

}  // namespace detail

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

  std::size_t versions_ = 0;  // how many version() words there are
  bool published_ = true;
  bool sub_account_ = false;
  bool agency_ = false;

  constexpr void take(const detail::version_word& w) noexcept {
    version = w.text;
    published_ = w.published;
    ++versions_;
  }
  constexpr void take(const detail::scope_word& w) noexcept { scopes.add(w.text); }
  constexpr void take(token kind) noexcept { (kind == token::sub_account ? sub_account_ : agency_) = true; }
  constexpr void take(...) noexcept {}
};

/// Purpose: an endpoint as a constant: its facts and the members that fill its parameters. Made by endpoint().
template <class... Words>
struct descriptor : endpoint_facts {
  detail::pack<Words...> words;
  detail::parameter parameters[sizeof...(Words) + 1];  // one for each word; no site: the word is none
};

/// Purpose: describes one operation of the API, in the static member function `endpoint()` of its request struct.
/// After title, method and path the words come in any order: version() at most once, scope() any number of times,
/// token::sub_account and token::agency, path(), query(), body() at most once.
/// Example:
///     struct delete_link {
///       ghl::required<std::string> link_id;
///       struct response { … };
///       static consteval auto endpoint() {
///         return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId", ghl::version("2021-07-28"),
///                              ghl::scope("links.write"), ghl::token::sub_account,
///                              ghl::path("linkId", &delete_link::link_id));
///       }
///     };
/// Errors: a defect is a compile error that names it; see ghl::well_formed.
template <class... Words>
consteval auto endpoint(std::string_view title, method m, std::string_view path, Words... words) {
  descriptor<Words...> d{{title, m, path, {}, {}}, {{words}...}, {detail::parameter_of(words)..., {}}};
  (d.take(words), ...);
  return d;
}

/// The Version header of the endpoint: a published date, or "v3".
consteval detail::version_word version(std::string_view text) { return {text, true}; }
/// A Version of another form, meant.
consteval detail::version_word unpublished_version(std::string_view text) { return {text, false}; }
/// A scope that the token must have: "links.readonly".
consteval detail::scope_word scope(std::string_view text) { return {text}; }

/// The placeholder `:name` of the path, filled from the member.
template <class Owner, class Member>
consteval auto path(std::string_view name, Member Owner::*member) {
  using namespace detail;
  return path_word<Owner, Member>{{site::path, name, &tag_of<Owner>, misfit_in_path<plain<Member>>}, member};
}
/// The query parameter `name`, from the member: a string, a number, a bool, a std::vector of them (the name is
/// repeated), or a std::optional of any of these, left out where it is empty.
template <class Owner, class Member>
consteval auto query(std::string_view name, Member Owner::*member) {
  using namespace detail;
  return query_word<Owner, Member>{{site::query, name, &tag_of<Owner>, misfit_in_query<plain<Member>>}, member};
}
/// The JSON body, from one member of described type.
template <class Owner, class Member>
consteval auto body(Member Owner::*member) {
  using namespace detail;
  return body_word<Owner, Member>{{site::body, {}, &tag_of<Owner>, misfit::none, &facts_of_type<plain<Member>>},
                                  member};
}

/// Purpose: what an endpoint without a response body answers: `using response = ghl::no_content;`.
struct no_content {
  friend constexpr bool operator==(no_content, no_content) noexcept = default;
};

/// The descriptor of a request struct, as a constant.
template <class E>
inline constexpr auto endpoint_of = E::endpoint();

}  // namespace ghl::inline v0
