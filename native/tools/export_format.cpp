// SPDX-License-Identifier: MIT
#include "native/tools/export_format.h"

#include "engine/base/rfc3339.h"
#include "engine/protocol/cloudevent.h"
#include "engine/protocol/dictionary.h"

namespace vitrine::tools {
namespace {

void append_time(std::string& out, int64_t time_ms) {
  out += ',';
  append_rfc3339(out, time_ms);
}

void append_next_cell(std::string& out, std::string_view text) {
  out += ',';
  append_csv_cell(out, text);
}

}  // namespace

void append_json_line(std::string& out, const StoredRow& row) {
  protocol::StoredEvent event;
  event.device = row.device;
  event.incarnation = row.incarnation;
  event.sent_ms = row.sent_time;
  event.received_ms = row.received_time;
  event.type_name = row.type;
  event.interaction.sequence = row.sequence;
  event.interaction.time_ms = row.device_time;
  event.interaction.context = {row.session, row.campaign, row.brand, row.scene, row.mode};
  event.interaction.data = row.data;
  protocol::append_cloudevent(out, event);
  out += '\n';
}

std::string_view csv_header() {
  return "id,source,type,time,devicetime,senttime,receivedtime,session,campaign,brand,scene,mode,"
         "data\r\n";
}

void append_csv_line(std::string& out, const StoredRow& row) {
  append_csv_cell(out, row.incarnation.to_hex() + ":" + std::to_string(row.sequence));
  append_next_cell(out, row.device);
  append_next_cell(out, row.type);
  append_time(out, protocol::corrected_time_ms(row.device_time, row.sent_time, row.received_time));
  append_time(out, row.device_time);
  append_time(out, row.sent_time);
  append_time(out, row.received_time);
  append_next_cell(out, row.session.is_none() ? std::string() : row.session.to_hex());
  append_next_cell(out, row.campaign);
  append_next_cell(out, row.brand);
  append_next_cell(out, row.scene);
  append_next_cell(out, protocol::mode_name(row.mode));
  append_next_cell(out, row.data);
  out += "\r\n";
}

void append_csv_cell(std::string& out, std::string_view text) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  const bool needs_quotes = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (needs_quotes) out += '"';
  if (is_formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (needs_quotes) out += '"';
}

}  // namespace vitrine::tools
