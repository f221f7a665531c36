/// From one page of a list to the next, by the row of its operation.
#pragma once

#include "request.hpp"

#include <ghl/uses/catalogue.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace ghl_program {

class paged_list {
 public:
  using json = nlohmann::ordered_json;

  explicit paged_list(const ghl::catalogue_pages& how) : how_(how) {}

  /// The first request as it was given; a number that was left out is the one that such a request gets.
  void begin(given& what) {
    if (how_.style == ghl::paging::cursor) return;
    const std::string text = at(what, how_.steps[0]);
    number_ = text.empty() ? how_.first : std::strtoll(text.c_str(), nullptr, 10);
  }

  /// Null where the answer has no list.
  [[nodiscard]] const json* items_in(const json& answer) const {
    const json* found = walk(answer, how_.items);
    return found != nullptr && found->is_array() ? found : nullptr;
  }

  /// Makes `what` the request of the next page; false: there is none.
  bool advance(given& what, const json& answer, const json& items) {
    if (items.empty()) return false;
    if (how_.style == ghl::paging::cursor) {
      std::string all;
      for (const ghl::catalogue_page_step& step : how_.steps) {
        const json* found = walk(step.of_last_item ? items.back() : answer, step.from);
        const std::string text = found == nullptr || found->is_null() ? ""
                                 : found->is_string()                 ? found->get<std::string>()
                                                                      : found->dump();
        if (text.empty()) return false;
        set(what, step, text);
        all += text + "\n";
      }
      repeated_ = !seen_.insert(std::hash<std::string>{}(all)).second;
    } else {
      const std::string all = items.dump(-1, ' ', false, json::error_handler_t::replace);
      const std::int64_t by = how_.style == ghl::paging::page ? 1 : static_cast<std::int64_t>(items.size());
      const bool has_next = number_ <= (std::numeric_limits<std::int64_t>::max)() - by;
      repeated_ = !seen_.insert(std::hash<std::string>{}(all)).second || !has_next;
      if (!has_next) return false;
      number_ += by;
      set(what, how_.steps[0], std::to_string(number_));
    }
    return !repeated_;
  }

  [[nodiscard]] bool repeated() const { return repeated_; }

  /// The options that lead to the page of that request.
  [[nodiscard]] std::string told(const given& what) const {
    std::string out;
    for (const ghl::catalogue_page_step& step : how_.steps)
      if (const std::string text = at(what, step); !text.empty())
        out += (out.empty() ? "--" : " --") + dashed(step.parameter.empty() ? step.body.back() : step.parameter) + " " + shell_word(text);
    return out.empty() ? "begin again" : out;
  }

 private:
  static const json* walk(const json& from, std::span<const std::string_view> way) {
    const json* here = &from;
    for (const std::string_view name : way) {
      const auto found = here->is_object() ? here->find(std::string{name}) : here->end();
      if (found == here->end()) return nullptr;
      here = &*found;
    }
    return here;
  }
  static nlohmann::json::json_pointer pointer_to(const ghl::catalogue_page_step& step) {
    nlohmann::json::json_pointer to;
    for (const std::string_view name : step.body) to /= std::string{name};
    return to;
  }
  static std::string at(const given& what, const ghl::catalogue_page_step& step) {
    if (step.parameter.empty()) {
      const auto to = pointer_to(step);
      if (!what.body.is_object() || !what.body.contains(to)) return "";
      return text_in_form(what.body[to]);
    }
    const auto found = what.parameters.find(std::string{step.parameter});
    return found == what.parameters.end() || found->second.empty() ? "" : found->second.front();
  }
  void set(given& what, const ghl::catalogue_page_step& step, const std::string& text) const {
    if (!step.parameter.empty()) {
      what.parameters[std::string{step.parameter}] = {text};
      return;
    }
    auto value = nlohmann::json::parse(text, nullptr, false);  // a number, or a cursor that is a text
    if (!value.is_number()) value = text;
    what.body[pointer_to(step)] = std::move(value);
  }

  const ghl::catalogue_pages& how_;
  std::int64_t number_ = 0;
  std::set<std::size_t> seen_;  // pages, or cursors
  bool repeated_ = false;
};

}  // namespace ghl_program
