// SPDX-License-Identifier: MIT
// What the phone's person wants.
#include "engine/claim/phone_end_internal.h"

#include <utility>

namespace vitrine::claim {
namespace {

using protocol::ClaimKind;

}  // namespace

PhoneEnd::PhoneEnd(const LinkSeams& seams, const LinkOptions& options)
    : End(seams, options), kept_(seams.keepsakes) {
  view_.statistics_refused = options.statistics && options.statistics->refused();
}

bool PhoneEnd::needs_line() const {
  const bool has_line = campaign_.hands_out || campaign_.has_queue;
  return has_line && (is_invited() || wish_ || unheard_ || !kept_.holder().empty() ||
                      view_.queue.invited || queue_wish_);
}

bool PhoneEnd::wants_scene() const {
  return is_invited() || kept_.claim() || kept_.has_unseen();
}

void PhoneEnd::campaign_changed() {
  clear_view();
  drop_wish();
  session_ = {};
  queue_wish_.reset();
  if (!queue_code_.is_none()) view_.queue.invited = campaign_.has_queue;
  kept_.load(seams_.clock.wall_ms());
  clock_offset_ms_ = kept_.clock_offset_ms();
  if (is_invited()) return show_invitation();
  if (!kept_.join()) return show_rest();
  invitation_ = kept_.join()->invitation;
  show_invitation();
  join();
}

// What is there from before, until the server says more.
void PhoneEnd::show_rest() {
  clear_view();
  voucher_.reset();
  qr_ends_ms_ = 0;
  if (kept_.claim()) session_ = kept_.claim()->session;
  show(view_.recalled, true);
  if (kept_.claim() && kept_.claim()->stage != Stage::Issued) {
    const KeptClaim& claim = *kept_.claim();
    show(view_.stage, claim.stage);
    show(view_.reason, claim.reason);
    show(view_.product, claim.product);
    show(view_.price, claim.price);
    show(view_.currency, claim.currency);
    unheard_ = is_joined();
    show(view_.busy, unheard_);
  } else if (const KeptVoucher* voucher = kept_.newest_voucher()) {
    if (kept_.claim() && kept_.claim()->product == voucher->product) {
      show(view_.price, kept_.claim()->price);
      show(view_.currency, kept_.claim()->currency);
    }
    show_voucher(*voucher);
  } else {
    kept_.set_claim({});  // its voucher's time is over
  }
}

void PhoneEnd::invite(std::string_view text) {
  if (invite_to_queue(text)) return;
  auto invitation = parse_invitation(text);
  if (!invitation) return;
  drop_wish();
  invitation_ = std::move(invitation);
  show_invitation();
}

void PhoneEnd::show_invitation() {
  clear_view();
  voucher_.reset();
  qr_ends_ms_ = 0;
  unheard_ = false;
  show(view_.product, invitation_->product);
  show(view_.stage, Stage::Invited);
}

void PhoneEnd::join() {
  if (view_.stage != Stage::Invited || !is_invited()) return;
  // A holder of its own would take the other tab's place, and what that one paid for would be
  // nobody's: this phone joins as whom it is by now.
  if (kept_.look_for_holder()) line_.begin_anew();
  const auto& kept = kept_.join();
  const bool again = kept && kept->invitation.ticket == invitation_->ticket;
  const Id128 key = again ? kept->key : random_id(seams_.random);
  if (!again) kept_.set_join(KeptJoin{*invitation_, key, seams_.clock.wall_ms()});
  kept_.set_agree({});  // to what a code before this one led to
  show(view_.stage, Stage::Joining);
  want({.kind = ClaimKind::Join, .ticket = invitation_->ticket, .key = key});
}

void PhoneEnd::agree(const Agreement& agreement) {
  if (view_.stage != Stage::Agreeing || view_.busy || !agreement.terms) return;
  Agreement agreed = agreement;
  if (options_.statistics) agreed.statistics = options_.statistics->choose(agreed.statistics);
  kept_.set_agree(KeptAgree{random_id(seams_.random), session_, view_.product, agreed,
                            campaign_.terms_version, language_});
  want(wish_of(*kept_.agree()));
}

Wish PhoneEnd::wish_of(const KeptAgree& kept) {
  return {.kind = ClaimKind::Agree,
          .session = kept.session,
          .key = kept.key,
          .product = kept.product,
          .terms_version = kept.terms_version,
          .language = kept.language,
          .agreement = kept.agreement};
}

void PhoneEnd::visit(ClaimKind kind) {
  const Stage stage = kind == ClaimKind::Follow ? Stage::Following : Stage::Paying;
  if (view_.stage != stage || view_.busy) return;
  visit_ = Wish{.kind = kind, .session = session_, .product = view_.product, .language = language_};
  want(*visit_);
}

void PhoneEnd::not_me() {
  visit_.reset();
  say_not_me();
}

void PhoneEnd::cancel() {
  visit_.reset();
  if (view_.stage == Stage::Invited) {
    invitation_.reset();
    kept_.set_join({});
    show_rest();
    // An unfinished claim of before is where it is now.
    if (unheard_) line_.begin_anew();
    return;
  }
  if (!is_joined() && view_.stage != Stage::Joining) return;
  // Before the line is there nobody has heard of it.
  const bool unsent = view_.stage == Stage::Joining && wish_ && wish_->request == 0 &&
                      wish_->unanswered == 0 && !line_.open();
  kept_.set_join({});
  kept_.set_agree({});
  if (unsent) {
    drop_wish();
    return end_with(EndReason::Cancelled);
  }
  want({.kind = ClaimKind::Cancel});
}

// The holder stays: money may arrive after the hold it was for, and the voucher that it makes can
// be shown to this phone alone.
void PhoneEnd::dismiss() {
  if (view_.stage != Stage::Issued && view_.stage != Stage::Redeemed &&
      view_.stage != Stage::Ended) {
    return;
  }
  session_ = {};
  drop_wish();
  kept_.set_claim({});
  kept_.set_agree({});
  // A voucher is good until it is taken: it stays where it can be looked up.
  if (view_.stage == Stage::Issued) {
    if (voucher_) kept_.see_voucher(voucher_->code);
    if (kept_.has_unseen()) show_rest();
    return;
  }
  invitation_.reset();
  kept_.set_join({});
  show_rest();
}

// What a person agreed to, or is to pay, is that claim alone: another tab of theirs may have joined
// another one in between.
bool PhoneEnd::fits(const Wish& wish) const {
  const bool is_same = wish.session == session_ && wish.product == view_.product;
  switch (wish.kind) {
    case ClaimKind::Join:
      return view_.stage == Stage::Joining;
    case ClaimKind::Agree:
      return is_same && view_.stage == Stage::Agreeing;
    case ClaimKind::Follow:
      return is_same && view_.stage == Stage::Following;
    case ClaimKind::Pay:
      return is_same && view_.stage == Stage::Paying;
    default:
      return is_joined() || view_.stage == Stage::Joining;
  }
}

void PhoneEnd::give_up() {
  const bool cancels = wish_->kind == ClaimKind::Cancel;
  drop_wish();
  if (view_.stage == Stage::Joining) {
    if (cancels) return end_with(EndReason::Cancelled);
    show(view_.stage, Stage::Invited);
  }
  notice_ = Notice::Busy;
}

void PhoneEnd::update() {
  send_queue_wish();
  renew_qr();
  const bool has_voucher = view_.stage == Stage::Issued;
  show(view_.home, has_voucher ? seams_.home_screen.offer() : HomeScreen::Offer::None);
}

std::unique_ptr<End> make_phone_end(const LinkSeams& seams, const LinkOptions& options) {
  return std::make_unique<PhoneEnd>(seams, options);
}

}  // namespace vitrine::claim
