// SPDX-License-Identifier: MIT
// Answers to providers' events that wait until what the event caused is on the disk: who was
// answered "taken" need not tell it again, whatever dies then. Loop's thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/status.h"
#include "server/claims/claim_store.h"
#include "server/http/http.h"

namespace vitrine {

class KeptAnswers {
 public:
  using Handle = std::function<std::optional<WebResponse>(const WebRequest& request)>;

  // The answer to an event, or nothing: not known yet; the loop asks again (WsHandler::on_http).
  // `handle` is called once for the same event however often it is asked about meanwhile.
  std::optional<WebResponse> answer(const WebRequest& request, int64_t now_ms,
                                    const Handle& handle);

  // A command was submitted, or found no room: between handle's begin and end it is the event's.
  void on_submit(uint64_t number, bool taken);
  // What the event is about cannot be read now: between handle's begin and end it is not taken.
  void on_unknown();
  // A command is done. A voucher's code that was in use is drawn anew by `told`, which tells the
  // desk: what it submits then is the same event's.
  void on_completion(uint64_t number, const Status& status, const ClaimOutcome& outcome,
                     const std::function<void()>& told);
  // A few times a second: forgets answers whose asker went away.
  void on_tick(int64_t now_ms);

 private:
  struct Kept {
    std::set<uint64_t> numbers;  // not done yet
    WebResponse response;
    int64_t since_ms = 0;
  };
  static std::string key_of(const WebRequest& request);
  WebResponse busy() const;

  std::map<std::string, Kept> kept_;
  std::map<uint64_t, std::string> key_of_number_;
  bool recording_ = false, refused_ = false;
  std::vector<uint64_t> submitted_;
};

}  // namespace vitrine
