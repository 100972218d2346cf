// SPDX-License-Identifier: MIT
// With the measures of real panels: 43 inches lit 941 x 529 mm, 55 inches 1210 x 680 mm.
#include "engine/ui/reach.h"

#include <catch2/catch.hpp>

#include "engine/ui/metrics.h"

using namespace vitrine;
using namespace vitrine::ui;

namespace {

constexpr Size kPortrait{1080, 1920};
constexpr Rect kWhole{0, 0, 1080, 1920};

Panel upright(float long_mm, float short_mm, float bottom_mm) {
  return {long_mm, short_mm, bottom_mm, 90};
}

// How high above the floor a line of the screen is, mm.
float height_of(float y, Size points, float height_mm, float bottom_mm) {
  return bottom_mm + (points.height - y) / points.height * height_mm;
}

}  // namespace

TEST_CASE("where nobody measured the panel nothing changes") {
  CHECK(reach_area(kPortrait, {}) == kWhole);
}

TEST_CASE("a panel that lies within reach as a whole stays as it is") {
  CHECK(reach_area(kPortrait, upright(800, 450, 390)) == kWhole);
  CHECK(reach_area({1920, 1080}, {941, 529, 600, 0}) == Rect{0, 0, 1920, 1080});
}

TEST_CASE("55 inches upright at 700 mm: the lowest 500 mm, lying") {
  const Rect area = reach_area(kPortrait, upright(1210, 680, 700));
  CHECK(area.bottom() == Approx(1920));
  CHECK(area.width == Approx(1080));
  CHECK(area.height == Approx(500.0f / 1210 * 1920));
  CHECK(height_of(area.y, kPortrait, 1210, 700) <= kReachTargetMm + 1);
  CHECK(metrics_for({area.width, area.height}, {}).form == Form::Landscape);
}

TEST_CASE("43 inches upright at 700 mm: no squarer than what scenes are designed for") {
  const Rect area = reach_area(kPortrait, upright(941, 529, 700));
  CHECK(area.width == Approx(1080));
  CHECK(area.height == Approx(810));
  CHECK(area.bottom() == Approx(1920));
  CHECK(height_of(area.y, kPortrait, 941, 700) < kReachLimitMm);
}

TEST_CASE("43 inches upright at 400 mm: most of it, standing") {
  const Rect area = reach_area(kPortrait, upright(941, 529, 400));
  CHECK(area.width == Approx(1080));
  CHECK(area.height == Approx(800.0f / 941 * 1920));
  CHECK(metrics_for({area.width, area.height}, {}).form == Form::Portrait);
}

TEST_CASE("a panel that begins at the floor is left alone below the knees") {
  const Rect area = reach_area(kPortrait, upright(1210, 680, 100));
  CHECK(height_of(area.bottom(), kPortrait, 1210, 100) == Approx(kLowestReachMm));
  CHECK(height_of(area.y, kPortrait, 1210, 100) == Approx(kReachTargetMm));
}

TEST_CASE("a panel hung too high gives its lowest part, the nearest there is") {
  const Rect area = reach_area(kPortrait, upright(1210, 680, 1500));
  CHECK(area.bottom() == Approx(1920));
  CHECK(area.height == Approx(480));
}

TEST_CASE("a wide strip is no wider than what scenes are designed for, and in the middle") {
  const Rect area = reach_area({1920, 1080}, {1210, 680, 900, 0});
  CHECK(area.width == Approx(area.height * 2.16f));
  CHECK(area.center().x == Approx(960));
  CHECK(area.bottom() == Approx(1080));
}

TEST_CASE("every area lies on the screen and below the limit, however the panel hangs") {
  for (float inches = 32; inches <= 86; inches += 1) {
    const float long_mm = inches * 22.14f, short_mm = inches * 12.45f;
    for (float bottom = 0; bottom <= 2000; bottom += 25) {
      INFO(inches << " inches at " << bottom << " mm");
      const Rect area = reach_area(kPortrait, upright(long_mm, short_mm, bottom));
      CHECK(area.x >= 0);
      CHECK(area.y >= 0);
      CHECK(area.right() <= 1080.01f);
      CHECK(area.bottom() <= 1920.01f);
      const float shape = area.width / area.height;
      CHECK((shape <= kWhole.width / kWhole.height + 0.2f || shape >= 1.33f));
      const bool reachable_at_all = bottom + 0.25f * long_mm <= kReachTargetMm;
      if (reachable_at_all) CHECK(height_of(area.y, kPortrait, long_mm, bottom) <= kReachLimitMm);
    }
  }
}
