// SPDX-License-Identifier: MIT
// Wires the seams together and owns everything that happens in a frame.
#include "engine/app/app.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/app/app_statistics.h"
#include "engine/app/derived_options.h"
#include "engine/app/keys.h"
#include "engine/app/problem_screen.h"
#include "engine/app/screen_fit.h"
#include "engine/app/switch_operation.h"
#include "engine/app/sound_settings.h"
#include "engine/audio/sounds.h"
#include "engine/campaign/parse.h"
#include "engine/gfx/renderer.h"
#include "engine/input/pointer_table.h"
#include "engine/protocol/limits.h"
#include "engine/scene/engine_texts.h"
#include "engine/scene/stage.h"
#include "engine/telemetry/outbox.h"

namespace vitrine::app {
namespace {

// A longer frame than this (a sleeping laptop) is not played through.
constexpr int64_t kLongestStepUs = 250'000;
constexpr Color kClear = Color::rgb(0xF4F5F7);

class Engine final : public App {
 public:
  Engine(const Platform& platform, AppOptions options, scene::SceneKinds kinds)
      : platform_(platform),
        options_(std::move(options)),
        kind_names_(kind_names(kinds)),
        recorder_(platform.clock),
        outbox_({platform.clock, platform.random, platform.identity, platform.transport,
                 platform.outbox_store},
                outbox_options(options_, kinds), recorder_),
        renderer_(gfx::Renderer::create(gfx::RendererSeams::of(platform))),
        sounds_(platform.audio),
        stage_({platform.clock, platform.random, recorder_, renderer_->canvas(),
                renderer_->images(), sounds_, platform.speech, kinds,
                protocol::find_mode(options_.mode).value_or(protocol::Mode::Live),
                seed_from(platform.random, options_.seed), options_.preferences,
                options_.whole}),
        switches_(options_.switches) {
    telemetry::RecordingContext context;
    context.campaign = protocol::kNoCampaign;
    context.mode = protocol::find_mode(options_.mode).value_or(protocol::Mode::Live);
    recorder_.set_context(context);
  }

  Status show_campaign(std::string_view campaign_json, std::string_view file_name) override;
  void set_whole() override { stage_.set_whole(); }
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
  bool is_stored() const override { return outbox_.is_stored(); }
  Id128 session_id() const override { return stage_.session().id(); }
  OpenSession open_session() const override;
  void record_unclean_end(const OpenSession& session) override;
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

