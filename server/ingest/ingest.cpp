// SPDX-License-Identifier: MIT
#include "server/ingest/ingest.h"

#include <algorithm>
#include <utility>

#include "engine/protocol/cloudevent.h"

namespace vitrine {

using protocol::FrameError;
using protocol::MessageKind;
using protocol::RowRefusal;

// One frame on its way; each step reads what the ones before it left.
struct IngestSteps {
  Ingest& ingest;
  std::string_view text;
  const IngestSender& sender;
  int64_t received_time;
  bool is_cloudevent;
  IngestBatch& out;
  const protocol::Message* message = nullptr;
  protocol::RowHasher hasher = {};

  using Step = std::optional<FrameError> (IngestSteps::*)();

  std::optional<FrameError> check_size();
  std::optional<FrameError> decode();
  std::optional<FrameError> check_version();
  std::optional<FrameError> check_campaign();
  std::optional<FrameError> correct_clock();

  std::optional<FrameError> run();
  std::optional<RowRefusal> campaign_refusal(const protocol::Interaction& row,
                                             int64_t sent_ms) const;
  void take_row(const protocol::Interaction& row);
  void take_loss(const protocol::Loss& loss);
};

namespace {

// The order of docs/architecture.md, "On the server".
constexpr struct {
  const char* name;
  IngestSteps::Step step;
} kSteps[] = {
    {"check_size", &IngestSteps::check_size},
    {"decode", &IngestSteps::decode},
    {"check_version", &IngestSteps::check_version},
    {"check_campaign", &IngestSteps::check_campaign},
    {"correct_clock", &IngestSteps::correct_clock},
};

// What a batch whose rows share their context keeps.
size_t text_size(const protocol::Batch& batch) {
  if (batch.rows.empty()) return 0;
  const protocol::RowContext& context = batch.rows.front().context;
  size_t size = context.campaign.size() + context.brand.size() + context.scene.size();
  for (const protocol::Interaction& row : batch.rows) size += row.data.size();
  return size;
}

void sort_refusals(std::vector<IngestRefusal>& refused) {
  std::sort(refused.begin(), refused.end(),
            [](const IngestRefusal& a, const IngestRefusal& b) { return a.sequence < b.sequence; });
}

}  // namespace

std::optional<FrameError> IngestSteps::run() {
  for (const auto& entry : kSteps) {
    const std::optional<FrameError> refused = (this->*entry.step)();
    if (refused) return refused;
  }
  return std::nullopt;
}

std::optional<FrameError> IngestSteps::check_size() {
  if (text.size() > protocol::kMaxFrameBytes) return FrameError::TooLarge;
  return std::nullopt;
}

std::optional<FrameError> IngestSteps::decode() {
  message = is_cloudevent ? ingest.decoder_.decode_cloudevent(text) : ingest.decoder_.decode(text);
  if (message == nullptr) return ingest.decoder_.frame_error();
  return std::nullopt;
}

std::optional<FrameError> IngestSteps::check_version() {
  if (message->kind != MessageKind::Batch && message->kind != MessageKind::Loss) {
    return FrameError::Unexpected;
  }
  const bool is_batch = message->kind == MessageKind::Batch;
  const Id128& incarnation = is_batch ? message->batch.incarnation : message->loss.incarnation;
  if (incarnation != sender.incarnation) return FrameError::WrongIncarnation;
  if (is_cloudevent && ingest.decoder_.cloudevent_source() != sender.device) {
    return FrameError::BadIdentifier;
  }
  return std::nullopt;
}

// Everything is copied out of the decoder here: good rows, and with a reason those that are not.
std::optional<FrameError> IngestSteps::check_campaign() {
  out = IngestBatch();
  out.device = sender.device;
  out.incarnation = sender.incarnation;
  if (message->kind == MessageKind::Loss) {
    take_loss(message->loss);
    return std::nullopt;
  }
  const protocol::Batch& batch = message->batch;
  out.first = batch.first;
  out.last = batch.first + batch.count - 1;
  for (const protocol::RefusedRow& row : batch.refused) {
    out.refused.push_back(
        {row.sequence, protocol::row_refusal_name(row.reason), out.text.keep(row.row)});
  }
  out.rows.reserve(batch.rows.size());
  out.text.reserve(text_size(batch));
  for (const protocol::Interaction& row : batch.rows) {
    const std::optional<RowRefusal> refusal = campaign_refusal(row, batch.sent_ms);
    if (!refusal) {
      take_row(row);
      continue;
    }
    out.refused.push_back(
        {row.sequence, protocol::row_refusal_name(*refusal), out.text.keep(row.data)});
  }
  sort_refusals(out.refused);
  return std::nullopt;
}

// All three times are kept; the interaction's own is corrected from them whenever it is read
// (protocol::corrected_time_ms), so that a better rule later serves what is stored already.
std::optional<FrameError> IngestSteps::correct_clock() {
  const bool is_batch = message->kind == MessageKind::Batch;
  out.sent_time = is_batch ? message->batch.sent_ms : message->loss.sent_ms;
  out.received_time = std::clamp<int64_t>(received_time, 0, protocol::kMaxTimeMs);
  ingest.memory_only_ = is_batch && message->batch.memory_only;
  return std::nullopt;
}

std::optional<RowRefusal> IngestSteps::campaign_refusal(const protocol::Interaction& row,
                                                        int64_t sent_ms) const {
  // What happened before there was a campaign belongs to none.
  if (row.context.campaign == protocol::kNoCampaign) return std::nullopt;
  const bool bound = !sender.campaign.empty();
  if (bound && row.context.campaign != sender.campaign) return RowRefusal::WrongCampaign;
  const auto found = ingest.rules_.find(row.context.campaign);
  if (found == ingest.rules_.end()) return RowRefusal::WrongCampaign;
  const CampaignRule& rule = found->second;
  if (!rule.allows[static_cast<size_t>(row.context.mode)]) return RowRefusal::ModeNotAllowed;
  // Only live rows are bound to the campaign's days: rehearsals come before them.
  if (row.context.mode != protocol::Mode::Live) return std::nullopt;
  const int64_t happened = protocol::corrected_time_ms(row.time_ms, sent_ms, received_time);
  const int64_t last = rule.ends > protocol::kMaxTimeMs - kCampaignGraceMs
                           ? protocol::kMaxTimeMs
                           : rule.ends + kCampaignGraceMs;
  if (happened > last) return RowRefusal::CampaignEnded;
  return std::nullopt;
}

void IngestSteps::take_row(const protocol::Interaction& row) {
  IngestRow taken;
  taken.sequence = row.sequence;
  taken.hash = std::max<uint64_t>(1, hasher.hash(row));
  taken.device_time = row.time_ms;
  taken.mode = row.context.mode;
  taken.session = row.context.session;
  // Names of types live in the dictionary; the rest in the decoder, which the next frame reuses.
  taken.type = protocol::type_info(row.type).name;
  taken.data = out.text.keep(row.data);
  const IngestRow* last = out.rows.empty() ? nullptr : &out.rows.back();
  // Mostly what the row before it had.
  auto keep = [&](std::string_view name, std::string_view IngestRow::*member) {
    return last != nullptr && last->*member == name ? last->*member : out.text.keep(name);
  };
  taken.campaign = keep(row.context.campaign, &IngestRow::campaign);
  taken.brand = keep(row.context.brand, &IngestRow::brand);
  taken.scene = keep(row.context.scene, &IngestRow::scene);
  out.rows.push_back(taken);
}

void IngestSteps::take_loss(const protocol::Loss& loss) {
  out.first = loss.first;
  out.last = loss.last;
  out.losses.push_back({loss.first, loss.last, protocol::loss_reason_name(loss.reason),
                        out.text.keep(loss.counts_json)});
}

std::optional<FrameError> Ingest::accept(std::string_view text, const IngestSender& sender,
                                         int64_t received_time, IngestBatch& out) {
  return IngestSteps{*this, text, sender, received_time, false, out}.run();
}

std::optional<FrameError> Ingest::accept_cloudevent(std::string_view text,
                                                    const IngestSender& sender,
                                                    int64_t received_time, IngestBatch& out) {
  return IngestSteps{*this, text, sender, received_time, true, out}.run();
}

}  // namespace vitrine
