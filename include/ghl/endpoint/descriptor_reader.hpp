/// The reader of a descriptor's words: it gathers the facts and finds the first mistake, at compile time.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/path_template.hpp>
#include <ghl/endpoint/text_rules.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/method.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// A word of a descriptor.
enum class word_kind : unsigned char {
  path, query, header, body, form, multipart,  // that a member fills
  version, unpublished_version, scope, sub_account, agency, constant_query, no_token, oauth_only,
  pages,  // which members lead to the next page
  misused,  // with other arguments than it takes
  other,  // not a word at all; of a type of word: one without a member
};

/// Whether it is one of the words for a body.
constexpr bool is_body_kind(word_kind kind) noexcept {
  return kind >= word_kind::body && kind <= word_kind::multipart;
}

/// One word of a descriptor, its types left out.
struct descriptor_word {
  word_kind kind;
  std::string_view name = {};                  // of a parameter; the text of another word
  const char* owner = nullptr;                 // the tag of the struct that the member belongs to
  diagnosis type = diagnosis::none;            // what is wrong with the type of the member
  finding (*body_type)() = nullptr;            // a function that checks it, for a body
  const volatile void* place = nullptr;        // identifies the member, until endpoint() has compared them
  std::size_t bytes = 0;                       // of the member
  std::string_view constant = {};              // the value of a parameter that no member fills
};

/// Whether a member of the request fills the word.
constexpr bool has_member(const descriptor_word& w) noexcept { return w.kind <= word_kind::multipart; }

/// The facts of an endpoint, with what its checks need and have found.
struct checked_facts : endpoint_facts {
  finding in_words = {};                       // the words contradict each other or the path
  finding in_members = {};                     // the type of a member cannot fill its parameter
  const char* owner = nullptr;                 // the tag of the struct that the first member belongs to
  bool one_owner = true;                       // and all others
  std::size_t parameters = 0;
  std::size_t bytes = 0;                       // of the members that fill them
  finding (*body_type)() = nullptr;
  bool has_body = false;
  word_kind body_kind = word_kind::body;
  bool has_headers = false;                    // of its parameters
  bool has_pages = false;
};

/// Reads each word once. Plain code with few steps, since the compiler runs it for each endpoint.
class descriptor_reader {
 public:
  constexpr descriptor_reader(const char* title, method m, const char* path) noexcept
      : path_(parse_path(path)), facts_{{text_of(title), m, path_.text, {}, {}}} {
    facts_.in_words = path_.bad;
    if (facts_.title.empty()) note(diagnosis::no_title, facts_.path);
    if (!is_given(m)) note(diagnosis::no_method, facts_.title);
  }

  constexpr const checked_facts& read(const descriptor_word* const* list, std::size_t count) noexcept {
    for (std::size_t at = 0; at < count; ++at) {
      const descriptor_word& w = *list[at];
      if (w.kind == word_kind::path) take_path(w);
      else if (w.kind == word_kind::query) take_query(w, list);
      else if (w.kind == word_kind::scope) take_scope(w);
      else if (w.kind == word_kind::version) take_version(w, is_published_version(w.name));
      else if (w.kind == word_kind::sub_account) facts_.sub_account = true;
      else if (w.kind == word_kind::body) take_body(w);
      else if (w.kind == word_kind::agency) facts_.agency = true;
      else if (w.kind == word_kind::unpublished_version) take_version(w, is_token(w.name));
      else if (!take_rare(w, list)) {
        facts_.in_words = w.kind == word_kind::misused ? finding{w.type == diagnosis::none ? diagnosis::word_arguments
                                                                                       : w.type, w.name}
                                                       : finding{diagnosis::no_word, facts_.title};
        return facts_;
      }
    }
    find_repeated_member(list, count);
    // A misspelled name leaves its placeholder unfilled; the spelling in the path is the better culprit.
    if (facts_.in_words.what == diagnosis::none || facts_.in_words.what == diagnosis::unknown_placeholder)
      for (std::size_t k = path_.count; k-- > 0;)
        if ((filled_ >> k & 1U) == 0) facts_.in_words = {diagnosis::unfilled_placeholder, path_.names[k]};
    if (too_many_scopes_) note(diagnosis::too_many_scopes, facts_.title);
    const bool takes_token = facts_.sub_account || facts_.agency;
    if (!takes_token && !facts_.no_token) note(diagnosis::no_token, facts_.title);
    if (facts_.no_token && (takes_token || facts_.oauth_only || !facts_.scopes.empty()))
      note(diagnosis::token_beside_none, facts_.title);
    return facts_;
  }

