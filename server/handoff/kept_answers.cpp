// SPDX-License-Identifier: MIT
#include "server/handoff/kept_answers.h"

#include <utility>

#include "engine/base/hex.h"
#include "server/crypto.h"

namespace vitrine {

namespace {

constexpr int64_t kForgetMs = 120'000;
constexpr size_t kMaxKept = 20'000;  // events that wait for the disk

}  // namespace

// All that makes it this event: a forged one is never given another's answer.
std::string KeptAnswers::key_of(const WebRequest& request) {
  std::string text;
  for (const std::string* part : {&request.path, &request.webhook_id, &request.webhook_timestamp,
                                  &request.webhook_signature, &request.content_type}) {
    text += *part;
    text += '\n';
  }
  return to_hex(hash_secret(text + request.body));
}

WebResponse KeptAnswers::busy() const {
  WebResponse response = json_response(RouteClass::Api, 503, "{\"error\":\"busy\"}");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

std::optional<WebResponse> KeptAnswers::answer(const WebRequest& request, int64_t now_ms,
                                               const Handle& handle) {
  std::string key = key_of(request);
  if (const auto known = kept_.find(key); known != kept_.end()) {
    if (!known->second.numbers.empty()) return std::nullopt;
    WebResponse response = std::move(known->second.response);
    kept_.erase(known);
    return response;
  }
  if (kept_.size() >= kMaxKept) return busy();
  recording_ = true;
  refused_ = false;
  submitted_.clear();
  std::optional<WebResponse> response = handle(request);
  recording_ = false;
  if (!response || response->status != 204) return response;
  if (refused_) return busy();
  if (submitted_.empty()) return response;
  for (const uint64_t number : submitted_) key_of_number_[number] = key;
  kept_[std::move(key)] = {{submitted_.begin(), submitted_.end()}, std::move(*response), now_ms};
  return std::nullopt;
}

void KeptAnswers::on_submit(uint64_t number, bool taken) {
  if (!recording_) return;
  if (taken) submitted_.push_back(number);
  refused_ = refused_ || !taken;
}

void KeptAnswers::on_unknown() {
  refused_ = refused_ || recording_;
}

void KeptAnswers::on_completion(uint64_t number, const Status& status, const ClaimOutcome& outcome,
                                const std::function<void()>& told) {
  const auto found = key_of_number_.find(number);
  if (found == key_of_number_.end()) return told();
  const std::string key = found->second;
  key_of_number_.erase(found);
  const bool again = status.ok() && outcome.answer == ClaimAnswer::CodeInUse;
  recording_ = again;
  refused_ = false;
  submitted_.clear();
  told();
  recording_ = false;
  const auto kept = kept_.find(key);
  if (kept == kept_.end()) return;
  kept->second.numbers.erase(number);
  for (const uint64_t more : submitted_) {
    kept->second.numbers.insert(more);
    key_of_number_[more] = key;
  }
  if (!status.ok() || refused_) kept->second.response = busy();
}

void KeptAnswers::on_tick(int64_t now_ms) {
  for (auto entry = kept_.begin(); entry != kept_.end();) {
    const bool gone = entry->second.numbers.empty() && now_ms - entry->second.since_ms > kForgetMs;
    entry = gone ? kept_.erase(entry) : std::next(entry);
  }
}

}  // namespace vitrine
