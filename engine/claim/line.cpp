// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/hex.h"
#include "engine/base/wipe.h"
#include "engine/claim/line_internal.h"

namespace vitrine::claim {
namespace {

using protocol::ClaimKind;
using protocol::CloseCode;
using protocol::FrameError;
using protocol::Reconnect;

constexpr int64_t kGreetingTimeoutUs = 15'000'000;
constexpr int64_t kProvenUs = 30'000'000;  // a connection this old is forgiven its loss
constexpr int64_t kHurryUs = protocol::Backoff::kSmallestMs * 1000;

}  // namespace

Line::Line(const LineSeams& seams, bool signs, std::string build, uint64_t seed,
           LineListener& listener)
    : seams_(seams),
      signs_(signs),
      build_(std::move(build)),
      listener_(listener),
      backoff_(seed),
      decoder_(std::make_unique<protocol::ClaimDecoder>()) {
  seams_.transport.set_listener(this);
}

Line::~Line() {
  seams_.transport.set_listener(nullptr);
}

void Line::set_campaign(std::string_view campaign) {
  if (campaign == campaign_) return;
  campaign_ = campaign;
  begin_anew();
}

void Line::want(bool wanted) {
  if (wanted == wanted_) return;
  wanted_ = wanted;
  down_since_us_ = now_us();
  if (!wanted) return close("nothing to say");
  if (phase_ != Phase::Idle) return;
  phase_ = Phase::Waiting;
  slow_ = false;
  retry_us_ = now_us();
}

void Line::hurry() {
  if (phase_ != Phase::Waiting || slow_) return;
  retry_us_ = std::min(retry_us_, now_us() + kHurryUs);
}

void Line::begin_anew() {
  if (phase_ == Phase::Refused) phase_ = Phase::Idle;
  come_back_ = phase_ != Phase::Idle && phase_ != Phase::Waiting;
  close("another beginning");
  if (!wanted_ || phase_ != Phase::Idle) return;
  phase_ = Phase::Waiting;
  slow_ = false;
  retry_us_ = now_us();
}

void Line::abandon(std::string_view why) {
  close(why);
}

// on_close follows where there was a connection; until then nothing more is said or believed.
void Line::close(std::string_view why) {
  const Phase before = phase_;
  switch (before) {
    case Phase::Idle:
    case Phase::Closing:
    case Phase::Refused:
      return;
    case Phase::Waiting:
      if (!wanted_) phase_ = Phase::Idle;
      return;
    case Phase::Connecting:
    case Phase::Greeting:
    case Phase::Open:
      phase_ = Phase::Closing;
      down_since_us_ = now_us();
      seams_.transport.close(static_cast<uint16_t>(CloseCode::Normal), why);
      if (before == Phase::Open) listener_.on_lost();
  }
}

void Line::poll() {
  seams_.transport.poll();
  const int64_t now = now_us();
  if (phase_ == Phase::Waiting && now >= retry_us_ && !campaign_.empty()) {
    phase_ = Phase::Connecting;
    seams_.transport.connect();
  } else if (phase_ == Phase::Greeting && now - opened_us_ > kGreetingTimeoutUs) {
    close("no state");
  } else if (phase_ == Phase::Open && now - opened_us_ > kProvenUs) {
    backoff_.reset();
  }
}

void Line::on_open() {
  if (phase_ != Phase::Connecting) return;
  phase_ = Phase::Greeting;
  hello_said_ = false;
  requests_ = 0;
  opened_us_ = now_us();
}

void Line::on_close(uint16_t code, std::string_view) {
  const bool was_open = phase_ == Phase::Open;
  if (phase_ != Phase::Closing) down_since_us_ = now_us();
  const Reconnect reconnect = protocol::reconnect_after(code);
  const bool at_once = std::exchange(come_back_, false) && reconnect == Reconnect::BackOff;
  if (reconnect == Reconnect::Never) {
    phase_ = Phase::Refused;
  } else if (!wanted_) {
    phase_ = Phase::Idle;
  } else {
    phase_ = Phase::Waiting;
    slow_ = reconnect == Reconnect::Slowly;
    retry_us_ = now_us() + (at_once ? 0 : backoff_.next_ms(reconnect) * 1000);
  }
  if (was_open) listener_.on_lost();
}

void Line::on_message(std::string_view message) {
  if (phase_ != Phase::Greeting && phase_ != Phase::Open) return;
  const protocol::ClaimMessage* decoded = decoder_->decode(message);
  if (decoded) {
    handle(*decoded);
  } else if (decoder_->error() != FrameError::UnknownKind) {
    close("not understood");  // a kind of tomorrow is passed over
  }
}

void Line::handle(const protocol::ClaimMessage& message) {
  if (message.kind == ClaimKind::Challenge) {
    return hello_said_ ? close("challenge twice") : say_hello(message.challenge.nonce);
  }
  if (message.kind != ClaimKind::State) return close("a client's message from a server");
  if (!hello_said_) return close("a state before hello");
  const bool first = phase_ == Phase::Greeting;
  phase_ = Phase::Open;
  listener_.on_state(message.state, first);
}

void Line::say_hello(std::string_view nonce) {
  hello_said_ = true;
  const std::string device = signs_ ? seams_.identity.device() : std::string();
  const std::string token = signs_ ? std::string() : seams_.identity.token();
  std::string signature;
  if (signs_) {
    std::array<uint8_t, 64> bytes{};
    const std::string text = protocol::claim_signing_text(nonce, device);
    if (!seams_.identity.sign(text, bytes)) return close("no key");
    signature = to_hex(bytes);
  }
  protocol::ClaimHello hello;
  hello.device = device;
  hello.signature = signature;
  hello.token = token;
  hello.holder = listener_.holder();
  hello.campaign = campaign_;
  hello.build = build_;
  encode_claim_hello(hello, out_);
  if (!seams_.transport.send(out_)) close("cannot send");
}

uint32_t Line::send(ClaimKind kind, protocol::ClaimAct act) {
  if (!open()) return 0;
  act.request = requests_ + 1;
  encode_claim_act(kind, act, out_);
  if (!seams_.transport.send(out_)) {
    close("cannot send");
    return 0;
  }
  return ++requests_;
}

void Line::wipe() {
  vitrine::wipe(out_);
  decoder_ = std::make_unique<protocol::ClaimDecoder>();
}

}  // namespace vitrine::claim
