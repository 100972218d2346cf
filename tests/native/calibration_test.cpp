// SPDX-License-Identifier: MIT
// Finding where fingers are, from taps on targets: sensors turned, mirrored, stretched, askew,
// noisy; people who miss.
#include "native/kiosk/touch_calibration.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "native/kiosk/calibration_flow.h"

using namespace vitrine;
using input::PointerPhase;

namespace {

// A sensor reports p of the window as this.
using Sensor = Vec2 (*)(Vec2 p);

constexpr Sensor kSensors[] = {
    [](Vec2 p) { return p; },
    [](Vec2 p) {
      return Vec2{1 - p.x, p.y};
    },  // mirrored
    [](Vec2 p) {
      return Vec2{p.x, 1 - p.y};
    },
    [](Vec2 p) {
      return Vec2{1 - p.y, p.x};
    },  // turned
    [](Vec2 p) {
      return Vec2{p.y, p.x};
    },  // axes exchanged
    [](Vec2 p) {
      return Vec2{0.1f + 0.7f * p.x, 0.05f + 0.6f * p.y};
    },  // larger than the panel
    [](Vec2 p) {
      return Vec2{p.x + 0.04f * p.y - 0.02f, p.y - 0.03f * p.x};
    },  // askew
};

std::vector<CalibrationTap> taps_on(Sensor sensor, float noise = 0, uint64_t seed = 1) {
  Random random(seed);
  std::vector<CalibrationTap> taps;
  for (const Vec2 target : CalibrationFlow::kTargets) {
    const Vec2 miss{(random.unit() - 0.5f) * 2 * noise, (random.unit() - 0.5f) * 2 * noise};
    taps.push_back({target, sensor(target + miss)});
  }
  return taps;
}

}  // namespace

TEST_CASE("whatever way a sensor lies, a finger is found where it is") {
  for (const Sensor sensor : kSensors) {
    const Result<Calibration> fitted = fit_calibration(taps_on(sensor));
    REQUIRE(fitted.ok());
    CHECK(fitted.value().error < 1e-4);
    for (const Vec2 p : {Vec2{0, 0}, Vec2{1, 0}, Vec2{0.3f, 0.8f}, Vec2{1, 1}}) {
      CHECK(length(fitted.value().matrix.apply(sensor(p)) - p) < 1e-3f);
    }
  }
}

TEST_CASE("fingers that miss a little are averaged out") {
  for (const Sensor sensor : kSensors) {
    for (uint64_t seed = 1; seed <= 50; ++seed) {
      const Result<Calibration> fitted = fit_calibration(taps_on(sensor, 0.008f, seed));
      REQUIRE(fitted.ok());
      for (const Vec2 p : {Vec2{0.1f, 0.1f}, Vec2{0.9f, 0.5f}, Vec2{0.5f, 0.9f}}) {
        CHECK(length(fitted.value().matrix.apply(sensor(p)) - p) < 0.015f);
      }
    }
  }
}

TEST_CASE("three taps are enough, two are not") {
  std::vector<CalibrationTap> taps = taps_on(kSensors[3]);
  taps.resize(3);
  CHECK(fit_calibration(taps).ok());
  taps.resize(2);
  CHECK(fit_calibration(taps).status().message().find("three targets") != std::string::npos);
  CHECK_FALSE(fit_calibration({}).ok());
}

TEST_CASE("taps on one line or in one place say nothing of the rest of the panel") {
  std::vector<CalibrationTap> taps = taps_on(kSensors[0]);
  for (CalibrationTap& tap : taps) tap.reported = {0.5f, 0.5f};
  CHECK_FALSE(fit_calibration(taps).ok());
  for (size_t i = 0; i < taps.size(); ++i) {
    const float along = static_cast<float>(i) * 0.2f;
    taps[i].reported = {along, 1 - along};
  }
  CHECK(fit_calibration(taps).status().message().find("one line") != std::string::npos);
  taps = taps_on(kSensors[0]);
  for (CalibrationTap& tap : taps) tap.target.y = 0.5f;
  CHECK_FALSE(fit_calibration(taps).ok());
  taps = taps_on(kSensors[0]);
  taps[1].reported.x = NAN;
  CHECK_FALSE(fit_calibration(taps).ok());
}

