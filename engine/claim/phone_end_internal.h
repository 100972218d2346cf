// SPDX-License-Identifier: MIT
// A phone's end: from the code it came by to the voucher it keeps.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/claim/end_internal.h"
#include "engine/claim/invitation.h"
#include "engine/claim/kept_internal.h"

namespace vitrine::claim {

class PhoneEnd final : public End {
 public:
  PhoneEnd(const LinkSeams& seams, const LinkOptions& options);

  void set_campaign(const LinkCampaign& campaign) override { take_campaign(campaign); }
  void poll() override { step(); }
  void not_me() override;
  void invite(std::string_view text) override;
  void join() override;
  void agree(const Agreement& agreement) override;
  void visit(protocol::ClaimKind kind) override;
  void cancel() override;
  void dismiss() override;
  void add_to_home() override { seams_.home_screen.add(); }
  void take_number() override;
  void leave_number() override;
  void here() override;
  bool wants_scene() const override;
  bool wants_queue_scene() const override;
  Id128 recording_session() const override { return session_; }

 private:
  bool needs_line() const override;
  void campaign_changed() override;
  bool fits(const Wish& wish) const override;
  void update() override;
  void give_up() override;
  std::string_view holder() const override { return kept_.holder(); }
  void on_state(const protocol::ClaimState& state, bool first) override;
  void on_lost() override;

  // phone_end.cpp: what its person wants.
  void show_invitation();
  void show_rest();
  bool is_invited() const { return invitation_.has_value(); }

  static Wish wish_of(const KeptAgree& kept);

  // phone_end_queue.cpp: its number in a screen's line. Wanted apart from what the claim wants, and
  // as often as it takes: asked twice, the server does it once.
  struct QueueWish {
    protocol::ClaimKind kind{};
    Id128 code = {};
    uint32_t number = 0;
    uint32_t request = 0;  // on this connection; 0: not sent on it
  };
  bool invite_to_queue(std::string_view text);
  void want_queue(const QueueWish& wish);
  void send_queue_wish();
  void follow_queue(const protocol::ClaimState& state);
  void queue_lost();

  // phone_end_state.cpp: what the server says.
  void agree_again();
  void keep_others(const protocol::ClaimState& state);
  bool keep_what_it_says(const protocol::ClaimState& state);
  bool take_answer(const protocol::ClaimState& state);
  void lead_to_page(std::string_view address);
  void show_state(const protocol::ClaimState& state, bool is_news);
  void show_gone();
  void end_with(EndReason reason);
  void note_clock(int64_t server_ms);
  int64_t server_ms() const { return seams_.clock.wall_ms() + clock_offset_ms_; }
  void show_voucher(const KeptVoucher& voucher);
  void renew_qr();

  Kept kept_;
  std::optional<Invitation> invitation_;  // not answered yet
  std::optional<Wish> visit_;             // a provider's page that it was not led to yet
  std::optional<KeptVoucher> voucher_;    // that is shown
  std::optional<QueueWish> queue_wish_;
  Id128 queue_code_;        // of the line it came by or has a number in
  int64_t qr_ends_ms_ = 0;  // by the server's clock; 0: none is shown
  int64_t clock_offset_ms_ = 0;
  Id128 session_;         // under which it records; none: its own
  bool unheard_ = false;  // what is shown is from before: the server has not said it yet
};

}  // namespace vitrine::claim
