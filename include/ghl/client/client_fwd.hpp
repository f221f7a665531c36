/// The name of a client, with its default arguments.
#pragma once

#include <ghl/options/option_set.hpp>

namespace ghl { inline namespace v0 {

template <class Transport, class Json, class Credential, class Options = option_set<>>
class client;

}}  // namespace ghl::v0
