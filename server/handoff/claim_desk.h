// SPDX-License-Identifier: MIT
// Where screens and phones, the store and the provider meet: who asks for what, what is allowed
// now, what everybody has to be told. No socket here and no disk: acts, completions and events come
// in, commands and "look at this connection" go out. Loop's thread.
//
//   act ─► handoff book ─► command ─► writer ─► completion ─► state of phone and screen
//             provider's event ─┘
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/protocol/claim_messages.h"
#include "engine/protocol/codes.h"
#include "engine/rules/claim.h"
#include "server/claims/claim_offer.h"
#include "server/claims/claim_store.h"
#include "server/claims/hold_clock.h"
#include "server/connection_id.h"
#include "server/handoff/claim_counts.h"
#include "server/handoff/handoff_book.h"
#include "server/handoff/queue_book.h"
#include "server/name_map.h"
#include "server/providers/provider.h"

namespace vitrine {

struct ClaimDeskParts {
  const Clock* clock = nullptr;
  ClaimReader* reader = nullptr;
  Provider* provider = nullptr;
  // Takes a command for the store; on_completion() follows with this number. False: no room now.
  std::function<bool(uint64_t number, ClaimCommand&& command)> submit;
  // Null: this campaign does not hand this product out. Used at once.
  std::function<const ClaimOffer*(std::string_view campaign, std::string_view product)> offer;
  // Whether whoever waits for a screen of this campaign may take a number.
  std::function<bool(std::string_view campaign)> has_queue;
  QueueBook::CodeOf queue_code;
  std::function<std::string(std::string_view campaign, const Id128& holder)> issue_holder;
  std::function<std::string(std::string_view code)> voucher_secret;  // hex
  std::function<std::string(std::string_view member)> member_hash;   // keyed
  // What a provider tells cannot be judged now, for the store cannot be read: it is told again.
  std::function<void()> tell_again;
  std::function<void(void* out, size_t size)> random;    // the system's
  std::function<void(ConnectionId connection)> changed;  // its state is to be sent
  std::function<void(ConnectionId connection, protocol::CloseCode code)> close;
};

class ClaimDesk final : public ProviderEvents {
 public:
  // What `parts` points to outlives the desk.
  explicit ClaimDesk(ClaimDeskParts parts);

  // `page`: the campaign's public page, with a slash at its end.
  void on_screen(ConnectionId connection, std::string_view device, std::string_view campaign,
                 std::string_view page);
  // `holder` "": a phone that has none yet.
  void on_phone(ConnectionId connection, std::string_view holder, std::string_view campaign,
                std::string_view page);
  void on_left(ConnectionId connection);
  // A campaign was opened or changed: makes the pool where there is none, gives it this price, and
  // the stock that staff published, but never less than is taken.
  void on_offer(const ClaimOffer& offer);

  // What staff do (claim_desk_staff.cpp).
  // Closed: no pool takes a new claim, one that comes later neither; whoever has not agreed yet is
  // told. What was agreed to goes on. `actor`: who of staff, for the ledger.
  void set_closed(bool closed, std::string_view actor);
  using StaffDone = std::function<void(const Status&, const ClaimOutcome&)>;
  // Takes back a voucher (its money is due for refund) or ends a hold. False: no room now, `done`
  // is not called. `actor` is at most 64 bytes.
  bool take_back(const Claim& claim, std::string_view actor, StaffDone done);
  // As the store had it when it was told last; null: none of that name.
  const Pool* pool(std::string_view name) const;
  // Answered by the next state of that connection, now or later. `limited`: by a limit on how often
  // somebody may ask: nothing is done.
  void on_act(ConnectionId connection, protocol::ClaimKind kind, const protocol::ClaimAct& act,
              bool limited);
  void write_state(ConnectionId connection, std::string& out);
  // Device or holder of that connection; "": none yet.
  std::string_view name_of(ConnectionId connection) const;

  // Somebody waits for the store.
  bool is_waiting() const { return !waiting_.empty(); }
  // The command of that number is durable with this outcome, or was not carried out.
  void on_completion(const ClaimCompletion& done);
  // A few times a second: tickets, what others changed in the store, money nobody answered for.
  void on_tick();

  // Valid until the next call of anything else.
  ClaimFigures figures() const;

