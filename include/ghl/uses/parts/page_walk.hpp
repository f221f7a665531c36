/// The walk from page to page, whatever the transport: it reads an answer, and says what to ask for next.
#pragma once

#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/member_path.hpp>
#include <ghl/endpoint/page_words.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/uses/parts/fingerprint.hpp>
#include <ghl/uses/parts/page_facts.hpp>
#include <ghl/uses/parts/page_place.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/mismatch.hpp>
#include <ghl/value/result.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// Knows a page or a cursor that came before without keeping them all: each is compared with the one before it, and with
/// one that is renewed after 1, 2, 4, 8 ... steps (Brent's algorithm), so that any circle is found in a few rounds.
class page_memory {
 public:
  bool has_seen(std::uint64_t print) noexcept {
    const bool again = steps_ > 0 && (print == last_ || print == kept_);
    if (steps_++ == renew_at_) {
      kept_ = print;
      renew_at_ = renew_at_ * 2 + 1;
    }
    last_ = print;
    return again;
  }

 private:
  std::uint64_t last_ = 0;
  std::uint64_t kept_ = 0;
  std::uint64_t steps_ = 0;
  std::uint64_t renew_at_ = 0;
};

template <class E>
class page_walk {
  using facts = page_facts<E>;

 public:
  using item = typename facts::item;
  using response = typename facts::response;

  explicit page_walk(E first) : request_(std::move(first)) {}

  /// Whether a request is to be sent.
  bool goes_on() {
    if (refused_ != fault::none) {
      const fault why = std::exchange(refused_, fault::none);
      fail(why, why == fault::repeated_page ? "the page" : "the place of the next page");
    }
    return !ended_;
  }
  /// Takes the answer; whether there are items in it.
  bool take(result<response>&& answer) {
    here_ = end_ = nullptr;
    answer_ = std::move(answer);
    ended_ = true;
    if (!answer_) return false;
    auto* const items = value_in(items_of(facts::word.items, *answer_));
    if (items == nullptr || items->empty()) {
      std::string unread = unread_in(first_name_of(facts::word.items));
      return unread.empty() ? false : fail(fault::wrong_type, std::move(unread));
    }
    fingerprint page;
    page.add(static_cast<const std::remove_cvref_t<decltype(*items)>&>(*items));
    if (pages_.has_seen(page.value())) return fail(fault::repeated_page, "the page");
    ended_ = false;
    here_ = items->data();
    end_ = here_ + items->size();
    ask_for_next(items->size(), items->back());
    return true;
  }

  [[nodiscard]] item* begin_of_rest() noexcept { return here_; }
  [[nodiscard]] item* end_of_page() noexcept { return end_; }
  void pass_one() noexcept { ++here_; }
  [[nodiscard]] const result<response>& answer() const noexcept { return answer_; }
  [[nodiscard]] const E& request() const noexcept { return request_; }

 private:
  template <class Path>
  static auto* items_of(const Path& path, response& from) {
    if constexpr (std::same_as<Path, response_itself>) return &from;
    else return member_in(path, value_in(&from));
  }
  template <class Path, class Object>
  static auto* member_in(const Path& path, Object* from) {
    return from != nullptr ? find_member(path, *from) : nullptr;
  }
  /// What a cursor is read from; null where there is nothing.
  template <class Path>
  static const auto* source_of(const Path& path, const response& from, const item&) {
    return cursor_in(value_in(member_in(path, value_in(&from))));
  }
  template <class Path>
  static const auto* source_of(const last_item_path<Path>& last, const response&, const item& of) {
    return cursor_in(value_in(find_member(last.path, of)));
  }
  template <class Cursor>
  static const auto* cursor_in(const Cursor* found) {
    const plain<Cursor>* const cursor = found;
    return cursor != nullptr && leads_on(*cursor) ? cursor : nullptr;
  }

  /// The place of a value of another type than described in that member, where it was left out for that: what looks like
  /// the end of the list is none. Empty: nowhere.
  [[nodiscard]] std::string unread_in(std::string_view member) const {
    if constexpr (requires { answer_.mismatches(); }) {
      std::vector<mismatch> all = answer_.mismatches();
      for (mismatch& m : all)
        if (is_in_member(m.path, member)) return m.path.empty() ? std::string{"the list"} : std::move(m.path);
    }
    return {};
  }
  template <class Step>
  [[nodiscard]] bool is_unread(const Step& step) const {
    if constexpr (requires { step.from.path; }) return !unread_in(first_name_of(facts::word.items)).empty();
    else return !unread_in(first_name_of(step.from)).empty();
  }

  bool fail(fault why, std::string where) {
    error e = decode_error(why, std::move(where));
    e.endpoint = endpoint_of<E>.title;
    e.called = &endpoint_of<E>;
    answer_ = std::move(e);
    here_ = end_ = nullptr;
    ended_ = true;
    return false;
  }

  void ask_for_next(std::size_t count, const item& last) {
    using word_type = std::remove_cvref_t<decltype(facts::word)>;
    if constexpr (word_type::style == page_style::cursor) {
      [&]<std::size_t... At>(std::index_sequence<At...>) {
        fingerprint cursor;
        const auto is_absent = [&](const auto& step) { return source_of(step.from, *answer_, last) == nullptr; };
        if (((is_absent(get<At>(facts::word.steps)) && is_unread(get<At>(facts::word.steps))) || ...)) {
          refused_ = fault::wrong_type;
          return;
        }
        ended_ = (is_absent(get<At>(facts::word.steps)) && ...);
        if (ended_) return;
        (static_cast<void>(follow(get<At>(facts::word.steps), last, cursor)), ...);
        if (refused_ == fault::none && cursors_.has_seen(cursor.value())) refused_ = fault::repeated_page;
      }(std::make_index_sequence<word_type::steps_count>{});
    } else {
      constexpr auto& step = get<0>(facts::word.steps);
      const std::int64_t by = word_type::style == page_style::page ? 1 : static_cast<std::int64_t>(count);
      refused_ = move_position(step.to, request_, std::remove_cvref_t<decltype(step)>::first, by);
    }
  }

  /// Fills one member of the next request; one that the answer has nothing for is left out where it may be.
  template <class To, class From>
  void follow(const cursor_step<To, From>& step, const item& last, fingerprint& cursor) {
    const auto* const from = source_of(step.from, *answer_, last);
    auto* const to = reach_member(step.to, request_);
    cursor.add_number(from == nullptr ? 0 : 1);
    if (to == nullptr) {
      refused_ = fault::missing_field;
    } else if (from != nullptr) {
      cursor.add(*from);
      if (const fault f = put_cursor<held<typename To::target>>(*from, *to); f != fault::none) refused_ = f;
    } else if constexpr (is_omittable<std::remove_cvref_t<decltype(*to)>>) {
      to->reset();
    }
  }

  E request_;
  result<response> answer_{response{}};
  item* here_ = nullptr;
  item* end_ = nullptr;
  page_memory pages_{};
  page_memory cursors_{};
  fault refused_ = fault::none;
  bool ended_ = false;
};

}}}  // namespace ghl::v0::detail
