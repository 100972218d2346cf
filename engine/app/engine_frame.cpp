// SPDX-License-Identifier: MIT
// The App's half that runs in every frame.
#include <algorithm>

#include "engine/app/engine_internal.h"

namespace vitrine::app {
namespace {

// A longer frame than this (a sleeping laptop) is not played through.
constexpr int64_t kLongestStepUs = 250'000;
constexpr Color kClear = Color::rgb(0xF4F5F7);

}  // namespace

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
  recorder_.record(
      interactions::QualityChanged{.rung = quality_.rung(),
                                   .reason = slow    ? Reason::SlowFrames
                                             : paced ? Reason::PacedDisplay
                                                     : Reason::SteadyFrames,
                                   .frame_us = static_cast<int64_t>(quality_.interval() * 1e6f)});
}

// Asked for when the first picture has its drawings: nobody waits for a sound.
void Engine::update_sounds(float dt) {
  if (!sounds_asked_ && frames_ > 0 && counters_.pending_images == 0) {
    sounds_asked_ = true;
    sounds_.load();
  }
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
  const float dt = step();
  follow_switches(dt);
  stage_.update(dt, pointers_.down_count() > 0);
  end_claim_of_who_left();
  update_sounds(dt);
  follow_preferences();
  draw();
  // Pictures and caches outlive the scenes they were made for.
  if (stage_.take_wiped()) {
    renderer_->forget_unused();
    tree_.forget();
  }
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

}  // namespace vitrine::app