  void on_follow_page(const Id128& claim, const Result<std::string>& page) override;
  void on_payment_page(const Id128& claim, const Result<ProviderPayment>& payment) override;
  void on_followed(const Id128& claim, std::string_view member) override;
  void on_follow_failed(const Id128& claim, FollowFailure failure) override;
  void on_paid(std::string_view reference, const Money& amount, const Id128& claim) override;
  void on_payment_failed(std::string_view reference, PaymentFailure failure) override;
  void on_refunded(std::string_view reference) override;

 private:
  // Who is to be told that it is done, and of which request.
  struct Asker {
    ConnectionId connection = 0;  // 0: nobody asked
    uint32_t request = 0;
  };
  // One connection.
  struct Seat {
    ConnectionId connection = 0;
    bool is_screen = false;
    std::string name;   // device, or holder: "" for a phone that has not joined
    std::string token;  // phone: by which it comes back as that holder
    std::string campaign;
    std::string page;
    uint32_t request = 0;                                   // newest that came
    uint32_t answered = 0;                                  // newest that is done with
    uint32_t visit = 0;                                     // that asked for a provider's page
    int64_t asked_ms = 0;                                   // when it came; 0: it is answered
    protocol::ClaimEnd refusal = protocol::ClaimEnd::None;  // of what led to no handoff
    protocol::ClaimNotice notice = protocol::ClaimNotice::None;
    std::string action;           // to be sent once
    std::vector<Claim> vouchers;  // phone: issued ones of its other claims, the newest first
    Id128 asked_queue;            // the line that a number was asked for in, newest
    protocol::QueueStage queue_refusal = protocol::QueueStage::None;
  };
  struct Waiting {
    uint64_t handoff = 0;      // Hold: for whom; 0: it is none
    std::string holder, pool;  // Hold: the same, and of what
    bool is_again = false;     // Hold: the pool was not open yet at the first
    Asker asker;
    std::string page;  // BeginPayment: to be opened when it is durable
    protocol::ClaimNotice notice = protocol::ClaimNotice::None;  // FailPayment: why
    StaffDone done = {};
  };

  // claim_desk.cpp: what somebody asks for.
  void act_of_screen(Seat& seat, protocol::ClaimKind kind, const protocol::ClaimAct& act);
  void act_of_phone(Seat& seat, protocol::ClaimKind kind, const protocol::ClaimAct& act);
  void open(Seat& seat, const protocol::ClaimAct& act);
  void join(Seat& seat, const protocol::ClaimAct& act);
  void agree(Seat& seat, const protocol::ClaimAct& act);
  bool cancel(Seat& seat);
  void not_me(Seat& seat);
  void sit(Seat& seat, std::string_view holder);
  void end(const Handoff& handoff, protocol::ClaimEnd why);
  bool release(const Claim& claim, rules::ReleaseReason reason, Asker asker);
  void follow_clock();
  void forget_absent();
  void forget(std::string_view holder);

  std::string draw_holder();
  void screen_gone(std::string_view device);
  void phone_gone(std::string_view holder);

  // claim_desk_visit.cpp: to the provider's pages.
  void visit(Seat& seat, protocol::ClaimKind kind, const protocol::ClaimAct& act);
  bool is_asked(const Id128& claim, protocol::ClaimKind kind);
  void give_up_on_silent_providers();
  // `why_not`: "" where it worked. Both live for ever.
  void count_provider(std::string_view event, std::string_view why_not = {});

  // claim_desk_queue.cpp: who waits for a screen.
  void on_screen_line(const Seat& screen);
  void screen_line_left(std::string_view device);
  void set_free(Seat& screen, bool free);
  void take_number(Seat& phone, const protocol::ClaimAct& act);
  void leave_number(Seat& phone);
  void here(Seat& seat, const protocol::ClaimAct& act);
  void tick_lines();
  void tell_line(const ScreenLine& line);
  void fill_queue(const Seat& seat, protocol::ClaimState& state);
  void fill_screen_queue(const Seat& screen, protocol::ClaimState& state);
  void fill_phone_queue(const Seat& phone, protocol::ClaimQueue& queue);

  // claim_desk_staff.cpp
  void follow_pool(const std::string& name, const ClaimOffer* offer);
  void follow_pool(const std::string& name);  // with the offer that there is
  std::string_view who_changes(const Pool* known, const Pool& wanted,
                               const ClaimOffer* offer) const;
  void follow_pools();
  void end_unagreed();
  bool has_agreed(const Handoff& handoff) const;

