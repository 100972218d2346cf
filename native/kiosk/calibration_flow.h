// SPDX-License-Identifier: MIT
// The steps of a calibration: one target after the other, each tapped once, by fingers of one touch
// panel. Pure; positions in 0..1 of the window, as the panel reports them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/input/pointer_event.h"
#include "native/kiosk/touch_calibration.h"

namespace vitrine {

class CalibrationFlow {
 public:
  // Near the corners, where an error is largest, and in the middle, which tells a bent sensor.
  static constexpr std::array<Vec2, 5> kTargets = {
      {{0.1f, 0.1f}, {0.9f, 0.1f}, {0.9f, 0.9f}, {0.1f, 0.9f}, {0.5f, 0.5f}}};
  // Nobody is there: the old calibration stays.
  static constexpr int64_t kPatienceUs = 60'000'000;
  // A finger that wanders further than this did not mean a point, 0..1.
  static constexpr float kStill = 0.03f;

  enum class State : uint8_t { Tapping, Done, GivenUp };
  enum class Advice : uint8_t { None, HoldStill, OtherPanel, StartedOver };

  explicit CalibrationFlow(int64_t now_us) : touched_us_(now_us) {}

  // `event.position` in 0..1 of the window, without any calibration.
  void handle(const input::PointerEvent& event);
  // Gives up when it is time.
  void update(int64_t now_us);

  State state() const { return state_; }
  // Of the target to be tapped. Expects: Tapping.
  size_t step() const { return taps_.size(); }
  // Why the last touch did not count, or why it begins anew.
  Advice advice() const { return advice_; }
  // Expects: Done.
  const Calibration& calibration() const { return calibration_; }
  uint64_t device() const { return device_; }

 private:
  void begin_tap(const input::PointerEvent& event);
  void end_tap();
  void finish();

  State state_ = State::Tapping;
  Advice advice_ = Advice::None;
  uint64_t device_ = 0;
  std::vector<CalibrationTap> taps_;
  Calibration calibration_;
  int64_t touched_us_;
  // The finger that is down.
  bool down_ = false;
  bool still_ = true;
  uint64_t pointer_ = 0;
  Vec2 began_;
  Vec2 sum_;
  int samples_ = 0;
};

}  // namespace vitrine