 private:
  constexpr void note(diagnosis what, std::string_view culprit) noexcept {
    if (facts_.in_words.what == diagnosis::none) facts_.in_words = {what, culprit};
  }
  constexpr void take_member(const descriptor_word& w, std::string_view name) noexcept {
    if (facts_.parameters++ == 0) facts_.owner = w.owner;
    else if (!same_type(w.owner, facts_.owner)) facts_.one_owner = false;
    facts_.bytes += w.bytes;
    if (w.type != diagnosis::none && facts_.in_members.what == diagnosis::none) facts_.in_members = {w.type, name};
  }
  constexpr void find_repeated_member(const descriptor_word* const* list, std::size_t count) noexcept {
    if (facts_.parameters < 2) return;
    for (std::size_t i = 1; i < count; ++i) {
      const descriptor_word& w = *list[i];
      if (!has_member(w)) continue;
      for (std::size_t k = 0; k < i; ++k)
        if (has_member(*list[k]) && list[k]->bytes == w.bytes && same_type(list[k]->owner, w.owner) &&
            list[k]->place == w.place)
          note(diagnosis::repeated_member, w.name.empty() ? text_of("body") : w.name);
    }
  }
  constexpr void take_path(const descriptor_word& w) noexcept {
    take_member(w, w.name);
    const std::size_t k = path_.find(w.name);
    if (k == path_.count) note(diagnosis::unknown_placeholder, w.name);
    else if ((filled_ >> k & 1U) != 0) note(diagnosis::repeated_parameter, w.name);
    else filled_ |= 1U << k;
  }
  constexpr void take_query(const descriptor_word& w, const descriptor_word* const* list) noexcept {
    take_member(w, w.name);
    if (w.name.empty()) note(diagnosis::unnamed_parameter, facts_.title);
    take_query_name(w, list);
  }
  constexpr void take_query_name(const descriptor_word& w, const descriptor_word* const* list) noexcept {
    if (has_control(w.name) || has_control(w.constant)) note(diagnosis::query_character, w.name);
    for (; *list != &w; ++list)
      if (((*list)->kind == word_kind::query || (*list)->kind == word_kind::constant_query) &&
          same_text((*list)->name, w.name))
        note(diagnosis::repeated_parameter, w.name);
  }
  /// The words that few endpoints have.
  constexpr bool take_rare(const descriptor_word& w, const descriptor_word* const* list) noexcept {
    if (w.kind == word_kind::header) take_header(w, list);
    else if (w.kind == word_kind::form || w.kind == word_kind::multipart) take_body(w);
    else if (w.kind == word_kind::no_token) facts_.no_token = true;
    else if (w.kind == word_kind::oauth_only) facts_.oauth_only = true;
    else if (w.kind == word_kind::pages) take_pages(w);
    else if (w.kind != word_kind::constant_query) return false;
    else {
      if (w.name.empty()) note(diagnosis::unnamed_parameter, facts_.title);
      take_query_name(w, list);
    }
    return true;
  }
  constexpr void take_header(const descriptor_word& w, const descriptor_word* const* list) noexcept {
    take_member(w, w.name);
    facts_.has_headers = true;
    if (!is_token(w.name)) note(diagnosis::header_name, w.name);
    if (is_own_header(w.name)) note(diagnosis::own_header, w.name);
    for (; *list != &w; ++list)
      if ((*list)->kind == word_kind::header && equal_ignoring_case((*list)->name, w.name))
        note(diagnosis::repeated_parameter, w.name);
  }
  constexpr void take_body(const descriptor_word& w) noexcept {
    take_member(w, text_of("body"));
    if (facts_.has_body) note(diagnosis::two_bodies, {});
    if (facts_.method == method::get) note(diagnosis::body_on_get, facts_.title);
    facts_.body_type = w.body_type;
    facts_.body_kind = w.kind;
    facts_.has_body = true;
  }
  constexpr void take_pages(const descriptor_word& w) noexcept {
    if (facts_.has_pages) note(diagnosis::two_pages, w.name);
    if (w.type != diagnosis::none && facts_.in_members.what == diagnosis::none) facts_.in_members = {w.type, w.name};
    facts_.has_pages = true;
  }
  constexpr void take_version(const descriptor_word& w, bool good) noexcept {
    if (has_version_) note(diagnosis::two_versions, w.name);
    if (!good) note(diagnosis::version_form, w.name);
    facts_.version = w.name;
    has_version_ = true;
  }
  constexpr void take_scope(const descriptor_word& w) noexcept {
    if (facts_.scopes.contains(w.name)) note(diagnosis::repeated_scope, w.name);
    if (!facts_.scopes.add(w.name)) too_many_scopes_ = true;
    if (!is_scope(w.name)) note(diagnosis::scope_form, w.name);
  }

  path_template path_;
  checked_facts facts_;
  unsigned filled_ = 0;  // bit k: a parameter fills placeholder k
  bool has_version_ = false;
  bool too_many_scopes_ = false;
};

}}}  // namespace ghl::v0::detail
