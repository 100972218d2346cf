// SPDX-License-Identifier: MIT
// Which phone belongs to which screen (docs/claim-protocol.md). Pure: no socket, no clock, no
// store; lives in memory, for everything here is over in minutes and a screen that finds its server
// restarted asks for a new ticket.
//
//   open ─► Waiting ──join──► Linked ──► Over
//              └── time, close, open again, not me ──┘
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/id128.h"
#include "engine/protocol/claim_codes.h"
#include "server/claims/claim_store.h"
#include "server/name_map.h"

namespace vitrine {

inline constexpr int64_t kTicketLifeMs = 90'000;
// Who has joined and agrees to nothing in this time has walked away.
inline constexpr int64_t kAgreeLifeMs = 180'000;
// A screen whose connection is lost may be back in this time; then its shopper counts as gone.
inline constexpr int64_t kScreenGraceMs = 20'000;
// How long it is remembered who had a ticket, for a phone that asks again because it lost the
// answer.
inline constexpr int64_t kOverLifeMs = 10 * 60 * 1000;
// Tickets and links at once; beyond it the oldest that are over go first, then nobody may open.
inline constexpr size_t kMaxHandoffs = 100'000;

enum class HandoffPhase : uint8_t { Waiting, Linked, Over };

struct Handoff {
  uint64_t number = 0;  // from 1, never reused
  HandoffPhase phase = HandoffPhase::Waiting;
  protocol::ClaimEnd end = protocol::ClaimEnd::None;  // Over: why
  Id128 ticket;
  std::string screen;  // the device that shows it
  Id128 session;       // of the shopper at the screen
  std::string campaign;
  std::string product;
  Money price;  // that both ends are shown from the code on, and that is held
  // When the ticket is over, or a link without a claim; once Over, when it is forgotten. 0: never.
  int64_t ends_ms = 0;
  int64_t screen_gone_ms = 0;  // 0: connected
  std::string holder;          // from joining on; empty: nobody ever joined
  Id128 join_key;
  std::string screen_mark, phone_mark;  // two digits each, from joining on
};

class HandoffBook {
 public:
  // `draw(limit)`: a random number below `limit`, of the system's.
  explicit HandoffBook(std::function<uint32_t(uint32_t limit)> draw) : draw_(std::move(draw)) {}

  struct Opening {
    std::string_view screen;
    Id128 session;
    std::string_view campaign;
    std::string_view product;
    Id128 ticket;  // random
    Money price = {};
  };
  // A ticket for this screen; what it had before is over (SessionOver). Null: no room.
  const Handoff* open(const Opening& opening, int64_t now_ms);

  // The first to come with a ticket that waits gets the link. The same key or holder again gets the
  // same link, whatever it has become. Null for everybody else: the ticket is over, was somebody
  // else's, or never was; nobody learns which.
  struct Joining {
    Id128 ticket;
    Id128 key;
    std::string_view holder;
    std::string_view campaign;  // a ticket of another one is none here
  };
  const Handoff* join(const Joining& joining, int64_t now_ms);

  // The newest of a screen or of a holder; null when there is none, or it is forgotten.
  const Handoff* of_screen(std::string_view screen) const;
  const Handoff* of_holder(std::string_view holder) const;

  // Its phone has a claim: the link lasts as long as the shopper at the screen.
  void keep(uint64_t number);

  // These two do not belong together, or what led here has ended: no message of one reaches the
  // other again. Nothing happens to what is over already.
  void end(uint64_t number, protocol::ClaimEnd why, int64_t now_ms);

  void screen_left(std::string_view screen, int64_t now_ms);
  void screen_came(std::string_view screen);

  // Ends and forgets what its time has come for. Returns what ended now; valid until the next call.
  const std::vector<const Handoff*>& tick(int64_t now_ms);

  size_t size() const { return handoffs_.size(); }
  // How many wait for a phone, and how many have one; costs as much as there are.
  void count(size_t& waiting, size_t& linked) const;

 private:
  Handoff* find(uint64_t number);
  void forget(uint64_t number);
  bool make_room();
  static constexpr uint32_t kMarks = 90;
  using Marks = std::array<uint32_t, kMarks>;  // how many have which now
  std::string take_mark(Marks& used);
  void give_back_mark(std::string_view campaign, const std::string& mark);

  std::function<uint32_t(uint32_t limit)> draw_;
  uint64_t next_number_ = 1;
  std::map<uint64_t, Handoff> handoffs_;  // by number: the oldest first
  std::unordered_map<Id128, Handoff*, Id128Hash> by_ticket_;
  NameMap<Handoff*> by_screen_, by_holder_;          // the newest of each
  std::map<std::string, Marks, std::less<>> marks_;  // by campaign
  std::vector<const Handoff*> ended_;
};

}  // namespace vitrine
