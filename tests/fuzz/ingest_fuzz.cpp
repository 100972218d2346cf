// SPDX-License-Identifier: MIT
// Any bytes, each line a frame of one connection, through every step of ingest into a store: every
// sequence that a frame settles is a row, a refusal or a loss, each once; the store accepts every
// group; its mark is what was settled.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/base/assert.h"
#include "engine/base/json/json.h"
#include "engine/protocol/limits.h"
#include "server/ingest/ingest.h"
#include "server/ingest/settle.h"
#include "server/store/memory_store.h"

using namespace vitrine;

namespace {

constexpr int64_t kNow = 1'700'000'000'000;

void check_coverage(const IngestBatch& batch) {
  VITRINE_ASSERT(batch.first >= 1 && batch.first <= batch.last);
  VITRINE_ASSERT(batch.last <= protocol::kMaxSequence);
  size_t row = 0, refused = 0;
  if (!batch.losses.empty()) {
    VITRINE_ASSERT(batch.rows.empty() && batch.refused.empty());
    VITRINE_ASSERT(batch.losses[0].first == batch.first && batch.losses[0].last == batch.last);
    return;
  }
  for (uint64_t sequence = batch.first; sequence <= batch.last; ++sequence) {
    const bool is_row = row < batch.rows.size() && batch.rows[row].sequence == sequence;
    const bool is_refused =
        refused < batch.refused.size() && batch.refused[refused].sequence == sequence;
    VITRINE_ASSERT(is_row != is_refused);
    row += is_row ? 1 : 0;
    refused += is_refused ? 1 : 0;
  }
  VITRINE_ASSERT(row == batch.rows.size() && refused == batch.refused.size());
}

void check_rows(const IngestBatch& batch) {
  JsonDocument document;
  for (const IngestRow& row : batch.rows) {
    VITRINE_ASSERT(row.hash != 0 && !row.type.empty());
    VITRINE_ASSERT(row.campaign == "lip-popup" || row.campaign == protocol::kNoCampaign);
    VITRINE_ASSERT(row.data.find('\n') == std::string_view::npos);
    VITRINE_ASSERT(document.parse(row.data) && document.root().is(JsonType::Object));
  }
  for (const IngestRefusal& row : batch.refused) {
    VITRINE_ASSERT(protocol::find_row_refusal(row.reason).has_value());
    VITRINE_ASSERT(row.row.size() <= protocol::kMaxRowBytes);
  }
}

class Connection {
 public:
  Connection() {
    rules_["lip-popup"].allows = {true, false, false};
    sender_.device = "kiosk-1";
    sender_.incarnation.bytes.fill(1);
  }

  void take(std::string_view frame) {
    IngestBatch batch;
    if (ingest_.accept(frame, sender_, kNow, batch)) return;
    check_coverage(batch);
    check_rows(batch);
    const uint64_t before = memory_.mark;
    const SettleResult result = settle_batch(batch, memory_, group_);
    VITRINE_ASSERT(result.mark == memory_.mark && memory_.mark >= before);
    const uint64_t settled = result.rows + result.quarantined + result.lost;
    VITRINE_ASSERT(memory_.mark - before == settled);
    if (group_.empty()) return;
    VITRINE_ASSERT(store_->append(group_).ok());
    const auto state = store_->find_stream(sender_.device, sender_.incarnation);
    VITRINE_ASSERT(state.value()->mark == memory_.mark);
    memory_.update = StreamMemory::kNoUpdate;
    group_.clear();
  }

 private:
  CampaignRules rules_;
  Ingest ingest_{rules_};
  IngestSender sender_;
  StreamMemory memory_;
  Group group_;
  std::unique_ptr<Store> store_ = make_memory_store();
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Connection connection;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    connection.take(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return 0;
}
