// SPDX-License-Identifier: MIT
#include "tests/soak/random_visitor.h"

#include <algorithm>

namespace vitrine::soak {

using input::PointerPhase;

constexpr int64_t kLongestAbsenceUs = 90'000'000;

void RandomVisitor::act(int64_t now_us) {
  move_fingers(now_us);
  if (now_us < away_until_us_) return;
  if (chance(habits_.leaves)) {
    cancel_all(now_us);
    away_until_us_ = now_us + static_cast<int64_t>(between(0, 1) * kLongestAbsenceUs);
    return;
  }
  if (fingers_.size() < habits_.most_fingers && chance(habits_.touches)) touch(now_us);
  if (chance(habits_.keys)) press_a_key();
  if (chance(habits_.languages)) app_.set_language(chance(0.5) ? "zh" : "en");
}

// Half the time on something that can be pressed, else anywhere, also outside.
Vec2 RandomVisitor::somewhere() {
  const ui::SemanticTree& tree = app_.semantics();
  if (tree.size() > 0 && chance(0.5)) {
    return tree[std::uniform_int_distribution<size_t>(0, tree.size() - 1)(random_)].bounds.center();
  }
  return {between(-5, size_.width + 5), between(-5, size_.height + 5)};
}

void RandomVisitor::touch(int64_t now_us) {
  Finger finger;
  finger.id = next_finger_++;
  finger.at = somewhere();
  finger.frames = 1 + static_cast<int>(between(0, 1) * between(0, 1) *
                                       static_cast<float>(habits_.longest_touch));
  if (chance(0.5)) finger.step = {between(-20, 20), between(-6, 6)};
  send(finger, PointerPhase::Down, now_us);
  fingers_.push_back(finger);
  ++touches_;
}

void RandomVisitor::move_fingers(int64_t now_us) {
  for (Finger& finger : fingers_) {
    finger.at = {finger.at.x + finger.step.x, finger.at.y + finger.step.y};
    const bool ends = --finger.frames <= 0;
    const PointerPhase end = chance(habits_.cancels) ? PointerPhase::Cancel : PointerPhase::Up;
    send(finger, ends ? end : PointerPhase::Move, now_us);
  }
  std::erase_if(fingers_, [](const Finger& finger) { return finger.frames <= 0; });
}

void RandomVisitor::cancel_all(int64_t now_us) {
  for (const Finger& finger : fingers_) send(finger, PointerPhase::Cancel, now_us);
  fingers_.clear();
}

void RandomVisitor::press_a_key() {
  const int last = static_cast<int>(app::Key::Down);
  app_.handle(static_cast<app::Key>(std::uniform_int_distribution<int>(0, last)(random_)));
}

void RandomVisitor::send(const Finger& finger, PointerPhase phase, int64_t now_us) {
  const input::PointerEvent event{finger.id, phase, finger.at, now_us};
  if (witness_) witness_(event);
  app_.handle(event);
}

}  // namespace vitrine::soak
