// SPDX-License-Identifier: MIT
#include "engine/scene/stage.h"

#include <utility>

#include "engine/base/assert.h"
#include "engine/base/hours.h"
#include "engine/protocol/limits.h"
#include "engine/scene/high_contrast.h"
#include "engine/scene/theme_builder.h"

namespace vitrine::scene {

Stage::Stage(const StageParts& parts)
    : parts_(parts),
      random_(parts.seed),
      preferences_(parts.preferences),
      wished_(parts.preferences),
      reader_(parts.speech),
      sign_(make_line_sign()) {
  reader_.set_on(preferences_.has(ui::Preference::Speech));
}

Stage::~Stage() = default;

std::string_view Stage::scene_id() const {
  return stack_.empty() ? std::string_view{} : stack_.context().scene.id;
}

void Stage::play(campaign::Campaign campaign, std::string_view language) {
  if (session_.engaged()) wipe(false);
  stack_.clear();  // its contexts refer to the campaign that goes
  campaign_ = std::make_unique<const campaign::Campaign>(std::move(campaign));
  choose_theme();
  if (!language.empty()) shell_language_ = language;
  language_ = campaign_->nearest_language(shell_language_);
  drop_requests();
  called_ = 0;  // who is called is called anew, over the new campaign
  waits_for_screen_.reset();
  still_ = false;
  read_time_limits();
  enter(campaign_->start_scene(), SceneStack::Change::Cut);
  if (is_cleaning()) open(OverlayKind::Cleaning);  // whatever comes meanwhile: the glass is wet
  using After = interactions::ScreenAttracted::After;
  parts_.recorder.record(
      interactions::ScreenAttracted{.after = attracted_before_ ? After::Campaign : After::Start});
  attracted_before_ = true;
}

void Stage::refresh_recording() {
  telemetry::RecordingContext context;
  context.session = borrowed_session_.is_none() ? session_.id() : borrowed_session_;
  context.campaign = campaign_ ? campaign_->id() : protocol::kNoCampaign;
  context.brand = campaign_ ? campaign_->brand_id() : "";
  context.scene = scene_id();
  context.mode = parts_.mode;
  parts_.recorder.set_context(context);
}

void Stage::record_under(const Id128& session) {
  if (session == borrowed_session_) return;
  borrowed_session_ = session;
  refresh_recording();
}

void Stage::set_claims(claim::Service* claims) {
  parts_.claims = claims;
  if (!stack_.empty()) stack_.context().claims = claims;
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
  auto context = std::make_unique<SceneContext>(
      SceneContext{*campaign_, scene, theme_, parts_.canvas, parts_.recorder, *this, parts_.sounds,
                   random_, language_, following_language(), metrics_,
                   preferences_.has(ui::Preference::ReducedMotion), minute_of_day()});
  context->claims = parts_.claims;
  stack_.show(*kind, std::move(context), change);
  refresh_recording();
  interactions::SceneEntered entered;
  if (!from.empty()) entered.from = from;
  parts_.recorder.record(entered);
}

std::optional<int> Stage::minute_of_day() const {
  if (!parts_.clock.is_set()) return std::nullopt;
  return vitrine::minute_of_day(parts_.clock.wall_ms(), parts_.clock.utc_offset_minutes());
}

void Stage::resize(const ui::Metrics& metrics) {
  metrics_ = metrics;
  read_time_limits();
  relayout();
}

void Stage::choose_theme() {
  theme_ = build_theme(*campaign_);
  if (preferences_.has(ui::Preference::HighContrast)) theme_ = with_high_contrast(theme_);
}

void Stage::relayout() {
  if (!playing()) return;
  stack_.relayout(
      {metrics_, language_, following_language(), preferences_.has(ui::Preference::ReducedMotion)});
  name_sign();
}

void Stage::set_language(std::string_view language) {
  shell_language_ = language;
  if (!playing()) return;
  const std::string_view nearest = campaign_->nearest_language(language);
  if (nearest == language_) return;
  language_ = nearest;
  relayout();
}

void Stage::go_to(std::string_view scene_id) {
  requested_scene_ = scene_id;
  requested_anew_ = false;
  requested_overlay_.reset();
}

void Stage::visit(std::string_view scene_id) {
  go_to(scene_id);
  requested_anew_ = true;
}

void Stage::request(OverlayKind kind) {
  requested_scene_.clear();
  requested_overlay_ = kind;
}

void Stage::next_language() {
  wished_language_ = following_language();
}

void Stage::choose_language(std::string_view language) {
  wished_language_ = campaign_->nearest_language(language);
}

bool Stage::is_there(const campaign::Scene& scene) const {
  const SceneKind* kind = find_kind(parts_.kinds, scene.kind);
  VITRINE_ASSERT(kind != nullptr);
  return parts_.whole || kind->arrival == Arrival::AtOnce;
}

void Stage::open_requested() {
  if (!requested_overlay_ || !parts_.whole) return;  // the wish waits
  const OverlayKind kind = *std::exchange(requested_overlay_, std::nullopt);
  if (!stack_.overlays().is_open(kind)) open(kind);
}

void Stage::enter_requested() {
  if (requested_scene_.empty()) return;
  const campaign::Scene* scene = campaign_->scene(requested_scene_);
  if (scene && !is_there(*scene)) return;  // the wish waits
  requested_scene_.clear();
  const bool anew = std::exchange(requested_anew_, false);
  if (scene && (anew || scene->id != scene_id())) enter(*scene, SceneStack::Change::Travel);
}

void Stage::apply_requests() {
  if (close_requested_) stack_.overlays().close(*close_requested_);
  close_requested_.reset();
  open_requested();
  follow_wishes();
  if (!wished_language_.empty() && wished_language_ != language_) {
    language_ = wished_language_;
    parts_.recorder.record(interactions::LanguageChanged{.language = language_});
    parts_.sounds.play(audio::Sound::Slide);
    relayout();
  }
  wished_language_ = {};
  enter_requested();
}

void Stage::update(float dt, bool held) {
  if (!playing()) return;
  stack_.context().minute_of_day = minute_of_day();
  if (!still_) stack_.update(dt);
  const Session::Phase phase = follow_session(held);
  // What was asked for in the frame that ends a session ends with it.
  if (phase == Session::Phase::Over || end_requested_) return start_over(phase);
  apply_requests();
  ask(phase);
  follow_cleaning();
  follow_line();
  update_sign(dt);
}

bool Stage::take_wiped() {
  if (!wiping_ || !stack_.is_settled()) return false;
  wiping_ = false;
  stack_.forget();
  return true;
}

void Stage::draw() {
  if (!playing()) return;
  ui::Painter painter{parts_.canvas, parts_.images, theme_, metrics_};
  stack_.draw(painter);
  if (sign_) sign_->draw(painter);
}

const ui::SemanticTree& Stage::describe() {
  stack_.describe(sign_.get());
  reader_.follow(stack_.tree(), language_);
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
  if (!scene || !is_there(*scene)) return false;
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