TEST_CASE("one target missed by far spoils the fit, and that is said") {
  std::vector<CalibrationTap> taps = taps_on(kSensors[1]);
  taps[4].reported = {0.9f, 0.9f};
  CHECK(fit_calibration(taps).status().message().find("do not fit") != std::string::npos);
}

namespace {

struct Hand {
  CalibrationFlow flow{0};
  int64_t now_us = 0;
  Sensor sensor = kSensors[0];
  uint64_t device = 7;

  void send(PointerPhase phase, Vec2 at, uint64_t pointer = 1) {
    now_us += 20'000;
    flow.handle({pointer, phase, sensor(at), now_us, device});
  }
  void tap(Vec2 at, uint64_t pointer = 1) {
    send(PointerPhase::Down, at, pointer);
    send(PointerPhase::Move, at + Vec2{0.002f, 0}, pointer);
    send(PointerPhase::Up, at, pointer);
  }
  void tap_all() {
    while (flow.state() == CalibrationFlow::State::Tapping) {
      tap(CalibrationFlow::kTargets[flow.step()]);
    }
  }
};

using State = CalibrationFlow::State;
using Advice = CalibrationFlow::Advice;

}  // namespace

TEST_CASE("five taps calibrate the panel they were made on") {
  Hand hand;
  hand.sensor = kSensors[3];
  hand.tap_all();
  REQUIRE(hand.flow.state() == State::Done);
  CHECK(hand.flow.device() == 7);
  const Vec2 found = hand.flow.calibration().matrix.apply(hand.sensor({0.2f, 0.7f}));
  CHECK(length(found - Vec2{0.2f, 0.7f}) < 0.005f);
}

TEST_CASE("a finger that slides, a hand that leans and a touch that is taken away are no taps") {
  Hand hand;
  hand.send(PointerPhase::Down, {0.1f, 0.1f});
  hand.send(PointerPhase::Move, {0.3f, 0.1f});
  hand.send(PointerPhase::Up, {0.1f, 0.1f});
  CHECK(hand.flow.advice() == Advice::HoldStill);
  hand.send(PointerPhase::Down, {0.1f, 0.1f}, 1);
  hand.send(PointerPhase::Down, {0.5f, 0.5f}, 2);
  hand.send(PointerPhase::Up, {0.1f, 0.1f}, 1);
  hand.send(PointerPhase::Up, {0.5f, 0.5f}, 2);
  CHECK(hand.flow.advice() == Advice::HoldStill);
  hand.send(PointerPhase::Down, {0.1f, 0.1f});
  hand.send(PointerPhase::Cancel, {0.1f, 0.1f});
  CHECK(hand.flow.step() == 0);
  hand.tap_all();
  CHECK(hand.flow.state() == State::Done);
}

TEST_CASE("taps on another panel do not mix in") {
  Hand hand;
  hand.tap(CalibrationFlow::kTargets[0]);
  hand.device = 8;
  hand.tap({0.4f, 0.4f});
  CHECK(hand.flow.step() == 1);
  CHECK(hand.flow.advice() == Advice::OtherPanel);
  hand.device = 7;
  hand.tap_all();
  CHECK(hand.flow.state() == State::Done);
}

TEST_CASE("taps that do not fit begin anew, and nothing is changed when nobody comes") {
  Hand hand;
  for (const Vec2 at :
       {Vec2{0.1f, 0.1f}, Vec2{0.9f, 0.1f}, Vec2{0.9f, 0.9f}, Vec2{0.1f, 0.9f}, Vec2{0.9f, 0.4f}}) {
    hand.tap(at);
  }
  CHECK(hand.flow.step() == 0);
  CHECK(hand.flow.advice() == Advice::StartedOver);
  hand.tap(CalibrationFlow::kTargets[0]);
  hand.flow.update(hand.now_us + CalibrationFlow::kPatienceUs - 1);
  CHECK(hand.flow.state() == State::Tapping);
  hand.flow.update(hand.now_us + CalibrationFlow::kPatienceUs);
  CHECK(hand.flow.state() == State::GivenUp);
}
