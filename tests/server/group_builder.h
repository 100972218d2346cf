// SPDX-License-Identifier: MIT
// Groups for tests of stores, in a line each. Texts live as long as the builder.
#pragma once

#include <deque>
#include <string>

#include "server/store/store.h"

namespace vitrine::test {

inline Id128 incarnation(uint8_t number) {
  Id128 id;
  id.bytes.fill(number);
  return id;
}

class GroupBuilder {
 public:
  // Later calls speak of this stream; its mark moves with them.
  GroupBuilder& stream(std::string device, const Id128& id, uint64_t mark) {
    group_.streams.push_back({keep(std::move(device)), id, 0, mark, mark});
    return *this;
  }

  GroupBuilder& rows(uint64_t count) {
    for (uint64_t i = 0; i < count; ++i) row("{\"n\":" + std::to_string(next()) + "}");
    return *this;
  }

  GroupBuilder& row(std::string data) {
    RowToStore row;
    row.update = update();
    row.sequence = next();
    row.device_time = time + static_cast<int64_t>(row.sequence) - 50;
    row.sent_time = time;
    row.received_time = time + 7;
    row.session = incarnation(9);
    row.type = "screen_touched";
    row.campaign = keep(campaign);
    row.brand = "house";
    row.scene = "wall";
    row.data = keep(std::move(data));
    group_.rows.push_back(row);
    advance();
    return *this;
  }

  GroupBuilder& refused(std::string reason, std::string bytes) {
    group_.quarantined.push_back(
        {update(), next(), time + 7, keep(std::move(reason)), keep(std::move(bytes))});
    advance();
    return *this;
  }

  GroupBuilder& lost(uint64_t count, std::string reason) {
    LossRange loss;
    loss.update = update();
    loss.first = next();
    loss.last = next() + count - 1;
    loss.received_time = time + 7;
    loss.reason = keep(std::move(reason));
    loss.count_by_type = "{\"screen_touched\":1}";
    group_.losses.push_back(loss);
    group_.streams.back().mark_after += count;
    return *this;
  }

  Group& group() { return group_; }

  int64_t time = 1'700'000'000'000;
  std::string campaign = "lip-popup";

 private:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  uint32_t update() const { return static_cast<uint32_t>(group_.streams.size() - 1); }
  uint64_t next() const { return group_.streams.back().mark_after + 1; }
  void advance() { ++group_.streams.back().mark_after; }

  std::deque<std::string> texts_;
  Group group_;
};

}  // namespace vitrine::test
