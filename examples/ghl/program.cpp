#include "program.hpp"

#include "answer_file.hpp"
#include "check.hpp"
#include "families.hpp"
#include "paging.hpp"
#include "request.hpp"
#include "send.hpp"
#include "text.hpp"
#include "words.hpp"

#include <ghl/options/settings.hpp>
#include <ghl/uses/catalogue.hpp>
#include <ghl/value/remedy.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl_program {
namespace {

constexpr const char* footer =
    "The token is taken from GHL_TOKEN, the API's address from GHL_BASE_URL, and --location-id and --company-id, where\n"
    "they are not given, from GHL_LOCATION_ID and GHL_COMPANY_ID.\n"
    "Exit status: 0 done; 1 it failed, and nothing is known of why; 2 nothing was sent: the command is to be changed;\n"
    "else what to do now: 11 fix the request, 12 fix the Version, 13 refresh the token, 14 replace the token,\n"
    "15 reinstall the app, 16 grant a scope, 17 use a token of the other type, 18 use the right location,\n"
    "19 the route is not enabled, 20 change the User-Agent, 21 wait, 22 wait for the next day, 23 repeat,\n"
    "24 look whether it is deleted already, 25 store the new tokens.\n"
    "Completion: eval \"$(ghl completion bash)\"";

constexpr const char* bash_completion = R"bash(_ghl() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$(ghl --complete "${COMP_WORDS[@]:1:COMP_CWORD}")" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _ghl ghl)bash";

int status_of(const ghl::error& why) {
  if (why.kind == ghl::error_kind::invalid_request) return 2;
  const auto what = why.remedy();
  return what == ghl::remedy::unknown ? 1 : 10 + static_cast<int>(what);
}

std::vector<const family*> families_of(std::string_view version) {
  std::vector<const family*> some;
  for (const family& f : families())
    if (f.version == version) some.push_back(&f);
  return some;
}

/// The words before the options: a family, of a version, and an operation.
struct chosen {
  std::string_view version;
  const family* of = nullptr;
  const ghl::catalogue_entry* operation = nullptr;
};
chosen choose(const std::vector<std::string>& words) {
  chosen c;
  std::size_t at = 0;
  if (at < words.size() && words[at] == "v3") c.version = "v3", ++at;
  for (const family* f : families_of(c.version))
    if (at < words.size() && words[at] == dashed(f->name)) c.of = f;
  if (c.of == nullptr) return c;
  ++at;
  for (const ghl::catalogue_entry& e : c.of->operations)
    if (at < words.size() && words[at] == dashed(e.name)) c.operation = &e;
  return c;
}

/// Candidates for the last of the words.
std::vector<std::string> completions(std::vector<std::string> words) {
  std::vector<std::string> all;
  if (!words.empty()) words.pop_back();
  const chosen c = choose(words);
  if (c.operation != nullptr) {
    for (const flag& f : flags_of(*c.operation)) {
      const ghl::schema& type = f.type().kind == ghl::schema_kind::array ? f.type().element() : f.type();
      if (words.back() == f.name && !type.values.empty()) {
        all.assign(type.values.begin(), type.values.end());
        return all;
      }
      all.push_back(f.name);
    }
    for (const std::string_view own : own_options) all.emplace_back(own);
  } else if (c.of != nullptr) {
    for (const ghl::catalogue_entry& e : c.of->operations) all.push_back(dashed(e.name));
  } else {
    for (const family* f : families_of(c.version)) all.push_back(dashed(f->name));
    if (c.version.empty()) all.insert(all.end(), {"v3", "completion"});
  }
  return all;
}

std::string told(const ghl::catalogue_entry& e) {
  std::string text = std::string{e.title} + ": " + std::string{std::string_view{e.method}} + " " + std::string{e.path};
  for (const std::string_view scope : e.scopes) text += "\nscope: " + std::string{scope};
  if (e.no_token) text += "\nneeds no token";
  else if (e.sub_account != e.agency) text += e.agency ? "\ntoken: an agency's" : "\ntoken: a sub-account's";
  if (e.oauth_only) text += "\nonly a token that OAuth has issued serves";
  return text;
}

/// How many letters are to be changed to make one word of the other, at most.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t before = std::exchange(row[0], i);
    for (std::size_t k = 1; k <= b.size(); ++k)
      before = std::exchange(row[k], std::min({row[k] + 1, row[k - 1] + 1, before + (a[i - 1] == b[k - 1] ? 0U : 1U)}));
  }
  return row.back();
}

