// What an error tells of the headers of an answer: Retry-After in all its forms, and the rate limits.
// Input: a letter for the status, the value of Retry-After, a line feed, the value of Date, a line feed, header lines.
// The first eight bytes of the Retry-After are read as a moment, too, which has to come back out of every spelling.
#include "fuzz.hpp"

#include <ghl/api/links.hpp>
#include <ghl/operation/interpret.hpp>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <memory>
#include <optional>
#include <utility>

namespace {

using fuzz::demand;

/// The body is of no interest here.
struct no_json {
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    return ghl::decode_error(ghl::fault::malformed);
  }
};

ghl::error failure(int status, const ghl::http::headers& headers) {
  auto r = ghl::interpret<ghl::links::delete_link>(ghl::http::response{status, headers, ""}, no_json{});
  demand(!r.has_value(), "an empty answer is an error");
  return std::move(r).error();
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// What a text of digits says; `most` where it says more.
std::int64_t number_of(std::string_view digits, std::int64_t most) {
  digits.remove_prefix((std::min)(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > 18) return most;
  return (std::min)(most, digits.empty() ? 0 : static_cast<std::int64_t>(std::stoll(std::string{digits})));
}

enum class spelling : unsigned char { usual, old, asctime };

/// A moment in one of the three spellings of RFC 9110, section 5.6.7, by the C library's calendar; no day of the week.
std::string spelled(std::int64_t moment, spelling how, bool leap_second = false) {
  const auto time = static_cast<std::time_t>(moment - (leap_second ? 1 : 0));
  std::tm t{};
  demand(gmtime_r(&time, &t) != nullptr, "a moment has a date");
  constexpr char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::string month{months + 3 * t.tm_mon, 3};
  const int year = t.tm_year + 1900;
  const int second = leap_second ? 60 : t.tm_sec;
  char out[96];
  if (how == spelling::usual)
    std::snprintf(out, sizeof out, ", %02d %s %04d %02d:%02d:%02d GMT", t.tm_mday, month.c_str(), year, t.tm_hour,
                  t.tm_min, second);
  else if (how == spelling::old)
    std::snprintf(out, sizeof out, ", %02d-%s-%02d %02d:%02d:%02d GMT", t.tm_mday, month.c_str(), year % 100, t.tm_hour,
                  t.tm_min, second);
  else
    std::snprintf(out, sizeof out, " %s %2d %02d:%02d:%02d %04d", month.c_str(), t.tm_mday, t.tm_hour, t.tm_min, second,
                  year);
  return out;
}

/// Whether a text says that moment, whatever day of the week it names.
bool says(std::string text, std::int64_t moment) {
  const std::size_t day = text.find_first_of(", ");
  if (day == std::string::npos) return false;
  text.erase(0, day);
  if (const std::size_t zero = text.find(" 0"); text.front() == ' ' && zero == 4) text[5] = ' ';  // Nov 06 for Nov  6
  for (const spelling how : {spelling::usual, spelling::old, spelling::asctime})
    for (const bool leap_second : {false, true})
      if (text == spelled(moment, how, leap_second)) return true;
  return false;
}

void check_value(int status, const std::string& value, const std::string& date) {
  const ghl::http::headers headers{{"Retry-After", value}, {"Date", date}};
  const std::string text{*headers.get("Retry-After")};
  const ghl::error e = failure(status, headers);
  demand(!e.retry_after || e.retry_after->count() >= 0, "no wait is negative", text);
  if (is_digits(text)) {
    demand(e.retry_after && !e.retry_at, "a number is a span of time", text);
    demand(e.retry_after->count() == number_of(text, 1'000'000'000) * 1000, "seconds are read as they are", text);
    return;
  }
  demand(!e.retry_after || e.retry_at, "what is no number and no date says nothing", text);
  if (!e.retry_at) return;
  demand(says(text, *e.retry_at), "a moment is the one that the date says", text + " = " + std::to_string(*e.retry_at));
  if (!e.retry_after) return;
  const auto now = ghl::detail::read_http_date(*headers.get("Date"));
  demand(now && says(std::string{*headers.get("Date")}, now->seconds), "a date is a span of time beside a Date", text);
  const auto wait = (std::clamp)(*e.retry_at - now->seconds, std::int64_t{0}, std::int64_t{1'000'000'000});
  demand(e.retry_after->count() == wait * 1000, "a span of time is what lies between the dates", text);
}

void comes_back(std::int64_t moment, const std::string& text, const std::string& date = {}) {
  const ghl::error e = failure(429, {{"Retry-After", text}, {"Date", date}});
  demand(e.retry_at == moment && e.retry_after.has_value() == !date.empty(), "a good date is read", text);
}

/// A moment up to the end of the year 9999 in all spellings.
void check_moment(std::uint64_t bits) {
  const auto moment = static_cast<std::int64_t>(bits % 253'402'300'800U);
  comes_back(moment, "Mon" + spelled(moment, spelling::usual));
  comes_back(moment, "Tue" + spelled(moment, spelling::asctime));
  // A year of two digits is one of the hundred around the server's Date, which is up to 49 years away here.
  const auto away = static_cast<std::int64_t>(bits >> 40U) % (49 * 365 * 86'400);
  const std::int64_t now = (bits & 1U) != 0 ? moment + away : (std::max)(std::int64_t{0}, moment - away);
  if (now < 253'402'300'800)
    comes_back(moment, "Wednesday" + spelled(moment, spelling::old), "Thu" + spelled(now, spelling::usual));
}

constexpr std::string_view limit_names[] = {
    "x-ratelimit-max",         "x-ratelimit-remaining",       "x-ratelimit-interval-milliseconds",
    "x-ratelimit-limit-daily", "x-ratelimit-daily-remaining", "x-ratelimit-daily-reset"};

std::string lowered(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// What the lines say, line by line: the first good one of each name counts.
struct told {
  std::optional<std::int64_t> limits[6]{};
  std::string content_type{};
  std::string date{};
  std::string retry_after{};
};

told read(const ghl::http::headers& headers) {
  told t;
  for (const ghl::http::header& line : headers) {
    const std::string name = lowered(line.name);
    if (name == "content-type" && t.content_type.empty()) t.content_type = line.value;
    if (name == "date" && !ghl::detail::read_http_date(t.date)) t.date = line.value;
    if (name == "retry-after" && !ghl::detail::read_retry_after(t.retry_after).good()) t.retry_after = line.value;
    for (std::size_t i = 0; i < 6; ++i)
      if (name == limit_names[i] && !t.limits[i] && is_digits(line.value) && line.value.size() <= 18)
        t.limits[i] = number_of(line.value, 999'999'999'999'999'999);
  }
  return t;
}

bool same(const ghl::rate_limit& l, const told& t) {
  return l.max == t.limits[0] && l.remaining == t.limits[1] && l.interval_ms == t.limits[2] &&
         l.daily_limit == t.limits[3] && l.daily_remaining == t.limits[4] && l.daily_reset_in_ms == t.limits[5];
}

void check_lines(int status, fuzz::input in) {
  ghl::http::headers headers;
  while (!in.empty()) {
    fuzz::input line{in.until('\n')};
    const std::string_view name = line.until(':');
    headers.add(name, line.rest());
  }
  const told t = read(headers);
  const ghl::error e = failure(status, headers);
  demand(same(e.rate_limit, t), "a limit is the number that its header says, or none", headers.block());
  demand(e.content_type == t.content_type, "the content type is the first that is there", headers.block());
  const ghl::detail::retry_hint hint = ghl::detail::read_retry_after(t.retry_after, t.date);
  demand(e.retry_after == hint.after && e.retry_at == hint.at, "the first good Retry-After counts", headers.block());

  // Once more from a buffer that ends with the lines, so that AddressSanitizer sees a byte too many.
  const std::string_view block = headers.block();
  const std::unique_ptr<char[]> exact{new char[block.size()]};
  block.copy(exact.get(), block.size());
  const std::string_view lines{exact.get(), block.size()};
  demand(same(ghl::detail::rate_limit_in(lines), t), "no limit comes from behind the lines", block);
  demand(same(ghl::detail::read_failure_headers(lines).limits, t), "a failure is read to the same limits", block);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input in{fuzz::text_of(data, size)};
  constexpr int statuses[] = {429, 503, 401, 200, 301, 500};
  const int status = statuses[static_cast<unsigned char>(in.byte()) % 6];
  const std::string_view value = in.until('\n');
  const std::string_view date = in.until('\n');
  check_value(status, std::string{value}, std::string{date});
  check_moment(in.number(value.substr(0, 8)));
  check_lines(status, in);
  return 0;
}
