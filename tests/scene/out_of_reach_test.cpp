// SPDX-License-Identifier: MIT
#include "engine/scene/out_of_reach.h"

#include <catch2/catch.hpp>

#include "engine/ui/reach.h"
#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

campaign::Campaign with_title() {
  campaign::CampaignData data;
  data.id = "test";
  data.languages = {"zh", "en"};
  data.default_language = "zh";
  data.brand = {"品牌", "Brand"};
  data.scenes.resize(1);
  data.scenes[0].id = data.scenes[0].kind = data.start_scene = "only";
  data.texts.push_back({"page.title", {"今天 5 元", "Yours for ¥5"}});
  return campaign::Campaign(std::move(data));
}

ui::Metrics within(Size points, const ui::Panel& panel) {
  return ui::metrics_for(points, ui::reach_area(points, panel), {}, ui::TextSize::Normal);
}

}  // namespace

TEST_CASE("above what is within reach the campaign says what it promises, as large as it can") {
  const campaign::Campaign campaign = with_title();
  const ui::Panel high{.width_mm = 680, .height_mm = 1210, .bottom_edge_mm = 700};
  for (const Size points : {Size{1080, 1920}, Size{2160, 3840}}) {
    Drawing drawing;
    drawing.metrics = within(points, high);
    ui::Painter painter{drawing.canvas, drawing.images, drawing.theme, drawing.metrics};
    scene::draw_out_of_reach(painter, campaign, "en");
    REQUIRE(drawing.canvas.says("Yours for ¥5"));
    const Rect& words = drawing.canvas.written[0].rect;
    const ui::Metrics& m = drawing.metrics;
    CHECK(words.y >= m.screen.y);
    CHECK(words.bottom() <= 0);
    CHECK(words.x >= m.screen.x);
    CHECK(words.right() <= m.screen.right());
    CHECK(drawing.canvas.written[0].size >= 60);
  }
}

TEST_CASE("where everything is within reach, or nearly, nothing stands above it") {
  const campaign::Campaign campaign = with_title();
  const ui::Panel low{.width_mm = 680, .height_mm = 1210, .bottom_edge_mm = 100};
  for (const ui::Panel& panel : {ui::Panel{}, low}) {
    Drawing drawing;
    drawing.metrics = within({1080, 1920}, panel);
    ui::Painter painter{drawing.canvas, drawing.images, drawing.theme, drawing.metrics};
    scene::draw_out_of_reach(painter, campaign, "zh");
    CHECK(drawing.canvas.written.empty());
  }
}
