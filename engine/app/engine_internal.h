// SPDX-License-Identifier: MIT
// The App: wires the seams together and owns everything that happens in a frame.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/app/app.h"
#include "engine/app/keys.h"
#include "engine/app/problem_screen.h"
#include "engine/app/screen_fit.h"
#include "engine/app/switch_operation.h"
#include "engine/audio/sounds.h"
#include "engine/campaign/parse.h"
#include "engine/claim/claim_link.h"
#include "engine/gfx/renderer.h"
#include "engine/input/pointer_table.h"
#include "engine/scene/stage.h"
#include "engine/telemetry/outbox.h"

namespace vitrine::app {

class Engine final : public App {
 public:
  Engine(const Platform& platform, AppOptions options, scene::SceneKinds kinds);

  Status show_campaign(std::string_view campaign_json, std::string_view file_name) override;
  void invite(std::string_view invitation) override;
  void set_whole() override {
    options_.whole = true;
    stage_.set_whole();
  }
  bool wish_waits() const override { return stage_.wish_waits(); }
  void show_problem(std::string_view code, std::string_view detail) override;
  void context_created() override;
  void context_lost() override;
  void resize(const Viewport& viewport) override;
  void set_screen(uint32_t framebuffer) override { renderer_->set_screen(framebuffer); }
  void handle(const input::PointerEvent& event) override;
  void handle(Key key) override {
    if (!switches_.handle(key, true)) press(stage_, key);
  }
  void key_up(Key key) override { switches_.handle(key, false); }
  void type(std::string_view text) override {
    if (!switches_.is_typed_by_switch(text)) stage_.write(0, {.text = text});
  }
  void replace_text(uint32_t semantic_id, std::string_view text, size_t caret) override {
    stage_.write(semantic_id, {ui::TextInput::Kind::Replace, text, caret});
  }
  bool activate(uint32_t semantic_id) override;
  void set_focus(uint32_t semantic_id, bool visible) override {
    stage_.set_focus(semantic_id, visible);
  }
  void set_language(std::string_view language) override;
  std::string_view language() const override { return stage_.language(); }
  std::string_view title() const override;
  void set_preferences(const ui::Preferences& preferences) override;
  void set_volume(int percent) override;
  void begin_cleaning() override {
    cancel_pointers();
    stage_.begin_cleaning();
  }
  void end_cleaning() override { stage_.end_cleaning(); }
  bool is_cleaning() const override { return stage_.is_cleaning(); }
  bool show_state(std::string_view scene_id, std::string_view state) override {
    return stage_.show_state(scene_id, state);
  }
  bool show_overlay(std::string_view name) override { return stage_.show_overlay(name); }
  FrameReport frame() override;
  Result<Image> read_pixels() override;
  void poll() override;
  void pause() override;
  void resume() override;
  telemetry::Recorder& recorder() override { return recorder_; }
  Id128 session_id() const override { return stage_.session().id(); }
  const ui::SemanticTree& semantics() const override { return tree_; }
  const gfx::QualityLadder& quality() const override { return quality_; }
  std::string statistics_json() const override;

 private:
  void fit_screen();
  void follow_preferences();
  float step();
  void follow_switches(float dt);
  void keep_pace(int64_t passed_us);
  void update_sounds(float dt);
  void draw();
  void describe();
  void finish_context();
  void deliver(const input::PointerTable::Filtered& filtered);
  void cancel_pointers();
  void reject(const campaign::CampaignResult& result);

  // engine_claims.cpp
  void make_claims();
  void tell_claims_campaign();
  void poll_claims();
  void show_queue();
  void end_claim_of_who_left();
  void follow_statistics();

  Platform platform_;
  AppOptions options_;
  std::vector<std::string_view> kind_names_;
  telemetry::Recorder recorder_;
  telemetry::Outbox outbox_;
  std::unique_ptr<gfx::Renderer> renderer_;
  audio::Sounds sounds_;
  scene::Stage stage_;
  std::optional<claim::StatisticsChoice> statistics_;  // none: a screen, which is nobody's own
  std::unique_ptr<claim::ClaimLink> claims_;           // null: others
  std::string invitation_;                             // that came before there was a link
  bool claim_was_shown_ = false;                       // what it wants to be shown
  bool queue_was_shown_ = false;
  claim::QueueStage queue_stage_ = claim::QueueStage::None;
  ProblemScreen problem_;
  input::PointerTable pointers_;
  SwitchOperation switches_;
  Viewport viewport_;
  ScreenFit fit_;
  ui::SemanticTree own_tree_;    // of the problem screen, scene units
  ui::SemanticTree tree_;        // logical points
  bool context_starts_ = false;  // the next frame waits for its shaders
  Status context_status_;
  std::string campaign_problem_;  // code of the last refusal, "" after a success
  int64_t last_frame_us_ = 0;
  bool sounds_asked_ = false;
  float speech_gain_ = -1;  // as the voice was told
  int64_t scenes_us_ = 0;
  int64_t context_lost_us_ = 0;  // 0: it is there or never was
  uint64_t frames_ = 0;
  int64_t last_cost_us_ = 0;
  gfx::FrameCounters counters_;
  gfx::QualityLadder quality_{1.0f / static_cast<float>(options_.frame_rate)};
};

}  // namespace vitrine::app
