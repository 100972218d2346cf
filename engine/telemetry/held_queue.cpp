// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/base/assert.h"
#include "engine/protocol/dictionary.h"
#include "engine/telemetry/held_queue_internal.h"

namespace vitrine::telemetry {
namespace {

// What a row costs besides its text.
constexpr size_t kOverhead = sizeof(HeldItem);

uint64_t sum_of(const LossCounts& counts) {
  uint64_t sum = 0;
  for (const auto& [type, count] : counts) sum += count;
  return sum;
}

void count_type(HeldLoss& loss, std::string_view type) {
  if (!type.empty()) add_count(loss.counts, type, 1);
}

// How many numbers of a loss, up to `last`, were never sent as one.
uint64_t untold_of(const HeldItem& item, uint64_t last) {
  if (!item.loss) return 0;
  const uint64_t end = std::min(std::min(item.last, last) + 1, item.loss->told_from);
  return end > item.first ? end - item.first : 0;
}

HeldItem make_loss(uint64_t first, uint64_t last, protocol::LossReason reason) {
  HeldItem item;
  item.first = first;
  item.last = last;
  item.loss = std::make_unique<HeldLoss>();
  item.loss->reason = reason;
  return item;
}

}  // namespace

std::string_view HeldItem::own_members() const {
  const std::string_view whole = members;
  return context_size == 0 ? whole : whole.substr(context_size + 1);
}

std::string_view type_of(const HeldItem& row) {
  constexpr std::string_view kKey = "\"type\":\"";
  const std::string_view own = row.own_members();
  const size_t at = own.find(kKey);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = own.substr(at + kKey.size());
  const std::string_view name = rest.substr(0, rest.find('"'));
  return protocol::is_identifier(name, 64) ? name : std::string_view();
}

void add_count(LossCounts& counts, std::string_view type, uint64_t count) {
  auto place = counts.begin();
  while (place != counts.end() && place->type < type) ++place;
  if (place == counts.end() || place->type != type) {
    place = counts.insert(place, {std::string(type), 0});
  }
  place->count += count;
}

void limit_counts(LossCounts& counts, uint64_t limit) {
  while (sum_of(counts) > limit) {
    const auto largest =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.count < b.count; });
    const uint64_t excess = sum_of(counts) - limit;
    largest->count -= std::min(excess, largest->count);
    if (largest->count == 0) counts.erase(largest);
  }
}

void HeldQueue::clear(uint64_t next) {
  items_.clear();
  next_ = next;
  rows_ = bytes_ = 0;
  changes_taken();
}

void HeldQueue::push_row(std::string members, uint32_t context_size) {
  HeldItem& item = items_.push_back({});
  item.first = item.last = next_++;
  item.members = std::move(members);
  item.context_size = context_size;
  ++rows_;
  bytes_ += item.members.size() + kOverhead;
}

HeldItem& HeldQueue::push_loss(protocol::LossReason reason, uint64_t count) {
  VITRINE_ASSERT(count > 0);
  items_.push_back(make_loss(next_, next_ + count - 1, reason));
  next_ += count;
  note_change(next_ - 1, next_ - 1);
  return items_.back();
}

void HeldQueue::forget_row(const HeldItem& item) {
  --rows_;
  bytes_ -= item.members.size() + kOverhead;
}

SettledNumbers HeldQueue::settle(uint64_t mark) {
  VITRINE_ASSERT(mark < next_);
  SettledNumbers settled;
  while (!items_.empty() && items_.front().first <= mark) {
    HeldItem& item = items_.front();
    settled.all += std::min(item.last, mark) + 1 - item.first;
    settled.not_lost += untold_of(item, mark);
    if (item.last > mark) {
      item.first = mark + 1;
      limit_counts(item.loss->counts, item.last - mark);
      break;
    }
    if (!item.loss) forget_row(item);
    items_.pop_front();
  }
  return settled;
}

uint64_t HeldQueue::untold_through(uint64_t sent) const {
  uint64_t count = 0;
  for (const HeldItem& item : items_) {
    if (!item.loss || item.first > sent) break;
    count += untold_of(item, sent);
  }
  return count;
}

void HeldQueue::extend_back_to(uint64_t first) {
  if (first >= oldest()) return;
  items_.push_front(make_loss(first, oldest() - 1, protocol::LossReason::NotHeld));
  note_change(first, first);
}

uint64_t HeldQueue::oldest_row() const {
  for (const HeldItem& item : items_) {
    if (!item.loss) return item.first;
  }
  return next_;
}

bool HeldQueue::drop_oldest_row(protocol::LossReason reason, uint64_t fixed_through) {
  size_t index = 0;
  while (index < items_.size() && items_[index].loss) ++index;
  if (index == items_.size()) return false;
  HeldItem& row = items_[index];
  HeldItem* before = index > 0 ? &items_[index - 1] : nullptr;
  if (!before || before->loss->is_told() || before->loss->reason != reason ||
      before->last <= fixed_through) {
    replace_by_loss(row.first, reason);
    return true;
  }
  count_type(*before->loss, type_of(row));
  before->last = row.last;
  before->loss->stored = false;
  note_change(before->last, before->last);
  forget_row(row);
  items_.erase(index);
  return true;
}

void HeldQueue::replace_by_loss(uint64_t sequence, protocol::LossReason reason) {
  HeldItem& row = items_[find(sequence)];
  VITRINE_ASSERT(!row.loss);
  HeldItem loss = make_loss(row.first, row.last, reason);
  count_type(*loss.loss, type_of(row));
  forget_row(row);
  row = std::move(loss);
  note_change(sequence, sequence);
}

void HeldQueue::note_change(uint64_t first, uint64_t last) {
  changed_first_ = std::min(changed_first_, first);
  changed_last_ = std::max(changed_last_, last);
}

void HeldQueue::changes_taken() {
  changed_first_ = UINT64_MAX;
  changed_last_ = 0;
}

size_t HeldQueue::find(uint64_t sequence) const {
  size_t low = 0, high = items_.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (items_[middle].last < sequence) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < items_.size() && items_[low].first <= sequence ? low : items_.size();
}

size_t HeldQueue::count_through(uint64_t sequence) const {
  const size_t index = find(std::min(sequence, next_ - 1));
  return index == items_.size() ? 0 : index + 1;
}

}  // namespace vitrine::telemetry
