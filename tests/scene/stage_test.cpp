// SPDX-License-Identifier: MIT
// A stage with scenes that only note what happened to them; the screens a shopper sees are tested
// with the whole App.
#include "engine/scene/stage.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/gfx/renderer.h"
#include "engine/ui/button.h"
#include "engine/ui/screen.h"
#include "tests/fakes/fake_audio.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_random.h"
#include "tests/fakes/gfx_seams.h"

using namespace vitrine;
using namespace vitrine::scene;
using input::Handled;
using input::PointerPhase;

namespace {

std::vector<std::string> g_log;

class NotingScene final : public Scene {
 public:
  void enter(SceneContext& context, const std::optional<SharedElement>& arrived) override {
    context_ = &context;
    screen_.add(next_);
    next_.set_bounds({0, 0, 200, 200});
    g_log.push_back("enter " + context.scene.id + (arrived ? " with product" : ""));
  }
  void layout() override { g_log.push_back("layout " + std::string(context_->language)); }
  std::optional<SharedElement> leave() override {
    return SharedElement{"p1", {1, 2}, 3};
  }
  Handled handle(const input::PointerEvent& event) override { return screen_.handle(event); }
  void update(float dt) override {
    screen_.update(dt);
    if (next_.take_activated()) context_->director.go_to(context_->scene.string("next"));
  }
  Backdrop backdrop() const override { return {}; }
  void draw(ui::Painter&) override {}
  void describe(ui::SemanticTree& tree) const override { screen_.describe(tree); }
  bool activate(uint32_t id) override { return screen_.activate(id); }
  void release() override { screen_.release(); }
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override { g_log.push_back("state " + std::string(state)); }

 private:
  static constexpr std::string_view kStates[] = {"rest"};
  SceneContext* context_ = nullptr;
  ui::Screen screen_;
  ui::Button next_{"next", ui::ButtonKind::Primary};
};

constexpr SceneKind kKinds[] = {
    {"noting", []() -> std::unique_ptr<Scene> { return std::make_unique<NotingScene>(); }}};

campaign::Campaign two_scenes() {
  campaign::CampaignData data;
  data.id = "test";
  data.languages = {"zh", "en"};
  data.default_language = "zh";
  data.brand = {"a", "b"};
  data.start_scene = "first";
  data.scenes.resize(2);
  data.scenes[0].id = "first";
  data.scenes[1].id = "second";
  for (campaign::Scene& scene : data.scenes) scene.kind = "noting";
  data.scenes[0].parameters.push_back({"next", campaign::Value(std::string("second"))});
  return campaign::Campaign(std::move(data));
}

struct Played {
  fakes::FakeClock clock;
  fakes::FakeRandom random;
  test::FakeGlyphSource glyphs;
  test::FakeAssets assets;
  test::FakeImageDecoder decoder;
  test::FakeVectorRasterizer vectors;
  std::unique_ptr<gfx::Renderer> renderer =
      gfx::Renderer::create({glyphs, assets, decoder, vectors});
  telemetry::Recorder recorder{clock};
  fakes::FakeAudio audio;
  audio::Sounds sounds{audio};
  Stage stage{{clock, random, recorder, renderer->canvas(), renderer->images(), sounds, kKinds}};

  Played() {
    g_log.clear();
    sounds.load();
    stage.resize(ui::metrics_for({1080, 1920}, {}));
    stage.play(two_scenes(), "");
    stage.describe();
    taken();
  }
  void pass(int64_t ms, bool held = false) {
    clock.advance_ms(ms);
    stage.update(static_cast<float>(ms) / 1000, held);
    stage.describe();
  }
  void tap(Vec2 at, uint64_t pointer = 1) {
    stage.handle({pointer, PointerPhase::Down, at, 0}, 0);
    stage.handle({pointer, PointerPhase::Up, at, 0}, 0);
  }
  Vec2 middle_of(std::string_view name) {
    const ui::SemanticNode* node = stage.describe().find(name);
    return node ? node->bounds.center() : Vec2{-1e6f, -1e6f};
  }
  // What was recorded since the last call: "type session?".
  std::vector<std::string> taken() {
    std::vector<std::string> types;
    telemetry::Recorder::Row row;
    while (recorder.front(row)) {
      types.emplace_back(protocol::type_info(row.type).name);
      sessions.emplace_back(row.context_members);
      recorder.pop();
    }
    return types;
  }
  std::vector<std::string> sessions;
};

using Types = std::vector<std::string>;

}  // namespace

