// SPDX-License-Identifier: MIT
// A phone's number in the line of who wait for a screen: taking it, waiting, being called.
// README.md lists parameters, texts and states.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/describe.h"
#include "scenes/props/claim_places.h"
#include "scenes/props/claim_words.h"
#include "scenes/props/page_parts.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/status_pill.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/words.h"
#include "scenes/queue/queue_words.h"

namespace vitrine::scenes {
namespace {

using claim::Notice;
using claim::QueueStage;
using claim::QueueView;

constexpr float kComesFor = 0.5f;  // seconds, of what is new

class QueueScene final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) override;
  void layout() override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override {
    const ui::SilkRamp& deep = context_->theme.silk_deep;
    return {deep, deep, 0, 0.5f};
  }
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;
  bool at_rest() const override { return since_ > kComesFor; }

 private:
  static constexpr std::string_view kStates[] = {"waiting", "invited", "next",    "called",
                                                 "arrived", "served",  "skipped", "offline",
                                                 "full",    "closed"};
  // The first three are the one thing to do, each in its time; of the others one may stand below
  // it.
  enum Action : size_t { Take, Look, Here, GiveUp, NotNow, kActions };

  const QueueView& line() const;
  QueueStage stage() const { return line().stage; }
  bool is_invited() const { return stage() == QueueStage::None && line().invited; }
  Action first() const;
  bool can_leave() const;
  std::string words(std::string_view key) const { return queue_words(*context_, key, line()); }
  void read_words();
  std::string_view sign() const;
  void place_button(Action action, const Rect& bounds, std::string_view label);
  void follow_line();
  void record_change(QueueStage from);
  void act(Action action);
  void draw_number(ui::Painter& painter) const;

  QueueView shown_;  // in pictures, and where there is nobody to ask
  bool pictured_ = false;
  uint32_t version_ = 0;
  QueueStage stage_ = QueueStage::None;  // recorded
  float since_ = 0;                      // seconds, of what is shown
  std::string title_, line_, notice_, number_name_;
  StatusPill pill_;  // how many come first, or that the screen is kept
  ClaimPlaces places_;
  TopBar top_bar_{TopBar::Back::With};
  std::array<ui::Button, kActions> buttons_{
      ui::Button("take-number", ui::ButtonKind::Cream), ui::Button("look", ui::ButtonKind::Cream),
      ui::Button("number-here", ui::ButtonKind::Cream),
      ui::Button("give-up", ui::ButtonKind::Ghost), ui::Button("not-now", ui::ButtonKind::Ghost)};
};

const QueueView& QueueScene::line() const {
  return pictured_ || !context_->claims ? shown_ : context_->claims->view().queue;
}

void QueueScene::enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) {
  context_ = &context;
  shown_.stage = QueueStage::Closed;
  stage_ = stage() == QueueStage::Called ? QueueStage::Waiting : stage();
  for (ui::Button& button : buttons_) screen_.add(button);
  top_bar_.add_to(screen_);
  top_bar_.set_on_dark(true);
}

// kActions: who has arrived goes to the screen.
QueueScene::Action QueueScene::first() const {
  switch (stage()) {
    case QueueStage::Called:
      return Here;
    case QueueStage::Arrived:
      return kActions;
    case QueueStage::Skipped:
    case QueueStage::Full:
      return Take;
    default:
      return is_invited() ? Take : Look;
  }
}

bool QueueScene::can_leave() const {
  return first() == Take || first() == Here || stage() == QueueStage::Waiting;
}

// Of icons.svg, where there is no number.
std::string_view QueueScene::sign() const {
  switch (stage()) {
    case QueueStage::Served:
      return "icon-check";
    case QueueStage::Skipped:
    case QueueStage::Full:
      return "icon-clock";
    default:
      return is_invited() ? "icon-save-phone" : "icon-scan";
  }
}

void QueueScene::read_words() {
  const std::string_view key = is_invited()                  ? "invited"
                               : stage() == QueueStage::None ? "closed"
                                                             : protocol::queue_stage_name(stage());
  title_ = words(std::string(key) + "_title");
  line_ = words(std::string(key) + "_line");
  pill_.set_words({});
  if (stage() == QueueStage::Waiting) {
    pill_.set_words(words(line().before == 0 ? "next" : "before"));
  } else if (has_number(stage())) {
    pill_.set_words(context_->text("claim.kept"));
  }
  const std::string_view notice = notice_key(line().notice);
  notice_ = notice.empty() ? "" : context_->text(notice);
  number_name_ = words("number");
}

