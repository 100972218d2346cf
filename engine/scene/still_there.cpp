// SPDX-License-Identifier: MIT
#include "engine/scene/still_there.h"

#include <cmath>
#include <string>

#include "engine/scene/engine_texts.h"
#include "engine/ui/button.h"
#include "engine/ui/screen.h"

namespace vitrine::scene {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using input::PointerPhase;

constexpr OverlayKind kKind = OverlayKind::StillThere;
constexpr float kCardWidth = 880;
constexpr float kLastSeconds = 5;  // in which the number beats
constexpr float kBeat = 0.06f;
// What is told to screen readers as it is passed; a number that changed each second would never
// let them speak.
constexpr int kTold[] = {10, 5};

class StillThere final : public Overlay {
 public:
  StillThere() {
    screen_.add(stay_);
    screen_.add(finish_);
  }

  void layout(const OverlayContext& context) override;
  void handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(ui::Painter& painter, float shown) override;
  void describe(ui::SemanticTree& tree) const override;
  bool activate(uint32_t id) override { return screen_.activate(id); }
  void back() override { context_->host.stay(); }
  void release() override { screen_.release(); }

 private:
  void read_words();
  float flow(float y, float width);
  void follow_buttons();
  void tell_time(int seconds);
  Rect clock_disc() const;
  void draw_clock(ui::Painter& painter);

