/// To write a JSON policy: its contract, and what walks over the fields of a struct for it, for libraries with events
/// or with documents.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/json_kit/dom_json.hpp>
#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/kind.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/json_kit/writer.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>
