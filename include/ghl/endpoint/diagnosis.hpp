/// What can be wrong with an endpoint; well_formed.hpp has a sentence for each.
#pragma once

#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

enum class diagnosis : unsigned char {
  none,
  no_request,
  incomplete,
  no_descriptor,
  unusable_endpoint,
  inconstant_endpoint,
  union_request,
  // in the words of the descriptor
  no_word,
  endpoint_arguments,
  word_arguments,
  no_title,
  no_method,
  path_without_slash,
  path_character,
  path_segment,
  empty_placeholder,
  repeated_placeholder,
  unfilled_placeholder,
  unknown_placeholder,
  too_many_placeholders,
  repeated_parameter,
  repeated_member,
  unnamed_parameter,
  query_character,
  two_bodies,
  body_on_get,
  two_versions,
  version_form,
  scope_form,
  too_many_scopes,
  repeated_scope,
  no_token,
  token_beside_none,
  header_name,
  own_header,
  two_pages,
  pages_arguments,
  // in the types of its members and of its response
  foreign_member,
  path_of_many,
  path_type,
  query_type,
  header_type,
  commas_without_list,
  empty_of_no_text,
  pages_type,
  pages_member,
  body_type,
  form_struct,
  form_field,
  multipart_struct,
  multipart_field,
  no_response,
  response_type,
  field_type,
  enum_without_names,
  enum_name_empty,
  enum_name_twice,
  enum_value_twice,
  json_as_type,
  json_as_from,
  json_as_to,
  json_as_default,
  unusable_fields,
  inconstant_fields,
  union_fields,
  map_key,
  cannot_be_made,
  constant_field,
  foreign_field,
  unnamed_field,
  repeated_field,
  repeated_field_member,
  no_field,
  field_arguments,
  forgotten_member,
};

/// A mistake and the name of its culprit.
struct finding {
  diagnosis what = diagnosis::none;
  std::string_view culprit = {};
};

}}}  // namespace ghl::v0::detail
