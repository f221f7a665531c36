/// Writes a body of type application/x-www-form-urlencoded.
#pragma once

#include <ghl/detail/text_builder.hpp>
#include <ghl/operation/body_parts.hpp>
#include <ghl/operation/url_plan.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/form.hpp>

#include <string>

namespace ghl { inline namespace v0 { namespace detail {

inline refusal write_form(std::string& body, const erased_parts& parts) {
  struct {
    text_builder out;
    bool first = true;
  } to;
  using target = decltype(to);
  const refusal refused = parts({[](void* with, const body_part& part) {
                                   target& form = *static_cast<target*>(with);
                                   append_parameter(form.out, form.first, part.name, part.text);
                                   form.first = false;
                                   return fault::none;
                                 },
                                 &to});
  if (refused.why != fault::none) return refused;
  if (to.first) return {fault::empty_value, "the body"};
  body = to.out.text();
  return {};
}

}}}  // namespace ghl::v0::detail
