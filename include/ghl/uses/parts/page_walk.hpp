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
#include <ghl/value/result.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Knows a cursor that came before without keeping them all: each is compared with the one before it, and with one that
/// is renewed after 1, 2, 4, 8 ... steps (Brent's algorithm), so that any circle is found in a few rounds.
class cursor_memory {
 public:
  bool has_seen(std::uint64_t cursor) noexcept {
    const bool again = steps_ > 0 && (cursor == last_ || cursor == kept_);
    if (steps_++ == renew_at_) {
      kept_ = cursor;
      renew_at_ = renew_at_ * 2 + 1;
    }
    last_ = cursor;
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
    if (refused_ != fault::none) fail(std::exchange(refused_, fault::none));
    return !ended_;
  }
  /// Takes the answer; whether there are items in it.
  bool take(result<response>&& answer) {
    here_ = end_ = nullptr;
    answer_ = std::move(answer);
    ended_ = true;
    if (!answer_) return false;
    auto* const items = value_in(items_of(facts::word.items, *answer_));
    if (items == nullptr || items->empty()) return false;
    fingerprint page;
    page.add(static_cast<const std::remove_cvref_t<decltype(*items)>&>(*items));
    if (std::exchange(last_page_, page.value()) == page.value() && pages_ > 0) return fail(fault::repeated_page);
    ++pages_;
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

  bool fail(fault why) {
    error e = decode_error(why, why == fault::repeated_page ? "the page" : "the place of the next page");
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
        ended_ = ((source_of(get<At>(facts::word.steps).from, *answer_, last) == nullptr) && ...);
        if (ended_) return;
        (static_cast<void>(follow(get<At>(facts::word.steps), last, cursor)), ...);
        if (refused_ == fault::none && seen_.has_seen(cursor.value())) refused_ = fault::repeated_page;
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
  std::uint64_t last_page_ = 0;
  std::size_t pages_ = 0;
  cursor_memory seen_{};
  fault refused_ = fault::none;
  bool ended_ = false;
};

}}}  // namespace ghl::v0::detail
