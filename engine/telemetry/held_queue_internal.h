// SPDX-License-Identifier: MIT
// What an outbox holds: rows and loss ranges in the order of their numbers, without a hole from the
// oldest to the newest. Knows nothing of stores and connections.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ring.h"
#include "engine/protocol/codes.h"

namespace vitrine::telemetry {

struct LossCount {
  std::string type;
  uint64_t count = 0;
};

// By type, in the order of the names; what is missing is unknown.
using LossCounts = std::vector<LossCount>;

// Adds to the type's count, which need not be there yet.
void add_count(LossCounts& counts, std::string_view type, uint64_t count);

struct HeldLoss {
  static constexpr uint64_t kUntold = UINT64_MAX;

  protocol::LossReason reason{};
  LossCounts counts;
  bool stored = false;
  uint32_t changes = 0;  // other than of its range: what was stored meanwhile is another
  // The lowest number it was ever sent from; once there is one its range is never changed again.
  // What is settled below was no loss: rows that were on their way when they were dropped. 0: it is
  // from before this start.
  uint64_t told_from = kUntold;

  bool is_told() const { return told_from != kUntold; }
};

struct HeldItem {
  uint64_t first = 0;
  uint64_t last = 0;               // = first for a row
  std::string members;             // of a row, without braces
  uint32_t context_size = 0;       // how much of it is context; 0: another build's row, sent whole
  std::unique_ptr<HeldLoss> loss;  // null for a row

  // The members that follow the context and its comma.
  std::string_view own_members() const;
  std::string_view context_members() const {
    return std::string_view(members).substr(0, context_size);
  }
};

struct SettledNumbers {
  uint64_t all = 0;
  uint64_t not_lost = 0;  // of these, in a loss range, though no server was told so
};

class HeldQueue {
 public:
  uint64_t next() const { return next_; }
  uint64_t oldest() const { return items_.empty() ? next_ : items_.front().first; }
  bool empty() const { return items_.empty(); }
  size_t rows() const { return rows_; }
  size_t losses() const { return items_.size() - rows_; }
  size_t bytes() const { return bytes_; }
  // The number of the oldest row; next() when there is none.
  uint64_t oldest_row() const;
  const Ring<HeldItem>& items() const { return items_; }
  Ring<HeldItem>& items() { return items_; }

  // Empties it; the next row gets `next`.
  void clear(uint64_t next);
  // Takes the next number.
  void push_row(std::string members, uint32_t context_size);
  // Takes the next `count` numbers. Expects: count > 0.
  HeldItem& push_loss(protocol::LossReason reason, uint64_t count);

  // Forgets everything up to and including `mark`, which may lie inside a loss. Returns how many
  // numbers that were. Expects: mark < next().
  SettledNumbers settle(uint64_t mark);
  // How many numbers up to `sent`, before the oldest row, are in a loss range that no server was
  // told of: they went as rows, and may be there.
  uint64_t untold_through(uint64_t sent) const;
  // Makes the queue begin at `first`: the numbers before the oldest are a loss, not_held.
  void extend_back_to(uint64_t first);
  // Puts the oldest row into a loss range: the one before it, unless that was told, has another
  // reason or ends at or below `fixed_through`. False when there is no row.
  bool drop_oldest_row(protocol::LossReason reason, uint64_t fixed_through = 0);
  // Turns the row with this number into a loss.
  void replace_by_loss(uint64_t sequence, protocol::LossReason reason);
  // Forgets those of the first `count` items that `drop`, asked from the newest of them to the
  // oldest, and numbers the others anew, so that they end where they ended. Returns the first of
  // their numbers. Nobody was told of any of these.
  template <typename Drop>
  uint64_t renumber(size_t count, Drop drop) {
    uint64_t first = count < items_.size() ? items_[count].first : next_;
    items_.erase_if(count, [&](HeldItem& item) {
      if (drop(item)) {
        if (!item.loss) forget_row(item);
        return true;
      }
      const uint64_t more = item.last - item.first;
      item.last = first - 1;
      item.first = first = item.last - more;
      if (item.loss && item.loss->told_from != 0) item.loss->told_from = HeldLoss::kUntold;
      return false;
    });
    return first;
  }

  // Index of the item that covers `sequence`, items().size() when none does.
  size_t find(uint64_t sequence) const;
  // How many items begin at or below `sequence`.
  size_t count_through(uint64_t sequence) const;

  // The losses that are new or changed since changes_taken() are all within these numbers.
  bool has_changed_losses() const { return changed_first_ <= changed_last_; }
  uint64_t changed_first() const { return changed_first_; }
  uint64_t changed_last() const { return changed_last_; }
  void changes_taken();
  // For who changes a loss itself.
  void note_change(uint64_t first, uint64_t last);

 private:
  void forget_row(const HeldItem& item);

  Ring<HeldItem> items_;
  uint64_t next_ = 1;
  size_t rows_ = 0;
  size_t bytes_ = 0;
  uint64_t changed_first_ = UINT64_MAX;
  uint64_t changed_last_ = 0;
};

// Lowers counts until they sum to at most `limit`; the largest gives first.
void limit_counts(LossCounts& counts, uint64_t limit);

// The type named in a row's own members, "" when there is none.
std::string_view type_of(const HeldItem& row);

}  // namespace vitrine::telemetry
