// SPDX-License-Identifier: MIT
// To the provider's pages: what a phone asks for there, and what the provider has to say to that.
#include <utility>

#include "server/handoff/claim_desk.h"

namespace vitrine {

using protocol::ClaimKind;
using protocol::ClaimNotice;
using rules::ClaimState;

namespace {

constexpr int64_t kProviderPatienceMs = 10'000;

}  // namespace

// To the provider's page; on_follow_page() or on_payment_page() goes on.
void ClaimDesk::visit(Seat& seat, ClaimKind kind, const protocol::ClaimAct& act) {
  const Claim* claim = claim_of(seat.name);
  const bool to_pay = kind == ClaimKind::Pay;
  const bool followed = claim != nullptr && (claim->followed || !claim->needs_follow);
  if (claim == nullptr || claim->state != ClaimState::Held || followed != to_pay) {
    return answer(seat);
  }
  if (to_pay && claim->price.minor == 0) {
    go_on(*claim);
    return answer(seat);
  }
  seat.notice = ClaimNotice::None;
  seat.action.clear();
  seat.visit = seat.request;
  seat.asked_ms = now_ms();
  if (is_asked(claim->claim, kind)) return;  // what comes of it is for this connection
  const ProviderVisit visit{claim->claim, seat.campaign,  claim->product, std::string(act.language),
                            seat.page,    claim->provider};
  if (!to_pay) return parts_.provider->begin_follow(visit);
  const Money price = claim->price;
  parts_.provider->begin_payment(visit, price);
}

// A provider is asked one thing at a time about one claim, however often its phone taps or comes
// back: what it asks others for in the meantime is not theirs to wait for.
bool ClaimDesk::is_asked(const Id128& claim, ClaimKind kind) {
  const auto [entry, is_new] = asked_.try_emplace(claim, Asked{kind, now_ms()});
  Asked& asked = entry->second;
  if (!is_new && asked.kind == kind && now_ms() - asked.since_ms < kProviderPatienceMs) return true;
  asked = {kind, now_ms()};
  return false;
}

void ClaimDesk::give_up_on_silent_providers() {
  for (auto& [connection, seat] : seats_) {
    if (seat.asked_ms == 0 || now_ms() - seat.asked_ms < kProviderPatienceMs) continue;
    count_provider("silent", "provider_timed_out");
    answer(seat, visitor(seat), ClaimNotice::ProviderTimedOut);
  }
  std::erase_if(asked_, [this](const auto& entry) {
    return now_ms() - entry.second.since_ms >= kProviderPatienceMs;
  });
}

void ClaimDesk::on_follow_page(const Id128& claim, const Result<std::string>& page) {
  asked_.erase(claim);
  count_provider("follow_page", page.ok() ? "" : "no_page");
  Seat* seat = seat_of_claim(claim);
  if (seat == nullptr) return;
  if (page.ok()) seat->action = page.value();
  answer(*seat, visitor(*seat), page.ok() ? ClaimNotice::None : ClaimNotice::ProviderTimedOut);
}

// The phone is sent there only when it is on disk that it was: money without a record is worse than
// a record without money.
void ClaimDesk::on_payment_page(const Id128& claim, const Result<ProviderPayment>& payment) {
  asked_.erase(claim);
  count_provider("payment_page", payment.ok() ? "" : "no_page");
  Seat* seat = seat_of_claim(claim);
  const std::optional<Claim> known = find_claim(claim);
  if (!payment.ok() || !known) {
    if (seat != nullptr) answer(*seat, visitor(*seat), ClaimNotice::ProviderTimedOut);
    return;
  }
  ClaimCommand command = command_of(ClaimVerb::BeginPayment, "phone");
  command.claim = claim;
  command.payment_reference = payment.value().reference;
  command.amount = known->price;
  Waiting waiting;
  waiting.page = payment.value().page;
  if (seat != nullptr) waiting.asker = visitor(*seat);
  if (!submit(std::move(command), std::move(waiting)) && seat != nullptr) {
    answer(*seat, visitor(*seat), ClaimNotice::Busy);
  }
}

void ClaimDesk::count_provider(std::string_view event, std::string_view why_not) {
  ++counts_.provider[{event, why_not}];
}

}  // namespace vitrine
