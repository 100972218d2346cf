// SPDX-License-Identifier: MIT
#include "engine/base/json/json.h"

#include <rapidjson/allocators.h>
#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <algorithm>
#include <cstddef>

#include "engine/base/assert.h"
#include "engine/base/json/json_number_internal.h"
#include "engine/base/utf8.h"

namespace vitrine {

// Receives RapidJSON's events and appends nodes. A member returns false to stop the reader after it
// has written error. The reader works in the document's own copy of the text and unescapes strings
// where they stand, so that none is copied a second time. While it reports a string, a key or a
// number, `stream` still stands at its beginning: the reader moves on in a copy.
struct JsonBuilder {
  JsonDocument& document;
  const JsonLimits& limits;
  rapidjson::InsituStringStream& stream;
  bool plain = false;  // the text has no escapes and is valid UTF-8: so is every string of it
  uint32_t key_begin = 0, key_size = 0;
  bool stopped = false;

  bool stop(JsonError::Code code, std::string message) {
    return stop(code, std::move(message), stream.Tell());
  }
  bool stop(JsonError::Code code, std::string message, size_t offset) {
    document.error_.code = code;
    document.error_.message = std::move(message);
    document.error_.offset = offset;
    stopped = true;
    return false;
  }

  bool add(JsonType type, size_t begin, size_t end, JsonDocument::Node** out) {
    auto& nodes = document.nodes_;
    if (nodes.size() >= limits.max_values) {
      return stop(JsonError::Code::TooManyValues,
                  "more than " + std::to_string(limits.max_values) + " values");
    }
    const auto index = static_cast<uint32_t>(nodes.size());
    JsonDocument::Node& node = nodes.emplace_back();
    node.type = type;
    node.offset = static_cast<uint32_t>(begin);
    node.end = static_cast<uint32_t>(end);
    if (!document.open_.empty()) attach(index, node);
    *out = &node;
    return true;
  }

  void attach(uint32_t index, JsonDocument::Node& node) {
    JsonDocument::Node& parent = document.nodes_[document.open_.back()];
    if (parent.type == JsonType::Object) {
      node.key_begin = key_begin;
      node.key_size = key_size;
    }
    if (parent.child_count++ == 0) {
      parent.first_child = index;
    } else {
      document.nodes_[parent.last_child].next_sibling = index;
    }
    parent.last_child = index;
  }

  // Behind the bracket.
  bool open(JsonType type) {
    if (document.open_.size() >= limits.max_depth) {
      return stop(JsonError::Code::TooDeep,
                  "nested deeper than " + std::to_string(limits.max_depth), stream.Tell() - 1);
    }
    JsonDocument::Node* node = nullptr;
    if (!add(type, stream.Tell() - 1, stream.Tell(), &node)) return false;
    document.open_.push_back(static_cast<uint32_t>(document.nodes_.size() - 1));
    return true;
  }

  bool close() {
    document.nodes_[document.open_.back()].end = static_cast<uint32_t>(stream.Tell());
    document.open_.pop_back();
    return true;
  }
  bool close_object() {
    if (!check_doubles(document.open_.back())) return false;
    return close();
  }

  size_t opening_quote(const char* value) const {
    return static_cast<size_t>(value - document.strings_.data()) - 1;
  }
  // Behind the closing quote of a string of so many bytes. Written with escapes it is longer: then
  // what stands where its quote would be is no quote, or an escaped one.
  size_t string_end(size_t begin, size_t length) const {
    const std::string_view text = document.text_;
    const size_t quote = begin + 1 + length;
    if (plain) return quote + 1;
    if (text[quote] == '"' && text[quote - 1] != '\\') return quote + 1;
    size_t at = begin + 1;
    while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return at + 1;
  }

  bool check_string(std::string_view value, size_t offset);
  bool check_doubles(uint32_t object);

