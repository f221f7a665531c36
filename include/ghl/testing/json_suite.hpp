/// The conformance suite of JSON policies.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/named.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/api.hpp>
#include <ghl/testing/json_suite/converted.hpp>
#include <ghl/testing/json_suite/free_form.hpp>
#include <ghl/testing/json_suite/reading.hpp>
#include <ghl/testing/json_suite/refusing.hpp>
#include <ghl/testing/json_suite/run.hpp>
#include <ghl/testing/json_suite/subject.hpp>
#include <ghl/testing/json_suite/writing.hpp>

#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: shows whether a JSON policy does what the library relies on: what it reads, what it refuses and how, what
/// it writes. It needs no test framework.
/// Example:
///     int main() {
///       const ghl::testing::report r = ghl::testing::json_suite(my_json{});
///       std::fputs(ghl::testing::to_text(r).c_str(), stdout);
///       return ghl::testing::failed(r) == 0 ? 0 : 1;
///     }
/// What is demanded: the checks whose names begin with "reads", "refuses", "writes" and the like are what a program may
/// rely on with any policy. Those that begin with "says" or "names" demand the exact ghl::fault and place as well; a
/// policy on ghl::json_reader and ghl::json_fault passes them, and one that fails them alone is sound but tells its
/// users less. A policy without `encode` reads only: its checks of writing are reported as not run.
/// What your library makes impossible is a known limit:
/// json_suite_options{.known_limits = {{"the name of the check", "why"}}}. Such a check is not run, and reported with
/// the reason; a name that no check has is a failure. `.only` names one check to run.
/// What is not demanded: an order of keys, a spelling of floating-point numbers, whether escapes have capitals.
/// Numbers: RFC 8259, section 6, leaves it to an implementation which of them it takes. Those whose exponent no double
/// can hold may be treated either way where there is a value near them: 1e-400, 0e400 or 0e9999999999 may be read as
/// zero or be refused, as number_out_of_range or malformed, but must not become another number. What is larger than
/// every double is refused where it is read, and may be refused where it is ignored; all that doubles hold is read to
/// the last bit. The sign of a zero may be lost, and an integer of 64 bits may be refused where it is written with a
/// point or an exponent. The adapters of ghl do better: tests/json/differential.cpp holds them to one answer.
/// Sanitizers: recommended. Each text ends with its buffer, so AddressSanitizer sees a policy that reads past the end,
/// and some are nested 100,000 levels deep.
/// Errors: what the policy throws is a failed check. Thread safety: as safe as the policy.
template <class Json>
[[nodiscard]] report json_suite(Json&& policy, json_suite_options options = {}) {
  constexpr bool reads = json_decoder<std::remove_reference_t<Json>, json::everything>;
  static_assert(detail::holds<reads, Json>,
                "ghl: a JSON policy has a template decode<T>(std::string_view) that returns ghl::result<T>; copy "
                "examples/04_json_policy.cpp");
  report results;
  json::checks checks{results, std::move(options)};
  if constexpr (reads) {
    json::subject<std::remove_reference_t<Json>> subject{policy};
    json::check_reading(checks, subject);
    json::check_refusing(checks, subject);
    json::check_writing(checks, subject);
    json::check_free_form(checks, subject);
    json::check_converted(checks, subject);
    json::check_api(checks, subject);
  }
  checks.end();
  return results;
}

}}}  // namespace ghl::v0::testing
