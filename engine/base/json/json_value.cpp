// SPDX-License-Identifier: MIT
// Questions to a parsed value; knows nothing of the parser.
#include "engine/base/json/json.h"

namespace vitrine {

std::string_view json_type_name(JsonType type) {
  switch (type) {
    case JsonType::Null:
      return "null";
    case JsonType::Boolean:
      return "boolean";
    case JsonType::Integer:
      return "integer";
    case JsonType::Number:
      return "number";
    case JsonType::String:
      return "string";
    case JsonType::Array:
      return "array";
    case JsonType::Object:
      return "object";
  }
  return "unknown";
}

JsonType JsonValue::type() const {
  return exists() ? document_->nodes_[index_].type : JsonType::Null;
}

std::optional<bool> JsonValue::boolean() const {
  if (!is(JsonType::Boolean)) return std::nullopt;
  return document_->nodes_[index_].boolean;
}

std::optional<int64_t> JsonValue::integer() const {
  if (!is(JsonType::Integer)) return std::nullopt;
  return document_->nodes_[index_].integer;
}

std::optional<double> JsonValue::number() const {
  if (!is_number()) return std::nullopt;
  const JsonDocument::Node& node = document_->nodes_[index_];
  return node.type == JsonType::Integer ? static_cast<double>(node.integer) : node.number;
}

std::optional<std::string_view> JsonValue::string() const {
  if (!is(JsonType::String)) return std::nullopt;
  const JsonDocument::Node& node = document_->nodes_[index_];
  return std::string_view(document_->strings_).substr(node.offset + 1, node.string_size);
}

size_t JsonValue::size() const {
  return exists() ? document_->nodes_[index_].child_count : 0;
}

JsonValue JsonValue::first() const {
  if (size() == 0) return {};
  return {document_, document_->nodes_[index_].first_child};
}

JsonValue JsonValue::next() const {
  if (!exists()) return {};
  const uint32_t sibling = document_->nodes_[index_].next_sibling;
  return sibling == 0 ? JsonValue() : JsonValue(document_, sibling);
}

std::string_view JsonValue::key() const {
  if (!exists()) return {};
  const JsonDocument::Node& node = document_->nodes_[index_];
  return std::string_view(document_->strings_).substr(node.key_begin, node.key_size);
}

JsonValue JsonValue::find(std::string_view key) const {
  if (!is(JsonType::Object)) return {};
  for (JsonValue child = first(); child.exists(); child = child.next()) {
    if (child.key() == key) return child;
  }
  return {};
}

size_t JsonValue::key_offset() const {
  if (!exists()) return 0;
  const JsonDocument::Node& node = document_->nodes_[index_];
  return node.key_begin != 0 ? node.key_begin - 1 : node.offset;
}

size_t JsonValue::offset() const {
  return exists() ? document_->nodes_[index_].offset : 0;
}

std::string_view JsonValue::raw() const {
  if (!exists()) return {};
  const JsonDocument::Node& node = document_->nodes_[index_];
  return document_->text_.substr(node.offset, node.end - node.offset);
}

}  // namespace vitrine
