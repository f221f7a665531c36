// The facts of the five endpoints, as the reference pages have them. The compiler checks this file; it runs nothing.
#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>

#include <string_view>
#include <type_traits>

namespace {

template <class E>
constexpr bool facts(std::string_view title, ghl::method method, std::string_view path, std::string_view version,
                     std::string_view scope) {
  constexpr auto& e = ghl::endpoint_of<E>;
  return e.title == title && e.method == method && e.path == path && e.version == version && e.scopes.size() == 1 &&
         e.scopes[0] == scope && e.accepts(ghl::token::sub_account) && !e.accepts(ghl::token::agency);
}

using namespace ghl;
// clang-format off
static_assert(facts<links::get_links>                  ("Get Links",           method::get, "/links/",                        "2021-07-28", "links.readonly"));
static_assert(facts<links::delete_link>                ("Delete Link",         method::del, "/links/:linkId",                 "2021-07-28", "links.write"));
static_assert(facts<opportunities::remove_followers>   ("Remove Followers",    method::del, "/opportunities/:id/followers",   "2021-07-28", "opportunities.write"));
static_assert(facts<associations::delete_association>  ("Delete Association",  method::del, "/associations/:associationId",   "2021-07-28", "associations.write"));
static_assert(facts<conversations::delete_conversation>("Delete Conversation", method::del, "/conversations/:conversationId", "2021-04-15", "conversations.write"));
// clang-format on

template <class Struct, class Member>
constexpr bool is(Member Struct::*, std::string_view name, std::size_t i = 0) {
  // The i-th field of a described struct has that name and that type.
  std::size_t n = 0;
  bool same = false;
  for_each_field<Struct>([&](const auto& f) {
    if (n++ == i) same = f.name == name && std::is_same_v<typename std::remove_cvref_t<decltype(f)>::member_type, Member>;
  });
  return same;
}
template <class T>
using maybe = std::optional<T>;

static_assert(is<links::get_links::response, std::vector<links::link>>(&links::get_links::response::links, "links"));
static_assert(is<links::link, maybe<std::string>>(&links::link::id, "id", 0));
static_assert(is<links::link, maybe<std::string>>(&links::link::name, "name", 1));
static_assert(is<links::link, maybe<std::string>>(&links::link::redirect_to, "redirectTo", 2));
static_assert(is<links::link, maybe<std::string>>(&links::link::field_key, "fieldKey", 3));
static_assert(is<links::link, maybe<std::string>>(&links::link::location_id, "locationId", 4));
static_assert(is<links::delete_link::response, maybe<bool>>(&links::delete_link::response::succeeded, "succeded"));
using removed = opportunities::remove_followers::response;
static_assert(is<removed, maybe<std::vector<std::string>>>(&removed::followers, "followers", 0));
static_assert(is<removed, maybe<std::vector<std::string>>>(&removed::followers_removed, "followersRemoved", 1));
using deleted = associations::delete_association::response;
static_assert(is<deleted, bool>(&deleted::deleted, "deleted", 0));
static_assert(is<deleted, std::string>(&deleted::id, "id", 1));
static_assert(is<deleted, std::string>(&deleted::message, "message", 2));
using gone = conversations::delete_conversation::response;
static_assert(is<gone, bool>(&gone::success, "success"));

}  // namespace
