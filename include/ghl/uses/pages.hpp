/// A list that the API gives page by page, as one range.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/client/client.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/endpoint/endpoint_finding.hpp>
#include <ghl/endpoint/page_words.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/uses/parts/page_facts.hpp>
#include <ghl/uses/parts/page_walk.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/result.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: goes through all items of a list that comes in pages, and asks for a page when it is needed. The endpoint
/// says how its pages follow each other, in a word of its descriptor: ghl::by_skip, ghl::by_page or ghl::by_cursor.
/// Example:
///     ghl::pages all{api, search_links{.location_id = "ve9EPM428h8vShlRW1KT"}};
///     for (auto& link : all) std::puts(link.name.value_or("").c_str());
///     if (all.failed()) return report(all.error(), all.next_request());
/// It is an input range of references into the page that is there, so that std::views work and items can be moved from.
/// A loop that was left goes on in the next one, with the item that it was left at. Page by page, and over the other shapes of transport:
///     while (all.next()) use(all.page());                                    // blocking
///     while (co_await all.next()) use(all.page());                           // coroutine
///     all.next([&](bool more) { if (more) use(all.page()); });                // callback
///     auto coming = all.next(); if (coming.get()) use(all.page());            // std::future
/// Options of a call follow the request, and hold for each page: ghl::deadline, ghl::strict, a stop token. A page is one
/// call of the client, with its retries and its throttle.
/// The end: an empty page, or a page without a cursor. A page that is shorter than was asked for is not the last, since
/// a server may have a smaller limit than that.
/// Errors: an error ends the list; `next_request()` is the request of the page that is missing, with which another
/// ghl::pages goes on. A server that sends the page or the cursor again that it has sent is the error
/// fault::repeated_page, so that no list is endless. (Pages are compared by what is described of their items. Let the id
/// be described.) Items or a cursor of another type than described, which a call leaves empty, are fault::wrong_type: a
/// list that looks complete is.
/// Lifetime: refers to the client, and owns the rest; it is neither copied nor moved, and outlives what `next` has
/// begun. Name it: the error of a temporary is lost. Items live until the next page is asked for.
/// Thread safety: one thread at a time. Nothing is allocated but what the calls allocate.
template <class Client, class E, class... Options>
class pages {
  using transport = typename detail::transport_in<std::remove_const_t<Client>>::type;
  static constexpr bool is_client = detail::transport_in<std::remove_const_t<Client>>::known;
  static constexpr bool usable = is_client && detail::paged_request<E>;
  static constexpr bool blocks = blocking_transport<transport>;
  static_assert(detail::holds<is_client, Client>, "ghl: pages come from a client: ghl::pages all{api, request};");
  static_assert(detail::holds<!detail::valid<E> || detail::paged_request<E>, E>,
                "ghl: this request does not say how its pages follow each other; add ghl::by_skip(), ghl::by_page() or "
                "ghl::by_cursor() to its endpoint(), or make one call with api.call()");

 public:
  using item_type = typename detail::page_walk<E>::item;
  using response_type = typename detail::page_walk<E>::response;

  pages(Client& api, E first, Options... options)
      : api_(&api), walk_(std::move(first)), options_{{std::move(options)}...} {
    // As well_formed<E>, with fewer steps for the compiler to print.
    static_cast<void>(detail::valid_endpoint<detail::finding_in<E>.what, detail::named_by<detail::culprit_in<E>>>{});
  }
  pages(const pages&) = delete;
  pages& operator=(const pages&) = delete;
  ~pages() = default;

  /// Asks for the next page; whether there was one. What it returns is a bool, a task of one, or has a get() that gives
  /// one: as the transport is. A callback transport takes a handler, which is called with it.
  template <class... Handler>
  [[nodiscard("ghl: next() says whether there is a page (a task is to be awaited first)")]] auto next(
      [[maybe_unused]] Handler... handler) {
    constexpr bool calls_back = callback_transport<transport>;
    static_assert(detail::holds<!calls_back || sizeof...(Handler) == 1, Client>,
                  "ghl: this transport calls back; pass one handler: all.next([](bool more) {})");
    static_assert(detail::holds<calls_back || sizeof...(Handler) == 0, Client>,
                  "ghl: next() takes a handler where the transport calls back, and nothing elsewhere; write "
                  "while (all.next()), or while (co_await all.next())");
    if constexpr (!usable || sizeof...(Handler) != (calls_back ? 1 : 0)) return false;
    else if constexpr (blocks) return walk_.goes_on() && walk_.take(called());
    else if constexpr (calls_back) start(std::move(handler)...);
    else if constexpr (future_transport<transport>) return coming_page{*this};
    else return awaited<typename detail::task_of<transport, detail::returned_by<transport>>::template with<bool>>(*this);
  }

