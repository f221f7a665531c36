/// What a std::reference_wrapper refers to, without <functional>.
#pragma once

namespace ghl { inline namespace v0 { namespace detail {

/// The policy itself, where a std::reference_wrapper is given.
template <class J>
constexpr auto& json_of(J& json) noexcept {
  if constexpr (requires { static_cast<typename J::type&>(json.get()); }) return json.get();
  else return json;
}

}}}  // namespace ghl::v0::detail
