// SPDX-License-Identifier: MIT
// Interactions as CloudEvents 1.0 (JSON format), for export and for other people's devices.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/id128.h"
#include "engine/protocol/interaction.h"

namespace vitrine::protocol {

// One stored row with everything that is known about its time.
struct StoredEvent {
  std::string_view device = {};
  Id128 incarnation = {};
  Interaction interaction = {};
  // "": interaction.type; else a type this build's dictionary lacks
  std::string_view type_name = {};
  int64_t sent_ms = 0;      // the device's clock when it sent the batch
  int64_t received_ms = 0;  // the server's clock when the batch arrived
};

// received_ms - (sent_ms - time_ms), kept within 0..received_ms: the interaction's time by the
// server's clock, if the device's clock ran evenly between the two.
int64_t corrected_time_ms(int64_t time_ms, int64_t sent_ms, int64_t received_ms);

// Appends one CloudEvent as a JSON object: specversion, id, source, type, time (corrected),
// devicetime, senttime, receivedtime, session, campaign, brand, scene, mode, data.
void append_cloudevent(std::string& out, const StoredEvent& event);

// The two answers of the server to a client of subprotocol cloudevents.json, CloudEvents too.
void encode_cloudevent_ack(const Id128& incarnation, uint64_t mark, std::string& out);
void encode_cloudevent_gap(const Id128& incarnation, uint64_t expected, std::string& out);

}  // namespace vitrine::protocol