  bool Null() {
    JsonDocument::Node* node = nullptr;
    return add(JsonType::Null, stream.Tell() - 4, stream.Tell(), &node);
  }
  bool Bool(bool value) {
    JsonDocument::Node* node = nullptr;
    const size_t end = stream.Tell();
    if (!add(JsonType::Boolean, end - (value ? 4 : 5), end, &node)) return false;
    node->boolean = value;
    return true;
  }
  // Numbers arrive as text (kParseNumbersAsStrings) so that their range is ours to judge.
  bool RawNumber(const char* digits, rapidjson::SizeType length, bool);
  bool String(const char* bytes, rapidjson::SizeType length, bool);
  bool Key(const char* bytes, rapidjson::SizeType length, bool);
  bool StartObject() { return open(JsonType::Object); }
  bool EndObject(rapidjson::SizeType) { return close_object(); }
  bool StartArray() { return open(JsonType::Array); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  // Never called with kParseNumbersAsStrings, but the reader names them.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }
};

namespace {

// Without NUL.
bool is_ascii(std::string_view text) {
  bool ascii = true;
  for (char c : text) ascii &= static_cast<signed char>(c) > 0;
  return ascii;
}

bool is_plain(std::string_view text) {
  return text.find('\\') == std::string_view::npos && is_valid_utf8(text);
}

std::string_view syntax_message(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "something after the end";
    case rapidjson::kParseErrorObjectMissName:
      return "a key in double quotes belongs here";
    case rapidjson::kParseErrorObjectMissColon:
      return "a colon belongs after the key";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "a comma or } belongs here";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "a comma or ] belongs here";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "not a valid escape in a string";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "a string without its closing quote";
    case rapidjson::kParseErrorStringInvalidEncoding:
      return "a bare line end or control character in a string";
    case rapidjson::kParseErrorNumberMissFraction:
    case rapidjson::kParseErrorNumberMissExponent:
      return "digits are missing in a number";
    case rapidjson::kParseErrorValueInvalid:
      return "not a JSON value";
    default:
      return "not valid JSON";
  }
}

}  // namespace

bool JsonBuilder::RawNumber(const char*, rapidjson::SizeType length, bool) {
  const size_t begin = stream.Tell();
  const std::string_view text = document.text_.substr(begin, length);
  JsonDocument::Node* node = nullptr;
  if (is_integer_text(text)) {
    const std::optional<int64_t> value = parse_integer(text);
    if (!value) return stop(JsonError::Code::IntegerRange, "integer beyond 2^53");
    if (!add(JsonType::Integer, begin, begin + length, &node)) return false;
    node->integer = *value;
    return true;
  }
  const std::optional<double> value = parse_double(text);
  if (!value) return stop(JsonError::Code::NumberRange, "number out of range");
  if (!add(JsonType::Number, begin, begin + length, &node)) return false;
  node->number = *value;
  return true;
}

// RapidJSON copies what is no UTF-8 as it is, and lets a lone low surrogate through.
bool JsonBuilder::check_string(std::string_view value, size_t offset) {
  if (plain || is_ascii(value)) return true;
  if (value.find('\0') != std::string_view::npos) {
    return stop(JsonError::Code::NulInString, "NUL inside a string", offset);
  }
  if (!is_valid_utf8(value)) {
    return stop(JsonError::Code::Syntax,
                "a string that is not valid UTF-8 or has half a surrogate pair", offset);
  }
  return true;
}

bool JsonBuilder::String(const char* bytes, rapidjson::SizeType length, bool) {
  const std::string_view value(bytes, length);
  const size_t begin = opening_quote(bytes);
  if (!check_string(value, begin)) return false;
  JsonDocument::Node* node = nullptr;
  if (!add(JsonType::String, begin, string_end(begin, length), &node)) return false;
  node->string_size = length;
  return true;
}

bool JsonBuilder::Key(const char* bytes, rapidjson::SizeType length, bool) {
  const std::string_view name(bytes, length);
  const size_t begin = opening_quote(bytes);
  if (!check_string(name, begin)) return false;
  if (document.nodes_[document.open_.back()].child_count >= limits.max_members) {
    return stop(JsonError::Code::TooManyMembers,
                "more than " + std::to_string(limits.max_members) + " keys in one object", begin);
  }
  key_begin = static_cast<uint32_t>(begin + 1);
  key_size = length;
  return true;
}

namespace {

constexpr size_t kFewMembers = 12;

// By comparing each with each: quicker than sorting for the few members that objects mostly have.
template <typename KeyOf>
bool has_double(const std::vector<uint32_t>& members, const KeyOf& key) {
  for (size_t i = 1; i < members.size(); ++i) {
    const std::string_view later = key(members[i]);
    for (size_t j = 0; j < i; ++j) {
      if (key(members[j]) == later) return true;
    }
  }
  return false;
}

}  // namespace

// When the object closes, by sorting, so that hostile objects cost n log n and not n squared. The
// first of the second occurrences in the text is the one reported.
bool JsonBuilder::check_doubles(uint32_t object) {
  if (document.nodes_[object].child_count < 2) return true;
  std::vector<uint32_t>& members = document.by_key_;
  members.clear();
  for (JsonValue child = JsonValue(&document, object).first(); child.exists();
       child = child.next()) {
    members.push_back(child.index_);
  }
  auto key = [&](uint32_t index) { return JsonValue(&document, index).key(); };
  if (members.size() <= kFewMembers && !has_double(members, key)) return true;
  const auto is_before = [&](uint32_t a, uint32_t b) {
    const int order = key(a).compare(key(b));
    return order != 0 ? order < 0 : a < b;
  };
  // A heap is a third of the code of std::sort and as bounded.
  std::make_heap(members.begin(), members.end(), is_before);
  std::sort_heap(members.begin(), members.end(), is_before);
  uint32_t first_double = 0;
  for (size_t i = 1; i < members.size(); ++i) {
    if (key(members[i]) != key(members[i - 1])) continue;
    if (first_double == 0 || members[i] < first_double) first_double = members[i];
  }
  if (first_double == 0) return true;
  return stop(JsonError::Code::DuplicateKey,
              "duplicate key \"" + std::string(key(first_double)) + "\"",
              document.nodes_[first_double].key_begin - 1);
}

bool JsonDocument::parse(std::string_view text, const JsonLimits& limits) {
  text_ = text;
  nodes_.clear();
  open_.clear();
  error_ = {};
  VITRINE_ASSERT(limits.max_bytes <= (size_t{1} << 30));  // offsets are kept in 32 bits
  if (text.size() > limits.max_bytes) {
    error_.code = JsonError::Code::TooLarge;
    error_.message = "larger than " + std::to_string(limits.max_bytes) + " bytes";
    return false;
  }
  // The reader takes a NUL for the end of the text and would never look at what follows.
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return fail(JsonError::Code::Syntax, nul, "a NUL byte");
  }
  strings_.assign(text);
  rapidjson::InsituStringStream stream(strings_.data());
  JsonBuilder builder{*this, limits, stream, is_plain(text)};
  // The reader calls itself for what is nested, which open() limits; its stack is hardly used.
  alignas(std::max_align_t) char stack[512];
  rapidjson::MemoryPoolAllocator<> pool(stack, sizeof(stack));
  rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, rapidjson::MemoryPoolAllocator<>>
      reader(&pool, sizeof(stack) / 2);
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  if (!result.IsError()) return true;
  if (builder.stopped) return fail(error_.code, error_.offset, std::move(error_.message));
  if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
    return fail(JsonError::Code::NumberRange, result.Offset(), "number out of range");
  }
  return fail(JsonError::Code::Syntax, result.Offset(),
              result.Offset() >= text.size() ? "the text ends too early"
                                             : std::string(syntax_message(result.Code())));
}

bool JsonDocument::fail(JsonError::Code code, size_t offset, std::string message) {
  nodes_.clear();
  const Position at = position(offset);
  error_ = {code, offset, at.line, at.column, std::move(message)};
  return false;
}

JsonValue JsonDocument::root() const {
  return nodes_.empty() ? JsonValue() : JsonValue(this, 0);
}

JsonDocument::Position JsonDocument::position(size_t offset) const {
  Position at;
  for (size_t i = 0; i < offset && i < text_.size(); ++i) {
    if (text_[i] == '\n') {
      ++at.line;
      at.column = 1;
    } else {
      ++at.column;
    }
  }
  return at;
}

}  // namespace vitrine
