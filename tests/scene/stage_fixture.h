// SPDX-License-Identifier: MIT
// A stage with scenes that only note what happened to them; the screens a shopper sees are tested
// with the whole App.
#pragma once

#include <string>
#include <vector>

#include "engine/gfx/renderer.h"
#include "engine/scene/stage.h"
#include "engine/ui/button.h"
#include "engine/ui/chip.h"
#include "engine/ui/screen.h"
#include "tests/fakes/fake_audio.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_random.h"
#include "tests/fakes/gfx_seams.h"
#include "tests/fakes/small_campaign.h"

namespace vitrine::test {

using namespace vitrine::scene;
using input::Handled;
using input::PointerPhase;

inline std::vector<std::string> g_log;

class NotingScene;
inline NotingScene* g_scene = nullptr;  // entered last

class NotingScene final : public Scene {
 public:
  void show_choice() { screen_.add(choice_); }
  void open_accessibility() { context_->director.open_accessibility(); }
  void open_languages() { context_->director.open_languages(); }
  void end_session() { context_->director.end_session(); }
  void go_on() { context_->director.go_to("second"); }
  Random& random() { return context_->random; }
  void enter(SceneContext& context, const std::optional<SharedElement>& arrived) override {
    g_scene = this;
    context_ = &context;
    screen_.add(next_);
    next_.set_bounds({0, 0, 200, 200});
    for (const std::string_view name : {"dark", "light"}) choice_.add(name);
    choice_.layout({0, 400, 400, 88}, 12, 34, 88);
    g_log.push_back("enter " + context.scene.id + (arrived ? " with product" : ""));
  }
  void layout() override {
    g_log.push_back("layout " + std::string(context_->language) +
                    (context_->reduced_motion ? " still" : ""));
  }
  std::optional<SharedElement> leave() override {
    if (says_left)
      context_->recorder.record(interactions::ProductLeft{.product_id = "p1", .viewed_ms = 1});
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
  uint32_t step(uint32_t id, int direction) override { return screen_.step(id, direction); }
  void release() override { screen_.release(); }
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override {
    g_log.push_back("state " + std::string(state));
  }

  bool says_left = false;

 private:
  static constexpr std::string_view kStates[] = {"rest"};
  SceneContext* context_ = nullptr;
  ui::Screen screen_;
  ui::Button next_{"next", ui::ButtonKind::Primary};
  ui::ChipGroup choice_{"choice"};
};

inline std::unique_ptr<Scene> make_noting() {
  return std::make_unique<NotingScene>();
}

constexpr SceneKind kKinds[] = {{"noting", make_noting}};

// `second`: the kind of the second scene.
inline campaign::Campaign two_scenes(std::string_view second = "noting") {
  campaign::CampaignData data = one_scene("noting", {"zh", "en"});
  data.scenes.resize(2);
  data.scenes[0].id = data.start_scene = "first";
  data.scenes[1].id = "second";
  data.scenes[1].kind = second;
  data.scenes[0].parameters.push_back({"next", campaign::Value(std::string("second"))});
  return campaign::Campaign(std::move(data));
}

struct Played {
  fakes::FakeClock clock;
  fakes::FakeRandom random;
  FakeGlyphSource glyphs;
  FakeAssets assets;
  FakeImageDecoder decoder;
  FakeVectorRasterizer vectors;
  std::unique_ptr<gfx::Renderer> renderer =
      gfx::Renderer::create({glyphs, assets, decoder, vectors});
  telemetry::Recorder recorder{clock};
  fakes::FakeAudio audio;
  audio::Sounds sounds{audio};
  fakes::FakeSpeech speech;
  Stage stage;

  // The second scene is of the last of `kinds`.
  explicit Played(SceneKinds kinds = kKinds, bool whole = true)
      : stage({.clock = clock,
               .random_bytes = random,
               .recorder = recorder,
               .canvas = renderer->canvas(),
               .images = renderer->images(),
               .sounds = sounds,
               .speech = speech,
               .kinds = kinds,
               .whole = whole}) {
    g_log.clear();
    sounds.load();
    stage.resize(ui::metrics_for({1080, 1920}, {}));
    stage.play(two_scenes(kinds.back().name), "");
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

}  // namespace vitrine::test
