// SPDX-License-Identifier: MIT
#include "engine/base/json/json_number_internal.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr int64_t kLargestInteger = int64_t{1} << 53;
constexpr size_t kLargestDigits = 16;  // of it; RapidJSON lets no leading zeros through

// Exact where mantissa and power of ten are both exact as doubles (Clinger 1990): nearly every
// number people write. Nothing for the others.
std::optional<double> parse_short_decimal(std::string_view digits) {
  constexpr double kPowers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = digits.front() == '-';
  const std::string_view body = digits.substr(negative ? 1 : 0);
  if (body.size() > 16) return std::nullopt;
  int64_t mantissa = 0;
  size_t decimals = 0;
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '.') {
      decimals = body.size() - 1 - i;
      continue;
    }
    if (body[i] < '0' || body[i] > '9') return std::nullopt;  // an exponent
    mantissa = mantissa * 10 + (body[i] - '0');
  }
  const double value = static_cast<double>(mantissa) / kPowers[decimals];
  return negative ? -value : value;
}

// A decimal number as written: digits * 10^exponent.
struct Decimal {
  uint64_t digits = 0;
  int exponent = 0;
};

constexpr int kFarExponent = 1'000'000;  // beyond any double, whatever the digits are

int parse_exponent(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c >= '0' && c <= '9') value = std::min(value * 10 + (c - '0'), kFarExponent);
  }
  return text.starts_with('-') ? -value : value;
}

// Digits that no longer fit are cut off.
Decimal parse_decimal(std::string_view body) {
  constexpr uint64_t kRoom = (UINT64_MAX - 9) / 10;
  Decimal decimal;
  bool after_point = false;
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == 'e' || body[i] == 'E') {
      decimal.exponent += parse_exponent(body.substr(i + 1));
      break;
    }
    if (body[i] == '.') {
      after_point = true;
      continue;
    }
    const bool fits = decimal.digits <= kRoom;
    if (fits) decimal.digits = decimal.digits * 10 + static_cast<uint64_t>(body[i] - '0');
    if (fits == after_point) decimal.exponent += fits ? -1 : 1;
  }
  return decimal;
}

double power_of_ten(int exponent) {
  double power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;  // exact up to 22
  return power;
}

}  // namespace

bool is_integer_text(std::string_view digits) {
  // Not find_first_of: that is a call of memchr for every digit, of every row.
  return std::none_of(digits.begin(), digits.end(),
                      [](char c) { return c == '.' || c == 'e' || c == 'E'; });
}

std::optional<int64_t> parse_integer(std::string_view digits) {
  const bool negative = digits.front() == '-';
  const std::string_view body = digits.substr(negative ? 1 : 0);
  if (body.size() > kLargestDigits) return std::nullopt;
  int64_t value = 0;
  for (char c : body) value = value * 10 + (c - '0');
  if (value > kLargestInteger) return std::nullopt;
  return negative ? -value : value;
}

// The number nearest to what is written up to fifteen digits (Clinger 1990: digits and power of ten
// are both exact as doubles), within a few units in the last place beyond; strtod depends on the
// locale, libc++ 13 has no from_chars for doubles, and exact tables would be a hundredth of the
// page. Nothing when it is too large. `digits` is a number that RapidJSON found well formed.
std::optional<double> parse_double(std::string_view digits) {
  if (const std::optional<double> value = parse_short_decimal(digits)) return value;
  constexpr int kExactPower = 22;
  const bool negative = digits.front() == '-';
  const Decimal decimal = parse_decimal(digits.substr(negative ? 1 : 0));
  auto value = static_cast<double>(decimal.digits);
  int exponent = decimal.digits == 0 ? 0 : std::clamp(decimal.exponent, -400, 400);
  for (; exponent < -kExactPower; exponent += kExactPower) value /= power_of_ten(kExactPower);
  for (; exponent > kExactPower; exponent -= kExactPower) value *= power_of_ten(kExactPower);
  value = exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent);
  if (!std::isfinite(value)) return std::nullopt;
  return negative ? -value : value;
}

}  // namespace vitrine
