/// The outcome of a call in a form that all sides share, so that they can be compared before anything is counted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sent_request {
  std::string method, url, headers, body;
  friend bool operator==(const sent_request&, const sent_request&) = default;
};

struct outcome {
  bool ok = false;
  std::vector<std::string> texts;  // each value of the response, "-" where it is absent
  friend bool operator==(const outcome&, const outcome&) = default;

  void add(const std::optional<std::string>& text) { texts.push_back(text.value_or("-")); }
  void add(const std::optional<std::vector<std::string>>& list) {
    texts.push_back(list ? std::to_string(list->size()) : "-");
    if (list) texts.insert(texts.end(), list->begin(), list->end());
  }
  void add(std::optional<bool> b) { texts.emplace_back(!b ? "-" : *b ? "true" : "false"); }
};

/// What the transport of each side does while the sides are compared: keep the request, and give this answer.
struct stage {
  std::optional<sent_request> seen;
  int status = 200;
  std::string body;
};
inline stage* on_stage = nullptr;  // none: nothing is compared, the canned answer is given
