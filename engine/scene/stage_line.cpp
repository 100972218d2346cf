// SPDX-License-Identifier: MIT
// The stage and whoever waits for the screen: the sign that they take a number by, and the call.
#include <utility>

#include "engine/scene/line_sign.h"
#include "engine/scene/stage.h"

namespace vitrine::scene {
namespace {

// For pictures.
const claim::QueueView& pictured_line() {
  static const claim::QueueView line = [] {
    claim::QueueView sample;
    sample.stage = claim::QueueStage::Called;
    sample.number = 12;
    sample.seconds_whole = 30;
    return sample;
  }();
  return line;
}

}  // namespace

const claim::QueueView& Stage::line() const {
  static const claim::QueueView none;
  if (still_) return pictured_line();
  const bool has = parts_.claims && parts_.claims->view().role == claim::Role::Screen;
  return has ? parts_.claims->view().queue : none;
}

bool Stage::calls() const {
  return stack_.overlays().is_open(OverlayKind::NumberCall);
}

// Somebody comes with the number: the screen is theirs at once, whatever the network does.
void Stage::come_to_screen(Entry entry) {
  if (still_) return;
  using Role = interactions::QueueAnswered::Role;
  parts_.recorder.record(interactions::QueueAnswered{.role = Role::Screen});
  if (parts_.claims) parts_.claims->here();
  engage(entry);
}

void Stage::wait_for_screen(Entry entry) {
  waits_for_screen_ = entry;
}

void Stage::follow_line() {
  const claim::QueueView& now = line();
  const bool called = now.stage == claim::QueueStage::Called && !session_.engaged() &&
                      !is_cleaning() && parts_.whole && !still_;
  if (called && now.number != called_) {
    called_ = now.number;
    using Role = interactions::QueueCalled::Role;
    parts_.recorder.record(
        interactions::QueueCalled{.role = Role::Screen, .waiting = int64_t{now.waiting}});
    parts_.sounds.play(audio::Sound::Soft);
    if (!calls()) open(OverlayKind::NumberCall);
  }
  if (!called && !still_) end_call();
}

// Nobody came: who stood there without a number has the screen now. Who has said by their phone
// that they come is waited for.
void Stage::end_call() {
  called_ = 0;
  if (!calls()) return;
  stack_.overlays().close(OverlayKind::NumberCall);
  const auto entry = std::exchange(waits_for_screen_, std::nullopt);
  const bool expected = line().stage == claim::QueueStage::Arrived;
  if (entry && !expected && !is_cleaning()) engage(*entry);
}

void Stage::update_sign(float dt) {
  if (!sign_) return;
  const claim::QueueView& now = line();
  if (now.link != sign_link_) {
    sign_link_ = now.link;
    name_sign();
  }
  const bool wanted = session_.engaged() && !metrics_.phone() && !still_ &&
                      !stack_.overlays().is_modal() && !is_cleaning();
  sign_->update(dt, wanted);
}

// What lies over it has the fingers first.
bool Stage::is_on_sign(Vec2 point) const {
  return sign_ && !stack_.overlays().is_modal() && sign_->covers(point);
}

void Stage::name_sign() {
  if (!sign_) return;
  sign_->set(sign_link_, *campaign_, language_);
  sign_->layout(metrics_);
}

}  // namespace vitrine::scene
