// SPDX-License-Identifier: MIT
#include "tests/bench/many_rows.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "server/store/sqlite_store.h"
#include "tests/server/group_builder.h"

namespace vitrine::bench {

using test::incarnation;

std::unique_ptr<Store> open_store(const std::string& directory) {
  Result<std::unique_ptr<Store>> store = open_sqlite_store({directory, {}, 2000, {}});
  if (store.ok()) return std::move(store).value();
  std::fprintf(stderr, "%s\n", store.status().to_string().c_str());
  std::exit(1);
}

ManyRows::ManyRows(uint32_t devices) : marks_(devices) {
  for (uint32_t i = 0; i < devices; ++i) names_.push_back("kiosk-" + std::to_string(i));
  data_ = R"({"x":512.25,"y":1033.5,"pointer":0,"phase":"down","note":")" + std::string(70, 'n') +
          "\"}";
}

void ManyRows::append(Store& store, uint64_t rows) {
  group_.clear();
  for (uint64_t done = 0; done < rows; done += 10) add_frame(std::min<uint64_t>(10, rows - done));
  const Status status = store.append(group_);
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.to_string().c_str());
  std::exit(1);
}

void ManyRows::add_frame(uint64_t rows) {
  const size_t device = next_device_++ % names_.size();
  const auto update = static_cast<uint32_t>(group_.streams.size());
  uint64_t& mark = marks_[device];
  group_.streams.push_back({names_[device], incarnation(1), 0, mark, mark + rows});
  for (uint64_t i = 0; i < rows; ++i) group_.rows.push_back(row(update, ++mark));
}

RowToStore ManyRows::row(uint32_t update, uint64_t sequence) const {
  RowToStore row;
  row.update = update;
  row.sequence = sequence;
  row.device_time = row.sent_time = row.received_time = 1'795'286'764'100;
  row.session = incarnation(9);
  row.type = "screen_touched";
  row.campaign = "lip-popup";
  row.brand = "house";
  row.scene = "wall";
  row.data = data_;
  return row;
}

}  // namespace vitrine::bench
