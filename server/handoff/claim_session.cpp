// SPDX-License-Identifier: MIT
#include "server/handoff/claim_session.h"

#include <utility>

#include "engine/base/assert.h"

namespace vitrine {

using protocol::ClaimKind;
using protocol::CloseCode;

namespace {

constexpr int64_t kHelloTimeoutMs = 10'000;

}  // namespace

ClaimSession::ClaimSession(ClaimSessionHost& host, Opening opening)
    : host_(host), opening_(std::move(opening)), opened_ms_(host.monotonic_ms()) {}

void ClaimSession::on_text(std::string_view text) {
  if (close_) return;
  const protocol::ClaimMessage* message = host_.claim_decoder().decode(text);
  if (message == nullptr) return close(CloseCode::BadFrames);
  const ClaimKind kind = message->kind;
  if (kind == ClaimKind::Challenge || kind == ClaimKind::State) return close(CloseCode::BadFrames);
  if (!is_open_) {
    if (kind != ClaimKind::Hello) return close(CloseCode::NotAuthenticated);
    identity_ = host_.identify(message->hello, opening_.nonce, opening_.has_origin);
    if (!identity_.accepted) return close(identity_.refusal);
    is_open_ = true;
    return host_.on_claim_hello(*this, message->hello.campaign);
  }
  if (kind == ClaimKind::Hello || message->act.request <= request_) {
    return close(CloseCode::BadFrames);
  }
  request_ = message->act.request;
  host_.on_claim_act(*this, kind, message->act);
}

void ClaimSession::on_tick() {
  if (!is_open_ && host_.monotonic_ms() - opened_ms_ > kHelloTimeoutMs) {
    close(CloseCode::HelloTimeout);
  }
}

void ClaimSession::on_closed() {
  host_.on_claim_closed(*this);
}

void ClaimSession::close(CloseCode code) {
  if (close_) return;
  // What a replaced connection would be told belongs to the one that replaced it.
  state_due_ = false;
  close_ = CloseRequest{static_cast<uint16_t>(code), protocol::close_code_name(code)};
}

bool ClaimSession::has_output() const {
  return challenge_due_ || state_due_;
}

void ClaimSession::take_output(std::string& out) {
  if (std::exchange(challenge_due_, false)) {
    return protocol::encode_challenge({opening_.nonce, host_.wall_ms()}, out);
  }
  VITRINE_ASSERT(state_due_);
  state_due_ = false;
  host_.write_claim_state(*this, out);
}

}  // namespace vitrine
