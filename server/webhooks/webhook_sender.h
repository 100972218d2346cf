// SPDX-License-Identifier: MIT
// Tells endpoints what is in the ledger, each at its own pace. One message at a time to an
// endpoint, in the ledger's order; one that fails is set aside to be tried again, and while it
// waits the next ones go on, up to kMaxAside of them: then that endpoint stands still at its cursor
// and the others do not notice. What came of an attempt is on the disk before the next one to the
// same endpoint begins; a crash between sends again and loses nothing.
//
// No thread and no socket here; whoever has them calls step().
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "server/claims/claim_store.h"
#include "server/webhooks/http_client.h"
#include "server/webhooks/retry_schedule.h"
#include "server/webhooks/webhook_book.h"

namespace vitrine {

inline constexpr uint64_t kMaxAside = 64;

// One endpoint, for metrics.
struct WebhookFigures {
  std::string name;
  uint64_t pending =
      0;  // lines of the ledger behind the cursor, and what waits for another attempt
  uint64_t dead = 0;
  uint64_t delivered = 0;      // ever
  uint64_t failed = 0;         // attempts, ever
  int64_t delivered_time = 0;  // of the newest success, ms since 1970 UTC; 0: never
  bool disabled = false;
};

class WebhookSender {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    WebhookBook* book = nullptr;
    ClaimReader* reader = nullptr;
    HttpCaller* http = nullptr;
    RetrySchedule schedule;
    std::function<uint64_t()> random;
    std::function<void(const std::string& line)> log;  // lines end in a line feed
  };
  // What `parts` points to outlives it.
  explicit WebhookSender(Parts parts) : parts_(std::move(parts)) {}

  // Takes answers, keeps what came of them, sends what is due. A few times a second, and when there
  // are answers.
  void step();
  std::vector<WebhookFigures> figures() const;

 private:
  struct Sending {
    uint64_t number = 0;
    ClaimEvent event;
    std::optional<WebhookDelivery> before;  // it was tried already
  };
  struct Post {
    WebhookEndpoint endpoint;
    std::optional<Sending> sending;
    int failures = 0;           // in a row
    int64_t not_before_ms = 0;  // monotonic
  };

  void take_answers();
  void take_answer(Post& post, const HttpAnswer& answer);
  void keep_failure(Post& post, std::string why, WebhookProgress& progress);
  bool save();
  bool refresh();
  void merge(std::vector<WebhookEndpoint> endpoints);
  void go_back(Post& post);
  void send_next(Post& post);
  void send_aside(Post& post, const WebhookDelivery& delivery);
  void send_fresh(Post& post);
  void submit(Post& post, Sending sending);
  int64_t now_ms() const { return parts_.clock->monotonic_us() / 1000; }

  Parts parts_;
  std::map<Id128, Post> posts_;
  std::vector<WebhookProgress> unsaved_;
  std::optional<int64_t> version_;
  uint64_t newest_ = 0;  // position of the ledger
  uint64_t next_number_ = 1;
  bool save_failed_ = false;
  std::vector<ClaimEvent> events_;  // scratch
};

}  // namespace vitrine
