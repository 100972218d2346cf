// SPDX-License-Identifier: MIT
#include "server/webhooks/webhook_sender.h"

#include <algorithm>
#include <utility>

#include "server/webhooks/webhook_event.h"

namespace vitrine {

namespace {

constexpr size_t kLedgerStep = 200;
constexpr int kGone = 410;

bool is_success(const HttpAnswer& answer) {
  return answer.status.ok() && answer.code >= 200 && answer.code < 300;
}

// What went wrong, without anything that the other end wrote.
std::string reason_of(const HttpAnswer& answer) {
  if (!answer.status.ok()) return answer.status.message();
  if (answer.code >= 300 && answer.code < 400) {
    return "answered " + std::to_string(answer.code) + "; redirects are not followed";
  }
  return "answered " + std::to_string(answer.code);
}

}  // namespace

void WebhookSender::step() {
  take_answers();
  if (!save() || !refresh()) return;
  for (auto& [id, post] : posts_) {
    const bool idle = !post.sending && post.endpoint.disabled.empty();
    if (idle && now_ms() >= post.not_before_ms) send_next(post);
  }
  save();
}

void WebhookSender::take_answers() {
  for (const HttpAnswer& answer : parts_.http->take_answers()) {
    for (auto& [id, post] : posts_) {
      if (!post.sending || post.sending->number != answer.number) continue;
      take_answer(post, answer);
      break;
    }
  }
}

void WebhookSender::take_answer(Post& post, const HttpAnswer& answer) {
  WebhookProgress progress;
  progress.endpoint = post.endpoint.id;
  progress.time = parts_.clock->wall_ms();
  const uint64_t position = post.sending->event.position;
  const bool fresh = !post.sending->before;
  if (answer.status.ok() && answer.code == kGone) {
    // Nothing was moved: it goes on here when somebody enables it.
    progress.failed = true;
    progress.disable = progress.error = "answered 410: it wants nothing any more";
    post.endpoint.disabled = progress.disable;
    if (parts_.log) parts_.log("webhook " + post.endpoint.name + " disabled: it answered 410\n");
  } else {
    if (fresh) progress.cursor = position;
    progress.delivered = is_success(answer);
    if (progress.delivered) {
      if (!fresh) progress.settle = position;
      post.failures = 0;
    } else {
      keep_failure(post, reason_of(answer), progress);
    }
  }
  if (progress.cursor) post.endpoint.cursor = *progress.cursor;
  post.sending.reset();
  unsaved_.push_back(std::move(progress));
}

void WebhookSender::keep_failure(Post& post, std::string why, WebhookProgress& progress) {
  WebhookDelivery delivery;
  if (post.sending->before) {
    delivery = *post.sending->before;
  } else {
    delivery.position = post.sending->event.position;
    delivery.first_time = progress.time;
    delivery.type = *webhook_event_type(post.sending->event);
  }
  ++delivery.attempts;
  delivery.error = progress.error = std::move(why);
  const int64_t age = progress.time - delivery.first_time;
  delivery.dead = is_given_up(parts_.schedule, delivery.attempts, age);
  delivery.next_time =
      progress.time + retry_wait_ms(parts_.schedule, delivery.attempts, parts_.random());
  if (delivery.dead && parts_.log) {
    parts_.log("webhook " + post.endpoint.name + ": line " + std::to_string(delivery.position) +
               " could not be delivered and is given up: " + delivery.error + "\n");
  }
  ++post.failures;
  post.not_before_ms =
      now_ms() + endpoint_pause_ms(parts_.schedule, post.failures, parts_.random());
  progress.failed = true;
  progress.keep = std::move(delivery);
}

// False: what came of attempts is not on the disk. Nothing else is sent until it is.
bool WebhookSender::save() {
  if (unsaved_.empty()) return true;
  const Status status = parts_.book->record(unsaved_);
  if (status.ok()) {
    unsaved_.clear();
    version_.reset();  // counts are to be read again
    save_failed_ = false;
    return true;
  }
  if (!std::exchange(save_failed_, true) && parts_.log) {
    parts_.log("webhooks stand still: " + status.message() + "\n");
  }
  return false;
}

bool WebhookSender::refresh() {
  const Result<uint64_t> newest = parts_.reader->newest_event();
  if (!newest.ok()) return false;
  newest_ = newest.value();
  const Result<int64_t> version = parts_.book->version();
  if (!version.ok()) return false;
  if (version_ == version.value()) return true;
  Result<std::vector<WebhookEndpoint>> endpoints = parts_.book->list();
  if (!endpoints.ok()) return false;
  merge(std::move(endpoints).value());
  version_ = version.value();
  return true;
}

void WebhookSender::merge(std::vector<WebhookEndpoint> endpoints) {
  std::map<Id128, Post> merged;
  for (WebhookEndpoint& endpoint : endpoints) {
    const auto known = posts_.find(endpoint.id);
    Post& post = merged[endpoint.id];
    if (known != posts_.end()) post = std::move(known->second);
    // Somebody who enables it, or sends dead ones again, does not want to wait.
    const bool asked = !post.endpoint.disabled.empty() && endpoint.disabled.empty();
    if (asked || endpoint.dead < post.endpoint.dead) post.not_before_ms = 0;
    post.endpoint = std::move(endpoint);
    if (post.endpoint.cursor > newest_) go_back(post);
  }
  posts_ = std::move(merged);
}

// A backup that was restored ends before what this endpoint has seen. Kept at once: what comes from
// here on is to be told.
void WebhookSender::go_back(Post& post) {
  WebhookProgress progress;
  progress.endpoint = post.endpoint.id;
  progress.cursor = post.endpoint.cursor = newest_;
  unsaved_.push_back(std::move(progress));
}

void WebhookSender::send_next(Post& post) {
  const Result<std::optional<WebhookDelivery>> due =
      parts_.book->next_due(post.endpoint.id, parts_.clock->wall_ms());
  if (!due.ok()) return;
  if (due.value()) return send_aside(post, *due.value());
  if (post.endpoint.waiting < kMaxAside && post.endpoint.cursor < newest_) send_fresh(post);
}

void WebhookSender::send_aside(Post& post, const WebhookDelivery& delivery) {
  const Result<uint64_t> read = parts_.reader->read_events(delivery.position - 1, 1, events_);
  if (!read.ok()) return;
  if (events_.empty() || events_[0].position != delivery.position ||
      !webhook_event_type(events_[0])) {
    WebhookProgress gone;
    gone.endpoint = post.endpoint.id;
    gone.settle = delivery.position;
    unsaved_.push_back(std::move(gone));
    return;
  }
  submit(post, {0, events_[0], delivery});
}

void WebhookSender::send_fresh(Post& post) {
  const Result<uint64_t> read =
      parts_.reader->read_events(post.endpoint.cursor, kLedgerStep, events_);
  if (!read.ok()) return;
  for (const ClaimEvent& event : events_) {
    if (webhook_event_type(event)) return submit(post, {0, event, std::nullopt});
  }
  if (read.value() <= post.endpoint.cursor) return;
  WebhookProgress skipped;
  skipped.endpoint = post.endpoint.id;
  skipped.cursor = post.endpoint.cursor = read.value();
  unsaved_.push_back(std::move(skipped));
}

void WebhookSender::submit(Post& post, Sending sending) {
  HttpRequest request;
  request.number = sending.number = next_number_++;
  request.url = post.endpoint.url;
  request.body = webhook_event_body(sending.event);
  const int64_t now = parts_.clock->wall_ms();
  const WebhookHeaders headers =
      sign_webhook(post.endpoint.secrets(now), webhook_event_id(post.endpoint.id, sending.event),
                   now / 1000, request.body);
  request.headers = {{"webhook-id", headers.id},
                     {"webhook-timestamp", headers.timestamp},
                     {"webhook-signature", headers.signature}};
  if (parts_.http->submit(std::move(request))) post.sending = std::move(sending);
}

std::vector<WebhookFigures> WebhookSender::figures() const {
  std::vector<WebhookFigures> figures;
  for (const auto& [id, post] : posts_) {
    const WebhookEndpoint& endpoint = post.endpoint;
    WebhookFigures one;
    one.name = endpoint.name;
    one.pending = endpoint.waiting + (newest_ - std::min(newest_, endpoint.cursor));
    one.dead = endpoint.dead;
    one.delivered = endpoint.delivered;
    one.failed = endpoint.failed;
    one.delivered_time = endpoint.delivered_time;
    one.disabled = !endpoint.disabled.empty();
    figures.push_back(std::move(one));
  }
  return figures;
}

}  // namespace vitrine
