/// To write an endpoint of your own: the words of a descriptor, the fields of a struct, and the checks.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/file.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/more_words.hpp>
#include <ghl/endpoint/nullable.hpp>
#include <ghl/endpoint/open_enum.hpp>
#include <ghl/endpoint/operation_list.hpp>
#include <ghl/endpoint/page_words.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/required_scopes.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
