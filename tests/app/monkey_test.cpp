// SPDX-License-Identifier: MIT
// Ten thousand touches of two fingers at once on the real scenes: nothing crashes, nothing gets
// stuck, and every finger is recorded once, in order.
#include <catch2/catch.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/json/json.h"
#include "tests/app/app_fixture.h"
#include "tests/soak/random_visitor.h"

using namespace vitrine;
using namespace vitrine::test;
using input::PointerPhase;

namespace {

constexpr uint64_t kTouches = 10'000;
constexpr uint64_t kBurst = 250;  // after so many the screen must find its way back
constexpr soak::Habits kTwoFingers{.most_fingers = 2,
                                   .touches = 0.6,
                                   .longest_touch = 10,
                                   .cancels = 0.05,
                                   .keys = 0,
                                   .languages = 0.002,
                                   .leaves = 0};
constexpr Size kScreens[] = {{1080, 1920}, {390, 844}, {1920, 1080}, {320, 568}};

struct Recorded {
  std::string phase;
  double x = 0, y = 0;

  friend bool operator==(const Recorded&, const Recorded&) = default;
};

const char* phase_name(PointerPhase phase) {
  if (phase == PointerPhase::Down) return "down";
  return phase == PointerPhase::Up ? "up" : "cancel";
}

class Monkey {
 public:
  Monkey() {
    REQUIRE(fixture_.show_sample());
    visitor_.set_witness([this](const input::PointerEvent& event) { expect(event); });
  }

  void play(uint64_t touches) {
    for (uint64_t done = 0; done < touches; done += kBurst) {
      burst(kScreens[done / kBurst % std::size(kScreens)]);
      INFO("after " << visitor_.touches() << " touches: " << fixture_.app->statistics_json());
      screen_.width == 390 || screen_.width == 320 ? find_back() : stand_away();
      CHECK(fixture_.shows("start"));
      begin_anew();
      read_disk();
    }
  }

  // What was stored, as it happened.
  const std::vector<Recorded>& stored() const { return stored_; }
  const std::vector<Recorded>& expected() const { return expected_; }

 private:
  void expect(const input::PointerEvent& event) {
    if (event.phase == PointerPhase::Move) return;
    const ui::Metrics metrics = ui::metrics_for(screen_, {});
    const Vec2 at = event.position * (1 / metrics.scale);
    expected_.push_back({phase_name(event.phase), at.x, at.y});
  }

  void burst(Size screen) {
    screen_ = screen;
    fixture_.resize(screen);
    visitor_.set_size(screen);
    const uint64_t end = visitor_.touches() + kBurst;
    while (visitor_.touches() < end) {
      visitor_.act(fixture_.clock.monotonic_us());
      fixture_.run(1);
    }
    visitor_.cancel_all(fixture_.clock.monotonic_us());
  }

  // By Escape alone.
  void find_back() {
    for (int i = 0; i < 10 && !fixture_.shows("start"); ++i) {
      fixture_.app->handle(app::Key::Escape);
      fixture_.run(60);
    }
  }

  // By touching nothing: a finger that the engine believes to be held would keep the session.
  void stand_away() {
    fixture_.run(70 * 5, 200);
    CHECK(fixture_.app->session_id().is_none());
  }

  // By a finger: a widget that still waited for an old one would swallow it.
  void begin_anew() {
    const Vec2 start = fixture_.middle_of("start");
    for (const PointerPhase phase : {PointerPhase::Down, PointerPhase::Up}) {
      const input::PointerEvent event{1u << 20, phase, start, fixture_.clock.monotonic_us()};
      expect(event);
      fixture_.app->handle(event);
      fixture_.run(2);
    }
    fixture_.run(60);
    CHECK(fixture_.shows("open"));
  }

  // Takes the rows away, so that a fake disk does not search them all for every new one.
  void read_disk() {
    fixture_.app->pause();
    fixture_.app->resume();
    fixture_.run(3);
    JsonDocument document;
    for (const OutboxRow& row : std::exchange(fixture_.store.disk.rows, {})) {
      if (row.row.find("\"screen_touched\"") == std::string::npos) continue;
      document.parse(row.row);  // what it cannot read differs from what is expected
      const JsonValue data = document.root().find("data");
      stored_.push_back({std::string(data.find("phase").string().value_or("")),
                         data.find("x").number().value_or(-1),
                         data.find("y").number().value_or(-1)});
    }
  }

  AppFixture fixture_;
  Size screen_ = kScreens[0];
  soak::RandomVisitor visitor_{*fixture_.app, screen_, 20260101, kTwoFingers};
  std::vector<Recorded> expected_, stored_;
};

// Whoever chose large text has fewer scene units on the same screen.
bool is_at(const Recorded& stored, const Recorded& expected, double scale) {
  return std::fabs(stored.x - expected.x * scale) < 0.01 &&
         std::fabs(stored.y - expected.y * scale) < 0.01;
}

}  // namespace

TEST_CASE("after any touches of two fingers the screen finds back, and each is recorded once") {
  Monkey monkey;
  monkey.play(kTouches);
  const std::vector<Recorded>& stored = monkey.stored();
  const std::vector<Recorded>& expected = monkey.expected();
  REQUIRE(stored.size() == expected.size());
  size_t off = 0;
  for (size_t i = 0; i < stored.size(); ++i) {
    const bool same =
        stored[i].phase == expected[i].phase &&
        (is_at(stored[i], expected[i], 1) || is_at(stored[i], expected[i], 1 / ui::kLargeText));
    if (same) continue;
    if (++off > 3) break;
    INFO("row " << i);
    CHECK(stored[i] == expected[i]);
  }
  CHECK(off == 0);
  CHECK(stored.size() > 2 * kTouches);
}
