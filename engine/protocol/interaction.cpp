// SPDX-License-Identifier: MIT
#include "engine/protocol/interaction.h"

#include <charconv>

namespace vitrine::protocol {
namespace {

constexpr std::string_view kModeNames[] = {"live", "rehearsal", "test"};

class Fnv1a {
 public:
  Fnv1a() = default;
  explicit Fnv1a(uint64_t begun) : value_(begun) {}

  void add(std::string_view bytes) {
    for (char c : bytes) mix(static_cast<unsigned char>(c));
    mix('\n');
  }
  uint64_t value() const { return value_; }

 private:
  void mix(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001B3ull; }
  uint64_t value_ = 0xCBF29CE484222325ull;
};

// Empty for none, else 32 digits in `buffer`.
std::string_view session_text(const Id128& session, char (&buffer)[32]) {
  if (session.is_none()) return {};
  session.write_hex(buffer);
  return {buffer, sizeof(buffer)};
}

uint64_t hash_of(const RowContext& context, TypeId type) {
  Fnv1a hash;
  char session[32];
  hash.add(session_text(context.session, session));
  hash.add(context.campaign);
  hash.add(context.brand);
  hash.add(context.scene);
  hash.add(mode_name(context.mode));
  hash.add(type_info(type).name);
  return hash.value();
}

// Identifiers need no escaping, so the members are written as they are.
void append_member(std::string& out, std::string_view quoted_key, std::string_view identifier) {
  out.append(quoted_key);
  out.push_back('"');
  out.append(identifier);
  out.push_back('"');
}

}  // namespace

std::string_view mode_name(Mode mode) {
  return kModeNames[static_cast<uint8_t>(mode)];
}

std::optional<Mode> find_mode(std::string_view name) {
  for (uint8_t i = 0; i < 3; ++i) {
    if (kModeNames[i] == name) return static_cast<Mode>(i);
  }
  return std::nullopt;
}

void append_context_members(std::string& out, const RowContext& context) {
  char buffer[32];
  append_member(out, "\"session\":", session_text(context.session, buffer));
  append_member(out, ",\"campaign\":", context.campaign);
  append_member(out, ",\"brand\":", context.brand);
  append_member(out, ",\"scene\":", context.scene);
  append_member(out, ",\"mode\":", mode_name(context.mode));
}

void append_own_members(std::string& out, TypeId type, int64_t time_ms) {
  append_member(out, "\"type\":", type_info(type).name);
  out.append(",\"time\":");
  char buffer[24];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), time_ms);
  out.append(buffer, result.ptr);
  out.append(",\"data\":");
}

uint64_t row_hash(const Interaction& row) {
  return RowHasher().hash(row);
}

uint64_t RowHasher::hash(const Interaction& row) {
  if (begun_ == 0 || row.type != type_ || !(row.context == context_)) {
    context_ = row.context;
    type_ = row.type;
    begun_ = hash_of(row.context, row.type);
  }
  Fnv1a hash(begun_);
  char time[24];
  const auto result = std::to_chars(time, time + sizeof(time), row.time_ms);
  hash.add({time, static_cast<size_t>(result.ptr - time)});
  hash.add(row.data);
  return hash.value();
}

}  // namespace vitrine::protocol
