// SPDX-License-Identifier: MIT
#include "engine/protocol/cloudevent.h"

#include <algorithm>

#include "engine/base/rfc3339.h"
#include "engine/protocol/limits.h"

namespace vitrine::protocol {
namespace {

void append_time(JsonWriter& writer, std::string_view name, int64_t time_ms) {
  std::string text;
  append_rfc3339(text, time_ms);
  writer.key(name).string(text);
}

void encode_answer(std::string_view type, const Id128& incarnation, std::string_view name,
                   uint64_t value, std::string& out) {
  out.clear();
  const std::string hex = incarnation.to_hex();
  JsonWriter writer(out);
  writer.begin_object();
  writer.key("specversion").string("1.0");
  writer.key("id").string(hex + ":" + std::string(name) + ":" + std::to_string(value));
  writer.key("source").string("vitrine-server");
  writer.key("type").string(type);
  writer.key("data").begin_object();
  writer.key("incarnation").string(hex);
  writer.key(name).integer(static_cast<int64_t>(value));
  writer.end_object();
  writer.end_object();
}

}  // namespace

int64_t corrected_time_ms(int64_t time_ms, int64_t sent_ms, int64_t received_ms) {
  return std::clamp<int64_t>(received_ms - (sent_ms - time_ms), 0, received_ms);
}

void append_cloudevent(std::string& out, const StoredEvent& event) {
  const Interaction& row = event.interaction;
  const RowContext& context = row.context;
  JsonWriter writer(out);
  writer.begin_object();
  writer.key("specversion").string("1.0");
  writer.key("id").string(event.incarnation.to_hex() + ":" + std::to_string(row.sequence));
  writer.key("source").string(event.device);
  writer.key("type").string(event.type_name.empty() ? type_info(row.type).name : event.type_name);
  append_time(writer, "time", corrected_time_ms(row.time_ms, event.sent_ms, event.received_ms));
  append_time(writer, "devicetime", row.time_ms);
  append_time(writer, "senttime", event.sent_ms);
  append_time(writer, "receivedtime", event.received_ms);
  writer.key("datacontenttype").string("application/json");
  writer.key("session").string(context.session.is_none() ? "" : context.session.to_hex());
  writer.key("campaign").string(context.campaign);
  writer.key("brand").string(context.brand);
  writer.key("scene").string(context.scene);
  writer.key("mode").string(mode_name(context.mode));
  writer.key("data").raw(row.data);
  writer.end_object();
}

void encode_cloudevent_ack(const Id128& incarnation, uint64_t mark, std::string& out) {
  encode_answer("vitrine.ack", incarnation, "mark", mark, out);
}

void encode_cloudevent_gap(const Id128& incarnation, uint64_t expected, std::string& out) {
  encode_answer("vitrine.gap", incarnation, "expected", expected, out);
}

}  // namespace vitrine::protocol
