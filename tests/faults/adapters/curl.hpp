/// ghl::curl_transport, as the cases want it.
#pragma once

#include "blocking.hpp"

#include <ghl/transport/curl.hpp>

#include <functional>
#include <utility>

namespace faults {

struct curl_adapter : blocking_adapter {
  static constexpr const char* name = "curl";

  static ghl::curl_transport plain_transport() {
    ghl::curl_options options;
    options.response_limit = response_limit;
    return ghl::curl_transport{options};
  }
  static ghl::curl_transport crowd_transport() { return plain_transport(); }
  static watched<ghl::curl_transport> transport(std::function<void()> after_each) {
    return {plain_transport(), std::move(after_each)};
  }
};

}  // namespace faults
