// SPDX-License-Identifier: MIT
// A bounded JSON value with positions. The only place that knows a JSON library (RapidJSON, as SAX
// reader). Refused with line and column: depth beyond the limit, too many values or members,
// duplicate keys, integers beyond 2^53, NaN and infinities, invalid UTF-8, lone surrogates,
// anything after the value, and a NUL anywhere. Time grows with n log n at worst, whatever the
// bytes are.
//
// A document keeps its own memory between parses, so reuse one. Not thread-safe; one a thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

enum class JsonType : uint8_t { Null, Boolean, Integer, Number, String, Array, Object };

std::string_view json_type_name(JsonType type);

struct JsonLimits {
  size_t max_bytes = 1 << 20;  // at most 1 GiB
  uint32_t max_depth = 32;
  uint32_t max_values = 200000;
  uint32_t max_members = 4096;  // of one object; find() walks them
};

// Where parsing stopped. Lines and columns count from 1; columns count bytes.
struct JsonError {
  enum class Code {
    TooLarge,
    TooDeep,
    TooManyValues,
    TooManyMembers,
    DuplicateKey,
    IntegerRange,
    NumberRange,
    NulInString,
    Syntax,
  };
  Code code = Code::Syntax;
  size_t offset = 0;
  uint32_t line = 1;
  uint32_t column = 1;
  std::string message;  // "duplicate key \"id\""
};

class JsonDocument;

// A view of one value. Cheap to copy; valid until its document parses again or dies. A default
// JsonValue is "absent": exists() is false, every question about it answers no.
class JsonValue {
 public:
  JsonValue() = default;

  bool exists() const { return document_ != nullptr; }
  JsonType type() const;  // Null for an absent value
  bool is(JsonType type) const { return exists() && this->type() == type; }
  // Integer is also a number.
  bool is_number() const { return is(JsonType::Integer) || is(JsonType::Number); }

  std::optional<bool> boolean() const;
  std::optional<int64_t> integer() const;  // |value| <= 2^53
  std::optional<double> number() const;    // of Integer or Number
  std::optional<std::string_view> string() const;

  // Children of an array or object in the order written; 0 for others.
  size_t size() const;
  // The first child; walk with next(). Absent when there is none.
  JsonValue first() const;
  JsonValue next() const;
  // The key under which this value stands in an object, "" elsewhere.
  std::string_view key() const;
  // The member of that name, absent when there is none or this is no object.
  JsonValue find(std::string_view key) const;

  // Byte offset of the value's first character in the text it was parsed from.
  size_t offset() const;
  // The same of its key's opening quote; offset() where there is no key.
  size_t key_offset() const;
  // The bytes of the text it was parsed from. Expects: the text is still alive.
  std::string_view raw() const;

 private:
  friend class JsonDocument;
  friend struct JsonBuilder;
  JsonValue(const JsonDocument* document, uint32_t index) : document_(document), index_(index) {}

  const JsonDocument* document_ = nullptr;
  uint32_t index_ = 0;
};

class JsonDocument {
 public:
  // Parses `text`, which must outlive the use of raw(). On failure root() is absent and error()
  // says why.
  bool parse(std::string_view text, const JsonLimits& limits = {});

  JsonValue root() const;
  const JsonError& error() const { return error_; }

  struct Position {
    uint32_t line = 1;
    uint32_t column = 1;
  };
  // Line and column of a byte offset of the text given to the last parse.
  Position position(size_t offset) const;

 private:
  friend class JsonValue;
  friend struct JsonBuilder;

  bool fail(JsonError::Code code, size_t offset, std::string message);

  // Strings and keys stand unescaped behind their opening quotes in strings_.
  struct Node {
    JsonType type = JsonType::Null;
    bool boolean = false;
    uint32_t key_begin = 0, key_size = 0;  // 0: no key
    uint32_t string_size = 0;
    uint32_t child_count = 0;
    uint32_t first_child = 0, last_child = 0, next_sibling = 0;  // 0: none (0 is the root)
    uint32_t offset = 0, end = 0;
    union {
      int64_t integer = 0;
      double number;
    };
  };

  std::string_view text_;
  std::vector<Node> nodes_;
  std::vector<uint32_t> open_;
  std::vector<uint32_t> by_key_;  // scratch: members of one object, sorted to find doubles
  std::string strings_;           // the text again, strings unescaped where they stand
  JsonError error_;
};

}  // namespace vitrine
