// SPDX-License-Identifier: MIT
// Any bytes through the claims' decoder: what it accepts keeps its limits, and is the same after it
// was encoded and decoded again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/assert.h"
#include "engine/protocol/claim_messages.h"

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

void check_hello(const ClaimHello& hello) {
  VITRINE_ASSERT(hello.token.empty() != hello.signature.empty());
  VITRINE_ASSERT(hello.device.empty() == hello.signature.empty());
  VITRINE_ASSERT(is_identifier(hello.campaign, kMaxIdLength));
}

void check_act(ClaimKind kind, const ClaimAct& act) {
  VITRINE_ASSERT(act.request >= 1);
  if (kind == ClaimKind::Join) VITRINE_ASSERT(!act.ticket.is_none() && !act.key.is_none());
  if (kind == ClaimKind::Open) VITRINE_ASSERT(is_identifier(act.product, kMaxIdLength));
  if (kind == ClaimKind::Agree) VITRINE_ASSERT(is_identifier(act.terms_version, kMaxIdLength));
}

void check_state(const ClaimState& state) {
  VITRINE_ASSERT(state.time_ms >= 0 && state.time_ms <= kMaxTimeMs);
  VITRINE_ASSERT(state.left_ms >= 0 && state.whole_ms >= 0 && state.price >= 0);
  VITRINE_ASSERT(state.page.size() <= kMaxAddressLength &&
                 state.action.size() <= kMaxAddressLength);
  VITRINE_ASSERT(state.vouchers.size() <= kMaxClaimVouchers);
  for (const ClaimVoucher& voucher : state.vouchers) {
    VITRINE_ASSERT(voucher.secret.size() == kVoucherSecretHexLength);
    VITRINE_ASSERT(is_identifier(voucher.product, kMaxIdLength));
  }
}

std::string encode(const ClaimMessage& message) {
  std::string out;
  switch (message.kind) {
    case ClaimKind::Challenge:
      encode_challenge(message.challenge, out);
      break;
    case ClaimKind::Hello:
      check_hello(message.hello);
      encode_claim_hello(message.hello, out);
      break;
    case ClaimKind::State:
      check_state(message.state);
      encode_claim_state(message.state, out);
      break;
    default:
      check_act(message.kind, message.act);
      encode_claim_act(message.kind, message.act, out);
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static ClaimDecoder decoder, again;
  const ClaimMessage* message = decoder.decode({reinterpret_cast<const char*>(data), size});
  if (message == nullptr) return 0;
  const std::string once = encode(*message);
  // Escapes may make it longer than one may be.
  if (once.size() > kMaxClaimFrameBytes) return 0;
  const ClaimMessage* second = again.decode(once);
  VITRINE_ASSERT(second != nullptr && second->kind == message->kind);
  VITRINE_ASSERT(encode(*second) == once);
  return 0;
}