/// The sentence about a word that is no family, or no operation of it; empty: it is one, or an option.
std::string unknown_word(const std::vector<std::string>& words) {
  const std::size_t at = !words.empty() && words[0] == "v3" ? 1 : 0;
  const chosen c = choose(words);
  const std::size_t wrong = c.of == nullptr ? at : at + 1;
  if (c.operation != nullptr || wrong >= words.size() || words[wrong].starts_with('-')) return {};
  std::string near;
  std::size_t least = 1 + words[wrong].size() / 2;
  for (const std::string& known : completions({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(wrong) + 1})) {
    const bool contains = words[wrong].size() > 3 && known.find(words[wrong]) != std::string::npos;
    const std::size_t away = contains ? 1 : distance(words[wrong], known);
    if (away >= least) continue;
    least = away;
    near = known;
  }
  return "there is no " + std::string{c.of == nullptr ? "family" : "operation"} + " \"" + words[wrong] + "\"" +
         (near.empty() ? "; see ghl --help" : "; did you mean \"" + near + "\"?");
}

/// One command: an operation, and what was given for it.
class command {
 public:
  command(const ghl::catalogue_entry& e, surroundings& world) : entry_(e), world_(world), flags_(flags_of(e)) {
    values_.resize(flags_.size());
  }

  void add_to(CLI::App& app) {
    for (std::size_t i = 0; i < flags_.size(); ++i) {
      const flag& f = flags_[i];
      const bool is_list = f.type().kind == ghl::schema_kind::array;
      const char* where = f.field != nullptr                                        ? "in the body"
                          : f.parameter->place == ghl::parameter_place::path        ? "in the path"
                          : f.parameter->place == ghl::parameter_place::header      ? "in the header"
                                                                                    : "in the query";
      CLI::Option* o = app.add_option(f.name, values_[i], where + std::string{f.required() ? "; required" : ""});
      // Without extra arguments "[a,b]" is one value, and not CLI11's own notation for two.
      o->type_name(placeholder_of(f.type()))->expected(1, is_list ? 1000 : 1)->allow_extra_args(false);
      o->group("What is sent");
    }
    if (entry_.body.kind != ghl::body_kind::none)
      app.add_option("--body", body_, "the body as JSON, @FILE, or - for the standard input; options add to it")
          ->type_name("JSON");
    app.add_flag("--curl", curl_, "print the command of curl instead of sending anything");
    app.add_flag("--dry-run", dry_run_, "print the request instead of sending it");
    if (entry_.pages.style != ghl::paging::none)
      app.add_flag("--all-pages", all_pages_, "all items, page by page, one a line");
    if (entry_.method == ghl::method::del) app.add_flag("--yes", yes_, "delete without a question");
    app.add_flag("--raw", raw_, "the answer as it came, also on a terminal");
    app.add_flag("--unchecked", unchecked_, "send a body that is not as described");
    app.add_option("--output", output_, "write the answer to this file")->type_name("FILE");
    app.add_option("--base-url", base_url_, "of the API")->type_name("URL");
    app.add_option("--timeout", timeout_, "of a call, retries included")->type_name("SECONDS")->check(CLI::Range(1, 3600));
  }

  int carry_out() {
    if (base_url_.empty()) base_url_ = world_.variable("GHL_BASE_URL");
    const ghl::base_url base = base_url_.empty() ? ghl::base_url{} : ghl::base_url{base_url_};
    if (base.fault() != ghl::fault::none)
      throw usage_error{"the address of the API cannot be used; give it as https://host (or http on a loopback address)"};
    base_url_ = base.url();
    given what = gather();
    given sent = what;
    if (curl_ && entry_.body.kind == ghl::body_kind::multipart) sent.body = nullptr;  // curl reads the files
    const ghl::http::request r = request_of(entry_, sent, base_url_);
    if (curl_) return world_.out << curl_line_of(entry_, what, r) << "\n", 0;
    if (dry_run_) return show(r), 0;
    std::string token = world_.variable("GHL_TOKEN");
    if (token.empty() && !entry_.no_token) throw usage_error{"there is no token; put one into GHL_TOKEN"};
    if (entry_.method == ghl::method::del && !yes_ && !agreed(r)) throw usage_error{"nothing was deleted"};
    const connection via{world_.transport, std::move(token), ghl::milliseconds{std::int64_t{timeout_} * 1000}};
    return all_pages_ ? list(via, std::move(what)) : once(via, r);
  }

