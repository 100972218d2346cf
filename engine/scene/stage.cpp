// SPDX-License-Identifier: MIT
#include "engine/scene/stage.h"

#include <utility>

#include "engine/base/assert.h"
#include "engine/campaign/format.h"
#include "engine/protocol/limits.h"
#include "engine/scene/theme_builder.h"

namespace vitrine::scene {
namespace {

using input::Handled;
using input::PointerPhase;

constexpr int64_t kDayMs = 86'400'000;

Id128 random_id(RandomBytes& source) {
  Id128 id;
  while (id.is_none()) source.fill(id.bytes);
  return id;
}

interactions::SessionStarted::Entry recorded_entry(Entry entry) {
  using Recorded = interactions::SessionStarted::Entry;
  switch (entry) {
    case Entry::Pointer:
      return Recorded::Pointer;
    case Entry::Keyboard:
      return Recorded::Keyboard;
    case Entry::Semantic:
      break;
  }
  return Recorded::Semantic;
}

}  // namespace

Stage::Stage(const StageParts& parts) : parts_(parts), random_(parts.seed) {}

Stage::~Stage() = default;

std::string_view Stage::scene_id() const {
  return stack_.empty() ? std::string_view{} : stack_.context().scene.id;
}

void Stage::play(campaign::Campaign campaign, std::string_view language) {
  if (session_.engaged()) wipe(false);
  stack_.clear();  // its contexts refer to the campaign that goes
  campaign_ = std::make_unique<const campaign::Campaign>(std::move(campaign));
  theme_ = build_theme(*campaign_);
  if (!language.empty()) shell_language_ = language;
  language_ = campaign_->nearest_language(shell_language_);
  requested_scene_.clear();
  language_requested_ = end_requested_ = still_ = false;
  read_time_limits();
  enter(campaign_->start_scene(), SceneStack::Change::Cut);
  using After = interactions::ScreenAttracted::After;
  parts_.recorder.record(interactions::ScreenAttracted{
      .after = attracted_before_ ? After::Campaign : After::Start});
  attracted_before_ = true;
}

void Stage::read_time_limits() {
  if (!campaign_) return;
  // A phone is its owner's: nobody else comes and nothing needs to be wiped.
  if (metrics_.phone()) return session_.set_limits(0, 0);
  const campaign::Scene& start = campaign_->start_scene();
  const double idle = start.number("idle_seconds", campaign::kIdleSeconds);
  const double warning = start.number("warning_seconds", campaign::kWarningSeconds);
  session_.set_limits(static_cast<int64_t>(idle * 1e6), static_cast<int64_t>(warning * 1e6));
}

void Stage::refresh_recording() {
  telemetry::RecordingContext context;
  context.session = session_.id();
  context.campaign = campaign_ ? campaign_->id() : protocol::kNoCampaign;
  context.brand = campaign_ ? campaign_->brand_id() : "";
  context.scene = scene_id();
  context.mode = parts_.mode;
  parts_.recorder.set_context(context);
}

std::string_view Stage::following_language() const {
  const std::span<const std::string> languages = campaign_->languages();
  for (size_t i = 0; i < languages.size(); ++i) {
    if (languages[i] == language_) return languages[(i + 1) % languages.size()];
  }
  return campaign_->default_language();
}

void Stage::enter(const campaign::Scene& scene, SceneStack::Change change) {
  const SceneKind* kind = find_kind(parts_.kinds, scene.kind);
  VITRINE_ASSERT(kind != nullptr);
  const std::string from(scene_id());
  auto context = std::make_unique<SceneContext>(SceneContext{
      *campaign_, scene, theme_, parts_.canvas, parts_.recorder, *this, random_, language_,
      following_language(), metrics_, parts_.reduced_motion});
  stack_.show(*kind, std::move(context), change);
  refresh_recording();
  interactions::SceneEntered entered;
  if (!from.empty()) entered.from = from;
  parts_.recorder.record(entered);
}

void Stage::resize(const ui::Metrics& metrics) {
  metrics_ = metrics;
  read_time_limits();
  if (playing()) stack_.relayout(metrics_, language_, following_language());
}

void Stage::record_touch(const input::PointerEvent& event, uint8_t slot) {
  using Phase = interactions::ScreenTouched::Phase;
  if (event.phase == PointerPhase::Move) return;
  const Phase phase = event.phase == PointerPhase::Down ? Phase::Down
                      : event.phase == PointerPhase::Up ? Phase::Up
                                                        : Phase::Cancel;
  parts_.recorder.record(interactions::ScreenTouched{.x = static_cast<double>(event.position.x),
                                                     .y = static_cast<double>(event.position.y),
                                                     .pointer = slot,
                                                     .phase = phase});
}

Handled Stage::handle(const input::PointerEvent& event, uint8_t slot) {
  if (!playing()) return Handled::No;
  if (event.phase == PointerPhase::Down) engage(Entry::Pointer);
  record_touch(event, slot);
  if (still_) return Handled::No;
  return stack_.handle(event);
}

void Stage::engage(Entry entry) {
  const int64_t now_us = parts_.clock.monotonic_us();
  const Id128 fresh = session_.engaged() ? session_.id() : random_id(parts_.random_bytes);
  if (!session_.touch(now_us, fresh)) return;
  refresh_recording();
  parts_.recorder.record(interactions::SessionStarted{.entry = recorded_entry(entry)});
}

void Stage::wipe(bool idle) {
  using Reason = interactions::SessionEnded::Reason;
  const int64_t lasted_ms = session_.end(parts_.clock.monotonic_us()) / 1000;
  // Still recorded under the session that ends.
  parts_.recorder.record(
      interactions::SessionEnded{.reason = idle ? Reason::Idle : Reason::Finished,
                                 .duration_ms = lasted_ms < kDayMs ? lasted_ms : kDayMs});
  stack_.release();
  language_ = campaign_->nearest_language(shell_language_);
  refresh_recording();
}

void Stage::set_language(std::string_view language) {
  shell_language_ = language;
  if (!playing()) return;
  const std::string_view nearest = campaign_->nearest_language(language);
  if (nearest == language_) return;
  language_ = nearest;
  stack_.relayout(metrics_, language_, following_language());
}

bool Stage::activate(uint32_t id, Entry entry) {
  if (!playing() || still_) return false;
  engage(entry);
  return stack_.activate(id, entry);
}

void Stage::move_focus(int direction) {
  if (!playing()) return;
  engage(Entry::Keyboard);
  stack_.move_focus(direction);
}

void Stage::activate_focused() {
  if (!playing()) return;
  engage(Entry::Keyboard);
  stack_.activate_focused();
}

void Stage::step(int direction) {
  if (!playing()) return;
  engage(Entry::Keyboard);
  stack_.step_focused(direction);
}

void Stage::back() {
  if (!playing()) return;
  engage(Entry::Keyboard);
  stack_.current().back();
}

void Stage::go_to(std::string_view scene_id) { requested_scene_ = scene_id; }

void Stage::next_language() { language_requested_ = true; }

void Stage::apply_requests() {
  if (language_requested_) {
    language_requested_ = false;
    language_ = following_language();
    parts_.recorder.record(interactions::LanguageChanged{.language = language_});
    stack_.relayout(metrics_, language_, following_language());
  }
  if (!requested_scene_.empty()) {
    const campaign::Scene* scene = campaign_->scene(requested_scene_);
    requested_scene_.clear();
    if (scene && scene->id != scene_id()) enter(*scene, SceneStack::Change::Travel);
  }
}

void Stage::update(float dt, bool held) {
  if (!playing()) return;
  if (!still_) stack_.update(dt);
  apply_requests();
  follow_session(held);
}

void Stage::follow_session(bool held) {
  const int64_t now_us = parts_.clock.monotonic_us();
  const Session::Phase phase = session_.phase(now_us, held);
  if (phase == Session::Phase::Over || end_requested_) return start_over(phase);
  const bool warned = phase == Session::Phase::Warned;
  if (warned && !warned_) {
    parts_.recorder.record(
        interactions::IdleWarned{.seconds_left = session_.left_us(now_us) / 1'000'000});
  }
  warned_ = warned;
}

void Stage::start_over(Session::Phase phase) {
  end_requested_ = warned_ = false;
  if (session_.engaged()) wipe(phase == Session::Phase::Over);
  // The start scene is made anew even when it is the one shown: nothing of the shopper stays in it.
  enter(campaign_->start_scene(), SceneStack::Change::Travel);
  parts_.recorder.record(
      interactions::ScreenAttracted{.after = interactions::ScreenAttracted::After::Session});
}

void Stage::draw() {
  if (!playing()) return;
  ui::Painter painter{parts_.canvas, parts_.images, theme_, metrics_};
  stack_.draw(painter);
}

const ui::SemanticTree& Stage::describe() {
  stack_.describe();
  return stack_.tree();
}

bool Stage::show_state(std::string_view scene_id, std::string_view state) {
  if (!playing()) return false;
  still_ = false;
  stack_.thaw();
  if (scene_id.empty()) {
    enter(campaign_->start_scene(), SceneStack::Change::Cut);
    return true;
  }
  const campaign::Scene* scene = campaign_->scene(scene_id);
  if (!scene) return false;
  enter(*scene, SceneStack::Change::Cut);
  for (const std::string_view known : stack_.current().states()) {
    if (known != state) continue;
    stack_.current().show_state(state);
    stack_.freeze(12);
    still_ = true;
    return true;
  }
  return false;
}

}  // namespace vitrine::scene
