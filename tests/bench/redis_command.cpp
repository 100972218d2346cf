// SPDX-License-Identifier: MIT
#include "tests/bench/redis_command.h"

#include <charconv>

#include "engine/protocol/interaction.h"

namespace vitrine::bench {
namespace {

class Digits {
 public:
  template <typename Number>
  explicit Digits(Number value)
      : size_(static_cast<size_t>(std::to_chars(text_, text_ + sizeof text_, value).ptr - text_)) {}
  operator std::string_view() const { return {text_, size_}; }

 private:
  char text_[24];
  size_t size_;
};

class Hex {
 public:
  explicit Hex(const Id128& id) { id.write_hex(text_); }
  operator std::string_view() const { return {text_, sizeof text_}; }

 private:
  char text_[32];
};

std::string_view bytes_of(const Id128& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

void add_member(std::string& out, std::string_view key, std::string_view text) {
  out.append(key).append("\"").append(text).append("\",");
}

void add_number(std::string& out, std::string_view key, std::string_view digits) {
  out.append(key).append(digits).append(",");
}

}  // namespace

void append_command(std::string& out, std::initializer_list<std::string_view> words) {
  out.append("*").append(Digits(words.size())).append("\r\n");
  for (const std::string_view word : words) {
    out.append("$").append(Digits(word.size())).append("\r\n").append(word).append("\r\n");
  }
}

void append_xadd_fields(std::string& out, const StreamUpdate& stream, const RowToStore& row) {
  append_command(out, {"XADD",
                       "interactions",
                       "*",
                       "device",
                       stream.device,
                       "incarnation",
                       bytes_of(stream.incarnation),
                       "sequence",
                       Digits(row.sequence),
                       "time",
                       Digits(row.device_time),
                       "sent_time",
                       Digits(row.sent_time),
                       "received_time",
                       Digits(row.received_time),
                       "mode",
                       protocol::mode_name(row.mode),
                       "session",
                       bytes_of(row.session),
                       "type",
                       row.type,
                       "campaign",
                       row.campaign,
                       "brand",
                       row.brand,
                       "scene",
                       row.scene,
                       "data",
                       row.data});
}

void append_xadd_packed(std::string& out, const StreamUpdate& stream, const RowToStore& row,
                        std::string& packed) {
  packed.clear();
  add_member(packed, "{\"device\":", stream.device);
  add_member(packed, "\"incarnation\":", Hex(stream.incarnation));
  add_number(packed, "\"sequence\":", Digits(row.sequence));
  add_number(packed, "\"time\":", Digits(row.device_time));
  add_number(packed, "\"sent_time\":", Digits(row.sent_time));
  add_number(packed, "\"received_time\":", Digits(row.received_time));
  add_member(packed, "\"mode\":", protocol::mode_name(row.mode));
  add_member(packed, "\"session\":", Hex(row.session));
  add_member(packed, "\"type\":", row.type);
  add_member(packed, "\"campaign\":", row.campaign);
  add_member(packed, "\"brand\":", row.brand);
  add_member(packed, "\"scene\":", row.scene);
  packed.append("\"data\":").append(row.data).append("}");
  append_command(out, {"XADD", "interactions", "*", "r", packed});
}

void append_xadd_quarantined(std::string& out, const StreamUpdate& stream,
                             const QuarantinedRow& row) {
  append_command(out,
                 {"XADD", "quarantine", "*", "device", stream.device, "incarnation",
                  bytes_of(stream.incarnation), "sequence", Digits(row.sequence), "received_time",
                  Digits(row.received_time), "reason", row.reason, "row", row.row});
}

void append_xadd_loss(std::string& out, const StreamUpdate& stream, const LossRange& loss) {
  append_command(out, {"XADD", "losses", "*", "device", stream.device, "incarnation",
                       bytes_of(stream.incarnation), "first", Digits(loss.first), "last",
                       Digits(loss.last), "received_time", Digits(loss.received_time), "reason",
                       loss.reason, "count_by_type", loss.count_by_type});
}

std::string mark_key(std::string_view device, const Id128& incarnation) {
  std::string key(device);
  return key.append(":").append(Hex(incarnation));
}

}  // namespace vitrine::bench