  // claim_desk_money.cpp: what came of it.
  // As of now; `actor`: who does it, for the ledger.
  ClaimCommand command_of(ClaimVerb verb, std::string_view actor) const;
  bool submit(ClaimCommand&& command, Waiting waiting);
  bool submit(ClaimCommand&& command) { return submit(std::move(command), Waiting()); }
  void on_held(Waiting&& waiting, const ClaimCompletion& done);
  void hold_again(Waiting&& waiting, const ClaimCommand& command);
  bool is_asked_for(const Claim& claim) const;
  void go_on(const Claim& claim);
  void refuse_busy(const Waiting& waiting, const ClaimCommand& command);
  // `asked`: it is the answer to what its phone wants here.
  void remember(const Claim& claim, bool asked = false);
  void follow_ledger();
  bool is_newest(const Claim& claim);
  void look_beside(const Claim& claim);
  // What its phone has in the store, the newest first; nothing where the store does not say.
  std::optional<std::vector<Claim>> look_for_vouchers(Seat& seat);
  void look_again(const Id128& claim);
  void look_at_holds_again();
  void reconcile();
  void read_pools();
  // The next of the payments in that state that were begun in [since, before), from `cursor` on;
  // at their end it begins anew.
  const std::vector<Payment>& next_payments(rules::PaymentState state, int64_t since,
                                            int64_t before, PaymentPlace& cursor);
  std::string draw_code();

  // claim_desk_state.cpp: what is told.
  void tell(Seat& seat);
  // What came last is done with.
  void answer(Seat& seat, protocol::ClaimNotice notice = protocol::ClaimNotice::None);
  // Done with what `asker` asked for, where that is who sits here; it may have asked for more
  // since. Whoever else sits here is told the notice.
  void answer(Seat& seat, Asker asker, protocol::ClaimNotice notice = protocol::ClaimNotice::None);
  static Asker visitor(const Seat& seat) { return {seat.connection, seat.visit}; }
  void tell_both(std::string_view holder);
  void tell_handoff(const Handoff& handoff);
  void fill_screen(const Seat& seat, protocol::ClaimState& state);
  void fill_phone(const Seat& seat, protocol::ClaimState& state);
  void fill_vouchers(const Seat& seat, protocol::ClaimState& state);
  static void fill_price(const Handoff& handoff, protocol::ClaimState& state);
  void fill_claim(const Claim& claim, protocol::ClaimState& state) const;

  Seat* seat_of_phone(std::string_view holder);
  Seat* seat_of_screen(std::string_view device);
  const Claim* claim_of(std::string_view holder) const;
  Result<std::optional<Claim>> read_claim(const Id128& claim);
  std::optional<Claim> find_claim(const Id128& claim);  // nothing, too, where it cannot be read
  // Of a voucher that is issued now, where its claim does not say; 0: it has no end.
  int64_t valid_until(const Claim& claim) const;
  Seat* seat_of_claim(const Id128& claim);
  int64_t now_ms() const { return parts_.clock->monotonic_us() / 1000; }

  ClaimDeskParts parts_;
  HandoffBook book_;
  QueueBook lines_;
  std::unordered_map<ConnectionId, Seat> seats_;
  NameMap<ConnectionId> screens_, phones_;
  // The newest claim of every phone that is connected or linked, as it is in the store.
  NameMap<Claim> claims_;
  std::unordered_map<Id128, std::string, Id128Hash> holder_of_;
  std::map<std::string, Pool, std::less<>> pools_;
  std::set<std::string> offered_pools_;     // also those that the store had no room for yet
  std::set<std::string> unanswered_pools_;  // what the store was told of them is not written yet
  bool closed_ = false;
  std::string closed_by_ = "staff";  // or opened
  struct Asked {
    protocol::ClaimKind kind;
    int64_t since_ms;
  };
  std::unordered_map<Id128, Asked, Id128Hash> asked_;  // of providers, not answered yet
  std::unordered_map<uint64_t, Waiting> waiting_;
  uint64_t next_number_ = 1;
  std::optional<uint64_t> ledger_;  // read up to here
  ClaimCounts counts_;
  HoldClock hold_clock_;  // tells when the wall clock was set
  int64_t ticked_ms_ = 0;
  int64_t reconciled_ms_ = 0;
  // reconcile() goes on from here.
  PaymentPlace looked_up_to_, looked_ahead_to_, refunded_to_;
  std::string secret_, code_;         // scratch that a state points to
  std::vector<std::string> secrets_;  // so is this
  std::vector<ClaimEvent> events_;
  std::vector<Payment> payments_;
};

}  // namespace vitrine