  const OverlayContext* context_ = nullptr;
  ui::Screen screen_;
  ui::Button stay_{"stay", ui::ButtonKind::Primary};
  ui::Button finish_{"finish", ui::ButtonKind::Ghost};
  std::string title_, hint_, told_;
  int told_seconds_ = -1;
  float unit_ = 1;  // scene units a point of the kiosk's design
  Rect card_, title_area_, hint_area_;
  gfx::TextStyle title_style_, hint_style_;
};

void StillThere::read_words() {
  title_ = context_->text("idle.title");
  hint_ = context_->text("idle.hint");
  stay_.set_label(context_->text("idle.stay"));
  finish_.set_label(context_->text("idle.end"));
  told_seconds_ = -1;
  tell_time(static_cast<int>(std::ceil(context_->host.seconds_left(kKind))));
}

void StillThere::layout(const OverlayContext& context) {
  context_ = &context;
  const ui::Metrics& m = context.metrics;
  const Rect safe = m.safe();
  unit_ = m.phone() ? 0.42f : 1.0f;
  read_words();
  const float room = safe.width - 2 * m.margin;
  const float width = kCardWidth * unit_ < room ? kCardWidth * unit_ : room;
  card_ = {safe.center().x - width / 2, 0, width, 0};
  const float height = flow(0, width);
  // Lower than the middle: nearer to hands, and the clock stands above it.
  const float free = safe.height - height;
  const float top = safe.y + clamp(free * 0.593f, 130 * unit_, free > 0 ? free : 130 * unit_);
  card_.y = top;
  card_.height = flow(top, width);
  stay_.set_least_target(m.target);
  finish_.set_least_target(m.target);
}

// Places everything below `y`; returns how high the card is.
float StillThere::flow(float y, float width) {
  const float u = unit_;
  const float inner = width - 144 * u;
  const float x = card_.x + 72 * u;
  const ui::Theme& theme = context_->theme;
  title_style_ = {FontFamily::Display, FontWeight::Bold, 84 * u, 1.12f, gfx::TextAlign::Center,
                  theme.ink, 1};
  hint_style_ = {FontFamily::Text, FontWeight::Regular, 40 * u, 1.3f, gfx::TextAlign::Center,
                 theme.mute, 2};
  title_area_ = {x, y + 176 * u, inner, 96 * u};
  // A little smaller rather than on two lines.
  hint_style_ = ui::fitted(context_->canvas, hint_, inner, hint_style_, 0.88f);
  const float hint = context_->canvas.measure_text(hint_, inner, hint_style_).height;
  hint_area_ = {x, title_area_.bottom() + 16 * u, inner, hint};
  stay_.set_bounds({x, hint_area_.bottom() + 52 * u, inner, 144 * u});
  stay_.set_text_size(56 * u);
  finish_.set_bounds({x, stay_.bounds().bottom() + 28 * u, inner, 104 * u});
  finish_.set_text_size(40 * u);
  return finish_.bounds().bottom() + 72 * u - y;
}

void StillThere::handle(const input::PointerEvent& event) {
  screen_.handle(event);
  if (event.phase != PointerPhase::Up) return;
  follow_buttons();
  context_->host.stay();
}

// A finish that was asked for outweighs the touch that asked it.
void StillThere::follow_buttons() {
  for (ui::Button* button : {&stay_, &finish_}) {
    if (!button->take_activated()) continue;
    const Entry by = button->activated_by_finger() ? Entry::Pointer : context_->entry;
    record_activation(context_->recorder, button->name(), by);
    button == &finish_ ? context_->host.finish() : context_->host.stay();
  }
}

void StillThere::update(float dt) {
  screen_.update(dt);
  follow_buttons();
  tell_time(static_cast<int>(std::ceil(context_->host.seconds_left(kKind))));
}

void StillThere::tell_time(int seconds) {
  int told = static_cast<int>(context_->host.seconds_of(kKind));
  for (const int mark : kTold) {
    if (seconds <= mark && mark < told) told = mark;
  }
  if (told == told_seconds_) return;
  told_seconds_ = told;
  told_ = with_seconds(context_->text("idle.left"), told);
}

void StillThere::draw(ui::Painter& painter, float) {
  const float radius = 72 * unit_;
  const ui::Theme& theme = painter.theme;
  painter.canvas.draw_shadow(card_, radius, {{0, 50 * unit_}, 120 * unit_, 0,
                                             theme.brand_deep.with_alpha(0.6f)});
  painter.canvas.fill_rect(
      card_, CornerRadii::all(radius),
      Paint::vertical(theme.paper, lerp(theme.paper, theme.silk_warm[2], 0.35f)));
  draw_clock(painter);
  ui::draw_label(painter, title_, title_area_, title_style_);
  painter.canvas.draw_text(hint_, {hint_area_.x, hint_area_.y}, hint_area_.width, hint_style_);
  stay_.draw(painter);
  finish_.draw(painter);
}

Rect StillThere::clock_disc() const {
  const float side = 240 * unit_;
  return {card_.center().x - side / 2, card_.y + 10 * unit_ - side / 2, side, side};
}

// A disc that breaks the card's upper edge, its ring running down.
void StillThere::draw_clock(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  const float u = unit_;
  const Rect disc = clock_disc();
  const Vec2 center = disc.center();
  const float left = context_->host.seconds_left(kKind);
  painter.canvas.draw_shadow(disc, 120 * u,
                             {{0, 12 * u}, 40 * u, 0, theme.brand_deep.with_alpha(0.22f)});
  painter.canvas.fill_rect(disc, CornerRadii::all(120 * u), Paint::solid(theme.paper));
  painter.canvas.draw_arc(center, 97 * u, 13 * u, 0, 1, theme.accent.with_alpha(0.22f));
  painter.canvas.draw_arc(center, 97 * u, 13 * u, 0, left / context_->host.seconds_of(kKind),
                          theme.accent);

  const bool beats = left < kLastSeconds && !context_->reduced_motion;
  const float since = std::ceil(left) - left;  // since the number changed
  const float scale = beats ? 1 + kBeat * (1 - ui::ease_out(since / 0.5f)) : 1;
  const gfx::TextStyle style{FontFamily::Display, FontWeight::Bold,        98 * u * scale, 1.0f,
                             gfx::TextAlign::Center, theme.accent_text, 1};
  const NumberText number(static_cast<int>(std::ceil(left)));
  ui::draw_label(painter, number.view(), disc, style);
}

void StillThere::describe(ui::SemanticTree& tree) const {
  open_dialog(tree, "still-there", title_, hint_, card_);
  describe_words(tree, ui::Role::Heading, "idle-title", title_, title_area_);
  describe_words(tree, ui::Role::Text, "idle-hint", hint_, hint_area_);
  describe_words(tree, ui::Role::Status, "idle-left", told_, clock_disc());
  screen_.describe(tree);
  tree.close();
}

}  // namespace

std::unique_ptr<Overlay> make_still_there() { return std::make_unique<StillThere>(); }

}  // namespace vitrine::scene
