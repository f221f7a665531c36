// A coroutine transport that a call cannot keep a copy of.
// says: ghl: a call of a coroutine transport keeps a copy of it and of the JSON policy; make them copyable, or pass
#include <ghl/ghl.hpp>

#include "../unit/task.hpp"
#include "parts.hpp"

#include <functional>
#include <memory>

struct pool {
  std::unique_ptr<int> connections;
  task<ghl::http::response> operator()(ghl::http::request) { co_return ghl::http::response{.status = 200}; }
};

#ifndef GHL_MISTAKE
pool shared;
ghl::client my_api{std::ref(shared), json{}, token};
#else
ghl::client my_api{pool{}, json{}, token};
#endif
auto call() { return my_api.call(get_links); }