void QueueScene::layout() {
  if (context_->claims) version_ = context_->claims->view().version;
  read_words();
  const float top = top_bar_.layout(*context_, context_->text("claim.back"));
  ClaimNeeds needs;
  needs.note = has_number(stage());
  needs.notice = !notice_.empty();
  needs.primary = first() != kActions;
  needs.secondary = can_leave();
  places_ = place_claim(ClaimPage::Number, true, needs, context_->metrics, top);
  pill_.layout(places_.pill, !places_.beside);
  for (ui::Button& button : buttons_) button.set_shown(false);
  if (needs.primary) {
    constexpr std::string_view kLabels[] = {"take", "look", "here"};
    const bool again = first() == Take && !is_invited(), full = stage() == QueueStage::Full;
    place_button(first(), places_.primary,
                 words(full    ? "retry"
                       : again ? "again"
                               : kLabels[first()]));
  }
  if (!needs.secondary) return;
  if (has_number(stage())) return place_button(GiveUp, places_.secondary, words("give_up"));
  place_button(NotNow, places_.secondary, context_->text("claim.not_now"));
}

void QueueScene::place_button(Action action, const Rect& bounds, std::string_view label) {
  const bool phone = context_->metrics.phone(), second = action == GiveUp || action == NotNow;
  ui::Button& button = buttons_[action];
  button.set_shown(true);
  button.set_ground(ui::Ground::Deep);
  button.set_label(label);
  button.set_bounds(bounds);
  button.set_text_size(
      std::min(bounds.height * 0.4f, phone ? (second ? 17.0f : 22.0f) : (second ? 36.0f : 56.0f)));
  button.set_least_target(context_->metrics.target);
  button.set_busy(!second && line().busy);
}

void QueueScene::follow_line() {
  if (pictured_ || !context_->claims) return;
  if (context_->claims->view().version != version_) layout();
  // Also what had changed when the scene was entered: who looked around is brought back by the
  // call.
  if (stage() == stage_) return;
  since_ = 0;
  const QueueStage from = stage_;
  stage_ = stage();
  record_change(from);
}

void QueueScene::record_change(QueueStage from) {
  using Left = interactions::QueueLeft::How;
  using Role = interactions::QueueCalled::Role;
  telemetry::Recorder& recorder = context_->recorder;
  if (has_number(stage_) && !has_number(from)) {
    recorder.record(interactions::QueueNumberTaken{.before = int64_t{line().before}});
  }
  if (stage_ == QueueStage::Called) {
    recorder.record(interactions::QueueCalled{.role = Role::Phone});
    context_->sounds.play(audio::Sound::Soft);
  }
  if (stage_ == QueueStage::Skipped) {
    recorder.record(interactions::QueueLeft{.how = Left::Skipped});
  }
  // A code that leads to no line takes no number from anybody; a line that ends does.
  if (has_number(from) && stage_ == QueueStage::Closed && line().number > 0) {
    recorder.record(interactions::QueueLeft{.how = Left::Closed});
  }
}

void QueueScene::act(Action action) {
  claim::Service* const claims = context_->claims;
  // Who changes their mind need not wait for an answer.
  const bool asks = action == Take || action == Here;
  if (asks && (!claims || line().busy)) return;
  if (action == Take) return claims->take_number();
  if (action == Here) {
    context_->recorder.record(
        interactions::QueueAnswered{.role = interactions::QueueAnswered::Role::Phone});
    return claims->here();
  }
  if (action == GiveUp && has_number(stage())) {
    context_->recorder.record(
        interactions::QueueLeft{.how = interactions::QueueLeft::How::GivenUp});
  }
  // Who looks around meanwhile keeps their number.
  if (claims && (action != Look || !has_number(stage()))) {
    claims->leave_number();
    stage_ = QueueStage::None;
  }
  const std::string_view next = context_->scene.string("next");
  next.empty() ? void(back()) : context_->director.go_to(next);
}