  /// The items of the page that is there, apart from those that a loop has passed; none before the first page, after the
  /// last one, and after an error.
  [[nodiscard]] std::span<item_type> page() noexcept {
    return {walk_.begin_of_rest(), static_cast<std::size_t>(walk_.end_of_page() - walk_.begin_of_rest())};
  }
  /// The answer that the page came in, with its other members and its mismatches().
  [[nodiscard]] const result<response_type>& answer() const noexcept { return walk_.answer(); }

  [[nodiscard]] bool failed() const noexcept { return !walk_.answer(); }
  /// Why the list ended early; only after failed().
  [[nodiscard]] const ghl::error& error() const noexcept { return walk_.answer().error(); }
  /// The request that comes next; after an error, the one to go on with. At the end of a list with cursors it is that of
  /// the last page.
  [[nodiscard]] const E& next_request() const noexcept { return walk_.request(); }

  struct end_of_list {};
  class iterator {
   public:
    using value_type = item_type;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit iterator(pages& of) noexcept : of_(&of) {}
    item_type& operator*() const noexcept { return *of_->walk_.begin_of_rest(); }
    item_type* operator->() const noexcept { return of_->walk_.begin_of_rest(); }
    iterator& operator++() noexcept {
      of_->walk_.pass_one();
      return *this;
    }
    void operator++(int) noexcept { of_->walk_.pass_one(); }
    // The next page is asked for here, and not when the last item is passed: std::views::take needs no page for that.
    friend bool operator==(const iterator& at, end_of_list) { return at.is_at_end(); }

   private:
    bool is_at_end() const { return !of_->has_item(); }

    pages* of_;
  };

  template <bool Blocks = blocks>
  iterator begin() {
    static_assert(detail::holds<Blocks || !is_client, Client>,
                  "ghl: over this transport a page comes later, and a loop cannot wait for it; write "
                  "while (co_await all.next()) for (auto& item : all.page()), or pass a handler to next()");
    return iterator{*this};
  }
  end_of_list end() const noexcept { return {}; }

 private:
  template <class... Handler>
  auto called(Handler... handler) {
    return [&]<std::size_t... At>(std::index_sequence<At...>) {
      return api_->call(walk_.request(), detail::get<At>(options_)..., std::move(handler)...);
    }(std::index_sequence_for<Options...>{});
  }
  bool has_item() {
    if constexpr (usable && blocks) {
      while (walk_.begin_of_rest() == walk_.end_of_page())
        if (!next()) return false;
    }
    return usable && blocks;
  }

  // Whatever is awaited has a name: some compilers lose temporaries there.
  template <class Task>
  static Task awaited(pages& self) {
    if (!self.walk_.goes_on()) co_return false;
    auto calling = self.called();
    auto answer = co_await std::move(calling);
    co_return self.walk_.take(std::move(answer));
  }

  template <class Handler>
  void start(Handler handler) {
    if (!walk_.goes_on()) return static_cast<void>(handler(false));
    called([this, handler = std::move(handler)](result<response_type> answer) mutable {
      static_cast<void>(handler(walk_.take(std::move(answer))));
    });
  }

  class coming_page {
   public:
    explicit coming_page(pages& of) : of_(&of) {
      if (of.walk_.goes_on()) call_.emplace(of.called());
    }
    /// Waits for the page; whether there is one.
    bool get() { return call_ && of_->walk_.take(call_->get()); }

   private:
    pages* of_;
    std::optional<decltype(std::declval<pages&>().called())> call_{};
  };

  Client* api_;
  detail::page_walk<E> walk_;
  [[no_unique_address]] detail::literal_tuple<Options...> options_;
};

template <class Client, class E, class... Options>
pages(Client&, E, Options...) -> pages<Client, E, Options...>;

}}  // namespace ghl::v0
