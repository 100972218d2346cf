// SPDX-License-Identifier: MIT
#include "engine/base/rfc3339.h"

#include "engine/base/assert.h"

namespace vitrine {
namespace {

constexpr int64_t kEndMs = 253402300799999;  // of the year 9999
constexpr int64_t kDayMs = 86400000;

struct Date {
  int64_t year = 1970;
  uint32_t month = 1;
  uint32_t day = 1;
};

// Proleptic Gregorian calendar, days from 1970-01-01 (Hinnant, "chrono-compatible low-level date
// algorithms").
int64_t days_from_date(const Date& date) {
  const int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const int64_t era = year / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t shifted_month = date.month > 2 ? date.month - 3 : date.month + 9;
  const int64_t day_of_year = (153 * shifted_month + 2) / 5 + date.day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date date_from_days(int64_t days) {
  const int64_t shifted = days + 719468;
  const int64_t era = shifted / 146097;
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted_month = (5 * day_of_year + 2) / 153;
  Date date;
  date.day = static_cast<uint32_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<uint32_t>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

void append_digits(std::string& out, int64_t value, int width) {
  char digits[8];
  for (int i = width - 1; i >= 0; --i) {
    digits[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits, static_cast<size_t>(width));
}

// Reads from the front of a text; false leaves the rest undefined.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool digits(size_t width, int64_t smallest, int64_t largest, int64_t& out) {
    if (text_.size() < width) return false;
    out = 0;
    for (size_t i = 0; i < width; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return false;
      out = out * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(width);
    return out >= smallest && out <= largest;
  }
  bool one_of(std::string_view allowed) {
    if (text_.empty() || allowed.find(text_.front()) == std::string_view::npos) return false;
    last_ = text_.front();
    text_.remove_prefix(1);
    return true;
  }
  char last() const { return last_; }
  bool done() const { return text_.empty(); }
  bool next_is_digit() const { return !text_.empty() && text_[0] >= '0' && text_[0] <= '9'; }

 private:
  std::string_view text_;
  char last_ = 0;
};

uint32_t days_in_month(int64_t year, int64_t month) {
  constexpr uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool scan_date(Scanner& in, int64_t& days) {
  int64_t year = 0, month = 0, day = 0;
  if (!in.digits(4, 1970, 9999, year) || !in.one_of("-") || !in.digits(2, 1, 12, month) ||
      !in.one_of("-") || !in.digits(2, 1, days_in_month(year, month), day)) {
    return false;
  }
  days = days_from_date({year, static_cast<uint32_t>(month), static_cast<uint32_t>(day)});
  return true;
}

bool scan_fraction(Scanner& in, int64_t& milliseconds) {
  if (!in.one_of(".")) return true;
  if (!in.next_is_digit()) return false;
  int64_t scale = 100;
  while (in.one_of("0123456789")) {
    milliseconds += (in.last() - '0') * scale;
    scale /= 10;
  }
  return true;
}

bool scan_clock(Scanner& in, int64_t& milliseconds) {
  int64_t hour = 0, minute = 0, second = 0;
  // A leap second is the first moment of the next minute.
  if (!in.digits(2, 0, 23, hour) || !in.one_of(":") || !in.digits(2, 0, 59, minute) ||
      !in.one_of(":") || !in.digits(2, 0, 60, second)) {
    return false;
  }
  milliseconds = ((hour * 60 + minute) * 60 + second) * 1000;
  return scan_fraction(in, milliseconds);
}

bool scan_offset(Scanner& in, int64_t& milliseconds) {
  if (in.one_of("Zz")) return true;
  if (!in.one_of("+-")) return false;
  const int64_t sign = in.last() == '-' ? -1 : 1;
  int64_t hours = 0, minutes = 0;
  if (!in.digits(2, 0, 23, hours) || !in.one_of(":") || !in.digits(2, 0, 59, minutes)) {
    return false;
  }
  milliseconds = sign * (hours * 60 + minutes) * 60000;
  return true;
}

}  // namespace

void append_rfc3339(std::string& out, int64_t time_ms) {
  VITRINE_ASSERT(time_ms >= 0 && time_ms <= kEndMs);
  const Date date = date_from_days(time_ms / kDayMs);
  const int64_t in_day = time_ms % kDayMs;
  append_digits(out, date.year, 4);
  out.push_back('-');
  append_digits(out, date.month, 2);
  out.push_back('-');
  append_digits(out, date.day, 2);
  out.push_back('T');
  append_digits(out, in_day / 3600000, 2);
  out.push_back(':');
  append_digits(out, in_day / 60000 % 60, 2);
  out.push_back(':');
  append_digits(out, in_day / 1000 % 60, 2);
  out.push_back('.');
  append_digits(out, in_day % 1000, 3);
  out.push_back('Z');
}

std::optional<int64_t> parse_rfc3339(std::string_view text) {
  Scanner in(text);
  int64_t days = 0, clock = 0, offset = 0;
  if (!scan_date(in, days) || !in.one_of("Tt") || !scan_clock(in, clock) ||
      !scan_offset(in, offset) || !in.done()) {
    return std::nullopt;
  }
  const int64_t time = days * kDayMs + clock - offset;
  if (time < 0 || time > kEndMs) return std::nullopt;
  return time;
}

}  // namespace vitrine
