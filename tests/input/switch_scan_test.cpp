// SPDX-License-Identifier: MIT
#include "engine/input/switch_scan.h"

#include <catch2/catch.hpp>

using namespace vitrine::input;
using Action = SwitchScan::Action;
using Switch = SwitchScan::Switch;

namespace {

// Five things in a row; the focus is nowhere at first.
struct Row {
  static constexpr int kThings = 5;

  SwitchScan scan;
  int focus = -1;
  int taken = -1;
  int takes = 0;
  int moves = 0;

  explicit Row(SwitchMode mode, float scan_seconds = 1) {
    scan.set_settings(
        {.mode = mode, .scan_seconds = scan_seconds, .first_seconds = 0.5f, .least_hold = 0.05f});
  }
  // Out of its rest, by the press that does nothing else.
  Row& awake() {
    press(Switch::Take);
    focus = -1, moves = 0;
    scan.restart();
    return *this;
  }
  void run(float seconds, float rate = 60) {
    const int frames = static_cast<int>(seconds * rate + 0.5f);
    for (int i = 0; i < frames; ++i) follow(scan.update(1 / rate, focus <= 0));
  }
  void follow(Action action) {
    if (action == Action::Next || action == Action::Scan) focus = (focus + 1) % kThings, ++moves;
    if (action == Action::Take) taken = focus, ++takes;
  }
  void press(Switch which, float seconds = 0.2f) {
    scan.press(which, true);
    run(seconds);
    scan.press(which, false);
    run(0.05f);
  }
};

}  // namespace

TEST_CASE("with one switch the focus moves by itself, the same at any frame rate") {
  for (const float rate : {20.0f, 60.0f, 144.0f}) {
    Row row(SwitchMode::One);
    row.awake();
    row.run(1.4f, rate);
    CHECK(row.focus == -1);
    row.run(0.2f, rate);
    CHECK(row.focus == 0);
    row.run(1.6f, rate);
    CHECK(row.focus == 1);
    row.run(3.1f, rate);
    CHECK(row.focus == 4);
  }
}

TEST_CASE("with one switch a press takes what has the focus") {
  Row row(SwitchMode::One);
  row.awake();
  row.run(3.2f);
  REQUIRE(row.focus == 1);
  row.press(Switch::Take);
  CHECK(row.taken == 1);
  CHECK(row.takes == 1);
  row.press(Switch::Next);  // there is only one: whichever it is, it takes
  CHECK(row.takes == 1);    // too soon after the other
  row.run(0.5f);
  row.press(Switch::Next);
  CHECK(row.takes == 2);
}

TEST_CASE("with two switches one moves and one takes, and nothing moves by itself") {
  Row row(SwitchMode::Two);
  row.run(30);
  CHECK(row.focus == -1);
  for (int i = 0; i < 3; ++i) {
    row.press(Switch::Next);
    row.run(0.5f);
  }
  CHECK(row.focus == 2);
  row.press(Switch::Take);
  CHECK(row.taken == 2);
}

TEST_CASE("a tremor is one press") {
  Row row(SwitchMode::Two);
  row.press(Switch::Next, 0.1f);
  for (int i = 0; i < 4; ++i) row.press(Switch::Next, 0.06f);
  CHECK(row.moves <= 2);
  Row brief(SwitchMode::Two);
  brief.press(Switch::Take, 0.02f);
  CHECK(brief.takes == 0);
}

TEST_CASE("a switch that is held down does nothing more, and the focus waits") {
  Row row(SwitchMode::One);
  row.awake();
  row.run(1.6f);
  row.scan.press(Switch::Take, true);
  row.scan.press(Switch::Take, true);
  row.run(20);
  CHECK(row.focus == 0);
  CHECK(row.takes == 0);
  row.scan.press(Switch::Take, false);
  row.run(0.05f);
  CHECK(row.takes == 1);
}

TEST_CASE("it rests until somebody is there, and the press that wakes it takes nothing") {
  Row row(SwitchMode::One);
  row.run(60);
  CHECK(row.moves == 0);
  row.press(Switch::Take);
  CHECK(row.focus == 0);
  CHECK(row.takes == 0);
  row.run(4);
  row.scan.rest();
  const int moves = row.moves;
  row.run(60);
  CHECK(row.moves == moves);
}

TEST_CASE("it rests again after some rounds without a press") {
  Row row(SwitchMode::One);
  row.awake().run(200);
  CHECK(row.scan.rests());
  CHECK(row.moves < 5 * Row::kThings);
  const int moves = row.moves;
  row.run(60);
  CHECK(row.moves == moves);
  row.press(Switch::Take);
  CHECK(row.takes == 0);
  row.run(3);
  CHECK(row.moves > moves);
}

TEST_CASE("a screen that changed is given its whole time") {
  Row row(SwitchMode::One);
  row.awake();
  row.run(1.4f);
  row.scan.restart();
  row.run(1.4f);
  CHECK(row.focus == -1);
}

TEST_CASE("switched off it hears nothing") {
  Row row(SwitchMode::Off);
  row.press(Switch::Take);
  row.run(60);
  CHECK(row.moves + row.takes == 0);
  CHECK_FALSE(row.scan.is_on());
}
