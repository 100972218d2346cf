// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/protocol/limits.h"
#include "engine/protocol/row_reader_internal.h"

namespace vitrine::protocol {
namespace {

enum class Empty { Allowed, Refused };

bool read_identifier(JsonValue value, Empty empty, std::string_view& out) {
  const std::optional<std::string_view> text = value.string();
  if (!text) return false;
  if (text->empty() && empty == Empty::Allowed) {
    out = {};
    return true;
  }
  if (!is_identifier(*text, kMaxIdLength)) return false;
  out = *text;
  return true;
}

bool read_session(JsonValue value, Id128& out) {
  const std::optional<std::string_view> text = value.string();
  if (!text) return false;
  out = {};
  if (text->empty()) return true;
  const std::optional<Id128> id = Id128::from_hex(*text);
  if (!id || id->is_none()) return false;
  out = *id;
  return true;
}

bool read_mode(JsonValue value, Mode& out) {
  const std::optional<std::string_view> text = value.string();
  const std::optional<Mode> mode = text ? find_mode(*text) : std::nullopt;
  if (mode) out = *mode;
  return mode.has_value();
}

std::optional<RowRefusal> check_range(double value, const PropertyInfo& property) {
  if (value < property.min || value > property.max) return RowRefusal::PropertyRange;
  return std::nullopt;
}

std::optional<RowRefusal> check_text(std::string_view text, const PropertyInfo& property) {
  if (property.kind == PropertyKind::Enumerated) {
    const auto end = property.values.end();
    if (std::find(property.values.begin(), end, text) != end) return std::nullopt;
    return RowRefusal::PropertyValue;
  }
  if (text.size() > property.max_length) return RowRefusal::PropertyLength;
  if (!is_identifier(text, property.max_length)) return RowRefusal::PropertyValue;
  return std::nullopt;
}

std::optional<RowRefusal> check_property(JsonValue value, const PropertyInfo& property) {
  switch (property.kind) {
    case PropertyKind::Integer:
      if (!value.is(JsonType::Integer)) return RowRefusal::PropertyType;
      return check_range(static_cast<double>(*value.integer()), property);
    case PropertyKind::Number:
      if (!value.is_number()) return RowRefusal::PropertyType;
      return check_range(*value.number(), property);
    case PropertyKind::Boolean:
      if (!value.is(JsonType::Boolean)) return RowRefusal::PropertyType;
      return std::nullopt;
    case PropertyKind::Enumerated:
    case PropertyKind::Identifier:
      if (!value.is(JsonType::String)) return RowRefusal::PropertyType;
      return check_text(*value.string(), property);
  }
  return RowRefusal::PropertyType;
}

// The properties usually come in the dictionary's order: look at the expected place first.
size_t find_property(std::span<const PropertyInfo> properties, std::string_view name,
                     size_t expected) {
  if (expected < properties.size() && properties[expected].name == name) return expected;
  for (size_t i = 0; i < properties.size(); ++i) {
    if (properties[i].name == name) return i;
  }
  return properties.size();
}

struct OwnFields {
  std::string_view type;
  std::optional<int64_t> time;
  JsonValue data;
};

bool read_own_member(std::string_view key, JsonValue value, OwnFields& own) {
  if (key == "type") {
    own.type = value.string().value_or("");
  } else if (key == "time") {
    own.time = read_time(value);
  } else if (key == "data") {
    own.data = value;
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<RowRefusal> ContextFields::refusal() const {
  if (wrong == 0) return std::nullopt;
  if (wrong & kOther) return RowRefusal::UnknownField;
  if (wrong & kSession) return RowRefusal::BadSession;
  if (wrong & kCampaign) return RowRefusal::BadCampaign;
  if (wrong & kBrand) return RowRefusal::BadBrand;
  if (wrong & kScene) return RowRefusal::BadScene;
  return RowRefusal::BadMode;
}

bool read_context_member(std::string_view key, JsonValue value, ContextFields& fields) {
  RowContext& context = fields.context;
  const auto note = [&fields](ContextFields::Bit bit, bool good) {
    fields.wrong = good ? fields.wrong & ~bit : fields.wrong | bit;
    return true;
  };
  if (key == "session") {
    return note(ContextFields::kSession, read_session(value, context.session));
  }
  if (key == "campaign") {
    return note(ContextFields::kCampaign, read_identifier(value, Empty::Refused, context.campaign));
  }
  if (key == "brand") {
    return note(ContextFields::kBrand, read_identifier(value, Empty::Allowed, context.brand));
  }
  if (key == "scene") {
    return note(ContextFields::kScene, read_identifier(value, Empty::Allowed, context.scene));
  }
  if (key == "mode") return note(ContextFields::kMode, read_mode(value, context.mode));
  return false;
}

std::optional<int64_t> read_time(JsonValue value) {
  const std::optional<int64_t> time = value.is(JsonType::Integer) ? value.integer() : std::nullopt;
  if (!time || *time < 0 || *time > kMaxTimeMs) return std::nullopt;
  return time;
}

std::string_view one_line(std::string_view raw, std::string& compacted) {
  const auto breaks = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (std::none_of(raw.begin(), raw.end(), breaks)) return raw;
  // Inside a JSON string control characters are escaped, so every one here is white space.
  const size_t begin = compacted.size();
  std::remove_copy_if(raw.begin(), raw.end(), std::back_inserter(compacted), breaks);
  return std::string_view(compacted).substr(begin);
}

std::optional<RowRefusal> check_data(JsonValue data, const TypeInfo& type) {
  if (!data.is(JsonType::Object)) return RowRefusal::BadData;
  uint32_t seen = 0;
  size_t expected = 0;
  for (JsonValue value = data.first(); value.exists(); value = value.next()) {
    const size_t index = find_property(type.properties, value.key(), expected);
    if (index == type.properties.size()) return RowRefusal::UnknownProperty;
    const std::optional<RowRefusal> refusal = check_property(value, type.properties[index]);
    if (refusal) return refusal;
    seen |= uint32_t{1} << index;
    expected = index + 1;
  }
  if ((type.required & ~seen) != 0) return RowRefusal::MissingProperty;
  return std::nullopt;
}

std::optional<RowRefusal> read_row(JsonValue row, const ContextFields& common,
                                   std::string& compacted, Interaction& out) {
  if (!row.is(JsonType::Object)) return RowRefusal::NotAnObject;
  if (row.raw().size() > kMaxRowBytes) return RowRefusal::RowTooLarge;
  ContextFields fields = common;
  OwnFields own;
  for (JsonValue value = row.first(); value.exists(); value = value.next()) {
    const std::string_view key = value.key();
    if (!read_own_member(key, value, own) && !read_context_member(key, value, fields)) {
      return RowRefusal::UnknownField;
    }
  }
  const std::optional<RowRefusal> context_refusal = fields.refusal();
  if (context_refusal) return context_refusal;
  const TypeInfo* type = find_type(own.type);
  if (!type) return RowRefusal::UnknownType;
  if (!own.time) return RowRefusal::BadTime;
  const std::optional<RowRefusal> data_refusal = check_data(own.data, *type);
  if (data_refusal) return data_refusal;
  out.type = type->id;
  out.time_ms = *own.time;
  out.context = fields.context;
  out.data = one_line(own.data.raw(), compacted);
  return std::nullopt;
}

}  // namespace vitrine::protocol
