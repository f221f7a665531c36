/// To write a transport: requests and answers, the errors to return, and the contracts of each shape.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/policy/transport.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
