// SPDX-License-Identifier: MIT
// Nothing of a shopper outlives their session, on screen or in memory; what was recorded is the
// outbox's. docs/security.md says what a wipe covers.
#include <catch2/catch.hpp>

#include "engine/ui/on_screen_keyboard.h"
#include "engine/ui/screen.h"
#include "engine/ui/text_field.h"
#include "engine/ui/toast.h"
#include "engine/ui/widget.h"
#include "tests/app/app_fixture.h"
#include "tests/fakes/offscreen_context.h"
#include "tests/fakes/watched_memory.h"

using namespace vitrine;
using namespace vitrine::test;
using input::Handled;
using input::PointerPhase;

namespace {

// Typed by a scanner, longer than what a string holds in itself; and on the screen's keyboard
// before it, short enough for that.
constexpr std::string_view kLong = "secret-of-a-shopper-4711-4711-4711";
constexpr std::string_view kShort = "qzxjkw";

constexpr int kWidth = 135, kHeight = 240;  // pixels: software draws them
constexpr std::string_view kNotebookCampaign = R"({
  "id": "notebook", "version": 1, "brand": {"zh": "本子", "en": "Notebook"},
  "languages": ["zh", "en"], "texts": {},
  "scenes": [{"id": "page", "kind": "notebook"}]
})";

// A line to write into with the screen's own keyboard, and a note that shows and tells what was
// written.
class Notebook final : public scene::Scene {
 public:
  void enter(scene::SceneContext&, const std::optional<scene::SharedElement>&) override {
    screen_.add(field_);
    screen_.add(keyboard_);
    field_.set_bounds({54, 200, 972, 100});
    field_.set_active(true);
    keyboard_.set_field(&field_);
  }
  void layout() override { keyboard_.layout({54, 900, 972, 700}, 8, 44); }
  Handled handle(const input::PointerEvent& event) override { return screen_.handle(event); }
  bool activate(uint32_t id) override { return screen_.activate(id); }
  bool write(uint32_t id, const ui::TextInput& input) override { return screen_.write(id, input); }
  void update(float dt) override {
    screen_.update(dt);
    if (field_.take_changed()) note_ = field_.text();
  }
  void draw(ui::Painter& painter) override {
    field_.draw(painter);
    keyboard_.draw(painter);
    painter.canvas.draw_text(note_, {54, 612}, 972, {.size = 60, .color = painter.theme.ink});
  }
  void describe(ui::SemanticTree& tree) const override {
    screen_.describe(tree);
    if (!note_.empty()) describe_note(tree);
  }
  void release() override { screen_.release(); }

 private:
  void describe_note(ui::SemanticTree& tree) const {
    ui::SemanticNode& node = tree.add();
    node.id = ui::widget_id("note");
    node.name = "note";
    node.role = ui::Role::Status;
    node.label = note_;
    node.state.live = ui::Live::Polite;
    node.bounds = {54, 612, 972, 100};
  }

  ui::Screen screen_;
  ui::TextField field_{"field", 64};
  ui::OnScreenKeyboard keyboard_{"keys"};
  std::string note_;
};

constexpr scene::SceneKind kKinds[] = {
    {"notebook", []() -> std::unique_ptr<scene::Scene> { return std::make_unique<Notebook>(); }}};

struct Written {
  AppFixture fixture;
  std::unique_ptr<OffscreenContext> context = OffscreenContext::create(kWidth, kHeight);

  Written() : fixture(options(), kKinds) {
    fixture.app->context_created();
    app::Viewport kiosk;
    kiosk.size = {1080, 1920};
    kiosk.pixel_ratio = 0.125f;
    fixture.app->resize(kiosk);
    REQUIRE(fixture.app->show_campaign(kNotebookCampaign, "campaign.json").ok());
    fixture.run(2);
    for (const char letter : kShort) {
      const ui::SemanticNode* key = fixture.app->semantics().find(std::string("keys-") + letter);
      REQUIRE(key);
      REQUIRE(fixture.app->activate(key->id));
      fixture.run(2);
    }
    fixture.run(60);
    fixture.app->type(kLong);
    fixture.run(10);
    REQUIRE(fixture.shows("note"));
  }
  // Read to, so that the voice is asked for what was written.
  static app::AppOptions options() {
    app::AppOptions options;
    options.preferences.set(ui::Preference::Speech, true);
    return options;
  }
  // What the fakes wrote down of it.
  void forget_what_was_said() {
    std::vector<std::string>().swap(fixture.speech.said);
    std::vector<std::string>().swap(fixture.speech.said_now);
  }
};

}  // namespace

TEST_CASE("what a shopper wrote is in no memory once nobody answered the question") {
  Written written;
  REQUIRE(written.context);
  CHECK(blocks_with(kLong) >= 3);  // field, laid-out text, both trees: the search finds them
  CHECK(blocks_with(kShort) >= 3);
  REQUIRE_FALSE(written.fixture.speech.said.empty());
  written.fixture.run(50, 1000);
  REQUIRE(written.fixture.app->session_id().is_none());
  CHECK(written.fixture.speech.said_now.empty());
  written.forget_what_was_said();
  CHECK(blocks_with(kLong) == 0);
  CHECK(blocks_with(kShort) == 0);
}

TEST_CASE("a cleared toast remembers nothing of what it said") {
  const auto toast = std::make_unique<ui::Toast>("toast");
  toast->show(kShort);
  toast->show(kLong);
  CHECK(blocks_with(kShort) == 1);
  CHECK(blocks_with(kLong) == 1);
  toast->clear();
  CHECK(blocks_with(kShort.substr(1)) == 0);
  CHECK(blocks_with(kLong.substr(1)) == 0);
}

TEST_CASE("what was written is still there while the question can be answered") {
  Written written;
  REQUIRE(written.context);
  written.fixture.run(40, 1000);
  REQUIRE(written.fixture.shows("still-there"));
  CHECK(blocks_with(kLong) >= 3);
}

TEST_CASE("another campaign takes what was written with it") {
  Written written;
  REQUIRE(written.context);
  REQUIRE(written.fixture.app->show_campaign(kNotebookCampaign, "campaign.json").ok());
  written.fixture.run(60);
  written.forget_what_was_said();
  CHECK(blocks_with(kLong) == 0);
  CHECK(blocks_with(kShort) == 0);
}
