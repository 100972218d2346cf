// SPDX-License-Identifier: MIT
#include "engine/telemetry/outbox_form_internal.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"

namespace vitrine::telemetry {
namespace {

std::string counts_json(const HeldLoss& loss) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  for (const auto& [type, count] : loss.counts) {
    writer.key(type).integer(static_cast<int64_t>(count));
  }
  writer.end_object();
  return out;
}

void read_counts(std::string_view json, HeldLoss& loss) {
  JsonDocument document;
  if (!document.parse(json)) return;
  for (JsonValue value = document.root().first(); value.exists(); value = value.next()) {
    const int64_t count = value.integer().value_or(0);
    if (count > 0) add_count(loss.counts, value.key(), static_cast<uint64_t>(count));
  }
}

}  // namespace

OutboxLoss store_form(const HeldItem& item) {
  return {item.first, item.last, std::string(protocol::loss_reason_name(item.loss->reason)),
          counts_json(*item.loss)};
}

OutboxRow store_form_of_row(const HeldItem& item) {
  OutboxRow row;
  row.sequence = item.first;
  row.row.reserve(item.members.size() + 2);
  row.row.append("{").append(item.members).append("}");
  return row;
}

bool names_session(std::string_view context_members) {
  constexpr std::string_view kNobody = R"("session":"")";
  return context_members.substr(0, kNobody.size()) != kNobody;
}

OutboxRow unclean_end(const std::string& context_members, uint64_t sequence, int64_t time_ms) {
  using interactions::SessionEnded;
  OutboxRow row{sequence, "{"};
  row.row.append(context_members).append(",");
  protocol::append_own_members(row.row, SessionEnded::kType, time_ms);
  JsonWriter writer(row.row);
  writer.begin_object();
  SessionEnded{.reason = SessionEnded::Reason::Unclean}.append_properties(writer);
  writer.end_object();
  row.row.append("}");
  return row;
}

void Adoption::add(const OutboxLoss& loss) {
  if (loss.last < queue_.next() || loss.last < loss.first) return;
  fill_until(loss.first);
  const auto reason = protocol::find_loss_reason(loss.reason);
  HeldItem& item = queue_.push_loss(reason.value_or(protocol::LossReason::StorageDamaged),
                                    loss.last + 1 - queue_.next());
  item.loss->stored = true;
  item.loss->told_from = 0;
  read_counts(loss.count_by_type, *item.loss);
  limit_counts(item.loss->counts, item.last + 1 - item.first);
}

void Adoption::add(const OutboxRow& row) {
  if (row.sequence < queue_.next()) return;
  fill_until(row.sequence);
  const protocol::Interaction* decoded = decoder_.decode_stored_row(row.row);
  if (decoded) {
    std::string members;
    protocol::append_context_members(members, decoded->context);
    const auto context_size = static_cast<uint32_t>(members.size());
    members.push_back(',');
    protocol::append_own_members(members, decoded->type, decoded->time_ms);
    members.append(decoded->data);
    queue_.push_row(std::move(members), context_size);
  } else if (decoder_.frame_error() == protocol::FrameError::Unexpected) {
    queue_.push_row(row.row.substr(1, row.row.size() - 2), 0);
  } else {
    declare(1);
  }
}

void Adoption::fill_until(uint64_t sequence) {
  if (sequence > queue_.next()) declare(sequence - queue_.next());
}

void Adoption::declare(uint64_t count) {
  queue_.push_loss(protocol::LossReason::StorageDamaged, count);
  declared_ += count;
}

uint64_t newest_number(const OutboxContents& contents) {
  uint64_t newest = contents.next_sequence;
  if (!contents.rows.empty()) newest = std::max(newest, contents.rows.back().sequence);
  if (!contents.losses.empty()) newest = std::max(newest, contents.losses.back().last);
  return newest;
}

uint64_t first_held(const OutboxContents& contents) {
  uint64_t first = std::max<uint64_t>(contents.next_sequence, 1);
  if (!contents.rows.empty()) first = std::min(first, contents.rows.front().sequence);
  if (!contents.losses.empty()) first = std::min(first, contents.losses.front().first);
  return std::max<uint64_t>(first, 1);
}

}  // namespace vitrine::telemetry
