// SPDX-License-Identifier: MIT
// Fills a store as many devices would, in frames of ten rows of about 200 bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/store/store.h"

namespace vitrine::bench {

// Ends the process when the store cannot be opened.
std::unique_ptr<Store> open_store(const std::string& directory);

class ManyRows {
 public:
  explicit ManyRows(uint32_t devices);

  // One group of so many rows, the next devices in turn. Ends the process on an error.
  void append(Store& store, uint64_t rows);

 private:
  void add_frame(uint64_t rows);
  RowToStore row(uint32_t update, uint64_t sequence) const;

  Group group_;
  std::vector<std::string> names_;
  std::vector<uint64_t> marks_;  // one a device
  std::string data_;
  size_t next_device_ = 0;
};

}  // namespace vitrine::bench
