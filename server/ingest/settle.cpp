// SPDX-License-Identifier: MIT
#include "server/ingest/settle.h"

#include <algorithm>

#include "engine/base/assert.h"
#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"

namespace vitrine {
namespace {

std::string key_of(const std::string& device, const Id128& incarnation) {
  std::string key(reinterpret_cast<const char*>(incarnation.bytes.data()),
                  incarnation.bytes.size());
  return key += device;
}

void count_resent(const IngestBatch& batch, const StreamMemory& memory, SettleResult& result) {
  for (const IngestRow& row : batch.rows) {
    if (row.sequence > memory.mark) return;
    ++result.duplicates;
    const uint64_t known = memory.hash_of(row.sequence);
    if (known == 0) ++result.uncompared;
    if (known != 0 && known != row.hash) ++result.conflicts;
  }
}

// The stream's place in the group, made when this is its first batch there.
uint32_t update_of(const IngestBatch& batch, StreamMemory& memory, Group& group) {
  if (memory.update == StreamMemory::kNoUpdate) {
    memory.update = static_cast<uint32_t>(group.streams.size());
    group.streams.push_back(
        {batch.device, batch.incarnation, memory.stream, memory.mark, memory.mark});
  }
  group.streams[memory.update].mark_after = batch.last;
  return memory.update;
}

RowToStore row_to_store(const IngestBatch& batch, const IngestRow& row, uint32_t update) {
  RowToStore out;
  out.update = update;
  out.sequence = row.sequence;
  out.device_time = row.device_time;
  out.sent_time = batch.sent_time;
  out.received_time = batch.received_time;
  out.mode = row.mode;
  out.session = row.session;
  out.type = row.type;
  out.campaign = row.campaign;
  out.brand = row.brand;
  out.scene = row.scene;
  out.data = row.data;
  return out;
}

// Counts that sum to at most `limit`; the largest gives first. Which of the rows were settled
// before a range was trimmed nobody can tell any more.
std::string limited_counts(std::string_view json, uint64_t limit) {
  std::vector<std::pair<std::string, uint64_t>> counts;
  uint64_t sum = 0;
  JsonDocument document;
  if (!document.parse(json)) return "{}";
  for (JsonValue value = document.root().first(); value.exists(); value = value.next()) {
    counts.emplace_back(value.key(), static_cast<uint64_t>(value.integer().value_or(0)));
    sum += counts.back().second;
  }
  while (sum > limit) {
    const auto largest =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    const uint64_t given = std::min(sum - limit, largest->second);
    largest->second -= given;
    sum -= given;
  }
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  for (const auto& [type, count] : counts) {
    if (count > 0) writer.key(type).integer(static_cast<int64_t>(count));
  }
  writer.end_object();
  return out;
}

}  // namespace

uint64_t StreamMemory::hash_of(uint64_t sequence) const {
  const bool in_window = sequence <= mark && sequence + kSlots > mark;
  return in_window && hashes_ != nullptr ? (*hashes_)[sequence % kSlots] : 0;
}

void StreamMemory::remember(uint64_t sequence, uint64_t hash) {
  VITRINE_ASSERT(sequence <= mark);
  if (sequence + kSlots <= mark) return;
  if (hashes_ == nullptr) hashes_ = std::make_unique<std::array<uint64_t, kSlots>>();
  (*hashes_)[sequence % kSlots] = hash;
}

void StreamMemory::advance(uint64_t new_mark) {
  VITRINE_ASSERT(new_mark >= mark);
  const uint64_t stale = std::min<uint64_t>(new_mark - mark, kSlots);
  for (uint64_t i = 0; hashes_ != nullptr && i < stale; ++i) {
    (*hashes_)[(new_mark - i) % kSlots] = 0;
  }
  mark = new_mark;
}

SettleResult settle_batch(const IngestBatch& batch, StreamMemory& memory, Group& group) {
  SettleResult result;
  const uint64_t before = memory.mark;
  result.mark = std::max(before, batch.last);
  if (batch.first > before + 1) {
    result.kind = SettleKind::Gap;
    result.mark = before;
    return result;
  }
  count_resent(batch, memory, result);
  if (batch.last <= before) return result;
  const uint32_t update = update_of(batch, memory, group);
  memory.advance(batch.last);
  for (const IngestRow& row : batch.rows) {
    if (row.sequence <= before) continue;
    group.rows.push_back(row_to_store(batch, row, update));
    memory.remember(row.sequence, row.hash);
    ++result.rows;
  }
  for (const IngestRefusal& row : batch.refused) {
    if (row.sequence <= before) continue;
    group.quarantined.push_back({update, row.sequence, batch.received_time, row.reason, row.row});
    ++result.quarantined;
  }
  for (const IngestLoss& loss : batch.losses) {
    if (loss.last <= before) continue;
    // What of it was settled already stays what it was.
    const uint64_t first = std::max(loss.first, before + 1);
    std::string_view counts = loss.count_by_type;
    if (first > loss.first) {
      counts = group.texts.emplace_back(limited_counts(counts, loss.last - first + 1));
    }
    group.losses.push_back({update, first, loss.last, batch.received_time, loss.reason, counts});
    result.lost += loss.last - first + 1;
  }
  return result;
}

StreamMemory* StreamTable::find(const std::string& device, const Id128& incarnation) {
  const std::string key = key_of(device, incarnation);
  const auto young = young_.find(key);
  if (young != young_.end()) return &young->second;
  const auto old = old_.find(key);
  if (old == old_.end()) return nullptr;
  return &young_.insert(old_.extract(old)).position->second;
}

StreamMemory& StreamTable::add(const std::string& device, const Id128& incarnation) {
  return young_.try_emplace(key_of(device, incarnation)).first->second;
}

void StreamTable::forget(const std::string& device, const Id128& incarnation) {
  const std::string key = key_of(device, incarnation);
  young_.erase(key);
  old_.erase(key);
}

void StreamTable::trim() {
  if (young_.size() < capacity_) return;
  old_ = std::move(young_);
  young_.clear();
}

void StreamTable::clear() {
  young_.clear();
  old_.clear();
}

}  // namespace vitrine
