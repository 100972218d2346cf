// SPDX-License-Identifier: MIT
// The messages of docs/claim-protocol.md, one codec for both ends: text in, checked value out.
// Everything a ClaimMessage points to lives in the decoder and in the text that was decoded: use it
// before the next decode() and while the text lives. One decoder a thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id128.h"
#include "engine/base/json/json.h"
#include "engine/protocol/claim_codes.h"
#include "engine/protocol/codes.h"
#include "engine/protocol/messages.h"

namespace vitrine::protocol {

inline constexpr char kClaimSubprotocol[] = "vitrine.claim.1";

inline constexpr size_t kMaxClaimFrameBytes = 4096;
inline constexpr size_t kMaxAddressLength = 1024;  // of a page, in bytes
inline constexpr size_t kClaimMarkLength = 2;      // two digits
inline constexpr size_t kVoucherSecretHexLength = 64;
inline constexpr size_t kMaxClaimVouchers = 8;  // of one state, besides the one it is about
inline constexpr uint32_t kMaxQueueNumber = 999'999;

enum class ClaimKind : uint8_t {
  Challenge,    // server, first on every connection: as in vitrine.1
  Hello,        // client, once
  Open,         // screen: a code for this product
  Close,        // screen: the scene was left or the session ended
  NotMe,        // both
  Join,         // phone: spends a ticket
  Agree,        // phone
  Follow,       // phone: leads to the provider's page
  Pay,          // phone: the same
  Cancel,       // phone
  Engaged,      // screen: somebody is at it
  Free,         // screen: nobody is
  TakeNumber,   // phone: a number in the line of a screen
  LeaveNumber,  // phone: does not want it any more
  Here,         // both: who has this number has come
  State,        // server: where it is now, whole each time
};

std::string_view claim_kind_name(ClaimKind kind);  // "not_me", ...

// A screen shows device and signature over claim_signing_text(); a page shows its token, and which
// phone it is where it knows.
struct ClaimHello {
  std::string_view device = {};
  std::string_view signature = {};
  std::string_view token = {};
  std::string_view holder = {};    // as a State gave it; "": new
  std::string_view campaign = {};  // required
  std::string_view build = {};
};

// What a client asks for. `request` counts up from 1 on a connection; the State that answers names
// it. Members that the kind does not have are left as they are.
struct ClaimAct {
  uint32_t request = 0;
  Id128 session = {};             // Open: of whoever is engaged
  std::string_view product = {};  // Open
  Id128 ticket = {};              // Join
  // Join, Agree: random, chosen once for each thing wanted and kept until it is answered, whatever
  // the network does: the same key again gets the same answer.
  Id128 key = {};
  bool terms = false, guardian = false, statistics = false;  // Agree
  std::string_view terms_version = {};                       // Agree: an identifier
  std::string_view language = {};                            // Agree, Follow, Pay: "zh"
  Id128 queue = {};                                          // TakeNumber: of the screen's code
  uint32_t number = 0;                                       // Here: which one was called
};

// A screen's line. For a screen: who is called now. For a phone: its own number.
struct ClaimQueue {
  Id128 code = {};  // of the screen's QR; none: this state says nothing of a line
  QueueStage stage = QueueStage::None;
  uint32_t number = 0;
  uint32_t before = 0;                // phone, waiting: so many come first
  uint32_t waiting = 0;               // screen: so many have a number and are not called
  int64_t left_ms = 0, whole_ms = 0;  // called, arrived: to come
};

// Of another claim of the same phone.
struct ClaimVoucher {
  std::string_view product = {};
  std::string_view code = {};    // whole, without gaps
  std::string_view secret = {};  // hex
  int64_t valid_until_ms = 0;    // 0: no end
  int64_t price = 0;             // that was paid for it, minor units
  std::string_view currency = {};
};

// Where the claim is. Optional members are "" or 0 when they are absent.
struct ClaimState {
  int64_t time_ms = 0;    // the server's clock
  uint32_t answered = 0;  // the newest request of this connection that was carried out
  ClaimStage stage = ClaimStage::None;
  ClaimEnd reason = ClaimEnd::None;
  ClaimNotice notice = ClaimNotice::None;
  std::string_view product = {};
  std::string_view screen_mark = {}, phone_mark = {};
  int64_t left_ms = 0, whole_ms = 0;  // of the code or the hold
  int64_t price = 0;                  // minor units
  std::string_view currency = {};
  std::string_view code = {};  // screen: masked. phone: whole, without gaps
  int64_t valid_until_ms = 0;
  // Screen, waiting: the ticket. Waiting or with a line: the page that a phone opens, to which the
  // client adds the ticket or the line's code.
  Id128 ticket = {};
  std::string_view page = {};
  // Phone.
  std::string_view holder = {};  // which phone this is, to be kept and shown in every hello
  Id128 session = {};            // under which the phone records from now on; none: its own
  std::string_view secret = {};  // of the voucher's rotating QR, hex (docs/claims.md)
  std::string_view action = {};  // the provider's page to open now, once
  std::vector<ClaimVoucher> vouchers = {};
  ClaimQueue queue = {};
};

struct ClaimMessage {
  ClaimKind kind{};
  // What `kind` names is valid; acts are all in `act`.
  Challenge challenge;
  ClaimHello hello;
  ClaimAct act;
  ClaimState state;
};

class ClaimDecoder {
 public:
  // Null and error() when the frame is refused.
  const ClaimMessage* decode(std::string_view text);
  FrameError error() const { return error_; }
  std::string_view error_field() const { return error_field_; }

 private:
  JsonDocument document_;
  ClaimMessage message_;
  FrameError error_{};
  std::string_view error_field_ = {};
};

// Each replaces `out`. Challenges are encode_challenge()'s.
void encode_claim_hello(const ClaimHello& hello, std::string& out);
void encode_claim_act(ClaimKind kind, const ClaimAct& act, std::string& out);
void encode_claim_state(const ClaimState& state, std::string& out);

// "vitrine.claim.1 hello NONCE DEVICE"
std::string claim_signing_text(std::string_view nonce, std::string_view device);

}  // namespace vitrine::protocol
