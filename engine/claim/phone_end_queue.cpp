// SPDX-License-Identifier: MIT
// A phone's number in the line of who wait for a screen. Nothing of it is kept here: the server
// knows it by the phone's name.
#include "engine/claim/phone_end_internal.h"

namespace vitrine::claim {

using protocol::ClaimAct;
using protocol::ClaimKind;
using protocol::ClaimState;

bool PhoneEnd::wants_queue_scene() const {
  return view_.queue.invited || view_.queue.stage != QueueStage::None;
}

// True: it was a line's code, whatever came of it. A number that is there stays until another one
// is taken; how one ended is of before.
bool PhoneEnd::invite_to_queue(std::string_view text) {
  const std::optional<Id128> code = parse_queue(text);
  if (!code) return false;
  queue_code_ = *code;
  if (!has_number(view_.queue.stage)) show_queue({});
  // Before a campaign is there nobody knows whether it has a line.
  const bool known = campaign_.has_queue || campaign_.id.empty();
  show(view_.queue.invited, known && view_.queue.stage == QueueStage::None);
  return true;
}

void PhoneEnd::take_number() {
  if (has_number(view_.queue.stage) || view_.queue.busy || queue_code_.is_none()) return;
  want_queue({.kind = ClaimKind::TakeNumber, .code = queue_code_});
}

void PhoneEnd::leave_number() {
  if (view_.queue.stage != QueueStage::None) want_queue({.kind = ClaimKind::LeaveNumber});
  show(view_.queue.invited, false);
  show_queue({});
}

void PhoneEnd::here() {
  if (view_.queue.stage != QueueStage::Called) return;
  want_queue({.kind = ClaimKind::Here, .number = view_.queue.number});
}

void PhoneEnd::want_queue(const QueueWish& wish) {
  queue_wish_ = wish;
  show(view_.queue.busy, true);
  show(view_.queue.notice, Notice::None);
  line_.hurry();
  send_queue_wish();
}

void PhoneEnd::send_queue_wish() {
  if (!queue_wish_) return;
  show(view_.queue.notice, line_.open() ? Notice::None : Notice::NotConnected);
  if (!line_.open() || queue_wish_->request != 0) return;
  // Answered at once, and by a number that would count as the answer to what the claim waits for.
  if (wish_ && wish_->request != 0) return;
  ClaimAct act;
  act.queue = queue_wish_->code;
  act.number = queue_wish_->number;
  queue_wish_->request = line_.send(queue_wish_->kind, act);
}

void PhoneEnd::follow_queue(const ClaimState& state) {
  if (queue_wish_) {
    // Of before it was asked.
    if (queue_wish_->request == 0 || state.answered < queue_wish_->request) return;
    const bool given_up = queue_wish_->kind == ClaimKind::LeaveNumber;
    queue_wish_.reset();
    show(view_.queue.busy, false);
    show(view_.queue.notice, given_up ? Notice::None : state.notice);
  } else if (view_.queue.invited && !has_number(state.queue.stage)) {
    return;  // the server remembers for a while how an older number ended; a code was scanned since
  }
  show_queue(state.queue);
  if (state.queue.stage == QueueStage::None) return;
  queue_code_ = state.queue.code;
  show(view_.queue.invited, false);
}

void PhoneEnd::queue_lost() {
  if (queue_wish_) queue_wish_->request = 0;
}

void PhoneEnd::on_lost() {
  End::on_lost();
  queue_lost();
}

}  // namespace vitrine::claim
