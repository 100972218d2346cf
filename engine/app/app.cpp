// SPDX-License-Identifier: MIT
#include "engine/app/app.h"

#include <utility>

#include "engine/app/app_statistics.h"
#include "engine/app/derived_options.h"
#include "engine/app/engine_internal.h"
#include "engine/app/sound_settings.h"
#include "engine/campaign/parse.h"
#include "engine/protocol/limits.h"
#include "engine/scene/engine_texts.h"

namespace vitrine::app {

Engine::Engine(const Platform& platform, AppOptions options, scene::SceneKinds kinds)
    : platform_(platform),
      options_(std::move(options)),
      kind_names_(kind_names(kinds)),
      recorder_(platform.clock),
      outbox_({platform.clock, platform.random, platform.identity, platform.transport,
               platform.outbox_store},
              outbox_options(options_, kind_names_), recorder_),
      renderer_(gfx::Renderer::create(gfx::RendererSeams::of(platform))),
      sounds_(platform.audio),
      stage_({platform.clock, platform.random, recorder_, renderer_->canvas(), renderer_->images(),
              sounds_, platform.speech, kinds,
              protocol::find_mode(options_.mode).value_or(protocol::Mode::Live),
              seed_from(platform.random, options_.seed), options_.preferences, options_.whole,
              options_.claims}),
      switches_(options_.switches) {
  telemetry::RecordingContext context;
  context.campaign = protocol::kNoCampaign;
  context.mode = protocol::find_mode(options_.mode).value_or(protocol::Mode::Live);
  recorder_.set_context(context);
  if (options_.claim_role == claim::Role::Phone) {
    statistics_.emplace(platform_.keepsakes, options_.statistics_refused);
  }
}

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
  make_claims();
  tell_claims_campaign();
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
  recorder_.record(
      interactions::ContextRestored{.gap_ms = gap_ms < 86'400'000 ? gap_ms : 86'400'000});
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
  if (viewport.size.width <= 0 || viewport.size.height <= 0 || viewport == viewport_) return;
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
  follow_statistics();
  outbox_.poll();  // polls transport and store
  poll_claims();
}

void Engine::pause() {
  cancel_pointers();
  stage_.release();
  sounds_.suspend(true);
  platform_.speech.stop();
  follow_statistics();
  outbox_.flush();
}

void Engine::resume() {
  last_frame_us_ = 0;
  sounds_.suspend(false);
}

std::string Engine::statistics_json() const {
  return write_statistics({outbox_.statistics(), stage_, sounds_, platform_.speech, quality_,
                           renderer_->gl_objects(), counters_, context_status_, campaign_problem_,
                           frames_, last_cost_us_});
}

std::unique_ptr<App> App::create(const Platform& platform, AppOptions options,
                                 scene::SceneKinds kinds) {
  return std::make_unique<Engine>(platform, std::move(options), kinds);
}

}  // namespace vitrine::app
