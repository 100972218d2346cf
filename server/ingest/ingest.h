// SPDX-License-Identifier: MIT
// What a frame goes through on its way to the store, step by step; docs/protocol.md is the
// contract.
//
//   here, on the loop's thread:       check_size → decode → check_version → check_campaign →
//                                     correct_clock
//   settle.h and the writer's thread: → deduplicate → append
//
// Every row ends stored, quarantined under a counted name, or recognised as a duplicate. A frame
// that is refused leaves nothing behind.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/protocol/messages.h"
#include "server/ingest/batch.h"

namespace vitrine {

// What ingest must know of a campaign.
struct CampaignRule {
  int64_t ends = protocol::kMaxTimeMs;              // ms since 1970 UTC
  std::array<bool, 3> allows = {true, true, true};  // by protocol::Mode
};

using CampaignRules = std::map<std::string, CampaignRule, std::less<>>;

// Rows up to this long after a campaign's end are its last guests', not a mistake.
constexpr int64_t kCampaignGraceMs = 24 * 60 * 60 * 1000;

// Who sends, as the hello proved it.
struct IngestSender {
  std::string device;
  Id128 incarnation;
  std::string campaign = {};  // the only one it may record for; "": any the server has
};

class Ingest {
 public:
  // `rules` outlives this; it may change between calls.
  explicit Ingest(const CampaignRules& rules) : rules_(rules) {}

  // A batch or loss frame of vitrine.1. On success `out` is replaced and nullopt returned; else the
  // reason why the frame is refused whole (Unexpected: another kind of message).
  std::optional<protocol::FrameError> accept(std::string_view text, const IngestSender& sender,
                                             int64_t received_time, IngestBatch& out);

  // One CloudEvent of subprotocol cloudevents.json.
  std::optional<protocol::FrameError> accept_cloudevent(std::string_view text,
                                                        const IngestSender& sender,
                                                        int64_t received_time, IngestBatch& out);

  // The member the last refusal was about, for logs.
  std::string_view error_field() const { return decoder_.error_field(); }
  // What the last accepted batch said of the device's storage.
  bool memory_only() const { return memory_only_; }

 private:
  friend struct IngestSteps;

  const CampaignRules& rules_;
  protocol::MessageDecoder decoder_;
  bool memory_only_ = false;
};

}  // namespace vitrine
