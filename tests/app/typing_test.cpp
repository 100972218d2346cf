// SPDX-License-Identifier: MIT
// What real keys write, into a field on a screen.
#include <catch2/catch.hpp>

#include "engine/ui/text_field.h"
#include "scenes/props/screen_scene.h"
#include "tests/app/app_fixture.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr std::string_view kFormCampaign = R"({
  "id": "form", "version": 1, "brand": {"en": "Form"}, "languages": ["en"], "texts": {},
  "scenes": [{"id": "page", "kind": "form"}]
})";

class Form final : public scenes::ScreenScene {
 public:
  void enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) override {
    context_ = &context;
    screen_.add(field_);
    field_.set_bounds({54, 200, 972, 100});
    field_.set_active(true);
  }
  void layout() override {}
  void update(float dt) override { screen_.update(dt); }
  void draw(ui::Painter& painter) override { field_.draw(painter); }
  void describe(ui::SemanticTree& tree) const override { screen_.describe(tree); }

 private:
  ui::TextField field_{"field", 20};
};

constexpr scene::SceneKind kKinds[] = {
    {"form", []() -> std::unique_ptr<scene::Scene> { return std::make_unique<Form>(); }}};

// As a window sends it: the key, then what it writes.
std::string written(input::SwitchMode mode) {
  app::AppOptions options;
  options.switches.mode = mode;
  AppFixture fixture(options, kKinds);
  REQUIRE(fixture.app->show_campaign(kFormCampaign, "campaign.json").ok());
  fixture.run(2);
  fixture.app->type("4");
  fixture.app->handle(app::Key::Space);
  fixture.app->type(" ");
  fixture.app->key_up(app::Key::Space);
  fixture.app->type("7");
  fixture.run(2);
  const ui::SemanticNode* field = fixture.app->semantics().find("field");
  REQUIRE(field);
  return field->value;
}

}  // namespace

TEST_CASE("keys write into the field of a scene") {
  CHECK(written(input::SwitchMode::Off) == "4 7");
}

TEST_CASE("a switch that sends Space writes no space") {
  CHECK(written(input::SwitchMode::One) == "47");
  CHECK(written(input::SwitchMode::Two) == "47");
}
