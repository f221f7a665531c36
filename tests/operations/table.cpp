// The parts of table.hpp that no type changes.
#include "table.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace operations {

std::string object(std::vector<std::string> members) {
  std::sort(members.begin(), members.end());
  std::string text = "{";
  for (const std::string& m : members) text += (text.size() > 1 ? "," : "") + m;
  return text + "}";
}

void tell(const char* name, const ghl::endpoint_facts& facts, row described) {
  std::string scopes, tokens, parameters;
  for (const std::string_view s : facts.scopes) scopes += (scopes.empty() ? "" : " ") + std::string{s};
  const auto add = [&](bool taken, const char* token) {
    if (taken) tokens += (tokens.empty() ? "" : " or ") + std::string{token};
  };
  add(facts.sub_account, "sub-account");
  add(facts.agency, "agency");
  add(facts.no_token, "none");
  if (facts.oauth_only) tokens += ", of OAuth";
  std::sort(described.parameters.begin(), described.parameters.end());
  for (const std::string& p : described.parameters) parameters += (parameters.empty() ? "" : "; ") + p;
  const std::string columns[] = {name, std::string{to_string(facts.method)}, std::string{facts.path},
                                 std::string{facts.version}, scopes, tokens, parameters, described.body,
                                 described.response};
  std::string line;
  for (const std::string& c : columns) line += (line.empty() ? "" : "\t") + c;
  std::puts(line.c_str());
}

}  // namespace operations
