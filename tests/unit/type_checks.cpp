// The mistakes that the compiler finds in the types of an endpoint, as values; tests/compile has the sentences.
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {

using ghl::detail::check_type;
using ghl::detail::diagnosis;
using ghl::detail::facts_of_type;

// The name of a type, in what g++, clang and MSVC make of the name of a function.
using ghl::detail::type_in;
static_assert(type_in("constexpr const char* text_with_type() [with T = links::link]") == "links::link");
static_assert(type_in("const char *text_with_type() [T = links::link]") == "links::link");
static_assert(type_in("const char *__cdecl ghl::v0::detail::text_with_type<struct links::link>(void) noexcept") ==
              "links::link");
static_assert(type_in("const char *__cdecl ghl::v0::detail::text_with_type<class page<struct item>>(void) noexcept") ==
              "page<struct item>");
static_assert(type_in("") == "a struct");
static_assert(ghl::detail::name_of_type<ghl::links::get_links>().ends_with("links::get_links"));

template <class T>
consteval diagnosis of() {
  return check_type(facts_of_type<T>(), true).what;
}
template <class T>
consteval std::string_view culprit() {
  return check_type(facts_of_type<T>(), true).culprit;
}

/// A recursive type, and one of everything.
struct node {
  std::string id;
  std::vector<node> children;
  std::optional<std::vector<bool>> bits;
  std::optional<double> ratio;
  ghl::string_or_strings message;
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &node::id), ghl::field("children", &node::children),
                       ghl::field("bits", &node::bits), ghl::field("ratio", &node::ratio),
                       ghl::field("message", &node::message));
  }
};
static_assert(of<node>() == diagnosis::none);
static_assert(of<std::vector<std::optional<node>>>() == diagnosis::none);

struct pointer_inside {
  int* where;
  static consteval auto fields() { return ghl::fields(ghl::field("where", &pointer_inside::where)); }
};
struct outer {
  std::string id;
  std::optional<std::vector<pointer_inside>> list;
  static consteval auto fields() { return ghl::fields(ghl::field("id", &outer::id), ghl::field("list", &outer::list)); }
};

struct named_twice {
  std::string a;
  std::optional<std::string> b;
  static consteval auto fields() {
    return ghl::fields(ghl::field("a", &named_twice::a), ghl::field("b", &named_twice::b, ghl::also{"a"}));
  }
};
static_assert(of<named_twice>() == diagnosis::repeated_field && culprit<named_twice>() == "a");

struct one_forgotten {
  std::string a;
  std::string forgotten;
  static consteval auto fields() { return ghl::fields(ghl::field("a", &one_forgotten::a)); }
};
static_assert(of<one_forgotten>() == diagnosis::forgotten_member);

struct many {
  std::string a, b, c, d, e, f;
  static consteval auto fields() {
    return ghl::fields(ghl::field("a", &many::a), ghl::field("b", &many::b), ghl::field("c", &many::c),
                       ghl::field("d", &many::d), ghl::field("e", &many::e), ghl::field("f", &many::f));
  }
};
static_assert(of<many>() == diagnosis::none);

struct many_and_one {
  std::string a, b, c, d, e, f;
  static consteval auto fields() {
    return ghl::fields(ghl::field("a", &many_and_one::a), ghl::field("b", &many_and_one::b),
                       ghl::field("c", &many_and_one::c), ghl::field("d", &many_and_one::d),
                       ghl::field("e", &many_and_one::e));
  }
};
static_assert(of<many_and_one>() == diagnosis::forgotten_member);

// g++ 11 cannot tell types apart in these checks; see same_type.
#if !defined(__GNUC__) || defined(__clang__) || __GNUC__ >= 12
static_assert(of<outer>() == diagnosis::field_type && culprit<outer>() == "where");
struct of_another {
  std::string id;
  static consteval auto fields() { return ghl::fields(ghl::field("id", &node::id)); }
};
static_assert(of<of_another>() == diagnosis::foreign_field && culprit<of_another>() == "id");
#endif

/// Required members are what they are required to be.
struct request {
  ghl::required<std::string> text;
  ghl::required<std::int64_t> number;
  ghl::required<std::vector<std::string>> list;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("T", ghl::method::get, "/:text/:number", ghl::token::agency, ghl::scope("a.readonly"),
                         ghl::scope("b.readonly"), ghl::path("text", &request::text),
                         ghl::path("number", &request::number), ghl::query("list", &request::list));
  }
};
static_assert(ghl::well_formed<request>);
static_assert(!std::is_default_constructible_v<ghl::required<std::string>>);
static_assert(!std::is_default_constructible_v<request>);
static_assert(std::is_convertible_v<const char*, ghl::required<std::string>>);
static_assert(std::is_convertible_v<ghl::required<std::string>, std::string>);
static_assert(std::is_nothrow_move_constructible_v<request> && std::is_copy_assignable_v<request>);

/// What a set of endpoints needs, each scope once.
constexpr auto& needed = ghl::required_scopes<ghl::links::get_links, ghl::links::delete_link, request,
                                              ghl::opportunities::remove_followers, ghl::links::get_links>;
