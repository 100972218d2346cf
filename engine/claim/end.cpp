// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "engine/base/wipe.h"
#include "engine/claim/end_internal.h"

namespace vitrine::claim {
namespace {

using protocol::ClaimAct;
using protocol::ClaimKind;
using protocol::ClaimState;

constexpr int64_t kAnswerTimeoutUs = 20'000'000;  // a provider is asked in between
constexpr uint32_t kMostUnanswered = 3;
constexpr int64_t kPatienceUs = 2'000'000;  // without a line, before the shopper is told

}  // namespace

bool is_web_address(std::string_view address) {
  const auto begins = [&](std::string_view with) {
    return address.size() > with.size() && address.substr(0, with.size()) == with;
  };
  const bool plain = std::all_of(address.begin(), address.end(), [](char c) {
    return c > ' ' && c < 127 && c != '"' && c != '<' && c != '>' && c != '\\';
  });
  return plain && (begins("https://") || begins("http://"));
}

End::End(const LinkSeams& seams, const LinkOptions& options)
    : seams_(seams),
      options_(options),
      line_({seams.clock, seams.identity, seams.transport}, options.role == Role::Screen,
            options.build, seed_from(seams.random, options.seed), *this) {
  view_.role = options.role;
}

void End::take_campaign(const LinkCampaign& campaign) {
  const bool other = campaign.id != campaign_.id;
  if (other && !campaign_.id.empty()) end();
  campaign_ = campaign;
  if (!other) return;
  line_.set_campaign(campaign.id);
  view_.queue = {};
  queue_ends_us_ = 0;
  campaign_changed();
}

void End::step() {
  line_.want(options_.online && needs_line());
  line_.poll();
  watch_wish();
  update();
  update_view();
}

// Of an act without an answer nobody knows: another connection tells.
void End::watch_wish() {
  if (!wish_ || wish_->request == 0) return;
  if (seams_.clock.monotonic_us() - wish_->sent_us < kAnswerTimeoutUs) return;
  if (++wish_->unanswered == kMostUnanswered) {
    give_up();
  } else {
    line_.abandon("no answer");
  }
}

void End::update_view() {
  show(view_.connected, line_.open());
  show(view_.notice, notice_now());
  const int64_t left_us = ends_us_ == 0 ? 0 : ends_us_ - seams_.clock.monotonic_us();
  view_.seconds_left = static_cast<float>(std::max<int64_t>(left_us, 0)) * 1e-6f;
  const int64_t call_us = queue_ends_us_ == 0 ? 0 : queue_ends_us_ - seams_.clock.monotonic_us();
  view_.queue.seconds_left = static_cast<float>(std::max<int64_t>(call_us, 0)) * 1e-6f;
}

void End::show_queue(const protocol::ClaimQueue& queue) {
  show(view_.queue.stage, queue.stage);
  show(view_.queue.number, queue.number);
  show(view_.queue.before, queue.before);
  show(view_.queue.waiting, queue.waiting);
  view_.queue.seconds_whole = static_cast<float>(queue.whole_ms) * 1e-3f;
  queue_ends_us_ = queue.left_ms == 0 ? 0 : seams_.clock.monotonic_us() + queue.left_ms * 1000;
}

Notice End::notice_now() const {
  const bool waits =
      view_.busy || is_joined() || view_.stage == Stage::Asking || view_.stage == Stage::Waiting;
  const bool tries = options_.online && needs_line();
  const bool lost = !line_.open() && (!tries || line_.down_us() > kPatienceUs);
  return waits && lost ? Notice::NotConnected : notice_;
}

void End::say_not_me() {
  if (is_joined()) want({.kind = ClaimKind::NotMe});
}

bool End::is_joined() const {
  return view_.stage == Stage::Agreeing || view_.stage == Stage::Following ||
         view_.stage == Stage::Paying;
}

void End::want(Wish wish) {
  wish_ = std::move(wish);
  notice_ = Notice::None;
  show(view_.busy, true);
  line_.hurry();
  send_wish();
  update_view();
}

void End::drop_wish() {
  wish_.reset();
  show(view_.busy, false);
}

void End::send_wish() {
  if (!wish_ || !line_.open() || wish_->request != 0) return;
  ClaimAct act;
  act.session = wish_->session;
  act.product = wish_->product;
  act.ticket = wish_->ticket;
  act.key = wish_->key;
  act.terms = wish_->agreement.terms;
  act.guardian = wish_->agreement.guardian;
  act.statistics = wish_->agreement.statistics;
  act.terms_version = wish_->terms_version;
  act.language = wish_->language;
  const uint32_t request = line_.send(wish_->kind, act);
  if (request == 0) return;
  wish_->request = request;
  wish_->sent_us = seams_.clock.monotonic_us();
}

bool End::is_answer(const ClaimState& state) const {
  return wish_ && wish_->request != 0 && state.answered >= wish_->request;
}

void End::on_lost() {
  if (wish_) wish_->request = 0;
  show(view_.connected, false);
}

void End::show_common(const ClaimState& state) {
  notice_ = state.notice;
  show(view_.recalled, false);
  show(view_.stage, state.stage);
  show(view_.reason, state.stage == Stage::Ended && state.reason == EndReason::None
                         ? EndReason::Closed
                         : state.reason);
  if (!state.product.empty()) show(view_.product, state.product);
  const bool screen = options_.role == Role::Screen;
  show(view_.own_mark, screen ? state.screen_mark : state.phone_mark);
  show(view_.other_mark, screen ? state.phone_mark : state.screen_mark);
  show(view_.price, state.price);
  show(view_.currency, state.currency);
  show_end_of_voucher(state.valid_until_ms);
  run_down(state.left_ms, state.whole_ms);
}

void End::show_end_of_voucher(int64_t valid_until_ms) {
  show(view_.valid_until_ms, valid_until_ms);
  show(view_.utc_offset_minutes, seams_.clock.utc_offset_minutes());
}

void End::run_down(int64_t left_ms, int64_t whole_ms) {
  ends_us_ = left_ms == 0 ? 0 : seams_.clock.monotonic_us() + left_ms * 1000;
  view_.seconds_whole = static_cast<float>(std::max(left_ms, whole_ms)) * 1e-3f;
}

bool End::is_over_since(int64_t us) const {
  return ends_us_ != 0 && seams_.clock.monotonic_us() - ends_us_ > us;
}

// What is no longer shown is overwritten: the next shopper's memory holds nothing of it.
void End::clear_view() {
  for (std::string* text : {&view_.product, &view_.link, &view_.own_mark, &view_.other_mark,
                            &view_.currency, &view_.code, &view_.voucher_qr}) {
    wipe(*text);
  }
  View empty;
  empty.role = view_.role;
  empty.statistics_refused = view_.statistics_refused;
  empty.connected = line_.open();
  empty.version = view_.version + 1;
  empty.queue = view_.queue;
  view_ = std::move(empty);
  notice_ = Notice::None;
  ends_us_ = 0;
}

}  // namespace vitrine::claim
