// SPDX-License-Identifier: MIT
// What the server says to a phone, and what is made of it.
#include <algorithm>
#include <utility>

#include "engine/base/hex.h"
#include "engine/claim/phone_end_internal.h"
#include "engine/rules/voucher_code.h"

namespace vitrine::claim {
namespace {

using protocol::ClaimKind;
using protocol::ClaimState;

// Stages of a claim that a phone has; others are the client's own, or a screen's.
bool is_phones(Stage stage) {
  switch (stage) {
    case Stage::Agreeing:
    case Stage::Following:
    case Stage::Paying:
    case Stage::Issued:
    case Stage::Redeemed:
    case Stage::Ended:
      return true;
    default:
      return false;
  }
}

bool is_under_way(Stage stage) {
  return stage == Stage::Agreeing || stage == Stage::Following || stage == Stage::Paying;
}

// That can be taken to a till: one whose time is over is none.
std::optional<KeptVoucher> voucher_of(const protocol::ClaimVoucher& told, int64_t time_ms) {
  const auto code = rules::normalise_voucher_code(told.code);
  KeptVoucher voucher;
  const bool is_over = told.valid_until_ms != 0 && told.valid_until_ms <= time_ms;
  if (is_over || !code || told.product.empty() || !from_hex(told.secret, voucher.secret)) {
    return std::nullopt;
  }
  voucher.code = *code;
  voucher.valid_until_ms = told.valid_until_ms;
  voucher.product = told.product;
  voucher.price = told.price;
  voucher.currency = told.currency;
  return voucher;
}

std::optional<KeptVoucher> voucher_of(const ClaimState& state) {
  if (state.stage != Stage::Issued) return std::nullopt;
  return voucher_of(
      {state.product, state.code, state.secret, state.valid_until_ms, state.price, state.currency},
      state.time_ms);
}

}  // namespace

void PhoneEnd::on_state(const ClaimState& state, bool first) {
  show(view_.connected, true);
  note_clock(state.time_ms);
  keep_others(state);
  follow_queue(state);
  const bool has_new_voucher = keep_what_it_says(state);
  if (std::exchange(unheard_, false) && !wish_) show(view_.busy, false);
  if (first && !wish_) visit_.reset();  // that was answered on another connection
  bool is_news = kept_.claim() || has_new_voucher || is_under_way(state.stage);
  if (is_answer(state)) {
    if (take_answer(state)) return;
    is_news = true;
  } else if (is_invited()) {
    // About a claim of before. What was asked is asked again.
    if (first) send_wish();
    return;
  }
  show_state(state, is_news);
  lead_to_page(state.action);
  if (wish_ && !fits(*wish_)) {
    drop_wish();
    kept_.set_agree({});
  }
  if (!first) return;
  if (!wish_ && kept_.agree()) agree_again();
  send_wish();
}

// They are shown when what is on screen now is done with.
void PhoneEnd::keep_others(const ClaimState& state) {
  for (const protocol::ClaimVoucher& told : state.vouchers) {
    if (auto voucher = voucher_of(told, state.time_ms)) kept_.put_voucher(*std::move(voucher));
  }
}

// Asked before the page was closed, and not answered.
void PhoneEnd::agree_again() {
  Wish wish = wish_of(*kept_.agree());
  fits(wish) ? want(std::move(wish)) : kept_.set_agree({});
}

// Whatever is on screen. True: a voucher that this phone did not know of.
bool PhoneEnd::keep_what_it_says(const ClaimState& state) {
  // One that names none does not know ours; restored from a backup it may again.
  if (!state.holder.empty()) kept_.set_holder(state.holder);
  if (auto voucher = voucher_of(state)) {
    const bool is_new = kept_.find_voucher(voucher->code) == nullptr;
    kept_.put_voucher(*std::move(voucher));
    return is_new;
  }
  const bool voided = state.stage == Stage::Ended && state.reason == EndReason::Voided;
  if (!voided && state.stage != Stage::Redeemed) return false;
  if (const auto code = rules::normalise_voucher_code(state.code)) {
    kept_.remove_voucher(*code);
  } else if (voucher_ && voucher_->product == state.product) {
    kept_.remove_voucher(std::string(voucher_->code));
  }
  return false;
}

// True: nothing else of it is to be shown.
bool PhoneEnd::take_answer(const ClaimState& state) {
  const ClaimKind kind = wish_->kind;
  drop_wish();
  if (kind == ClaimKind::Agree) kept_.set_agree({});
  if (kind == ClaimKind::Join && !is_phones(state.stage)) {
    // Not now: the code is not spent, and the button is there again.
    show(view_.stage, Stage::Invited);
    notice_ = state.notice == Notice::None ? Notice::Busy : state.notice;
    return true;
  }
  if (kind == ClaimKind::Join) kept_.set_join({});
  if (kind == ClaimKind::Cancel && !is_phones(state.stage)) {
    end_with(EndReason::Cancelled);
    return true;
  }
  invitation_.reset();  // or it was cancelled after it had been asked for
  return false;
}

// Once, whichever state has it: what answers may be about something else that came in between.
void PhoneEnd::lead_to_page(std::string_view address) {
  if (visit_ && !fits(*visit_)) visit_.reset();
  if (!visit_ || address.empty()) return;
  if (wish_ && wish_->kind == visit_->kind) drop_wish();
  visit_.reset();
  const bool own = address.size() > 1 && address[0] == '/' && address[1] != '/';
  const bool safe = own ? is_web_address("http:/" + std::string(address)) : is_web_address(address);
  if (safe) seams_.links.open(address);
}

void PhoneEnd::show_state(const ClaimState& state, bool is_news) {
  if (!is_phones(state.stage)) return show_gone();
  const bool about_shown = voucher_ && (state.code.empty() || state.stage == Stage::Ended
                                            ? voucher_->product == state.product
                                            : voucher_->code == state.code);
  const bool voided = state.stage == Stage::Ended && state.reason == EndReason::Voided;
  const bool changes_shown = about_shown && (state.stage != Stage::Ended || voided);
  if (!is_news && !changes_shown) return;
  show_common(state);
  if (is_news) {
    session_ = state.session;
    kept_.set_claim(
        KeptClaim{view_.stage, view_.reason, view_.product, view_.price, view_.currency, session_});
  }
  voucher_.reset();
  qr_ends_ms_ = 0;
  show(view_.code, std::string_view());
  show(view_.voucher_qr, std::string_view());
  if (state.stage != Stage::Issued) return;
  const auto code = rules::normalise_voucher_code(state.code);
  if (!code) return;
  if (const KeptVoucher* voucher = kept_.find_voucher(*code)) return show_voucher(*voucher);
  show(view_.code, rules::group_voucher_code(*code));
}

// The server knows of nothing: it lost what nobody had agreed to, or never had it.
void PhoneEnd::show_gone() {
  session_ = {};
  if (view_.stage == Stage::Agreeing || view_.stage == Stage::Joining) {
    return end_with(EndReason::CodeOver);
  }
  if (is_joined()) return end_with(EndReason::Closed);
  if (view_.stage != Stage::None) return;  // is at its end
  kept_.set_claim({});
  show_rest();
}

// By what the phone knows alone.
void PhoneEnd::end_with(EndReason reason) {
  session_ = {};
  invitation_.reset();
  notice_ = Notice::None;
  run_down(0, 0);
  show(view_.stage, Stage::Ended);
  show(view_.reason, reason);
  show(view_.own_mark, std::string_view());
  show(view_.other_mark, std::string_view());
  kept_.set_claim(KeptClaim{view_.stage, view_.reason, view_.product, view_.price, view_.currency});
}

void PhoneEnd::note_clock(int64_t server_ms) {
  clock_offset_ms_ = server_ms - seams_.clock.wall_ms();
  kept_.set_clock_offset_ms(clock_offset_ms_);
}

void PhoneEnd::show_voucher(const KeptVoucher& voucher) {
  voucher_ = voucher;
  qr_ends_ms_ = 0;
  show(view_.stage, Stage::Issued);
  show(view_.product, voucher_->product);
  if (voucher_->price > 0) {
    show(view_.price, voucher_->price);
    show(view_.currency, voucher_->currency);
  }
  show(view_.code, rules::group_voucher_code(voucher_->code));
  show_end_of_voucher(voucher_->valid_until_ms);
  renew_qr();
}

// By the server's clock, so that a phone whose own is wrong is not refused at the till.
void PhoneEnd::renew_qr() {
  if (!voucher_) {
    view_.qr_seconds_left = 0;
    return;
  }
  const int64_t now = server_ms();
  const int64_t end = voucher_->valid_until_ms;
  if (end != 0 && now >= end) {
    show(view_.voucher_qr, std::string_view());
    view_.qr_seconds_left = 0;
    return;
  }
  const int64_t left = rules::voucher_proof_left_ms(now);
  view_.qr_seconds_left = static_cast<float>(left) * 1e-3f;
  if (now + left == qr_ends_ms_) return;
  qr_ends_ms_ = now + left;
  show(view_.voucher_qr, rules::voucher_proof(voucher_->code, voucher_->secret, now));
}

}  // namespace vitrine::claim