static_assert(needed.size() == 5);
static_assert(needed.begin()[0] == "links.readonly" && needed.begin()[1] == "links.write");
static_assert(needed.contains("b.readonly") && needed.contains("opportunities.write"));
static_assert(ghl::required_scopes<>.size() == 0);

}  // namespace

// ---- structs of every shape ----

namespace {

struct tag {};
template <class Derived>
struct crtp {};
struct base {
  std::string id;
  std::optional<int> rank{};
  static consteval auto fields() { return ghl::fields(ghl::field("id", &base::id), ghl::field("rank", &base::rank)); }
};
struct derived : base, tag, crtp<derived> {
  [[no_unique_address]] tag nothing;
  std::string text;
  static consteval auto fields() { return ghl::fields(ghl::inherit<base>(), ghl::field("text", &derived::text)); }
};
static_assert(of<derived>() == diagnosis::none);
struct base_forgotten : base {
  std::string text;
  static consteval auto fields() { return ghl::fields(ghl::field("text", &base_forgotten::text)); }
};
static_assert(of<base_forgotten>() == diagnosis::forgotten_member);
struct half_of_base : base {
  std::string text;
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &half_of_base::id), ghl::field("text", &half_of_base::text));
  }
};
static_assert(of<half_of_base>() == diagnosis::forgotten_member && culprit<half_of_base>().ends_with("base"));
struct with_base_one_forgotten : base {
  std::string text;
  std::string forgotten;
  static consteval auto fields() {
    return ghl::fields(ghl::inherit<base>(), ghl::field("text", &with_base_one_forgotten::text));
  }
};
static_assert(of<with_base_one_forgotten>() == diagnosis::forgotten_member);
struct base_named_again : base {
  static consteval auto fields() {
    return ghl::fields(ghl::inherit<base>(), ghl::field("other", &base_named_again::id));
  }
};
static_assert(of<base_named_again>() == diagnosis::repeated_field_member && culprit<base_named_again>() == "other");

struct none {
  static consteval auto fields() { return ghl::fields(); }
};
static_assert(of<none>() == diagnosis::none);

/// A member that is forgotten is found where it takes up no room of its own.
struct forgotten_in_padding {
  std::string a;
  bool b;
  bool forgotten;
  static consteval auto fields() {
    return ghl::fields(ghl::field("a", &forgotten_in_padding::a), ghl::field("b", &forgotten_in_padding::b));
  }
};
static_assert(of<forgotten_in_padding>() == diagnosis::forgotten_member);
struct forgotten_beside_nothing {
  bool a;
  [[no_unique_address]] none nothing;
  bool forgotten;
  static consteval auto fields() {
    return ghl::fields(ghl::field("a", &forgotten_beside_nothing::a),
                       ghl::field("nothing", &forgotten_beside_nothing::nothing));
  }
};
static_assert(of<forgotten_beside_nothing>() == diagnosis::forgotten_member);

struct one_twice {
  std::string a;
  std::string b;
  static consteval auto fields() { return ghl::fields(ghl::field("a", &one_twice::a), ghl::field("b", &one_twice::a)); }
};
static_assert(of<one_twice>() == diagnosis::repeated_field_member && culprit<one_twice>() == "b");
class counted_by_nobody {
 public:
  counted_by_nobody() = default;
  std::string a;
  std::string b;
  static consteval auto fields() {
    return ghl::fields(ghl::field("a", &counted_by_nobody::a), ghl::field("b", &counted_by_nobody::a));
  }
};
static_assert(of<counted_by_nobody>() == diagnosis::repeated_field_member);

struct constant_inside {
  const std::string a;
  static consteval auto fields() { return ghl::fields(ghl::field("a", &constant_inside::a)); }
};
static_assert(of<constant_inside>() == diagnosis::constant_field);
static_assert(check_type(facts_of_type<constant_inside>(), false).what == diagnosis::none);

struct unnamed {
  std::string a;
  static consteval auto fields() { return ghl::fields(ghl::field("", &unnamed::a)); }
};
static_assert(of<unnamed>() == diagnosis::unnamed_field);
struct swapped {
  std::string a;
  static consteval auto fields() { return ghl::fields(ghl::field(&swapped::a, "a")); }
};
static_assert(of<swapped>() == diagnosis::field_arguments);
union one_of_two {
  int a;
  double b;
  static consteval auto fields() { return ghl::fields(ghl::field("a", &one_of_two::a), ghl::field("b", &one_of_two::b)); }
};
static_assert(of<one_of_two>() == diagnosis::union_fields);
struct not_constant {
  std::string a;
  static auto fields() { return ghl::fields(ghl::field("a", &not_constant::a)); }
};
static_assert(facts_of_type<not_constant>().wrong.what == diagnosis::inconstant_fields);
class closed {
  std::string a;
  static consteval auto fields() { return ghl::fields(ghl::field("a", &closed::a)); }
};
static_assert(facts_of_type<closed>().wrong.what == diagnosis::unusable_fields);
static_assert(!facts_of_type<closed>().readable);

}  // namespace
