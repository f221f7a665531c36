// A coroutine transport, in an erased type that is of another task.
// says: ghl: ghl::any_coroutine_transport<Task> holds a transport that returns this task; name the one that yours
#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>

#include "../unit/task.hpp"

struct is_awaited {
  task<ghl::result<ghl::http::response>> operator()(ghl::http::request) const {
    co_return ghl::http::response{.status = 200};
  }
};

#ifdef GHL_MISTAKE
using its_task = task<ghl::http::response>;
#else
using its_task = task<ghl::result<ghl::http::response>>;
#endif

const ghl::any_unwaiting_coroutine_transport<its_task> erased{is_awaited{}};