void QueueScene::update(float dt) {
  since_ += dt;
  follow_line();
  pill_.update(dt);
  screen_.update(dt);
  if (top_bar_.update(*context_)) back();
  for (size_t i = 0; i < kActions; ++i) {
    if (!buttons_[i].take_activated()) continue;
    record_activation(*context_, buttons_[i]);
    act(static_cast<Action>(i));
  }
}

void QueueScene::show_state(std::string_view state) {
  pictured_ = true;
  shown_ = {};
  shown_.number = 12;
  shown_.invited = state == "invited";
  const auto named = protocol::find_queue_stage(state);
  shown_.stage = shown_.invited ? QueueStage::None : named.value_or(QueueStage::Waiting);
  shown_.before = state == "next" ? 0 : 3;
  if (shown_.stage != QueueStage::Waiting) {
    shown_.seconds_whole = 30;
    shown_.seconds_left = 21;
  }
  if (state == "offline") shown_.notice = Notice::NotConnected;
  since_ = 2 * kComesFor;
  layout();
}

void QueueScene::draw(ui::Painter& painter) {
  const float come =
      context_->reduced_motion ? 1 : ui::ease_emphasised(ui::progress(since_, 0, kComesFor));
  draw_deep_veil(painter);
  painter.canvas.push_opacity(come);
  draw_page_words(painter, places_, title_, line_, true);
  has_number(stage()) ? draw_number(painter) : draw_sign(painter, places_.picture, sign());
  pill_.draw(painter, ui::Ground::Deep, line().seconds_left, line().seconds_whole,
             context_->reduced_motion);
  painter.canvas.pop_opacity();
  if (!notice_.empty()) draw_notice(painter, notice_, places_.notice);
  for (ui::Button& button : buttons_) button.draw(painter);
  top_bar_.draw(painter);
}

// In a ring that runs down while it is called.
void QueueScene::draw_number(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const Rect disc = square_in(places_.picture);
  const float side = disc.width, width = 0.035f * side;
  const QueueView& now = line();
  const bool runs = now.seconds_whole > 0;
  const float left = runs ? now.seconds_left / now.seconds_whole : 1;
  painter.canvas.draw_glow(disc.center(), 0.72f * side,
                           theme.silk_deep[3].with_alpha(runs ? 0.5f : 0.3f));
  ui::draw_dark_glass(painter, disc, side / 2);
  painter.canvas.draw_arc(disc.center(), (side - width) / 2, width, 0, 1,
                          theme.on_dark.with_alpha(0.2f));
  painter.canvas.draw_arc(disc.center(), (side - width) / 2, width, 0, left, theme.line_light);
  gfx::TextStyle name;
  name.size = 0.085f * side;
  name.align = gfx::TextAlign::Center;
  name.color = theme.on_dark;
  const float x = disc.x + 0.14f * side, wide = 0.72f * side;
  ui::draw_label(painter, number_name_, {x, disc.y + 0.17f * side, wide, 0.13f * side}, name);
  gfx::TextStyle figures = display_style(0.5f * side, theme.on_dark);
  figures.align = gfx::TextAlign::Center;
  figures.line_height = 1.12f;
  ui::draw_label(painter, scene::NumberText(static_cast<int>(now.number)).view(),
                 {x, disc.y + 0.27f * side, wide, 0.56f * side}, figures, 0.3f);
}

void QueueScene::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  ui::describe_node(tree, ui::Role::Heading, "queue-title", title_, places_.title);
  ui::describe_node(tree, ui::Role::Status, "queue-words", line_, places_.line);
  if (has_number(stage())) {
    ui::describe_node(tree, ui::Role::Text, "queue-number",
                      number_name_ + " " + std::to_string(line().number),
                      square_in(places_.picture));
  }
  pill_.describe(tree, line().seconds_left);
  if (!notice_.empty()) {
    ui::describe_node(tree, ui::Role::Alert, "queue-notice", notice_, places_.notice);
  }
  screen_.describe(tree);
}

}  // namespace

std::unique_ptr<scene::Scene> make_queue();
std::unique_ptr<scene::Scene> make_queue() {
  return std::make_unique<QueueScene>();
}

}  // namespace vitrine::scenes
