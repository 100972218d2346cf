// SPDX-License-Identifier: MIT
// What phones and screens are told. A screen is a public place: codes are masked for it, and once
// its shopper has gone it is told nothing of their phone.
#include <algorithm>
#include <utility>

#include "engine/rules/voucher_code.h"
#include "server/handoff/claim_desk.h"
#include "server/handoff/claim_stage.h"

namespace vitrine {

using protocol::ClaimEnd;
using protocol::ClaimNotice;
using protocol::ClaimStage;
using rules::ClaimState;

std::string_view ClaimDesk::name_of(ConnectionId connection) const {
  const auto found = seats_.find(connection);
  return found == seats_.end() ? std::string_view() : found->second.name;
}

ClaimDesk::Seat* ClaimDesk::seat_of_phone(std::string_view holder) {
  const auto found = phones_.find(holder);
  return found == phones_.end() ? nullptr : &seats_.at(found->second);
}

ClaimDesk::Seat* ClaimDesk::seat_of_screen(std::string_view device) {
  const auto found = screens_.find(device);
  return found == screens_.end() ? nullptr : &seats_.at(found->second);
}

const Claim* ClaimDesk::claim_of(std::string_view holder) const {
  const auto found = claims_.find(holder);
  return found == claims_.end() ? nullptr : &found->second;
}

Result<std::optional<Claim>> ClaimDesk::read_claim(const Id128& claim) {
  const auto holder = holder_of_.find(claim);
  if (holder != holder_of_.end()) return std::optional<Claim>(*claim_of(holder->second));
  return parts_.reader->find_claim(claim);
}

std::optional<Claim> ClaimDesk::find_claim(const Id128& claim) {
  const Result<std::optional<Claim>> read = read_claim(claim);
  return read.ok() ? read.value() : std::nullopt;
}

ClaimDesk::Seat* ClaimDesk::seat_of_claim(const Id128& claim) {
  const std::optional<Claim> known = find_claim(claim);
  return known ? seat_of_phone(known->holder) : nullptr;
}

void ClaimDesk::tell(Seat& seat) {
  parts_.changed(seat.connection);
}

void ClaimDesk::answer(Seat& seat, ClaimNotice notice) {
  seat.answered = seat.request;
  seat.asked_ms = 0;
  seat.notice = notice;
  tell(seat);
}

void ClaimDesk::answer(Seat& seat, Asker asker, ClaimNotice notice) {
  if (asker.connection == seat.connection) {
    seat.answered = std::max(seat.answered, asker.request);
    if (seat.visit <= seat.answered) seat.asked_ms = 0;
  }
  seat.notice = notice;
  tell(seat);
}

void ClaimDesk::tell_both(std::string_view holder) {
  if (Seat* phone = seat_of_phone(holder)) tell(*phone);
  const Handoff* handoff = book_.of_holder(holder);
  if (handoff == nullptr || handoff->phase != HandoffPhase::Linked) return;
  if (Seat* screen = seat_of_screen(handoff->screen)) tell(*screen);
}

void ClaimDesk::tell_handoff(const Handoff& handoff) {
  if (Seat* screen = seat_of_screen(handoff.screen)) tell(*screen);
  if (Seat* phone = seat_of_phone(handoff.holder)) tell(*phone);
}

void ClaimDesk::write_state(ConnectionId connection, std::string& out) {
  const auto found = seats_.find(connection);
  protocol::ClaimState state;
  state.time_ms = parts_.clock->wall_ms();
  std::string action;
  if (found != seats_.end()) {
    Seat& seat = found->second;
    state.answered = seat.answered;
    state.notice = seat.notice;
    seat.is_screen ? fill_screen(seat, state) : fill_phone(seat, state);
    fill_queue(seat, state);
    action = std::exchange(seat.action, {});
    state.action = action;
  }
  protocol::encode_claim_state(state, out);
}

// Whatever staff publish meanwhile: who came by a code gets what was shown with it.
void ClaimDesk::fill_price(const Handoff& handoff, protocol::ClaimState& state) {
  state.price = handoff.price.minor;
  state.currency = handoff.price.currency;
}

void ClaimDesk::fill_claim(const Claim& claim, protocol::ClaimState& state) const {
  const ShownStage shown = shown_stage(claim);
  state.stage = shown.stage;
  state.reason = shown.reason;
  state.product = claim.product;
  state.price = claim.price.minor;
  state.currency = claim.price.currency;
  if (claim.state == ClaimState::Held) {
    state.whole_ms = claim.hold_until - claim.held_time;
    state.left_ms = std::clamp<int64_t>(claim.hold_until - state.time_ms, 0, state.whole_ms);
  }
  if (claim.state == ClaimState::Issued) state.valid_until_ms = claim.valid_until;
}

void ClaimDesk::fill_screen(const Seat& seat, protocol::ClaimState& state) {
  const Handoff* handoff = book_.of_screen(seat.name);
  if (seat.refusal != ClaimEnd::None) {
    state.stage = ClaimStage::Ended;
    state.reason = seat.refusal;
    return;
  }
  if (handoff == nullptr) return;
  state.product = handoff->product;
  if (handoff->phase == HandoffPhase::Over) {
    state.stage = ClaimStage::Ended;
    state.reason = handoff->end;
    return;
  }
  fill_price(*handoff, state);
  if (handoff->phase == HandoffPhase::Waiting) {
    state.stage = ClaimStage::Waiting;
    state.ticket = handoff->ticket;
    state.page = seat.page;
    state.whole_ms = kTicketLifeMs;
    state.left_ms = std::clamp<int64_t>(handoff->ends_ms - now_ms(), 0, kTicketLifeMs);
    return;
  }
  state.screen_mark = handoff->screen_mark;
  state.phone_mark = handoff->phone_mark;
  state.stage = ClaimStage::Agreeing;
  const Claim* claim = claim_of(handoff->holder);
  if (claim == nullptr) return;
  fill_claim(*claim, state);
  if (claim->code.empty()) return;
  code_ = rules::mask_voucher_code(claim->code);
  state.code = code_;
}

void ClaimDesk::fill_vouchers(const Seat& seat, protocol::ClaimState& state) {
  const Claim* shown = claim_of(seat.name);
  secrets_.clear();
  secrets_.reserve(seat.vouchers.size());
  for (const Claim& claim : seat.vouchers) {
    if (shown != nullptr && shown->claim == claim.claim) continue;
    secrets_.push_back(parts_.voucher_secret(claim.code));
    state.vouchers.push_back({claim.product, claim.code, secrets_.back(), claim.valid_until,
                              claim.price.minor, claim.price.currency});
  }
}

void ClaimDesk::fill_phone(const Seat& seat, protocol::ClaimState& state) {
  if (seat.refusal != ClaimEnd::None) {
    state.stage = ClaimStage::Ended;
    state.reason = seat.refusal;
    return;
  }
  if (seat.name.empty()) return;
  state.holder = seat.token;
  fill_vouchers(seat, state);
  const Handoff* handoff = book_.of_holder(seat.name);
  const Claim* claim = claim_of(seat.name);
  if (handoff != nullptr && handoff->phase == HandoffPhase::Linked) {
    state.stage = ClaimStage::Agreeing;
    state.product = handoff->product;
    state.session = handoff->session;
    state.screen_mark = handoff->screen_mark;
    state.phone_mark = handoff->phone_mark;
    fill_price(*handoff, state);
  } else if (handoff != nullptr && claim == nullptr) {
    state.stage = ClaimStage::Ended;
    state.reason = handoff->end;
    state.product = handoff->product;
  }
  if (claim == nullptr) return;
  fill_claim(*claim, state);
  state.session = claim->session;
  // That two ends do not belong together says more than that the hold was given up.
  if (handoff != nullptr && handoff->end == ClaimEnd::NotMe &&
      state.reason == ClaimEnd::Cancelled) {
    state.reason = ClaimEnd::NotMe;
  }
  if (claim->code.empty() || claim->state != ClaimState::Issued) return;
  code_ = claim->code;
  secret_ = parts_.voucher_secret(claim->code);
  state.code = code_;
  state.secret = secret_;
}

}  // namespace vitrine
