// SPDX-License-Identifier: MIT
// What a scene knows of a claim, and what it can ask for. The same on both ends of it: a screen
// that shows a code, and a phone that came by the code. Scenes draw the View and call the Service;
// they never see a message, a ticket or a token (claim_link.h does).
//
//   screen:  begin ─► Asking ─► Waiting ─► Joined ─► Agreeing ─► Following ─► Paying ─► Issued
//   phone:                      Invited ──► Joining ─┘   every step on both          └► Redeemed
//
// Ended may follow everything before Issued, with its reason; begin() or a new code starts anew.
// One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine::claim {

enum class Role : uint8_t { Screen, Phone };

enum class Stage : uint8_t {
  None,       // nothing has begun
  Asking,     // screen: a code is on its way
  Waiting,    // screen: the code is shown, nobody has joined
  Invited,    // phone: came by a code that is not spent; join() spends it
  Joining,    // phone: has asked to join
  Agreeing,   // joined; the phone is asked whether it agrees
  Following,  // agreed; the shop is to be followed at the provider's
  Paying,     // followed; the price is to be paid at the provider's
  Issued,     // there is a voucher, on the phone
  Redeemed,   // it was taken at a till
  Ended,      // without a voucher: View::reason
};

std::string_view stage_name(Stage stage);  // "waiting", ...: as interactions record it

enum class EndReason : uint8_t {
  None,
  CodeOver,        // nobody joined in time, or somebody else did
  NotMe,           // screen or phone said that these two do not belong together
  SessionOver,     // the shopper at the screen has gone
  Cancelled,       // by the shopper
  HoldOver,        // the time to follow and pay ran out; the thing went back
  FollowRefused,   // the provider would not let them follow
  AlreadyClaimed,  // the same person has had one
  SoldOut,
  Closed,  // staff stopped it
  Voided,  // staff took the voucher back; money goes back too
};

std::string_view end_reason_name(EndReason reason);

// What did not work a moment ago; the stage stays and the shopper may try again.
enum class Notice : uint8_t {
  None,
  NotConnected,      // no network: it goes on by itself when there is one
  Declined,          // the provider declined the payment
  PaymentCancelled,  // the shopper came back from the provider without having paid
  FollowCancelled,   // ... without having followed
  ProviderTimedOut,  // the provider does not answer
  Busy,              // the server is asked too much or its disk is full; nothing is lost
};

struct View {
  Role role = Role::Screen;
  Stage stage = Stage::None;
  EndReason reason = EndReason::None;
  Notice notice = Notice::None;
  bool connected = false;  // to the server; what was already reached stays on screen without
  bool busy = false;       // an answer is awaited: buttons wait, and say so
  std::string product;     // of the campaign
  // Screen, Waiting: what the code says; not connected: the campaign's plain address, which leads
  // to no claim. "": none.
  std::string link;
  // Two digits each: what this end calls itself and what it calls the other one. Each end shows
  // both, so that two people side by side see whose phone is at whose screen. "": not joined.
  std::string own_mark, other_mark;
  float seconds_left = 0;   // until the code or the hold ends; 0 where nothing ends
  float seconds_whole = 0;  // of how many, for a ring that runs down
  int64_t price = 0;        // minor units that are to be paid
  std::string currency;
  // Issued. Screen: masked, for a public place. Phone: the code in groups, and what its QR says
  // now, which changes every few seconds; "" while it is not known (offline for too long).
  std::string code;
  std::string voucher_qr;
  float qr_seconds_left = 0;
  int64_t valid_until_ms = 0;  // ms since 1970 UTC; 0: no end
  // Counts up with every change of what is above but the seconds.
  uint32_t version = 0;
};

// What the shopper chose before agreeing.
struct Agreement {
  bool terms = false;       // must be true
  bool guardian = false;    // "14 or older, or with my guardian", where the campaign asks
  bool statistics = false;  // more than the claim itself may be recorded; the equal path is no
};

class Service {
 public:
  virtual ~Service() = default;

  virtual const View& view() const = 0;

  // Screen. Asks for a code for this product, for whoever is engaged now; an older one is void.
  virtual void begin(std::string_view product) = 0;
  // Screen: the scene was left or the session ended. Whatever the phone has reached is the phone's.
  virtual void end() = 0;

  // Both, while joined: these two do not belong together. The screen gets a new code.
  virtual void not_me() = 0;

  // Phone, each in its stage; a call in another stage does nothing. Agreeing takes a thing out of
  // the stock and leads to following; follow() and pay() lead to the provider's own page, from
  // which the shopper comes back.
  virtual void join() = 0;
  virtual void agree(const Agreement& agreement) = 0;
  virtual void follow() = 0;
  virtual void pay() = 0;
  virtual void cancel() = 0;
  // Phone, Issued, Redeemed or Ended: what is shown has been seen; the campaign begins anew.
  virtual void dismiss() = 0;
};

}  // namespace vitrine::claim