  Platform platform_;
  AppOptions options_;
  std::vector<std::string_view> kind_names_;
  telemetry::Recorder recorder_;
  telemetry::Outbox outbox_;
  std::unique_ptr<gfx::Renderer> renderer_;
  audio::Sounds sounds_;
  scene::Stage stage_;
  ProblemScreen problem_;
  input::PointerTable pointers_;
  SwitchOperation switches_;
  Viewport viewport_;
  ScreenFit fit_;
  ui::SemanticTree own_tree_;  // of the problem screen, scene units
  ui::SemanticTree tree_;      // logical points
  bool context_starts_ = false;  // the next frame waits for its shaders
  Status context_status_;
  std::string campaign_problem_;  // code of the last refusal, "" after a success
  int64_t last_frame_us_ = 0;
  float speech_gain_ = -1;        // as the voice was told
  int64_t scenes_us_ = 0;
  int64_t context_lost_us_ = 0;   // 0: it is there or never was
  uint64_t frames_ = 0;
  int64_t last_cost_us_ = 0;
  gfx::FrameCounters counters_;
  gfx::QualityLadder quality_;
};

Status Engine::show_campaign(std::string_view campaign_json, std::string_view file_name) {
  campaign::ParseOptions options;
  options.scene_kinds = kind_names_;
  campaign::CampaignResult result = campaign::parse_campaign(campaign_json, file_name, options);
  if (!result.ok()) {
    reject(result);
    return Status(StatusCode::InvalidArgument, result.to_string());
  }
  if (!stage_.can_play(*result.campaign)) {
    return Status(StatusCode::Unavailable, "its first scene is still on its way");
  }
  campaign_problem_.clear();
  cancel_pointers();
  outbox_.set_campaign(result.campaign->id());
  stage_.play(std::move(*result.campaign), options_.language);
  sounds_.set_settings(sound_settings(*stage_.campaign(), options_.volume));
  describe();
  return {};
}

void Engine::reject(const campaign::CampaignResult& result) {
  for (const campaign::Problem& problem : result.problems) {
    if (problem.severity != campaign::Severity::Error) continue;
    campaign_problem_ = campaign::problem_code_name(problem.code);
    problem_.set(campaign_problem_, problem.to_string());
    break;
  }
  recorder_.record(interactions::CampaignRejected{
      .code = campaign_problem_, .problems = static_cast<int64_t>(result.problems.size())});
  if (!stage_.playing()) describe();
}

void Engine::show_problem(std::string_view code, std::string_view detail) {
  problem_.set(code, detail);
  if (!stage_.playing()) describe();
}

void Engine::context_created() {
  renderer_->start_context();
  context_starts_ = true;
}

void Engine::finish_context() {
  if (!std::exchange(context_starts_, false)) return;
  context_status_ = renderer_->context_created();
  if (context_lost_us_ == 0 || !context_status_.ok()) return;
  const int64_t gap_ms = (platform_.clock.monotonic_us() - context_lost_us_) / 1000;
  context_lost_us_ = 0;
  recorder_.record(interactions::ContextRestored{.gap_ms = gap_ms < 86'400'000 ? gap_ms : 86'400'000});
}

// Others may have drawn instead of the App, which then has never waited for its context.
Result<Image> Engine::read_pixels() {
  finish_context();
  return renderer_->read_pixels();
}

void Engine::context_lost() {
  context_lost_us_ = platform_.clock.monotonic_us();
  context_starts_ = false;
  renderer_->context_lost();
  cancel_pointers();
}

void Engine::resize(const Viewport& viewport) {
  if (viewport.size.width <= 0 || viewport.size.height <= 0) return;
  viewport_ = viewport;
  fit_screen();
}

void Engine::fit_screen() {
  if (viewport_.size.width <= 0) return;
  fit_ = ScreenFit::of(viewport_, options_.panel, stage_.preferences());
  const ui::Metrics& metrics = fit_.metrics;
  quality_.forget_frames();
  renderer_->resize({metrics.screen.width, metrics.screen.height},
                    viewport_.pixel_ratio * metrics.scale);
  stage_.set_offered(scene::kAlwaysOffered.with(ui::Preference::Reach, fit_.reach_differs)
                         .with(ui::Preference::LargeText, fit_.large_differs));
  stage_.resize(metrics);
  describe();
}

void Engine::follow_preferences() {
  if (!(stage_.preferences() == fit_.preferences)) fit_screen();
}

void Engine::set_preferences(const ui::Preferences& preferences) {
  stage_.set_default_preferences(preferences);
  follow_preferences();
}

void Engine::deliver(const input::PointerTable::Filtered& filtered) {
  for (const auto* event : {&filtered.cancel_first, &filtered.event}) {
    if (!*event) continue;
    input::PointerEvent scaled = **event;
    scaled.position = fit_.to_scene(scaled.position);
    stage_.handle(scaled, filtered.slot);
  }
}

// What went down while the glass was wiped stays unknown to the table when it may touch again.
void Engine::handle(const input::PointerEvent& event) {
  if (!stage_.is_cleaning()) deliver(pointers_.filter(event));
}

void Engine::cancel_pointers() {
  for (;;) {
    const auto cancelled = pointers_.cancel_next(platform_.clock.monotonic_us());
    if (!cancelled.event) return;
    deliver(cancelled);
  }
}

void Engine::set_volume(int percent) {
  options_.volume = percent;
  if (!stage_.playing()) return;
  sounds_.set_settings(sound_settings(*stage_.campaign(), percent));
  sounds_.play(audio::Sound::Chime);
}

bool Engine::activate(uint32_t semantic_id) {
  return stage_.activate(semantic_id, scene::Entry::Semantic);
}

void Engine::set_language(std::string_view language) {
  options_.language = language;
  stage_.set_language(language);
}

std::string_view Engine::title() const {
  const campaign::Campaign* campaign = stage_.campaign();
  return campaign ? scene::title_of(*campaign, language()) : std::string_view();
}

void Engine::poll() {
  platform_.audio.poll();
  platform_.speech.poll();
  platform_.assets.poll();
  platform_.images.poll();
  platform_.vectors.poll();
  outbox_.poll();  // polls transport and store
}

float Engine::step() {
  const int64_t now_us = platform_.clock.monotonic_us();
  const int64_t passed_us = last_frame_us_ == 0 ? 0 : now_us - last_frame_us_;
  last_frame_us_ = now_us;
  keep_pace(passed_us);
  const int64_t step_us = std::clamp<int64_t>(passed_us, 0, kLongestStepUs);
  scenes_us_ += step_us;
  return static_cast<float>(step_us) * 1e-6f;
}

void Engine::keep_pace(int64_t passed_us) {
  if (options_.fixed_quality || !quality_.add_frame(static_cast<float>(passed_us) * 1e-6f)) return;
  renderer_->set_quality(quality_.quality());
  using Reason = interactions::QualityChanged::Reason;
  const bool slow = quality_.reason() == gfx::QualityReason::SlowFrames;
  const bool paced = quality_.reason() == gfx::QualityReason::PacedDisplay;
  recorder_.record(interactions::QualityChanged{
      .rung = quality_.rung(),
      .reason = slow ? Reason::SlowFrames : paced ? Reason::PacedDisplay : Reason::SteadyFrames,
      .frame_us = static_cast<int64_t>(quality_.interval() * 1e6f)});
}

// Asked for when the first frame is on screen: nobody waits for a sound.
void Engine::update_sounds(float dt) {
  if (frames_ == 1) sounds_.load();
  sounds_.update(dt, stage_.minute_of_day(), platform_.speech.speaking());
  const float gain = sounds_.speech_gain();
  if (gain != speech_gain_) platform_.speech.set_gain(speech_gain_ = gain);
}

void Engine::draw() {
  finish_context();
  if (!renderer_->has_context()) return;
  gfx::Canvas& canvas = renderer_->begin_frame(kClear);
  canvas.push_transform(Transform2D::translation(fit_.origin()));
  if (stage_.playing()) {
    stage_.draw();
  } else {
    problem_.draw(canvas, fit_.metrics);
  }
  canvas.pop_transform();
  counters_ = renderer_->end_frame();
}

void Engine::follow_switches(float dt) {
  using Action = input::SwitchScan::Action;
  switch (switches_.update(dt, tree_, stage_.session().engaged())) {
    case Action::None:
      return;
    case Action::Scan:
      return stage_.scan_focus();
    case Action::Next:
      return stage_.move_focus(+1);
    case Action::Take:
      return stage_.activate_focused();
  }
}

FrameReport Engine::frame() {
  const int64_t start_us = platform_.clock.monotonic_us();
  poll();
  const float dt = step();
  follow_switches(dt);
  stage_.update(dt, pointers_.down_count() > 0);
  update_sounds(dt);
  follow_preferences();
  draw();
  // Pictures and caches outlive the scenes they were made for.
  if (stage_.take_wiped()) renderer_->forget_unused(), tree_.forget();
  describe();
  ++frames_;
  last_cost_us_ = platform_.clock.monotonic_us() - start_us;
  FrameReport report;
  report.frame_us = last_cost_us_;
  report.scenes_us = scenes_us_;
  report.draw_calls = counters_.draw_calls;
  report.pending_images = counters_.pending_images;
  report.pending_glyphs = counters_.glyphs_waiting;
  report.animating = stage_.playing() || counters_.glyphs_waiting > 0;
  return report;
}

void Engine::describe() {
  const ui::SemanticTree* tree = &own_tree_;
  if (stage_.playing()) {
    tree = &stage_.describe();
  } else {
    own_tree_.begin();
    problem_.describe(own_tree_, fit_.metrics);
    own_tree_.end();
  }
  tree_.begin();
  for (size_t i = 0; i < tree->size(); ++i) {
    const ui::SemanticNode& from = (*tree)[i];
    ui::SemanticNode& to = tree_.add();
    to = from;  // strings keep their memory
    to.bounds = fit_.to_points(from.bounds);
  }
  tree_.end();
}

void Engine::pause() {
  cancel_pointers();
  stage_.release();
  sounds_.suspend(true);
  platform_.speech.stop();
  outbox_.flush();
}

void Engine::resume() {
  last_frame_us_ = 0;
  sounds_.suspend(false);
}

OpenSession Engine::open_session() const {
  if (!stage_.session().engaged()) return {};
  const telemetry::RecordingContext& context = recorder_.context();
  return {stage_.session().id(), context.campaign, context.brand, context.scene,
          std::string(protocol::mode_name(context.mode))};
}

void Engine::record_unclean_end(const OpenSession& session) {
  const telemetry::RecordingContext now = recorder_.context();
  recorder_.set_context({session.id, session.campaign, session.brand, session.scene,
                         protocol::find_mode(session.mode).value_or(now.mode)});
  recorder_.record(
      interactions::SessionEnded{.reason = interactions::SessionEnded::Reason::Unclean});
  recorder_.set_context(now);
}

std::string Engine::statistics_json() const {
  return write_statistics({outbox_.statistics(), stage_, sounds_, platform_.speech, quality_,
                           renderer_->gl_objects(), counters_, context_status_, campaign_problem_,
                           frames_, last_cost_us_});
}

}  // namespace

std::unique_ptr<App> App::create(const Platform& platform, AppOptions options,
                                 scene::SceneKinds kinds) {
  return std::make_unique<Engine>(platform, std::move(options), kinds);
}

}  // namespace vitrine::app
