// SPDX-License-Identifier: MIT
// What screens and phones ask for.
#include "server/handoff/claim_desk.h"

#include <utility>

#include "server/handoff/claim_stage.h"

namespace vitrine {

using protocol::ClaimEnd;
using protocol::ClaimKind;
using protocol::ClaimNotice;
using rules::ClaimState;

namespace {

constexpr int64_t kBookTickMs = 1000;

uint32_t draw_below(const std::function<void(void*, size_t)>& random, uint32_t limit) {
  uint32_t bits = 0;
  random(&bits, sizeof bits);
  return bits % limit;  // off by 2^-25 for two digits: these are no secret
}

}  // namespace

ClaimDesk::ClaimDesk(ClaimDeskParts parts)
    : parts_(std::move(parts)),
      book_([this](uint32_t limit) { return draw_below(parts_.random, limit); }),
      lines_(parts_.queue_code),
      hold_clock_(*parts_.clock) {
  parts_.provider->set_events(this);
  read_pools();
}

void ClaimDesk::on_screen(ConnectionId connection, std::string_view device,
                          std::string_view campaign, std::string_view page) {
  if (Seat* older = seat_of_screen(device)) {
    parts_.close(older->connection, protocol::CloseCode::Replaced);
  }
  Seat seat;
  seat.connection = connection;
  seat.is_screen = true;
  seat.name = device;
  seat.campaign = campaign;
  seat.page = page;
  screens_[seat.name] = connection;
  Seat& seated = seats_[connection] = std::move(seat);
  tell(seated);
  book_.screen_came(device);
  on_screen_line(seated);
}

void ClaimDesk::on_phone(ConnectionId connection, std::string_view holder,
                         std::string_view campaign, std::string_view page) {
  Seat seat;
  seat.connection = connection;
  seat.campaign = campaign;
  seat.page = page;
  Seat& seated = seats_[connection] = std::move(seat);
  if (!holder.empty()) sit(seated, holder);
  tell(seated);
}

// From here on this connection is that phone.
void ClaimDesk::sit(Seat& seat, std::string_view holder) {
  Seat* older = seat_of_phone(holder);
  if (older != nullptr && older != &seat) {
    parts_.close(older->connection, protocol::CloseCode::Replaced);
  }
  // It may have come under another name, whose entry must not outlive it.
  const auto before = phones_.find(seat.name);
  if (before != phones_.end() && before->second == seat.connection) phones_.erase(before);
  seat.name = holder;
  const std::optional<Id128> id = Id128::from_hex(holder);
  if (id) seat.token = parts_.issue_holder(seat.campaign, *id);
  phones_[seat.name] = seat.connection;
  if (ScreenLine* line = lines_.of_holder(holder)) line->queue.came_back(holder);
  const std::optional<std::vector<Claim>> claims = look_for_vouchers(seat);
  if (claim_of(holder) != nullptr) return;
  // "You have nothing" would be a lie.
  if (!claims) return parts_.close(seat.connection, protocol::CloseCode::StorageUnavailable);
  const Handoff* handoff = book_.of_holder(holder);
  const bool linked = handoff != nullptr && handoff->phase == HandoffPhase::Linked;
  for (const Claim& claim : *claims) {
    if (campaign_of_pool(claim.pool) != seat.campaign) continue;
    // What it had before it came to this screen is not what it is asked about there.
    const bool of_this = claim.session == (linked ? handoff->session : claim.session);
    if (linked && (!of_this || !rules::takes_stock(claim.state))) return;
    remember(claim);
    return go_on(claim);
  }
}

void ClaimDesk::on_left(ConnectionId connection) {
  const auto found = seats_.find(connection);
  if (found == seats_.end()) return;
  const Seat& seat = found->second;
  auto& names = seat.is_screen ? screens_ : phones_;
  const auto name = names.find(seat.name);
  if (name != names.end() && name->second == connection) {
    names.erase(name);
    seat.is_screen ? screen_gone(seat.name) : phone_gone(seat.name);
  }
  seats_.erase(found);
}

void ClaimDesk::screen_gone(std::string_view device) {
  book_.screen_left(device, now_ms());
  screen_line_left(device);
}

void ClaimDesk::phone_gone(std::string_view holder) {
  if (ScreenLine* line = lines_.of_holder(holder)) line->queue.went_away(holder, now_ms());
}

void ClaimDesk::on_act(ConnectionId connection, ClaimKind kind, const protocol::ClaimAct& act,
                       bool limited) {
  const auto found = seats_.find(connection);
  if (found == seats_.end()) return;
  Seat& seat = found->second;
  seat.request = act.request;
  if (limited) {
    // What was there before is not the answer to what was asked.
    const Handoff* before = kind == ClaimKind::Open ? book_.of_screen(seat.name) : nullptr;
    if (before != nullptr) end(*before, ClaimEnd::SessionOver);
    return answer(seat, ClaimNotice::Busy);
  }
  seat.is_screen ? act_of_screen(seat, kind, act) : act_of_phone(seat, kind, act);
}

void ClaimDesk::act_of_screen(Seat& seat, ClaimKind kind, const protocol::ClaimAct& act) {
  if (kind == ClaimKind::Open) return open(seat, act);
  if (kind == ClaimKind::Engaged || kind == ClaimKind::Free) {
    return set_free(seat, kind == ClaimKind::Free);
  }
  if (kind == ClaimKind::Here) return here(seat, act);
  if (kind == ClaimKind::NotMe) not_me(seat);
  if (kind == ClaimKind::Close) {
    if (const Handoff* handoff = book_.of_screen(seat.name)) end(*handoff, ClaimEnd::SessionOver);
  }
  answer(seat);
}

void ClaimDesk::act_of_phone(Seat& seat, ClaimKind kind, const protocol::ClaimAct& act) {
  switch (kind) {
    case ClaimKind::Join:
      return join(seat, act);
    case ClaimKind::Agree:
      return agree(seat, act);
    case ClaimKind::Follow:
    case ClaimKind::Pay:
      return visit(seat, kind, act);
    case ClaimKind::Cancel:
      if (cancel(seat)) return;  // answered when it is done
      break;
    case ClaimKind::NotMe:
      not_me(seat);
      break;
    case ClaimKind::TakeNumber:
      return take_number(seat, act);
    case ClaimKind::LeaveNumber:
      return leave_number(seat);
    case ClaimKind::Here:
      return here(seat, act);
    default:
      break;
  }
  answer(seat);
}

void ClaimDesk::open(Seat& seat, const protocol::ClaimAct& act) {
  if (const Handoff* older = book_.of_screen(seat.name)) end(*older, ClaimEnd::SessionOver);
  seat.refusal = ClaimEnd::None;
  const ClaimOffer* offer = parts_.offer(seat.campaign, act.product);
  const auto pool = offer ? pools_.find(offer->pool) : pools_.end();
  // Not whether the pool is open: what staff decided holds at once, its writing comes a moment
  // later.
  if (closed_ || pool == pools_.end()) {
    seat.refusal = ClaimEnd::Closed;
    return answer(seat);
  }
  if (pool->second.remaining() <= 0) {
    seat.refusal = ClaimEnd::SoldOut;
    return answer(seat);
  }
  HandoffBook::Opening opening{seat.name,   act.session, seat.campaign,
                               act.product, {},          pool->second.price};
  parts_.random(opening.ticket.bytes.data(), opening.ticket.bytes.size());
  const bool has_room = book_.open(opening, now_ms()) != nullptr;
  answer(seat, has_room ? ClaimNotice::None : ClaimNotice::Busy);
}

std::string ClaimDesk::draw_holder() {
  Id128 random;
  parts_.random(random.bytes.data(), random.bytes.size());
  return time_ordered_id(parts_.clock->wall_ms(), random).to_hex();
}

void ClaimDesk::join(Seat& seat, const protocol::ClaimAct& act) {
  const std::string holder = seat.name.empty() ? draw_holder() : seat.name;
  // Money on its way belongs to the claim that is held: first that one, then another. What is over
  // waits for nobody; the ledger knows what to do with money of it that comes late.
  const Claim* known = claim_of(seat.name);
  if (known != nullptr && known->state == rules::ClaimState::Held &&
      known->payment == rules::PaymentState::Pending) {
    return answer(seat, ClaimNotice::Busy);
  }
  const Handoff* older = book_.of_holder(holder);
  const uint64_t older_number = older == nullptr ? 0 : older->number;
  const Handoff* handoff = book_.join({act.ticket, act.key, holder, seat.campaign}, now_ms());
  if (handoff == nullptr) {
    // A code that is over takes nothing from who has something.
    const bool linked = older != nullptr && older->phase == HandoffPhase::Linked;
    const bool has_claim = known != nullptr && rules::takes_stock(known->state);
    if (!linked && !has_claim) seat.refusal = ClaimEnd::CodeOver;
    return answer(seat);
  }
  seat.refusal = ClaimEnd::None;
  if (handoff->number != older_number) {
    forget(handoff->holder);
    if (older != nullptr) tell_handoff(*older);
  }
  sit(seat, std::string(handoff->holder));
  answer(seat);
  tell_handoff(*handoff);
}

void ClaimDesk::agree(Seat& seat, const protocol::ClaimAct& act) {
  const Handoff* handoff = book_.of_holder(seat.name);
  if (handoff == nullptr || handoff->phase != HandoffPhase::Linked || claim_of(seat.name)) {
    return answer(seat);
  }
  const ClaimOffer* offer = parts_.offer(handoff->campaign, handoff->product);
  if (closed_ || !offer) {
    end(*handoff, ClaimEnd::Closed);
    return answer(seat);
  }
  if (!act.terms || (offer->guardian_asked && !act.guardian)) return answer(seat);
  ClaimCommand hold = command_of(ClaimVerb::Hold, "phone");
  hold.request_key = act.key.to_hex();
  Id128 random;
  parts_.random(random.bytes.data(), random.bytes.size());
  hold.claim = time_ordered_id(hold.now, random);
  hold.pool = offer->pool;
  hold.holder = seat.name;
  hold.product = handoff->product;
  hold.session = handoff->session;
  hold.until = hold.now + offer->hold_ms;
  hold.needs_follow = offer->needs_follow;
  hold.valid_ms = offer->valid_ms;
  hold.provider = offer->provider;
  hold.price = handoff->price;
  hold.consents.reserve(3);
  const auto consent = [&](const char* purpose, bool agreed) {
    hold.consents.push_back(
        {purpose, std::string(act.terms_version), std::string(act.language), agreed, hold.now});
  };
  consent("terms", act.terms);
  if (offer->guardian_asked) consent("guardian", act.guardian);
  consent("statistics", act.statistics);
  Waiting waiting;
  waiting.handoff = handoff->number;
  waiting.holder = hold.holder;
  waiting.pool = hold.pool;
  waiting.asker = {seat.connection, seat.request};
  if (!submit(std::move(hold), std::move(waiting))) answer(seat, ClaimNotice::Busy);
}

bool ClaimDesk::cancel(Seat& seat) {
  const Handoff* handoff = book_.of_holder(seat.name);
  const Claim* claim = claim_of(seat.name);
  if (claim == nullptr) {
    if (handoff != nullptr) end(*handoff, ClaimEnd::Cancelled);
    return false;
  }
  const Asker asker{seat.connection, seat.request};
  const bool taken = release(*claim, rules::ReleaseReason::Cancelled, asker);
  if (!taken && claim->state == ClaimState::Held) answer(seat, ClaimNotice::Busy);
  return taken || claim->state == ClaimState::Held;
}

void ClaimDesk::not_me(Seat& seat) {
  const Handoff* handoff = seat.is_screen ? book_.of_screen(seat.name) : book_.of_holder(seat.name);
  if (handoff == nullptr || handoff->phase == HandoffPhase::Over) return;
  end(*handoff, ClaimEnd::NotMe);
  // A voucher that is there already is the phone's; so is what it is about to pay for.
  const Claim* claim = claim_of(handoff->holder);
  if (claim != nullptr && claim->payment != rules::PaymentState::Pending) {
    release(*claim, rules::ReleaseReason::Cancelled, {});
  }
}

bool ClaimDesk::release(const Claim& claim, rules::ReleaseReason reason, Asker asker) {
  if (claim.state != ClaimState::Held) return false;
  ClaimCommand command = command_of(ClaimVerb::Release, "phone");
  command.claim = claim.claim;
  command.reason = reason;
  Waiting waiting;
  waiting.asker = asker;
  return submit(std::move(command), std::move(waiting));
}

void ClaimDesk::end(const Handoff& handoff, ClaimEnd why) {
  book_.end(handoff.number, why, now_ms());
  tell_handoff(handoff);
}

void ClaimDesk::on_tick() {
  if (now_ms() - ticked_ms_ >= kBookTickMs) {
    ticked_ms_ = now_ms();
    for (const Handoff* handoff : book_.tick(now_ms())) tell_handoff(*handoff);
    follow_pools();
  }
  tick_lines();
  parts_.provider->on_tick();
  follow_clock();
  follow_ledger();
  give_up_on_silent_providers();
  reconcile();
  forget_absent();
}

// Vouchers change their QR by the server's clock: who shows one must hear at once that it was set.
void ClaimDesk::follow_clock() {
  const int64_t jump_ms = hold_clock_.jump_ms();
  if (jump_ms == 0) return;
  hold_clock_.follow(jump_ms);
  for (auto& [connection, seat] : seats_) tell(seat);
}

// Claims of phones that are neither here nor linked to a screen.
void ClaimDesk::forget_absent() {
  for (auto entry = claims_.begin(); entry != claims_.end();) {
    const Handoff* handoff = book_.of_holder(entry->first);
    const bool linked = handoff != nullptr && handoff->phase == HandoffPhase::Linked;
    if (linked || phones_.count(entry->first) != 0) {
      ++entry;
      continue;
    }
    holder_of_.erase(entry->second.claim);
    entry = claims_.erase(entry);
  }
}

ClaimFigures ClaimDesk::figures() const {
  ClaimFigures figures{counts_, pools_, screens_.size(), seats_.size() - screens_.size()};
  book_.count(figures.waiting, figures.linked);
  return figures;
}

void ClaimDesk::forget(std::string_view holder) {
  const auto known = claims_.find(holder);
  if (known == claims_.end()) return;
  holder_of_.erase(known->second.claim);
  claims_.erase(known);
}

}  // namespace vitrine
