// SPDX-License-Identifier: MIT
#include "server/webhooks/webhook_service.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "server/crypto.h"
#include "server/metrics_text.h"

namespace vitrine {

namespace {

constexpr auto kStep = std::chrono::milliseconds(250);  // how often the ledger is looked at

uint64_t random_number() {
  uint64_t number = 0;
  random_bytes(&number, sizeof number);
  return number;
}

}  // namespace

class WebhookService::Worker {
 public:
  explicit Worker(Parts parts)
      : parts_(std::move(parts)),
        http_(parts_.limits, [this] { wake(); }),
        sender_({parts_.clock, parts_.book.get(), parts_.reader.get(), &http_, parts_.schedule,
                 random_number, parts_.log}),
        thread_([this] { run(); }) {}
  ~Worker();

  std::vector<WebhookFigures> figures() const;

 private:
  void wake();
  void run();

  Parts parts_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false, stopping_ = false;  // protected by mutex_
  std::vector<WebhookFigures> figures_;    // protected by mutex_
  HttpClient http_;
  WebhookSender sender_;  // the thread's
  std::thread thread_;
};

WebhookService::Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void WebhookService::Worker::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void WebhookService::Worker::run() {
  while (true) {
    sender_.step();
    std::vector<WebhookFigures> figures = sender_.figures();
    std::unique_lock lock(mutex_);
    figures_ = std::move(figures);
    changed_.wait_for(lock, kStep, [this] { return woken_ || stopping_; });
    woken_ = false;
    if (stopping_) return;
  }
}

std::vector<WebhookFigures> WebhookService::Worker::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

WebhookService::WebhookService(Parts parts) : worker_(std::make_unique<Worker>(std::move(parts))) {}
WebhookService::~WebhookService() = default;

std::vector<WebhookFigures> WebhookService::figures() const {
  return worker_->figures();
}

void append_webhook_metrics(std::string& out, const std::vector<WebhookFigures>& figures) {
  MetricsText text(out);
  const auto family = [&](std::string_view name, std::string_view type, std::string_view help,
                          auto number) {
    text.family(name, type, help);
    for (const WebhookFigures& one : figures) {
      text.value(static_cast<double>(number(one)), {{"endpoint", one.name}});
    }
  };
  using F = const WebhookFigures&;
  family("vitrine_webhook_pending", "gauge", "Lines of the ledger that are still to be delivered",
         [](F one) { return one.pending; });
  family("vitrine_webhook_dead", "gauge", "Messages that were given up and can be sent again",
         [](F one) { return one.dead; });
  family("vitrine_webhook_disabled", "gauge", "1 when nothing is sent there: it answered 410",
         [](F one) { return one.disabled ? 1 : 0; });
  family("vitrine_webhook_delivered_total", "counter", "Messages delivered, ever",
         [](F one) { return one.delivered; });
  family("vitrine_webhook_failed_total", "counter", "Attempts that failed, ever",
         [](F one) { return one.failed; });
  family("vitrine_webhook_last_success_timestamp_seconds", "gauge",
         "When a message was delivered last; 0: never",
         [](F one) { return one.delivered_time / 1000; });
}

}  // namespace vitrine
