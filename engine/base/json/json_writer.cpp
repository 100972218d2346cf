// SPDX-License-Identifier: MIT
#include "engine/base/json/json_writer.h"

#include <charconv>
#include <cmath>
#include <cstdio>

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
      char buffer[8];
      std::snprintf(buffer, sizeof(buffer), "\\u%04x", byte);
      out.append(buffer);
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
  char buffer[24];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), value);
  out_.append(buffer, result.ptr);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  char buffer[32];
  const int length = std::snprintf(buffer, sizeof(buffer), "%.9g", value);
  // A library may have set a locale with a decimal comma.
  for (int i = 0; i < length; ++i) {
    if (buffer[i] == ',') buffer[i] = '.';
  }
  out_.append(buffer, static_cast<size_t>(length));
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
