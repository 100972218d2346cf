// SPDX-License-Identifier: MIT
// The browser's late answers, taken from a queue a seam (js/library_results.js) and matched with
// who asked. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/status.h"

namespace vitrine::wasm {

// The same order in every place that names a channel.
enum class Channel : int { Assets = 0, Pictures = 1, Outbox = 2, OrphanOutbox = 3 };

// What a picture's answer needs: its size, where it lies, the view box.
constexpr int kResultNumbers = 10;

struct JsResultHeader {
  int32_t ticket = 0;
  int32_t status = 0;
  int32_t text_size = 0;
  int32_t payload_size = 0;
  float numbers[kResultNumbers] = {};
};

// One answer. `payload` is empty unless the status is ok.
struct JsResult {
  int ticket = 0;
  Status status;
  std::string payload;
  float numbers[kResultNumbers] = {};
};

// Takes the next answer, or returns false; the payload goes to `bytes` where one is given. An
// answer that would take more than half of what is left of the heap becomes ResourceExhausted and
// is dropped: the heap does not grow (docs/page.md).
bool take_result(Channel channel, JsResult& out, std::vector<uint8_t>* bytes = nullptr);

// Who asked, by ticket. Callbacks may ask again from inside.
template <typename Done>
class Pending {
 public:
  int add(Done done) {
    const int ticket = next_++;
    waiting_.emplace_back(ticket, std::move(done));
    return ticket;
  }
  // The callback of `ticket`, which is forgotten; empty when unknown.
  Done take(int ticket) {
    for (auto& [waiting, callback] : waiting_) {
      if (waiting != ticket) continue;
      Done done = std::move(callback);
      std::swap(waiting_.back().first, waiting);
      std::swap(waiting_.back().second, callback);
      waiting_.pop_back();
      return done;
    }
    return {};
  }

 private:
  int next_ = 1;
  std::vector<std::pair<int, Done>> waiting_;  // few, in no order
};

}  // namespace vitrine::wasm
