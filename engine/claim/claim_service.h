// SPDX-License-Identifier: MIT
// What a scene knows of a claim, and what it can ask for. The same on both ends of it: a screen
// that shows a code, and a phone that came by the code. Scenes draw the View and call the Service;
// they never see a message, a ticket or a token (claim_link.h does).
//
// Stages, reasons and notices are those of engine/protocol/claim_codes.h. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/platform/home_screen.h"
#include "engine/protocol/claim_codes.h"

namespace vitrine::claim {

enum class Role : uint8_t { Screen, Phone };

using Stage = protocol::ClaimStage;
using EndReason = protocol::ClaimEnd;
using Notice = protocol::ClaimNotice;
using QueueStage = protocol::QueueStage;

// The line of people who wait for a screen (docs/queue.md): who is called at this screen, or this
// phone's own number. It is nobody's claim and outlives sessions.
struct QueueView {
  QueueStage stage = QueueStage::None;
  Notice notice = Notice::None;  // NotConnected, Busy
  bool invited = false;          // phone: came by a screen's code and has taken no number by it
  bool busy = false;             // phone: an answer is awaited
  std::string link;              // screen: what its code says; "": there is no line here now
  uint32_t number = 0;           // called, or this phone's
  uint32_t before = 0;           // phone, waiting: so many come first
  uint32_t waiting = 0;          // screen: so many wait and are not called
  float seconds_left = 0;        // called, arrived: to come to the screen
  float seconds_whole = 0;       // of how many
};

struct View {
  Role role = Role::Screen;
  Stage stage = Stage::None;
  EndReason reason = EndReason::None;
  Notice notice = Notice::None;
  bool connected = false;  // to the server; what was already reached stays on screen without
  bool busy = false;       // an answer is awaited: buttons wait, and say so
  // Phone: shown from before the page was closed, and recorded then; nobody has said it anew.
  bool recalled = false;
  // Phone: its browser says no to statistics for its person, so there is nothing to be asked.
  bool statistics_refused = false;
  std::string product;  // of the campaign
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
  // Phone, Issued: whether the page that has the voucher can be put on the home screen.
  HomeScreen::Offer home = HomeScreen::Offer::None;
  int64_t valid_until_ms = 0;  // ms since 1970 UTC; 0: no end
  int utc_offset_minutes = 0;  // of the clock on the wall, by which that is written
  QueueView queue;
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

  // Both, while joined: these two do not belong together. The screen comes to Ended, NotMe, from
  // where begin() gets a new code; the phone too, unless it is paying or has its voucher.
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
  // Phone: its person pressed a button for it just now (HomeScreen::add).
  virtual void add_to_home() = 0;

  // Phone, where it is invited, or its number has come to an end: takes one, or another one.
  virtual void take_number() = 0;
  // Phone: does not want it any more, or has read how it ended.
  virtual void leave_number() = 0;
  // Both, Called: who has that number has come to the screen.
  virtual void here() = 0;
};

}  // namespace vitrine::claim