 private:
  /// An option behind one that wants a value would be its value.
  void refuse_options_as_values() const {
    const auto is_option = [&](const std::string& text) {
      for (const std::string_view own : own_options)
        if (text == own) return true;
      for (const flag& f : flags_)
        if (text == f.name) return true;
      return false;
    };
    for (std::size_t i = 0; i < flags_.size(); ++i)
      for (const std::string& value : values_[i])
        if (is_option(value)) throw usage_error{flags_[i].name + " has the option " + value + " for a value"};
  }

  given gather() {
    refuse_options_as_values();
    given what;
    for (std::size_t i = 0; i < flags_.size(); ++i) {
      const flag& f = flags_[i];
      if (f.parameter == nullptr) continue;
      auto& values = what.parameters[std::string{f.parameter->name}] = values_[i];
      if (!values.empty()) continue;
      const char* const variable = f.parameter->name == "locationId"  ? "GHL_LOCATION_ID"
                                   : f.parameter->name == "companyId" ? "GHL_COMPANY_ID"
                                                                      : nullptr;
      if (variable == nullptr) continue;
      if (std::string value = world_.variable(variable); !value.empty()) values.push_back(std::move(value));
    }
    what.body = gathered_body();
    return what;
  }

  nlohmann::json gathered_body() {
    nlohmann::json body;
    if (!body_.empty()) {
      const std::string text = body_ == "-" ? std::string{std::istreambuf_iterator<char>{world_.in}, {}}
                               : body_[0] == '@' ? contents_of(body_.substr(1))
                                                 : body_;
      body = parsed<nlohmann::json>(text);
      if (body.is_discarded()) throw usage_error{"--body is no JSON, or nests too deep"};
    }
    for (std::size_t i = 0; i < flags_.size(); ++i) {
      const flag& f = flags_[i];
      if (f.field == nullptr || values_[i].empty()) continue;
      if (!body.is_null() && !body.is_object()) throw usage_error{f.name + " needs a --body that is an object"};
      auto value = value_of(f.type(), values_[i]);
      if (is_wrong(value)) throw usage_error{f.name + " must be " + placeholder_of(f.type())};
      body[std::string{f.field->name}] = std::move(value);
    }
    if (body.is_null() && entry_.body.required) body = nlohmann::json::object();
    if (body.is_null() || unchecked_) return body;
    std::vector<std::string> wrong;
    check(entry_.body.type(), body, "", wrong);
    std::string all;
    for (const std::string& one : wrong) all += "\n  " + one;
    if (!wrong.empty()) throw usage_error{"the body is not as described (--unchecked sends it all the same):" + all};
    return body;
  }

  bool agreed(const ghl::http::request& r) {
    if (!world_.asks) throw usage_error{"DELETE is not sent without --yes where nobody can be asked"};
    world_.err << "DELETE " << r.url << "\nDelete it? [y/N] " << std::flush;
    std::string answer;
    return std::getline(world_.in, answer) && (answer == "y" || answer == "Y" || answer == "yes");
  }

  void show(const ghl::http::request& r) {
    world_.out << std::string_view{r.method} << " " << r.url << "\n";
    if (!entry_.no_token) world_.out << "Authorization: Bearer $GHL_TOKEN\n";
    for (const auto& [name, value] : r.headers) world_.out << name << ": " << value << "\n";
    if (!r.body.empty()) world_.out << "\n" << r.body << "\n";
  }

  int failed(const connection& via, const ghl::error& why, const std::string& more = {}) {
    std::string text = why.message() + more;
    // A server may quote what it was sent. (A shorter text is no token, and may be a word.)
    constexpr std::string_view instead = "[token]";
    constexpr std::size_t shortest = 8;
    for (std::size_t at = 0; via.token.size() >= shortest && (at = text.find(via.token, at)) != std::string::npos;
         at += instead.size())
      text.replace(at, via.token.size(), instead);
    world_.err << "ghl: " << text << "\n";
    return status_of(why);
  }

  int once(const connection& via, const ghl::http::request& r) {
    const ghl::result<std::string> answer = via.call(entry_, r);
    if (!answer) return failed(via, answer.error());
    const bool is_text = entry_.response().kind != ghl::schema_kind::bytes;
    const bool for_person = world_.shows && output_.empty() && !raw_;
    const auto json = is_text && for_person ? parsed<nlohmann::ordered_json>(*answer) : discarded();
    std::string text = json.is_discarded() ? *answer : dumped(json, 2);
    if (for_person) text = visible(text);
    if (is_text && !text.empty()) text += '\n';
    answer_file out{output_, world_.out};
    out.stream() << text;
    return finished(out);
  }