TEST_CASE("the first touch starts a session and every press and release is recorded once") {
  Played played;
  played.tap({900, 900});
  CHECK(played.taken() == Types{"session_started", "screen_touched", "screen_touched"});
  played.tap({900, 900});
  CHECK(played.taken() == Types{"screen_touched", "screen_touched"});
}

TEST_CASE("a button leads on, the product travels with it") {
  Played played;
  g_log.clear();
  played.tap({100, 100});
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
  CHECK(g_log.front() == "enter second with product");
}

TEST_CASE("after the idle time everything of the shopper is gone") {
  Played played;
  played.tap({100, 100});
  played.pass(16);
  const Id128 before = played.stage.session().id();
  played.taken();
  played.pass(25'000);
  CHECK(played.taken() == Types{"idle_warned"});
  played.pass(19'999);
  CHECK(played.stage.session().engaged());
  played.pass(1);
  CHECK_FALSE(played.stage.session().engaged());
  CHECK(played.stage.scene_id() == "first");
  CHECK(played.taken() == Types{"session_ended", "scene_entered", "screen_attracted"});
  played.tap({900, 900});
  CHECK_FALSE(played.stage.session().id() == before);
}

TEST_CASE("the question has every finger: none falls through to the scene") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  const ui::SemanticNode* dialog = played.stage.describe().find("still-there");
  REQUIRE(dialog);
  CHECK(dialog->state.modal);
  CHECK_FALSE(played.stage.describe().find("next")->reachable);
  CHECK_FALSE(played.stage.activate(ui::widget_id("next"), Entry::Semantic));
  played.taken();
  // Where the scene's own button is.
  played.tap({100, 100});
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  CHECK(played.stage.session().engaged());
  CHECK_FALSE(played.stage.describe().find("still-there"));
  CHECK(played.taken() == Types{"screen_touched", "screen_touched", "session_extended"});
}

TEST_CASE("a person can say ten times and more that they are still there") {
  Played played;
  played.tap({900, 900});
  const Id128 id = played.stage.session().id();
  for (int times = 0; times < 12; ++times) {
    played.pass(25'000);
    played.pass(19'000);
    played.tap(played.middle_of("stay"));
    played.pass(16);
    CHECK(played.stage.session().id() == id);
  }
  played.taken();
  played.pass(24'900);
  CHECK_FALSE(played.stage.describe().find("still-there"));
}

TEST_CASE("finish ends at once, whoever slides off it has more time") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  const Vec2 finish = played.middle_of("finish");
  played.stage.handle({1, PointerPhase::Down, finish, 0}, 0);
  played.pass(5'000, true);
  played.stage.handle({1, PointerPhase::Move, {5, 5}, 0}, 0);
  played.stage.handle({1, PointerPhase::Up, {5, 5}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.session().engaged());
  played.pass(25'000);
  played.taken();
  played.tap(played.middle_of("finish"));
  played.pass(16);
  CHECK_FALSE(played.stage.session().engaged());
  CHECK(played.taken() == Types{"screen_touched", "screen_touched", "button_activated",
                                "session_ended", "scene_entered", "screen_attracted"});
}

TEST_CASE("two people at the question: who stays outvotes who would finish") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  played.stage.handle({1, PointerPhase::Down, played.middle_of("finish"), 0}, 0);
  played.tap({20, 20}, 2);
  played.pass(16, true);
  played.stage.handle({1, PointerPhase::Up, played.middle_of("finish"), 0}, 0);
  played.pass(16);
  CHECK(played.stage.session().engaged());
}

TEST_CASE("a finger that the system takes answers nothing") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  played.stage.handle({1, PointerPhase::Down, {20, 20}, 0}, 0);
  played.stage.handle({1, PointerPhase::Cancel, {20, 20}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.describe().find("still-there"));
}

TEST_CASE("by keyboard the question begins at its answer and any blind key stays") {
  Played played;
  played.stage.move_focus(+1);
  played.pass(25'000);
  CHECK(played.stage.describe().find("stay")->state.focused);
  played.pass(19'000);
  played.stage.move_focus(+1);  // somebody reads: the question's time begins anew
  played.pass(19'000);
  CHECK(played.stage.describe().find("finish")->state.focused);
  played.stage.move_focus(-1);
  played.stage.activate_focused();
  played.pass(16);
  CHECK_FALSE(played.stage.describe().find("still-there"));
  CHECK(played.stage.describe().find("next")->state.focused);

  Played blind;
  blind.tap({900, 900});
  blind.pass(25'000);
  blind.stage.activate_focused();
  blind.pass(16);
  CHECK(blind.stage.session().engaged());
  CHECK_FALSE(blind.stage.describe().find("still-there"));
}

TEST_CASE("the question says how long it waits, rarely enough to be heard") {
  Played played;
  played.tap({900, 900});
  played.pass(25'000);
  const auto told = [&] { return played.stage.describe().find("idle-left")->label; };
  CHECK(told() == "还有 20 秒");
  played.pass(9'000);
  CHECK(told() == "还有 20 秒");
  played.pass(1'000);
  CHECK(told() == "还有 10 秒");
  played.pass(5'000);
  CHECK(told() == "还有 5 秒");
}

TEST_CASE("a held finger keeps the session") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {900, 900}, 0}, 0);
  played.pass(60'000, true);
  CHECK(played.stage.session().engaged());
}

TEST_CASE("what a session ends is recorded under that session, what follows is not") {
  Played played;
  played.tap({900, 900});
  const std::string hex = played.stage.session().id().to_hex();
  played.pass(25'000);
  played.taken();
  played.sessions.clear();
  played.pass(20'000);
  REQUIRE(played.taken().size() == 3);
  CHECK(played.sessions[0].find(hex) != std::string::npos);
  CHECK(played.sessions[1].find(hex) == std::string::npos);
  CHECK(played.sessions[2].find(hex) == std::string::npos);
}

TEST_CASE("a cancelled finger activates nothing and is recorded as cancelled") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {100, 100}, 0}, 0);
  played.stage.handle({1, PointerPhase::Cancel, {100, 100}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
}

TEST_CASE("two people at once: one presses, the other's finger changes nothing") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {100, 100}, 0}, 0);
  played.stage.handle({2, PointerPhase::Down, {900, 900}, 0}, 1);
  played.stage.handle({2, PointerPhase::Up, {100, 100}, 0}, 1);
  played.pass(16);
  CHECK(played.stage.scene_id() == "first");
  played.stage.handle({1, PointerPhase::Up, {100, 100}, 0}, 0);
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
}

TEST_CASE("what answers a finger ticks, an empty place is silent") {
  Played played;
  played.stage.handle({1, PointerPhase::Down, {900, 900}, 0}, 0);
  CHECK(played.audio.played.empty());
  played.stage.handle({2, PointerPhase::Down, {100, 100}, 0}, 1);
  CHECK(played.audio.times("tick") == 1);
  played.stage.handle({2, PointerPhase::Move, {101, 100}, 0}, 1);
  played.stage.handle({2, PointerPhase::Up, {101, 100}, 0}, 1);
  CHECK(played.audio.times("tick") == 1);
}

TEST_CASE("the volume a shopper chose and what still sounds go with them") {
  Played played;
  played.tap({900, 900});
  played.sounds.step_volume(-1);
  played.pass(26'000);
  CHECK(played.audio.times("soft") == 1);  // is anybody still there?
  played.pass(1'000);
  CHECK(played.audio.times("soft") == 1);
  CHECK_FALSE(played.audio.voices.empty());
  played.pass(20'000);
  CHECK(played.sounds.volume() == audio::SoundSettings{}.volume);
  CHECK(played.audio.voices.empty());
}

TEST_CASE("the keyboard walks the same tree that screen readers hear") {
  Played played;
  played.stage.move_focus(+1);
  const ui::SemanticTree& tree = played.stage.describe();
  REQUIRE(tree.find("next"));
  CHECK(tree.find("next")->state.focused);
  played.stage.activate_focused();
  played.pass(16);
  CHECK(played.stage.scene_id() == "second");
}

TEST_CASE("a screen reader's activation starts a session too") {
  Played played;
  CHECK(played.stage.activate(ui::widget_id("next"), Entry::Semantic));
  CHECK(played.taken().front() == "session_started");
  CHECK_FALSE(played.stage.activate(4242, Entry::Semantic));
}

TEST_CASE("another campaign ends the session of whoever was there") {
  Played played;
  played.tap({900, 900});
  played.taken();
  played.stage.play(two_scenes(), "en");
  CHECK(played.taken() == Types{"session_ended", "scene_entered", "screen_attracted"});
  CHECK(played.stage.language() == "en");
}

TEST_CASE("an unknown state or scene is refused") {
  Played played;
  CHECK_FALSE(played.stage.show_state("nowhere", "rest"));
  CHECK_FALSE(played.stage.show_state("first", "upside-down"));
  CHECK(played.stage.show_state("first", "rest"));
  CHECK(played.stage.show_state("", ""));
}
