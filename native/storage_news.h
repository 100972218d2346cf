// SPDX-License-Identifier: MIT
// What staff should hear of the disk: that it takes nothing, once until it takes something again,
// and that it does; and each time that something on it was found damaged. One thread.
#pragma once

#include <string>
#include <utility>

#include "engine/base/status.h"

namespace vitrine {

class StorageNews {
 public:
  // How a use of the disk went. Its message names the file, what is wrong and the cure.
  void note(const Status& status) {
    const bool is_loss = status.code() == StatusCode::DataLoss;
    const bool was_out = std::exchange(is_out_, !status.ok() && !is_loss);
    if (is_loss) add(status.message());
    if (is_out_ && !was_out) add(status.message() + "; until then records are in memory only");
    if (status.ok() && was_out) add("the disk takes records again");
  }

  // Since the last call, for the log; "" mostly.
  std::string take() { return std::exchange(words_, {}); }

 private:
  void add(const std::string& words) { words_ += (words_.empty() ? "" : ". ") + words; }

  bool is_out_ = false;
  std::string words_;
};

}  // namespace vitrine
