// SPDX-License-Identifier: MIT
#include "engine/base/json/json_writer.h"

#include <charconv>
#include <cmath>

#include "engine/base/assert.h"
#include "engine/base/utf8.h"

namespace vitrine {
namespace {

constexpr uint32_t kMaxDepth = 63;

void append_escaped(std::string& out, std::string_view text) {
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      constexpr char kDigits[] = "0123456789abcdef";
      out.append("\\u00");
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
}

void append_utf8(std::string& out, char32_t code) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (code >> 6)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (code >> 12)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (code >> 18)));
    out.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

std::string repaired(std::string_view text) {
  std::string out;
  for (size_t position = 0; position < text.size();) {
    append_utf8(out, next_code_point(text, position));
  }
  return out;
}

void append_integer(std::string& out, int64_t value) {
  char buffer[24];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), value);
  out.append(buffer, result.ptr);
}

constexpr int kSignificant = 9;  // enough to tell every float from the next

// A number above zero as `digits` * 10^(exponent - 8), with nine digits.
struct Decimal {
  int64_t digits = 0;
  int exponent = 0;
};

Decimal decimal_of(double value) {
  Decimal decimal;
  while (value >= 1e9) value /= 10, ++decimal.exponent;
  while (value < 1e8) value *= 10, --decimal.exponent;
  decimal.digits = static_cast<int64_t>(value + 0.5);
  decimal.exponent += kSignificant - 1;
  if (decimal.digits == 1'000'000'000) {
    decimal.digits /= 10;
    ++decimal.exponent;
  }
  return decimal;
}

// As printf's %.9g, which the page would pay for with several KB, and which knows locales.
void append_number(std::string& out, double value) {
  if (std::signbit(value)) out.push_back('-');
  value = std::fabs(value);
  if (value == 0) return out.push_back('0');
  const Decimal decimal = decimal_of(value);
  std::string digits;
  append_integer(digits, decimal.digits);
  digits.erase(digits.find_last_not_of('0') + 1);
  const int exponent = decimal.exponent;
  const bool scientific = exponent < -4 || exponent >= kSignificant;
  if (!scientific && exponent < 0) digits.insert(0, static_cast<size_t>(-exponent), '0');
  const size_t whole = !scientific && exponent > 0 ? static_cast<size_t>(exponent) + 1 : 1;
  if (digits.size() < whole) digits.resize(whole, '0');
  if (digits.size() > whole) digits.insert(whole, 1, '.');
  out.append(digits);
  if (!scientific) return;
  out.append(exponent < 0 ? "e-" : "e+");
  if (std::abs(exponent) < 10) out.push_back('0');
  append_integer(out, std::abs(exponent));
}

}  // namespace

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  const uint64_t bit = uint64_t{1} << depth_;
  if (has_items_ & bit) out_.push_back(',');
  has_items_ |= bit;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  VITRINE_ASSERT(depth_ < kMaxDepth);
  ++depth_;
  has_items_ &= ~(uint64_t{1} << depth_);
  out_.push_back('{');
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  VITRINE_ASSERT(depth_ > 0);
  --depth_;
  out_.push_back('}');
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  VITRINE_ASSERT(depth_ < kMaxDepth);
  ++depth_;
  has_items_ &= ~(uint64_t{1} << depth_);
  out_.push_back('[');
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  VITRINE_ASSERT(depth_ > 0);
  --depth_;
  out_.push_back(']');
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  string(name);
  out_.push_back(':');
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  out_.push_back('"');
  if (is_valid_utf8(value)) {
    append_escaped(out_, value);
  } else {
    append_escaped(out_, repaired(value));
  }
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::integer(int64_t value) {
  separate();
  append_integer(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  append_number(out_, value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_.append(value ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_.append("null");
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_.append(json);
  return *this;
}

}  // namespace vitrine
