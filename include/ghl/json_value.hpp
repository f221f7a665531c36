/// ghl::json_value: any JSON, kept as a text, for members, bodies and responses that no struct describes.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/json_kit/json_value.hpp>
#include <ghl/json_kit/kind.hpp>