  int list(const connection& via, given what) {
    paged_list pages{entry_.pages};
    pages.begin(what);
    std::size_t items = 0;
    answer_file out{output_, world_.out};
    const bool for_person = world_.shows && output_.empty() && !raw_;
    for (int page = 1;; ++page) {
      ghl::http::request r;
      try {
        r = request_of(entry_, what, base_url_);
      } catch (const usage_error&) {
        if (page == 1) throw;
        return world_.err << "ghl: the server named a next page that cannot be asked for; " << items << " items came\n", 1;
      }
      const ghl::result<std::string> answer = via.call(entry_, r);
      if (!answer) return failed(via, answer.error(), "; to go on: " + visible(pages.told(what)));
      const auto json = parsed<nlohmann::ordered_json>(*answer);
      const auto* found = pages.items_in(json);
      if (found == nullptr) return world_.err << "ghl: page " << page << " has no list of items\n", 1;
      for (const auto& item : *found) {
        const std::string line = dumped(item, -1);
        out.stream() << (for_person ? visible(line) : line) << '\n';
      }
      items += found->size();
      if (world_.asks) world_.err << "\r" << items << " items, " << page << " pages" << std::flush;
      if (!pages.advance(what, json, *found)) break;
    }
    if (world_.asks) world_.err << "\n";
    if (pages.repeated())
      return world_.err << "ghl: the server sent a page again, or has no number for the next; the list may go on\n", 1;
    return finished(out);
  }

  int finished(answer_file& out) {
    if (out.finish()) return 0;
    world_.err << "ghl: the answer could not be written\n";
    return 1;
  }

  const ghl::catalogue_entry& entry_;
  surroundings& world_;
  std::vector<flag> flags_;
  std::vector<std::vector<std::string>> values_;  // of each flag
  std::string body_, base_url_, output_;
  bool curl_ = false, dry_run_ = false, all_pages_ = false, yes_ = false, raw_ = false, unchecked_ = false;
  int timeout_ = 60;
};

}  // namespace

int run(std::vector<std::string> words, surroundings world) {
  if (!words.empty() && words[0] == "--complete") {
    for (const std::string& word : completions({words.begin() + 1, words.end()})) world.out << word << "\n";
    return 0;
  }
  if (words == std::vector<std::string>{"completion", "bash"}) return world.out << bash_completion << "\n", 0;

  const chosen c = choose(words);
  if (const std::string wrong = unknown_word(words); !wrong.empty() && words[0] != "completion")
    return world.err << "ghl: " << visible(wrong) << "\n", 2;
  CLI::App app{"A client of all operations of the HighLevel API.", "ghl"};
  app.require_subcommand(1);
  CLI::App* const v3 = app.add_subcommand("v3", "the operations of version v3");
  app.add_subcommand("completion", "print what makes a shell complete these words")
      ->require_subcommand(1)
      ->add_subcommand("bash");
  v3->require_subcommand(1);
  std::unique_ptr<command> what;
  for (const family& f : families()) {
    CLI::App* const of = (f.version.empty() ? &app : v3)->add_subcommand(dashed(f.name));
    const std::size_t count = f.operations.size();
    of->description(std::to_string(count) + (count == 1 ? " operation" : " operations"))->require_subcommand(1);
    if (&f != c.of) continue;
    for (const ghl::catalogue_entry& e : f.operations) {
      CLI::App* const operation = of->add_subcommand(dashed(e.name), &e == c.operation ? told(e) : std::string{e.title});
      if (&e != c.operation) continue;
      what = std::make_unique<command>(e, world);
      what->add_to(*operation);
    }
  }
  app.footer(footer);  // now, so that those below have none
  try {
    std::reverse(words.begin(), words.end());
    app.parse(std::move(words));
    return what != nullptr ? what->carry_out() : 2;
  } catch (const CLI::ParseError& e) {
    return app.exit(e, world.out, world.err) == 0 ? 0 : 2;
  } catch (const usage_error& e) {
    world.err << "ghl: " << visible(e.what()) << "\n";
    return 2;
  } catch (const nlohmann::json::exception&) {  // of dump(), before anything was sent
    world.err << "ghl: a text of the body is no UTF-8\n";
    return 2;
  }
}

}  // namespace ghl_program
