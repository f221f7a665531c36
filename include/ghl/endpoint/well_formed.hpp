/// The checks of a descriptor, each with the sentence that says what is wrong and what to do.
#pragma once

#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/endpoint/words.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace ghl { inline namespace v0 {

/// A struct with a static member function `endpoint()` that gives a descriptor.
template <class E>
concept request_struct = requires { static_cast<const endpoint_facts&>(E::endpoint()); };

namespace detail {

/// What is wrong with an endpoint: a defect, or a misfit, or nothing.
struct report {
  finding defective;
  misfit_found misfitting;
};

constexpr bool is_sound(const report& r) noexcept {
  return r.defective.what == defect::none && r.misfitting.what == misfit::none;
}

constexpr report report_on(const endpoint_facts& e, const char* tag, bool forgets,
                           misfit_found (*response)()) noexcept {
  if (e.defect_.what != defect::none) return {e.defect_, {}};
  if (e.parameters_ > 0 && !same_type(e.owner_, tag)) return {{}, {misfit::foreign_member, e.first_}};
  if (e.misfit_.what != misfit::none) return {{}, e.misfit_};
  if (e.has_body_)
    if (const misfit_found f = e.body_(); f.what != misfit::none) return {{}, f};
  if (forgets) return {{}, {misfit::forgotten_member, {}}};
  return {{}, response()};
}

constexpr misfit_found misfit_without_response() noexcept { return {misfit::no_response, {}}; }
template <>
constexpr misfit_found misfit_in_response<no_content>() noexcept {
  return {};
}

template <class E>
inline constexpr report report_of{{defect::no_request, {}}, {}};
template <request_struct E>
inline constexpr report report_of<E> =
    report_on(endpoint_of<E>, &tag_of<E>, has_more_members_than<E, endpoint_of<E>.parameters_>,
              &misfit_without_response);
template <request_struct E>
  requires requires { typename E::response; }
inline constexpr report report_of<E> =
    report_on(endpoint_of<E>, &tag_of<E>, has_more_members_than<E, endpoint_of<E>.parameters_>,
              &misfit_in_response<typename E::response>);

/// The first defect of a descriptor, and the name of what has it.
template <class E>
struct defect_in {
  static constexpr finding found = report_of<E>.defective;
  static constexpr std::string_view text =
      found.what == defect::no_request ? name_of_type<E>() : found.culprit;
};
/// The first misfit of the types of an endpoint.
template <class E>
struct misfit_in {
  static constexpr misfit_found found = report_of<E>.misfitting;
  static constexpr std::string_view text =
      found.what == misfit::forgotten_member && found.name.empty() ? name_of_type<E>() : found.name;
};

/// One sentence for each defect. All endpoints without a defect share one instance.
template <defect D, class Name>
struct sound_descriptor {
  static_assert(holds<D != defect::no_request, Name>,
                "ghl: this is no request struct; it needs static consteval auto endpoint() "
                "{ return ghl::endpoint(...); }");
  static_assert(holds<D != defect::no_word, Name>,
                "ghl: endpoint() holds something that is no word of a descriptor; use ghl::version(), ghl::scope(), "
                "ghl::token, ghl::path(), ghl::query() or ghl::body()");
  static_assert(holds<D != defect::path_without_slash, Name>, "ghl: the path of an endpoint begins with '/'");
  static_assert(holds<D != defect::path_character, Name>,
                "ghl: the path holds a character that a URL path may not hold; queries go into ghl::query(), values "
                "into placeholders such as :id");
  static_assert(holds<D != defect::empty_placeholder, Name>, "ghl: a ':' in the path has no name; write :id");
  static_assert(holds<D != defect::repeated_placeholder, Name>,
                "ghl: the path has the same placeholder twice; rename one");
  static_assert(holds<D != defect::unfilled_placeholder, Name>,
                "ghl: a placeholder of the path has no parameter; add ghl::path(\"its name\", &your_struct::member)");
  static_assert(holds<D != defect::unknown_placeholder, Name>,
                "ghl: ghl::path() names no placeholder of the path; correct the name, or write :name into the path");
  static_assert(holds<D != defect::too_many_placeholders, Name>, "ghl: a path has eight placeholders at most");
  static_assert(holds<D != defect::repeated_parameter, Name>, "ghl: two parameters have the same name; remove one");
  static_assert(holds<D != defect::unnamed_parameter, Name>,
                "ghl: a parameter has an empty name; name it as on the wire");
  static_assert(holds<D != defect::two_bodies, Name>,
                "ghl: an endpoint has one ghl::body() at most; join them in one struct");
  static_assert(holds<D != defect::body_on_get, Name>, "ghl: a GET has no body; use ghl::query()");
  static_assert(holds<D != defect::two_versions, Name>, "ghl: an endpoint has one ghl::version() at most; remove one");
  static_assert(holds<D != defect::version_form, Name>,
                "ghl: this is no published Version (a date as 2021-07-28, or v3); correct it, or write "
                "ghl::unpublished_version() if it is meant");
  static_assert(holds<D != defect::scope_form, Name>,
                "ghl: this is not the form of a scope; write it as in links.readonly");
  static_assert(holds<D != defect::too_many_scopes, Name>, "ghl: an endpoint has four scopes at most");
  static_assert(holds<D != defect::no_token, Name>,
                "ghl: the endpoint names no token; add ghl::token::sub_account or ghl::token::agency");
  using stated = void;
};

/// One sentence for each misfit; shared in the same way.
template <misfit M, class Name>
struct fitting_types {
  static_assert(holds<M != misfit::foreign_member, Name>,
                "ghl: endpoint() names a member of another struct; name a member of this one");
  static_assert(holds<M != misfit::path_of_many, Name>,
                "ghl: a path parameter is always one value; make the member a plain type");
  static_assert(holds<M != misfit::path_type, Name>,
                "ghl: a value of this type cannot be written into a path; use std::string, a number or bool");
  static_assert(holds<M != misfit::query_type, Name>,
                "ghl: a value of this type cannot be written into a query; use std::string, a number, bool, a "
                "std::vector of those, or a std::optional");
  static_assert(holds<M != misfit::body_type, Name>,
                "ghl: JSON cannot be written from the type of the body; give it fields()");
  static_assert(holds<M != misfit::no_response, Name>,
                "ghl: the endpoint has no response; add struct response, or using response = ghl::no_content");
  static_assert(holds<M != misfit::response_type, Name>,
                "ghl: JSON cannot be read into the endpoint's response; give it fields()");
  static_assert(holds<M != misfit::field_type, Name>,
                "ghl: JSON cannot say a field of this type; use bool, a number, std::string, std::optional, "
                "std::vector, ghl::string_or_strings or a struct with fields()");
  static_assert(holds<M != misfit::foreign_field, Name>,
                "ghl: fields() names a member of another struct; name a member of this one");
  static_assert(holds<M != misfit::repeated_field, Name>, "ghl: fields() has the same name twice; remove one");
  static_assert(holds<M != misfit::no_field, Name>, "ghl: fields() holds something that is no ghl::field()");
  static_assert(holds<M != misfit::forgotten_member, Name>,
                "ghl: a struct has a member that neither endpoint() nor fields() mentions; mention it or remove it");
  using stated = void;
};

/// The culprits of E as names that are printed; where all is well, no name is made, since that costs.
template <class E, bool Sound>
struct culprit_of {
  using defective = void;
  using misfitting = void;
};
template <class E>
struct culprit_of<E, false> {
  using defective = named_by<defect_in<E>>;
  using misfitting = named_by<misfit_in<E>>;
};

/// Whether all checks hold, without a word.
template <class E>
concept sound = is_sound(report_of<E>);

}  // namespace detail

