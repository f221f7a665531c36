/// Members that no description mentions, and members that belong to a base: what the compiler can find out about a
/// struct without reflection.
#pragma once

#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/type_facts.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

struct anything {
  template <class Member>
  operator Member() const;
};

template <class T, std::size_t... At>
consteval bool has_more_members(std::index_sequence<At...>) {
  return requires { T{((void)At, anything{})..., anything{}}; };
}

/// The room that a member takes up in a struct; none that is certain for an empty one.
template <class Member>
inline constexpr std::size_t bytes_of = __is_empty(Member) ? 0 : sizeof(Member);

/// Whether an aggregate has more than Count members and bases, where those take up Bytes. In a struct that they fill
/// there is no room for another one that can hold something, and what the compiler would have to go through to find
/// out (every constructor of every member) is most of the cost of a check. Otherwise, one question is much cheaper than
/// counting, and the first lines are spared the function for each T.
template <class T, std::size_t Count, std::size_t Bytes>
concept has_more_members_than =
    sizeof(T) != Bytes && std::is_aggregate_v<T> &&
    ((Count == 0 && !std::is_empty_v<T>) ||  // T{anything} could be a copy
     (Count == 1 && requires { T{anything{}, anything{}}; }) ||
     (Count == 2 && requires { T{anything{}, anything{}, anything{}}; }) ||
     (Count == 3 && requires { T{anything{}, anything{}, anything{}, anything{}}; }) ||
     (Count > 3 && has_more_members<T>(std::make_index_sequence<Count>{})));

// What follows is asked only of a struct that has bases, or more members than are mentioned.

/// A struct that a member which is mentioned belongs to, and whether that member can hold something.
template <class Owner, bool Holds>
struct mention {
  using owner = Owner;
  static constexpr bool holds_something = Holds;
};
template <class Word>
using mention_of = mention<typename Word::owner_type, !std::is_empty_v<typename Word::member_type>>;
/// A word or a field that a member fills.
template <class Word>
concept names_member = requires { typename Word::owner_type; };

/// What a description mentions.
template <class... Mention>
struct mentions {
  /// How many members of T itself that can hold something.
  template <class T>
  static constexpr std::size_t of_itself =
      (std::size_t{0} + ... + std::size_t{std::is_same_v<typename Mention::owner, T> && Mention::holds_something});
  /// Whether a member of T, or of a base of T, is among them.
  template <class T>
  static constexpr bool reach = (std::is_base_of_v<typename Mention::owner, T> || ...);
};

template <class From, class To>
concept proper_base = std::is_base_of_v<From, To> && !std::is_same_v<From, To>;

/// Converts to bases of T alone; to those that are empty or mentioned; to empty classes.
template <class T>
struct any_base {
  template <class B>
    requires proper_base<B, T>
  operator B() const;
};
template <class T, class Mentions>
struct known_base {
  template <class B>
    requires(proper_base<B, T> && (std::is_empty_v<B> || Mentions::template reach<B>))
  operator B() const;
};
struct anything_empty {
  template <class B>
    requires(std::is_class_v<B> && std::is_empty_v<B>)
  operator B() const;
};

/// Whether the element after the first At ones, bases before members, can be initialized from a Probe.
template <class T, class Probe, std::size_t... At>
consteval bool takes(std::index_sequence<At...>) {
  return requires { T{((void)At, anything{})..., Probe{}}; };
}

/// Whether a member of T that can hold something is not mentioned, or a base with such a member is not.
template <class T, class Mentions>
consteval bool leaves_out() {
  if constexpr (!std::is_aggregate_v<T> || std::is_empty_v<T>) {
    return false;
  } else {
    return []<std::size_t... At>(std::index_sequence<At...>) {
      const bool is_element[] = {takes<T, anything>(std::make_index_sequence<At>{})...};
      const bool is_base[] = {takes<T, any_base<T>>(std::make_index_sequence<At>{})...};
      const bool is_known[] = {takes<T, known_base<T, Mentions>>(std::make_index_sequence<At>{})...};
      const bool is_empty[] = {takes<T, anything_empty>(std::make_index_sequence<At>{})...};
      std::size_t members = 0;
      std::size_t at = 0;
      for (; at < sizeof...(At) && is_base[at]; ++at)
        if (!is_known[at]) return true;
      for (; at < sizeof...(At) && is_element[at]; ++at) members += is_empty[at] ? 0U : 1U;
      return members > Mentions::template of_itself<T>;
    }(std::make_index_sequence<sizeof(T) < 64 ? sizeof(T) + 16 : 160>{});
  }
}

/// The name of T, or of the base of it, that has a member which is not mentioned; empty if there is none.
template <class T, class... Mention>
consteval std::string_view forgetful() {
  using all = mentions<Mention...>;
  if (leaves_out<T, all>()) return name_of_type<T>();
  std::string_view found;
  static_cast<void>(((leaves_out<typename Mention::owner, all>()
                          ? (found = name_of_type<typename Mention::owner>(), true) : false) || ...));
  return found;
}

// ---- whether one member is mentioned twice ----

/// Never defined and never read: `&(phantom<Owner>.value.*member)` identifies a member of any type, at compile time.
/// (clang warns of it here and there, and is told not to.)
template <class T>
struct phantom_of {
  T value;
};
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
template <class T>
extern const phantom_of<T> phantom;
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

/// What a pointer to a member can name, apart from functions.
template <class Member>
concept object = std::is_object_v<Member>;

// ---- what is there, but cannot be used ----

/// With `(static_cast<void>(f()), true)` this is a type if f() is a constant expression, and a substitution failure if
/// it is not.
template <bool>
struct constant {};
/// With the address of a consteval function this is a substitution failure, except with g++ 12.
template <auto>
using address = void;

/// Whether T has a member of that name, even one that is not public: it would be found twice in a struct that inherits
/// another one.
struct has_endpoint { static void endpoint(); };
struct has_fields { static void fields(); };
template <class T, class Other>
struct both : T, Other {};
template <class T>
concept can_be_inherited = std::is_class_v<T> && !std::is_final_v<T>;
template <class T>
concept mentions_endpoint = can_be_inherited<T> && !requires { &both<T, has_endpoint>::endpoint; };
template <class T>
concept mentions_fields = can_be_inherited<T> && !requires { &both<T, has_fields>::fields; };

}}}  // namespace ghl::v0::detail
