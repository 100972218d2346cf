// SPDX-License-Identifier: MIT
// A phone's number in the line of who wait for a screen: taking it, waiting, being called.
// README.md lists parameters, texts and states.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/describe.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/status_pill.h"
#include "scenes/props/top_bar.h"
#include "scenes/queue/queue_words.h"

namespace vitrine::scenes {
namespace {

using claim::Notice;
using claim::QueueStage;
using claim::QueueView;
using gfx::TextAlign;

constexpr float kComesFor = 0.5f;  // seconds, of what is new

class QueueScene final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) override;
  void layout() override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override;
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;
  bool at_rest() const override { return since_ > kComesFor; }

 private:
  static constexpr std::string_view kStates[] = {"waiting", "invited", "next",    "called",
                                                 "arrived", "served",  "skipped", "offline",
                                                 "full",    "closed"};
  enum Action : size_t { Take, Look, Here, Again, Done, GiveUp, NotNow, kActions };
  struct Choices {
    std::optional<Action> primary, secondary;
  };

  const QueueView& line() const;
  QueueStage stage() const { return line().stage; }
  bool is_invited() const { return stage() == QueueStage::None && line().invited; }
  bool has_number() const;
  std::string_view words_key() const;
  std::string_view label_key(Action action) const;
  Choices choices() const;
  void read_words();
  void place(float top);
  void place_button(std::optional<Action> action, const Rect& bounds, bool first);
  void follow_line();
  void record_change(QueueStage from);
  void act(Action action);
  void go_on();
  void draw_ring(ui::Painter& painter) const;

  QueueView shown_;  // in pictures, and where there is nobody to ask
  bool pictured_ = false;
  uint32_t version_ = 0;
  QueueStage stage_ = QueueStage::None;  // recorded
  float since_ = 0;                      // seconds, of what is shown
  float unit_ = 1;
  std::string title_, words_, under_, notice_, number_label_;
  Rect title_area_, words_area_, ring_area_, under_area_, notice_area_;
  TopBar top_bar_{TopBar::Back::With};
  std::array<ui::Button, kActions> buttons_{ui::Button("take-number", ui::ButtonKind::Cream),
                                            ui::Button("look", ui::ButtonKind::Cream),
                                            ui::Button("number-here", ui::ButtonKind::Cream),
                                            ui::Button("number-again", ui::ButtonKind::Cream),
                                            ui::Button("done", ui::ButtonKind::Cream),
                                            ui::Button("give-up", ui::ButtonKind::Ghost),
                                            ui::Button("not-now", ui::ButtonKind::Ghost)};
};

const QueueView& QueueScene::line() const {
  return pictured_ || !context_->claims ? shown_ : context_->claims->view().queue;
}

bool QueueScene::has_number() const {
  return stage() == QueueStage::Waiting || stage() == QueueStage::Called ||
         stage() == QueueStage::Arrived;
}

void QueueScene::enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) {
  context_ = &context;
  shown_.stage = QueueStage::Closed;
  stage_ = stage() == QueueStage::Called ? QueueStage::Waiting : stage();
  for (ui::Button& button : buttons_) screen_.add(button);
  top_bar_.add_to(screen_);
  top_bar_.set_on_dark(true);
}

// Of the title and of the line below it: "queue.waiting".
std::string_view QueueScene::words_key() const {
  switch (stage()) {
    case QueueStage::Waiting:
      return "queue.waiting";
    case QueueStage::Called:
      return "queue.called";
    case QueueStage::Arrived:
      return "queue.arrived";
    case QueueStage::Served:
      return "queue.served";
    case QueueStage::Skipped:
      return "queue.skipped";
    case QueueStage::Full:
      return "queue.full";
    case QueueStage::None:
      if (line().invited) return "queue.invited";
      break;
    case QueueStage::Closed:
      break;
  }
  return "queue.closed";
}

QueueScene::Choices QueueScene::choices() const {
  switch (stage()) {
    case QueueStage::Waiting:
      return {Look, GiveUp};
    case QueueStage::Called:
      return {Here, GiveUp};
    case QueueStage::Arrived:
      return {};
    case QueueStage::Skipped:
    case QueueStage::Full:
      return {Again, NotNow};
    case QueueStage::None:
      if (line().invited) return {Take, NotNow};
      break;
    case QueueStage::Served:
    case QueueStage::Closed:
      break;
  }
  return {Done, std::nullopt};
}

std::string_view QueueScene::label_key(Action action) const {
  constexpr std::string_view kKeys[] = {"queue.take",   "queue.look", "queue.here",
                                        "queue.again",  "queue.done", "queue.give_up",
                                        "queue.not_now"};
  return kKeys[action];
}

