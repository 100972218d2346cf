// SPDX-License-Identifier: MIT
// What staff decide about stock, prices and claims, and what pools take over from it.
#include <algorithm>
#include <utility>

#include "server/handoff/claim_desk.h"

namespace vitrine {

using protocol::ClaimEnd;
using rules::ClaimState;

void ClaimDesk::on_offer(const ClaimOffer& offer) {
  offered_pools_.insert(offer.pool);
  follow_pool(offer.pool, &offer);
}

// Asks the store for the pool as it should be, where it is not. Somebody may take one in that very
// moment: then the store refuses a stock below what is taken, and it is asked for again. One word
// at a time a pool: what is wanted meanwhile is asked for when the store has answered. Opening and
// closing is a word of its own, for the ledger says who of staff wanted what.
void ClaimDesk::follow_pool(const std::string& name, const ClaimOffer* offer) {
  const Pool* known = pool(name);
  if (known == nullptr && offer == nullptr) return;
  Pool wanted = known != nullptr ? *known : Pool{name, offer->stock, 0, true, {}};
  wanted.open = !closed_;
  const bool turns = known != nullptr && known->open != wanted.open;
  if (offer != nullptr && !turns) {
    wanted.price = offer->price;
    if (offer->stock_leads) wanted.stock = std::max(offer->stock, wanted.taken);
  }
  const bool is_unanswered = unanswered_pools_.count(name) != 0;
  if (is_unanswered || (known != nullptr && *known == wanted)) return;
  ClaimCommand command = command_of(ClaimVerb::SetPool, who_changes(known, wanted, offer));
  command.pool = name;
  command.amount = wanted.price;
  command.stock = wanted.stock;
  command.open = wanted.open;
  if (submit(std::move(command))) unanswered_pools_.insert(name);
}

void ClaimDesk::follow_pool(const std::string& name) {
  const size_t slash = name.find('/');
  follow_pool(name, parts_.offer(name.substr(0, slash), name.substr(slash + 1)));
}

std::string_view ClaimDesk::who_changes(const Pool* known, const Pool& wanted,
                                        const ClaimOffer* offer) const {
  if (known != nullptr && known->open != wanted.open) return closed_by_;
  const bool by_staff = known != nullptr && offer != nullptr && offer->stock_leads;
  return by_staff ? std::string_view(offer->published_by) : "campaign";
}

// Again and again, for what a full disk or a full queue did not take is wanted all the same.
void ClaimDesk::follow_pools() {
  std::set<std::string> names = offered_pools_;
  for (const auto& [name, pool] : pools_) names.insert(name);
  for (const std::string& name : names) follow_pool(name);
}

void ClaimDesk::set_closed(bool closed, std::string_view actor) {
  closed_ = closed;
  closed_by_ = actor;
  if (closed) end_unagreed();
  follow_pools();
}

// A code on a screen that leads to nothing is taken down, and who came by it is told why.
void ClaimDesk::end_unagreed() {
  for (const auto& [screen, connection] : screens_) {
    const Handoff* handoff = book_.of_screen(screen);
    if (handoff == nullptr || handoff->phase == HandoffPhase::Over) continue;
    if (has_agreed(*handoff)) continue;
    end(*handoff, ClaimEnd::Closed);
  }
}

// Also while the store is being asked.
bool ClaimDesk::has_agreed(const Handoff& handoff) const {
  if (handoff.phase == HandoffPhase::Linked && claim_of(handoff.holder) != nullptr) return true;
  return std::any_of(waiting_.begin(), waiting_.end(),
                     [&](const auto& entry) { return entry.second.handoff == handoff.number; });
}

bool ClaimDesk::take_back(const Claim& claim, std::string_view actor, StaffDone done) {
  const bool is_held = claim.state == ClaimState::Held;
  ClaimCommand command = command_of(is_held ? ClaimVerb::Release : ClaimVerb::Void, actor);
  command.claim = claim.claim;
  command.reason = rules::ReleaseReason::Stopped;
  Waiting waiting;
  waiting.done = std::move(done);
  return submit(std::move(command), std::move(waiting));
}

const Pool* ClaimDesk::pool(std::string_view name) const {
  const auto found = pools_.find(name);
  return found == pools_.end() ? nullptr : &found->second;
}

}  // namespace vitrine
