// SPDX-License-Identifier: MIT
// A disk the test holds in its hand: changes wait until they are finished, may fail because it is
// full or damaged, and are forgotten when the power goes.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "engine/platform/outbox_store.h"

namespace vitrine::fakes {

class FakeOutboxStore : public OutboxStore {
 public:
  void load(Loaded loaded) override { loads_.push_back(std::move(loaded)); }
  void commit(OutboxChange change, Committed committed) override {
    commits.push_back(change);
    pending_.push_back({std::move(change), std::move(committed)});
  }
  OutboxDurability durability() const override { return durability_; }
  void poll() override {
    for (Loaded& loaded : std::exchange(loads_, {})) {
      if (load_status.ok()) {
        loaded(disk);
      } else {
        loaded(load_status);
      }
    }
    if (automatic) finish_all();
  }

  // What the disk does.
  void finish_all() {
    while (!pending_.empty()) finish_one();
  }
  void finish_one() {
    if (pending_.empty()) return;
    Pending pending = std::move(pending_.front());
    pending_.pop_front();
    if (full) {
      pending.committed(Status(StatusCode::ResourceExhausted, "disk full"));
      return;
    }
    if (std::exchange(damaged, false)) {
      disk = {};
      pending.committed(Status(StatusCode::DataLoss, "moved aside"));
      return;
    }
    apply(pending.change);
    pending.committed(Status());
  }
  // Power cut or crash: what was not finished never happened, and nobody hears of it.
  void lose_power() {
    pending_.clear();
    loads_.clear();
  }
  size_t pending() const { return pending_.size(); }
  void set_durability(OutboxDurability durability) { durability_ = durability; }

  OutboxContents disk;
  std::vector<OutboxChange> commits;  // every change asked for
  bool automatic = true;              // finish in poll()
  bool full = false;
  bool damaged = false;  // the next commit finds it so, and moves it aside
  Status load_status;

 private:
  struct Pending {
    OutboxChange change;
    Committed committed;
  };

  void apply(const OutboxChange& change) {
    if (change.replace_all) disk = {};
    if (!change.lives.empty()) disk.lives = change.lives;
    forget_rows(0, change.settled_through);
    std::erase_if(disk.losses,
                  [&](const OutboxLoss& loss) { return loss.last <= change.settled_through; });
    for (const OutboxLoss& loss : change.add_losses) {
      forget_rows(loss.first, loss.last);
      std::erase_if(disk.losses, [&](const OutboxLoss& old) { return old.first == loss.first; });
      disk.losses.push_back(loss);
    }
    std::sort(disk.losses.begin(), disk.losses.end(),
              [](const OutboxLoss& a, const OutboxLoss& b) { return a.first < b.first; });
    for (const OutboxRow& row : change.add_rows) {
      forget_rows(row.sequence, row.sequence);
      disk.rows.push_back(row);
    }
    if (change.next_sequence != 0) disk.next_sequence = change.next_sequence;
    disk.open_session = change.open_session;
  }
  void forget_rows(uint64_t first, uint64_t last) {
    std::erase_if(disk.rows, [&](const OutboxRow& row) {
      return row.sequence >= first && row.sequence <= last;
    });
  }

  std::vector<Loaded> loads_;
  std::deque<Pending> pending_;
  OutboxDurability durability_ = OutboxDurability::Durable;
};

}  // namespace vitrine::fakes