void QueueScene::read_words() {
  const std::string key(words_key());
  title_ = queue_words(*context_, key + "_title", line());
  words_ = queue_words(*context_, key + "_line", line());
  under_.clear();
  if (stage() == QueueStage::Waiting) {
    under_ = queue_words(*context_, line().before == 0 ? "queue.next" : "queue.before", line());
  }
  notice_.clear();
  if (line().notice == Notice::NotConnected) {
    notice_ = queue_words(*context_, "queue.not_connected", line());
  } else if (line().notice != Notice::None) {
    notice_ = queue_words(*context_, "queue.busy", line());
  }
  number_label_ = queue_words(*context_, "queue.number", line());
}

void QueueScene::layout() {
  if (context_->claims) version_ = context_->claims->view().version;
  read_words();
  place(top_bar_.layout(*context_, context_->text("claim.back")));
}

// Words above, the number in the middle, what can be done in the thumb's zone.
void QueueScene::place(float top) {
  const ui::Metrics& m = context_->metrics;
  const Rect safe = m.safe();
  const float u = unit_ = m.phone() ? 1.0f : std::min(2.2f, safe.height / 844);
  const float width = std::min(safe.width - 2 * m.margin, 420 * u);
  const float left = safe.center().x - width / 2;
  const float low = safe.bottom() - std::max(m.margin, 24 * u);
  const Choices can = choices();
  const Rect second{left, low - 52 * u, width, 52 * u};
  const Rect first{left, low - (52 + 12 + 60) * u, width, 60 * u};
  for (ui::Button& button : buttons_) button.set_shown(false);
  place_button(can.primary, first, true);
  place_button(can.secondary, second, false);
  float y = top + 16 * u;
  title_area_ = {left, y, width, 84 * u};
  words_area_ = {left, y + 88 * u, width, 56 * u};
  y += (88 + 56 + 12) * u;
  notice_area_ = {left, first.y - 64 * u, width, notice_.empty() ? 0 : 52 * u};
  under_area_ = {left, first.y - (notice_.empty() ? 56 : 112) * u, width, 44 * u};
  const float room = under_area_.y - y - 8 * u;
  const float side = std::min({room, 264 * u, width});
  ring_area_ = {safe.center().x - side / 2, y + (room - side) / 2, side, side};
}

void QueueScene::place_button(std::optional<Action> action, const Rect& bounds, bool first) {
  if (!action) return;
  ui::Button& button = buttons_[*action];
  button.set_shown(true);
  button.set_ground(ui::Ground::Deep);
  button.set_label(queue_words(*context_, label_key(*action), line()));
  button.set_bounds(bounds);
  button.set_text_size((first ? 21.0f : 17.0f) * unit_);
  button.set_least_target(context_->metrics.target);
  button.set_busy(first && line().busy);
}

