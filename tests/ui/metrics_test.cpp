// SPDX-License-Identifier: MIT
#include "engine/ui/metrics.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::ui;

TEST_CASE("every panel becomes a space whose short side is the designed one") {
  CHECK(metrics_for({1080, 1920}, {}).size == Size{1080, 1920});
  CHECK(metrics_for({2160, 3840}, {}).size == Size{1080, 1920});
  CHECK(metrics_for({1920, 1080}, {}).size == Size{1920, 1080});
  CHECK(metrics_for({390, 844}, {}).size == Size{390, 844});
  CHECK(metrics_for({320, 568}, {}).size.width == Approx(390));
  CHECK(metrics_for({768, 1024}, {}).size.height == Approx(1440));
}

TEST_CASE("forms follow the shape and the size") {
  CHECK(metrics_for({768, 1024}, {}).form == Form::Portrait);
  CHECK(metrics_for({430, 932}, {}).form == Form::Phone);
  CHECK(metrics_for({844, 390}, {}).form == Form::Landscape);
}

TEST_CASE("a target never gets smaller than a finger") {
  for (const Size points : {Size{320, 568}, Size{390, 844}, Size{768, 1024}, Size{844, 390},
                            Size{1080, 1920}, Size{2160, 3840}}) {
    const Metrics m = metrics_for(points, {});
    CHECK(m.target * m.scale >= Approx(44));
  }
  CHECK(metrics_for({1080, 1920}, {}).target == 88);
}

TEST_CASE("an empty window is survived") {
  const Metrics m = metrics_for({0, 0}, {});
  CHECK(m.scale > 0);
}

TEST_CASE("with large text everything is 1.3 times as large on every high screen") {
  for (const Size points :
       {Size{320, 568}, Size{390, 844}, Size{800, 1280}, Size{1080, 1920}, Size{2160, 3840}}) {
    const Metrics normal = metrics_for(points, {});
    const Metrics large = metrics_for(points, {}, TextSize::Large);
    CHECK(large.form == normal.form);
    CHECK(large.scale == Approx(1.3f * normal.scale));
    CHECK(large.size.width * large.scale == Approx(points.width));
    CHECK(large.target * large.scale >= Approx(normal.target * normal.scale));
    CHECK(large.margin * large.scale == Approx(normal.margin * normal.scale));
  }
}

TEST_CASE("large text on a screen that lies leaves it the length that words beside pictures need") {
  const auto large = [](Size points) { return metrics_for(points, {}, TextSize::Large); };
  CHECK(large({1920, 1080}).scale == Approx(1.3f));
  CHECK(large({844, 390}).scale == Approx(1.3f * 390 / 1080));
  CHECK(large({1920, 1200}).scale == Approx(1.2f * 1200 / 1080));
  CHECK(large({1920, 1200}).size.width == Approx(1440));
  CHECK(large({1024, 768}).scale == metrics_for({1024, 768}, {}).scale);
}

TEST_CASE("large text on a panel that stands leaves it the height that pictures above words need") {
  const auto large = [](Size points) { return metrics_for(points, {}, TextSize::Large); };
  CHECK(large({768, 1024}).scale == Approx(1.152f * 768 / 1080));
  CHECK(large({768, 1024}).size.height == Approx(1250));
  CHECK(large({1000, 1100}).scale == metrics_for({1000, 1100}, {}).scale);
}

TEST_CASE("a part of a screen knows where the rest of it is, and which insets reach into it") {
  const Metrics m = metrics_for({1080, 1920}, {0, 1110, 1080, 810}, {40, 0, 20, 0}, {});
  CHECK(m.form == Form::Landscape);
  CHECK(m.scale == Approx(0.75f));
  CHECK(m.size == Size{1440, 1080});
  CHECK(m.screen == Rect{0, -1480, 1440, 2560});
  CHECK(m.insets.top == 0);
  CHECK(m.insets.bottom == Approx(20 / 0.75f));
}
