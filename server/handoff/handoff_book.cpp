// SPDX-License-Identifier: MIT
#include "server/handoff/handoff_book.h"

#include <algorithm>
#include <utility>

namespace vitrine {

using protocol::ClaimEnd;

namespace {

constexpr uint32_t kFirstMark = 10;
constexpr int kMarkTries = 8;

}  // namespace

Handoff* HandoffBook::find(uint64_t number) {
  const auto found = handoffs_.find(number);
  return found == handoffs_.end() ? nullptr : &found->second;
}

const Handoff* HandoffBook::of_screen(std::string_view screen) const {
  const auto found = by_screen_.find(screen);
  return found == by_screen_.end() ? nullptr : found->second;
}

const Handoff* HandoffBook::of_holder(std::string_view holder) const {
  const auto found = by_holder_.find(holder);
  return found == by_holder_.end() ? nullptr : found->second;
}

const Handoff* HandoffBook::open(const Opening& opening, int64_t now_ms) {
  if (const Handoff* older = of_screen(opening.screen)) {
    end(older->number, ClaimEnd::SessionOver, now_ms);
  }
  if (!make_room()) return nullptr;
  Handoff handoff;
  handoff.number = next_number_++;
  handoff.ticket = opening.ticket;
  handoff.screen = opening.screen;
  handoff.session = opening.session;
  handoff.campaign = opening.campaign;
  handoff.product = opening.product;
  handoff.price = opening.price;
  handoff.ends_ms = now_ms + kTicketLifeMs;
  Handoff* opened = &handoffs_.emplace(handoff.number, std::move(handoff)).first->second;
  by_ticket_[opened->ticket] = opened;
  by_screen_[opened->screen] = opened;
  return opened;
}

const Handoff* HandoffBook::join(const Joining& joining, int64_t now_ms) {
  const auto found = by_ticket_.find(joining.ticket);
  Handoff* handoff = found == by_ticket_.end() ? nullptr : found->second;
  if (handoff == nullptr || handoff->campaign != joining.campaign) return nullptr;
  if (!handoff->holder.empty()) {
    const bool same = handoff->join_key == joining.key || handoff->holder == joining.holder;
    return same ? handoff : nullptr;
  }
  if (handoff->phase != HandoffPhase::Waiting || now_ms >= handoff->ends_ms) return nullptr;
  // Who joins somewhere else leaves where they were.
  if (const Handoff* older = of_holder(joining.holder)) end(older->number, ClaimEnd::NotMe, now_ms);
  handoff->phase = HandoffPhase::Linked;
  handoff->ends_ms = now_ms + kAgreeLifeMs;
  handoff->holder = joining.holder;
  handoff->join_key = joining.key;
  Marks& used = marks_[handoff->campaign];
  handoff->screen_mark = take_mark(used);
  handoff->phone_mark = take_mark(used);
  by_holder_[handoff->holder] = handoff;
  return handoff;
}

// Two screens side by side should not have the same one; with many at once some will.
std::string HandoffBook::take_mark(Marks& used) {
  uint32_t mark = 0;
  for (int tries = 0; tries < kMarkTries; ++tries) {
    mark = draw_(kMarks);
    if (used[mark] == 0) break;
  }
  ++used[mark];
  return std::to_string(kFirstMark + mark);
}

void HandoffBook::give_back_mark(std::string_view campaign, const std::string& mark) {
  const auto used = marks_.find(campaign);
  if (used == marks_.end() || mark.empty()) return;
  --used->second[static_cast<size_t>(std::stoi(mark)) - kFirstMark];
}

void HandoffBook::end(uint64_t number, ClaimEnd why, int64_t now_ms) {
  Handoff* handoff = find(number);
  if (handoff == nullptr || handoff->phase == HandoffPhase::Over) return;
  handoff->phase = HandoffPhase::Over;
  handoff->end = why;
  give_back_mark(handoff->campaign, handoff->screen_mark);
  give_back_mark(handoff->campaign, handoff->phone_mark);
  handoff->ends_ms = now_ms + kOverLifeMs;
}

void HandoffBook::keep(uint64_t number) {
  Handoff* handoff = find(number);
  if (handoff != nullptr && handoff->phase == HandoffPhase::Linked) handoff->ends_ms = 0;
}

void HandoffBook::screen_left(std::string_view screen, int64_t now_ms) {
  const auto found = by_screen_.find(screen);
  if (found != by_screen_.end()) found->second->screen_gone_ms = std::max<int64_t>(1, now_ms);
}

void HandoffBook::screen_came(std::string_view screen) {
  const auto found = by_screen_.find(screen);
  if (found != by_screen_.end()) found->second->screen_gone_ms = 0;
}

const std::vector<const Handoff*>& HandoffBook::tick(int64_t now_ms) {
  ended_.clear();
  std::vector<uint64_t> forgotten;
  for (auto& [number, handoff] : handoffs_) {
    const bool due = handoff.ends_ms != 0 && now_ms >= handoff.ends_ms;
    if (handoff.phase == HandoffPhase::Over) {
      if (due) forgotten.push_back(number);
      continue;
    }
    const bool gone =
        handoff.screen_gone_ms != 0 && now_ms - handoff.screen_gone_ms >= kScreenGraceMs;
    if (!due && !gone) continue;
    const bool unused = due && handoff.phase == HandoffPhase::Waiting;
    end(number, unused ? ClaimEnd::CodeOver : ClaimEnd::SessionOver, now_ms);
    ended_.push_back(&handoff);
  }
  for (const uint64_t number : forgotten) forget(number);
  return ended_;
}

void HandoffBook::count(size_t& waiting, size_t& linked) const {
  waiting = linked = 0;
  for (const auto& [number, handoff] : handoffs_) {
    waiting += handoff.phase == HandoffPhase::Waiting;
    linked += handoff.phase == HandoffPhase::Linked;
  }
}

void HandoffBook::forget(uint64_t number) {
  const auto found = handoffs_.find(number);
  const Handoff& handoff = found->second;
  by_ticket_.erase(handoff.ticket);
  const auto screen = by_screen_.find(handoff.screen);
  if (screen != by_screen_.end() && screen->second == &handoff) by_screen_.erase(screen);
  const auto holder = by_holder_.find(handoff.holder);
  if (holder != by_holder_.end() && holder->second == &handoff) by_holder_.erase(holder);
  handoffs_.erase(found);
}

bool HandoffBook::make_room() {
  if (handoffs_.size() < kMaxHandoffs) return true;
  const auto over = std::find_if(handoffs_.begin(), handoffs_.end(), [](const auto& entry) {
    return entry.second.phase == HandoffPhase::Over;
  });
  if (over != handoffs_.end()) forget(over->first);
  return handoffs_.size() < kMaxHandoffs;
}

}  // namespace vitrine
