// SPDX-License-Identifier: MIT
// Webhooks as a part of the server: the sender on a thread of its own, with its own connections to
// the disk and to the network. The loop never waits for it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "server/claims/claim_store.h"
#include "server/webhooks/http_client.h"
#include "server/webhooks/webhook_book.h"
#include "server/webhooks/webhook_sender.h"

namespace vitrine {

class WebhookService {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    std::unique_ptr<WebhookBook> book;
    std::unique_ptr<ClaimReader> reader;
    HttpLimits limits;
    RetrySchedule schedule;
    std::function<void(const std::string& line)> log;  // on the service's thread; may be empty
  };
  // Begins at once. `clock` outlives it.
  explicit WebhookService(Parts parts);
  // Ends the thread; what is on its way is given up, and sent again at the next start.
  ~WebhookService();

  // As of a moment ago. Any thread.
  std::vector<WebhookFigures> figures() const;

 private:
  class Worker;
  std::unique_ptr<Worker> worker_;
};

// Lines for /metrics.
void append_webhook_metrics(std::string& out, const std::vector<WebhookFigures>& figures);

}  // namespace vitrine