void QueueScene::follow_line() {
  if (pictured_ || !context_->claims || context_->claims->view().version == version_) return;
  layout();
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
  const bool had =
      from == QueueStage::Waiting || from == QueueStage::Called || from == QueueStage::Arrived;
  if (has_number() && !had) {
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
  if (had && stage_ == QueueStage::Closed && line().number > 0) {
    recorder.record(interactions::QueueLeft{.how = Left::Closed});
  }
}

void QueueScene::act(Action action) {
  claim::Service* const claims = context_->claims;
  if (action == Look) return go_on();
  if (!claims) return;
  // Who changes their mind need not wait for an answer.
  const bool asks = action == Take || action == Again || action == Here;
  if (asks && line().busy) return;
  switch (action) {
    case Take:
    case Again:
      return claims->take_number();
    case Here:
      context_->recorder.record(
          interactions::QueueAnswered{.role = interactions::QueueAnswered::Role::Phone});
      return claims->here();
    case GiveUp:
      context_->recorder.record(
          interactions::QueueLeft{.how = interactions::QueueLeft::How::GivenUp});
      break;
    default:
      break;
  }
  claims->leave_number();
  stage_ = QueueStage::None;
  go_on();
}

// What the campaign is about; who has a number is brought back when it is called.
void QueueScene::go_on() {
  const std::string_view next = context_->scene.string("next");
  next.empty() ? void(back()) : context_->director.go_to(next);
}

void QueueScene::update(float dt) {
  since_ += dt;
  follow_line();
  screen_.update(dt);
  if (top_bar_.update(*context_)) back();
  for (size_t i = 0; i < kActions; ++i) {
    if (!buttons_[i].take_activated()) continue;
    record_activation(*context_, buttons_[i]);
    act(static_cast<Action>(i));
  }
}

scene::Backdrop QueueScene::backdrop() const {
  const ui::SilkRamp& ramp = context_->theme.silk_deep;
  return {ramp, ramp, 0, stage() == QueueStage::Called ? 0.9f : 0.5f};
}

void QueueScene::show_state(std::string_view state) {
  pictured_ = true;
  shown_ = {};
  shown_.number = 12;
  const auto stage_in = [&] {
    if (state == "called") return QueueStage::Called;
    if (state == "arrived") return QueueStage::Arrived;
    if (state == "served") return QueueStage::Served;
    if (state == "skipped") return QueueStage::Skipped;
    if (state == "full") return QueueStage::Full;
    if (state == "closed") return QueueStage::Closed;
    return state == "invited" ? QueueStage::None : QueueStage::Waiting;
  };
  shown_.stage = stage_in();
  shown_.invited = state == "invited";
  shown_.before = state == "next" ? 0 : 3;
  shown_.seconds_whole = 30;
  shown_.seconds_left = 21;
  if (state == "offline") shown_.notice = Notice::NotConnected;
  since_ = 2 * kComesFor;
  layout();
}

void QueueScene::draw(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  const float u = unit_;
  const float come =
      context_->reduced_motion ? 1 : ui::ease_emphasised(ui::progress(since_, 0, kComesFor));
  painter.canvas.push_opacity(come);
  ui::draw_label(
      painter, title_, title_area_,
      {FontFamily::Display, FontWeight::Bold, 34 * u, 1.15f, TextAlign::Center, theme.on_dark, 2},
      0.6f);
  ui::draw_label(
      painter, words_, words_area_,
      {FontFamily::Text, FontWeight::Regular, 18 * u, 1.35f, TextAlign::Center, theme.on_dark, 2},
      0.7f);
  if (has_number()) draw_ring(painter);
  ui::draw_label(
      painter, under_, under_area_,
      {FontFamily::Text, FontWeight::Bold, 22 * u, 1.2f, TextAlign::Center, theme.line_light, 1},
      0.6f);
  painter.canvas.pop_opacity();
  if (!notice_.empty()) draw_notice(painter, notice_, notice_area_);
  for (ui::Button& button : buttons_) button.draw(painter);
  top_bar_.draw(painter);
}

// While it is called the ring runs down.
void QueueScene::draw_ring(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const float thick = ring_area_.width * 0.04f;
  const float radius = (ring_area_.width - thick) / 2;
  const Vec2 middle = ring_area_.center();
  const QueueView& now = line();
  const bool runs = stage() != QueueStage::Waiting && now.seconds_whole > 0;
  const float left = runs ? now.seconds_left / now.seconds_whole : 1;
  painter.canvas.draw_arc(middle, radius, thick, 0, 1, theme.on_dark.with_alpha(0.2f));
  painter.canvas.draw_arc(middle, radius, thick, 0, left,
                          runs ? theme.line_light : theme.on_dark.with_alpha(0.45f));
  const float side = radius * 0.8f;
  ui::draw_label(painter, number_label_,
                 {middle.x - side, middle.y - radius * 0.62f, 2 * side, radius * 0.3f},
                 {FontFamily::Text, FontWeight::Regular, radius * 0.15f, 1.2f, TextAlign::Center,
                  theme.on_dark, 1},
                 0.6f);
  const scene::NumberText number(static_cast<int>(now.number));
  ui::draw_label(painter, number.view(),
                 {middle.x - side, middle.y - radius * 0.42f, 2 * side, radius},
                 {FontFamily::Display, FontWeight::Bold, radius * 0.85f, 1.0f, TextAlign::Center,
                  theme.on_dark, 1},
                 0.3f);
}

void QueueScene::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  ui::describe_node(tree, ui::Role::Heading, "queue-title", title_, title_area_);
  ui::describe_node(tree, ui::Role::Status, "queue-words", words_, words_area_);
  if (has_number()) {
    ui::describe_node(tree, ui::Role::Text, "queue-number",
                      number_label_ + " " + std::to_string(line().number), ring_area_);
  }
  if (!under_.empty())
    ui::describe_node(tree, ui::Role::Status, "queue-before", under_, under_area_);
  if (!notice_.empty()) {
    ui::describe_node(tree, ui::Role::Status, "queue-notice", notice_, notice_area_);
  }
  screen_.describe(tree);
}

}  // namespace

std::unique_ptr<scene::Scene> make_queue();
std::unique_ptr<scene::Scene> make_queue() {
  return std::make_unique<QueueScene>();
}

}  // namespace vitrine::scenes
