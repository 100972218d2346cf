// SPDX-License-Identifier: MIT
// A screen's end: a code for whoever is engaged, and where the phone that read it has come to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/claim/end_internal.h"

namespace vitrine::claim {

class ScreenEnd final : public End {
 public:
  using End::End;

  void set_campaign(const LinkCampaign& campaign) override { take_campaign(campaign); }
  void poll() override { step(); }
  void not_me() override { say_not_me(); }
  void begin(std::string_view product) override;
  void end() override;
  void set_session(const Id128& session) override;
  void set_closed(bool closed) override { closed_ = closed; }
  void here() override;

 private:
  bool needs_line() const override;
  void campaign_changed() override;
  bool fits(const Wish& wish) const override;
  void update() override;
  void give_up() override;
  void on_state(const protocol::ClaimState& state, bool first) override;
  void on_lost() override;

  void follow_line(const protocol::ClaimState& state);
  void tell_whether_free();
  void forget();
  void open_code();
  void show_state(const protocol::ClaimState& state);
  void show_link(const protocol::ClaimState& state);
  void show_plain_code();
  void open_later();
  bool has_begun() const { return !product_.empty(); }
  bool wants_code() const { return wish_ && wish_->kind == protocol::ClaimKind::Open; }

  std::string product_;            // "": nothing has begun
  std::string page_;               // of the campaign, as the server calls it; "": not told
  Id128 session_;                  // of whoever is engaged
  std::optional<bool> told_free_;  // on this connection; none: nothing
  Id128 begun_for_;                // whose claim it is; none: not known yet
  bool closed_ = false;            // nobody may come to the screen now
  bool has_name_ = false;          // was enrolled
  int64_t retry_us_ = 0;           // when to ask for a code again; 0: not
};

}  // namespace vitrine::claim
