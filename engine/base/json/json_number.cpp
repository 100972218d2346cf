// SPDX-License-Identifier: MIT
#include "engine/base/json/json_number_internal.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr int64_t kLargestInteger = int64_t{1} << 53;

// Reads one number with RapidJSON's own full-precision conversion: strtod depends on the locale
// and libc++ 13 has no from_chars for doubles.
struct DoubleReader : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, DoubleReader> {
  double value = 0;
  bool Default() { return false; }
  bool Int(int v) { return keep(v); }
  bool Uint(unsigned v) { return keep(v); }
  bool Int64(int64_t v) { return keep(static_cast<double>(v)); }
  bool Uint64(uint64_t v) { return keep(static_cast<double>(v)); }
  bool Double(double v) { return keep(v); }
  bool keep(double v) {
    value = v;
    return true;
  }
};

// Zero however it is written: RapidJSON counts the leading zero bits of a zero when there are many
// digits, which is undefined.
bool is_zero_text(std::string_view digits) {
  const std::string_view mantissa = digits.substr(0, digits.find_first_of("eE"));
  return mantissa.find_first_of("123456789") == std::string_view::npos;
}

// Exact where mantissa and power of ten are both exact as doubles (Clinger 1990): nearly every
// number people write. Nothing for the others.
std::optional<double> parse_short_decimal(std::string_view digits) {
  constexpr double kPowers[] = {1e0, 1e1, 1e2, 1e3, 1e4,  1e5,  1e6,  1e7,
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

}  // namespace

bool is_integer_text(std::string_view digits) {
  // Not find_first_of: that is a call of memchr for every digit, of every row.
  return std::none_of(digits.begin(), digits.end(),
                      [](char c) { return c == '.' || c == 'e' || c == 'E'; });
}

std::optional<int64_t> parse_integer(std::string_view digits) {
  const bool negative = digits.front() == '-';
  int64_t value = 0;
  for (char c : digits.substr(negative ? 1 : 0)) {
    value = value * 10 + (c - '0');
    if (value > kLargestInteger) return std::nullopt;
  }
  return negative ? -value : value;
}

std::optional<double> parse_double(std::string_view digits) {
  if (const std::optional<double> value = parse_short_decimal(digits)) return value;
  if (is_zero_text(digits)) return digits.front() == '-' ? -0.0 : 0.0;
  rapidjson::MemoryStream stream(digits.data(), digits.size());
  rapidjson::Reader reader;
  DoubleReader handler;
  if (reader.Parse<rapidjson::kParseFullPrecisionFlag>(stream, handler).IsError()) {
    return std::nullopt;
  }
  if (!std::isfinite(handler.value)) return std::nullopt;
  return handler.value;
}

}  // namespace vitrine
