// SPDX-License-Identifier: MIT
#include "native/kiosk/calibration_flow.h"

#include <utility>

namespace vitrine {

using input::PointerPhase;

void CalibrationFlow::handle(const input::PointerEvent& event) {
  if (state_ != State::Tapping) return;
  touched_us_ = event.time_us;
  if (event.phase == PointerPhase::Down) return begin_tap(event);
  if (!down_ || event.pointer != pointer_) return;
  if (length(event.position - began_) > kStill) still_ = false;
  sum_ = sum_ + event.position;
  ++samples_;
  if (event.phase == PointerPhase::Move) return;
  down_ = false;
  if (event.phase == PointerPhase::Up) end_tap();
}

// A second finger while one is down is a hand that leans on the glass.
void CalibrationFlow::begin_tap(const input::PointerEvent& event) {
  if (down_) {
    still_ = false;
    return;
  }
  if (!taps_.empty() && event.device != device_) {
    advice_ = Advice::OtherPanel;
    return;
  }
  device_ = event.device;
  down_ = still_ = true;
  pointer_ = event.pointer;
  began_ = sum_ = event.position;
  samples_ = 1;
}

void CalibrationFlow::end_tap() {
  advice_ = still_ ? Advice::None : Advice::HoldStill;
  if (!still_) return;
  taps_.push_back({kTargets[taps_.size()], sum_ * (1.0f / static_cast<float>(samples_))});
  if (taps_.size() == kTargets.size()) finish();
}

void CalibrationFlow::finish() {
  Result<Calibration> fitted = fit_calibration(taps_);
  if (!fitted.ok()) {
    taps_.clear();
    advice_ = Advice::StartedOver;
    return;
  }
  calibration_ = std::move(fitted).value();
  state_ = State::Done;
}

void CalibrationFlow::update(int64_t now_us) {
  if (state_ == State::Tapping && now_us - touched_us_ >= kPatienceUs) state_ = State::GivenUp;
}

}  // namespace vitrine