/// Purpose: states that the descriptor of E has no defect: `static_assert(ghl::well_formed<delete_link>);` beside its
/// definition. It is true or does not compile; the error is one sentence that says what to do. (The checks are default
/// template arguments: compilers say least about those.)
template <class E,
          class = typename detail::sound_descriptor<
              detail::report_of<E>.defective.what,
              typename detail::culprit_of<E, detail::is_sound(detail::report_of<E>)>::defective>::stated,
          class = typename detail::fitting_types<
              detail::report_of<E>.misfitting.what,
              typename detail::culprit_of<E, detail::is_sound(detail::report_of<E>)>::misfitting>::stated>
inline constexpr bool well_formed = true;

namespace detail {

/// The scopes of so many endpoints, each once.
template <std::size_t Endpoints>
class scopes_of {
 public:
  [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return list_; }
  [[nodiscard]] constexpr const std::string_view* end() const noexcept { return list_ + count_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
  [[nodiscard]] constexpr bool contains(std::string_view scope) const noexcept {
    for (const std::string_view s : *this)
      if (s == scope) return true;
    return false;
  }
  constexpr void add(const scope_list& scopes) noexcept {
    for (const std::string_view s : scopes)
      if (!contains(s)) list_[count_++] = s;
  }

 private:
  std::string_view list_[Endpoints * scope_list::limit + 1];
  std::size_t count_ = 0;
};

template <class E>
constexpr scope_list scopes_needed() noexcept {
  if constexpr (sound<E>) return endpoint_of<E>.scopes;
  else return {};
}
template <bool Checked, class... E>
constexpr auto all_scopes() noexcept {
  scopes_of<sizeof...(E)> all;
  (all.add(scopes_needed<E>()), ...);
  return all;
}

template <class E>
struct response_type {
  using type = no_content;
};
template <class E>
  requires requires { typename E::response; }
struct response_type<E> {
  using type = typename E::response;
};

}  // namespace detail

/// Purpose: the scopes that a set of endpoints needs, each once, in the order of their endpoints: for the install URL
/// of an app, and for its docs.
/// Example: `for (std::string_view s : ghl::required_scopes<ghl::links::get_links, ghl::links::delete_link>) …`
template <class... E>
inline constexpr auto required_scopes = detail::all_scopes<(well_formed<E> && ...), E...>();

/// What a call of E gives.
template <class E>
using response_of = typename detail::response_type<E>::type;

}}  // namespace ghl::v0
