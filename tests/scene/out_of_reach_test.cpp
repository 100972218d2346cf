// SPDX-License-Identifier: MIT
#include "engine/scene/out_of_reach.h"

#include <catch2/catch.hpp>

#include "engine/base/contrast.h"
#include "engine/ui/reach.h"
#include "tests/fakes/fake_canvas.h"
#include "tests/fakes/small_campaign.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

campaign::Campaign with_title() {
  campaign::CampaignData data = one_scene("only", {"zh", "en"});
  data.texts.push_back({"page.title", {"口红，今天 5 元", "A lipstick, yours for ¥5"}});
  return campaign::Campaign(std::move(data));
}

constexpr Color kPaper = Color::rgb(0xFFF8F2), kCherry = Color::rgb(0x8E0F2F);

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
    scene::draw_out_of_reach(painter, campaign, "en", kPaper);
    REQUIRE(drawing.canvas.written.size() == 2);  // a clause a line
    CHECK(drawing.canvas.says("A lipstick,"));
    CHECK(drawing.canvas.says("yours for ¥5"));
    const ui::Metrics& m = drawing.metrics;
    for (const FakeCanvas::Written& line : drawing.canvas.written) {
      CHECK(line.rect.y >= m.screen.y);
      CHECK(line.rect.bottom() <= 0);
      CHECK(line.rect.x >= m.screen.x);
      CHECK(line.rect.right() <= m.screen.right());
      CHECK(line.size >= 60);
    }
    CHECK(drawing.canvas.written[1].rect.y >= drawing.canvas.written[0].rect.bottom() - 0.01f);
  }
}

TEST_CASE("the promise is light on what is deep") {
  const campaign::Campaign campaign = with_title();
  const ui::Panel high{.width_mm = 680, .height_mm = 1210, .bottom_edge_mm = 700};
  Drawing drawing;
  drawing.metrics = within({1080, 1920}, high);
  ui::Painter painter{drawing.canvas, drawing.images, drawing.theme, drawing.metrics};
  scene::draw_out_of_reach(painter, campaign, "en", kCherry);
  REQUIRE(drawing.canvas.written.size() == 2);
  for (const FakeCanvas::Written& line : drawing.canvas.written) {
    CHECK(contrast_ratio(relative_luminance(line.color), relative_luminance(kCherry)) > 4.5);
  }
}

TEST_CASE("where everything is within reach, or nearly, nothing stands above it") {
  const campaign::Campaign campaign = with_title();
  const ui::Panel low{.width_mm = 680, .height_mm = 1210, .bottom_edge_mm = 100};
  for (const ui::Panel& panel : {ui::Panel{}, low}) {
    Drawing drawing;
    drawing.metrics = within({1080, 1920}, panel);
    ui::Painter painter{drawing.canvas, drawing.images, drawing.theme, drawing.metrics};
    scene::draw_out_of_reach(painter, campaign, "zh", kPaper);
    CHECK(drawing.canvas.written.empty());
  }
}
