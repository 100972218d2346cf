// SPDX-License-Identifier: MIT
// What the two ends of a claim have in common: the View that scenes draw, one thing that is wanted
// of the server at a time, and the time that runs down. ScreenEnd and PhoneEnd are the ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/claim/claim_link.h"
#include "engine/claim/line_internal.h"

namespace vitrine::claim {

// Asked for by a person, until it is answered: whatever the network does in between.
struct Wish {
  protocol::ClaimKind kind{};
  Id128 session = {}, ticket = {}, key = {};
  std::string product = {}, terms_version = {}, language = {};
  Agreement agreement = {};
  uint32_t request = 0;     // on this connection; 0: not sent on it
  uint32_t unanswered = 0;  // how often it was sent in vain
  int64_t sent_us = 0;
};

class End : protected LineListener {
 public:
  End(const LinkSeams& seams, const LinkOptions& options);
  ~End() override = default;

  const View& view() const { return view_; }

  // Each end has its own, so that a page calls them through pointers alone (claim_link.cpp).
  virtual void set_campaign(const LinkCampaign& campaign) = 0;
  // Once a frame.
  virtual void poll() = 0;
  virtual void not_me() = 0;
  void set_language(std::string_view language) { language_ = language; }

  // As Service's; what an end does not have does nothing.
  virtual void begin(std::string_view /*product*/) {}
  virtual void end() {}
  virtual void set_session(const Id128& /*session*/) {}
  virtual void set_closed(bool /*closed*/) {}
  virtual void invite(std::string_view /*text*/) {}
  virtual void join() {}
  virtual void agree(const Agreement& /*agreement*/) {}
  virtual void visit(protocol::ClaimKind /*kind*/) {}
  virtual void cancel() {}
  virtual void dismiss() {}
  virtual void add_to_home() {}
  virtual void take_number() {}
  virtual void leave_number() {}
  virtual void here() {}
  virtual bool wants_scene() const { return false; }
  virtual bool wants_queue_scene() const { return false; }
  virtual Id128 recording_session() const { return {}; }

 protected:
  void take_campaign(const LinkCampaign& campaign);
  void step();
  void say_not_me();
  // Whether there is anything to say to the server.
  virtual bool needs_line() const = 0;
  virtual void campaign_changed() = 0;
  // Whether what is wanted makes sense where the claim is now.
  virtual bool fits(const Wish& wish) const = 0;
  virtual void update() = 0;
  // What is wanted was sent again and again, and the server is there and does not answer.
  virtual void give_up() = 0;

  std::string_view holder() const override { return {}; }
  void on_lost() override;

  void want(Wish wish);
  void drop_wish();
  void send_wish();
  // Whether this state is the answer to what is wanted.
  bool is_answer(const protocol::ClaimState& state) const;
  // What every state says alike.
  void show_common(const protocol::ClaimState& state);
  void show_end_of_voucher(int64_t valid_until_ms);
  void run_down(int64_t left_ms, int64_t whole_ms);
  // Whether the shown code or hold ended so long ago.
  bool is_over_since(int64_t us) const;
  // All but the line, which is nobody's claim.
  void clear_view();
  // What every state says alike of the line.
  void show_queue(const protocol::ClaimQueue& queue);
  bool is_joined() const;

  // Changes a member of the View; its version counts them.
  template <typename T, typename U>
  void show(T& member, const U& value) {
    if (member == value) return;
    member = value;
    ++view_.version;
  }

  LinkSeams seams_;
  LinkOptions options_;
  LinkCampaign campaign_;
  std::string language_;
  View view_;
  Line line_;
  std::optional<Wish> wish_;
  Notice notice_ = Notice::None;  // the server's
  int64_t ends_us_ = 0;           // 0: nothing ends
  int64_t queue_ends_us_ = 0;     // the same of who is called

 private:
  void watch_wish();
  void update_view();
  Notice notice_now() const;
};

std::unique_ptr<End> make_screen_end(const LinkSeams& seams, const LinkOptions& options);
std::unique_ptr<End> make_phone_end(const LinkSeams& seams, const LinkOptions& options);

// A page that may be opened or shown as a code.
bool is_web_address(std::string_view address);

}  // namespace vitrine::claim
