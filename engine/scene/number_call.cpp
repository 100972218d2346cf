// SPDX-License-Identifier: MIT
#include "engine/scene/number_call.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/fill_in.h"
#include "engine/scene/engine_texts.h"
#include "engine/scene/line_texts.h"
#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "engine/ui/screen.h"

namespace vitrine::scene {
namespace {

using gfx::TextAlign;
using gfx::TextStyle;

constexpr OverlayKind kKind = OverlayKind::NumberCall;
// Of the kiosk's design, in its points.
constexpr float kTitle = 130, kRing = 560, kRingWidth = 22, kHint = 120, kPrimary = 150,
                kSecondary = 100, kGap = 48;
constexpr float kWhole = kTitle + kRing + kHint + kPrimary + kSecondary + 4 * kGap;
constexpr float kColumn = 860;
constexpr float kComesFor = 0.35f;  // seconds
// Of the shop's deep cloth over the scene: nothing beneath reads as words or as a button any more,
// yet it is still the same screen.
constexpr float kCloth = 0.95f;
// What is told to screen readers as it is passed.
constexpr int kTold[] = {20, 10, 5};

class NumberCall final : public Overlay {
 public:
  NumberCall() {
    screen_.add(here_);
    screen_.add(none_);
  }
  void layout(const OverlayContext& context) override;
  void open() override { shown_.set(true); }
  void show_open() override { shown_.jump(true); }
  void close() override { shown_.set(false); }
  bool is_seen() const override { return shown_.value() > 0 || !shown_.at_rest(); }
  void handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  bool activate(uint32_t id) override { return screen_.activate(id); }
  void release() override { screen_.release(); }

 private:
  enum class Asks : uint8_t { Nobody, WhoTouched, ToWait };

  std::string_view text(std::string_view key) const {
    return line_text(context_->campaign, key, context_->language);
  }
  void set_words();
  void place();
  void place_button(ui::Button& button, const Rect& bounds, float text_size);
  void tell_time();
  void follow_buttons();
  void ask(Asks whom);
  Rect ring() const {
    const float side = kRing * unit_;
    return {middle_.x - side / 2, middle_.y - side / 2, side, side};
  }
  void draw_cloth(ui::Painter& painter) const;
  void draw_ring(ui::Painter& painter) const;

  const OverlayContext* context_ = nullptr;
  ui::Screen screen_;
  ui::Button here_{"number-here", ui::ButtonKind::Cream};
  ui::Button none_{"number-none", ui::ButtonKind::Ghost};
  Asks asks_ = Asks::Nobody;
  uint32_t number_ = 0;
  int told_ = -1;
  std::string title_, hint_, left_;
  Rect title_area_, hint_area_;
  Vec2 middle_;
  float unit_ = 1;
  float since_ = 0;  // seconds, of the ring's breath
  ui::Fade shown_;
};

std::string with_number(std::string_view text, uint32_t number) {
  std::string filled(text);
  fill_in(filled, "{number}", NumberText(static_cast<int>(number)).view());
  return filled;
}

void NumberCall::layout(const OverlayContext& context) {
  context_ = &context;
  number_ = context.host.line().number;
  told_ = -1;
  set_words();
  place();
}

void NumberCall::set_words() {
  const bool asked = asks_ == Asks::WhoTouched;
  title_ = with_number(text(asked ? "line.is_it_you" : "line.your_turn"), number_);
  hint_ = text(asks_ == Asks::ToWait ? "line.wait_a_moment" : "line.come");
  here_.set_label(text("line.here"));
  none_.set_label(text("line.no_number"));
  none_.set_shown(asks_ != Asks::ToWait);
  tell_time();
}

// One column in the middle; beside each other on a low screen.
void NumberCall::place() {
  const ui::Metrics& m = context_->metrics;
  const Rect safe = m.safe();
  const bool wide = m.landscape();
  const float room = safe.height - 2 * m.margin;
  const float beside = kTitle + kHint + kPrimary + kSecondary + 3 * kGap;  // of the ring
  const float designed = wide ? std::max(kRing, beside) : kWhole;
  unit_ = std::min((m.phone() ? 0.4f : 1.0f), room / designed);
  const float u = unit_, beside_ring = wide ? (kRing + 2 * kGap) * u : 0;
  const float width = std::min(kColumn * u, safe.width - 2 * m.margin - beside_ring);
  const float begin = safe.center().x - (beside_ring + width) / 2, left = begin + beside_ring;
  float y = safe.y + (safe.height - (wide ? beside : kWhole) * u) / 2;
  const auto take = [&](float height) {
    const Rect area{left, y, width, height * u};
    y += (height + kGap) * u;
    return area;
  };
  title_area_ = take(kTitle);
  middle_ = {begin + kRing / 2 * u, safe.center().y};
  if (!wide) middle_ = take(kRing).center();
  hint_area_ = take(kHint);
  place_button(here_, take(kPrimary), 60 * u);
  place_button(none_, take(kSecondary), 40 * u);
}

void NumberCall::place_button(ui::Button& button, const Rect& bounds, float text_size) {
  button.set_bounds(bounds);
  button.set_text_size(text_size);
  button.set_ground(ui::Ground::Deep);
  button.set_least_target(context_->metrics.target);
}

// A finger that goes down beside the buttons is somebody who wants the screen.
void NumberCall::handle(const input::PointerEvent& event) {
  const bool taken = screen_.handle(event) == input::Handled::Yes;
  if (!taken && event.phase == input::PointerPhase::Down && asks_ == Asks::Nobody) {
    ask(Asks::WhoTouched);
  }
}

void NumberCall::ask(Asks whom) {
  asks_ = whom;
  set_words();
}

void NumberCall::update(float dt) {
  since_ += dt;
  shown_.update(dt, kComesFor);
  screen_.update(dt);
  const uint32_t number = context_->host.line().number;
  if (number != 0 && number != number_) {
    number_ = number;
    told_ = -1;
    ask(Asks::Nobody);
  }
  tell_time();
  follow_buttons();
}

void NumberCall::follow_buttons() {
  for (ui::Button* button : {&here_, &none_}) {
    if (!button->take_activated()) continue;
    const Entry by = button->activated_by_finger() ? Entry::Pointer : context_->entry;
    record_activation(context_->recorder, button->name(), by);
    if (button == &here_) return context_->host.come_to_screen(by);
    context_->host.wait_for_screen(by);
    ask(Asks::ToWait);
  }
}

void NumberCall::tell_time() {
  const int seconds = static_cast<int>(std::ceil(context_->host.seconds_left(kKind)));
  int told = static_cast<int>(context_->host.seconds_of(kKind));
  for (const int mark : kTold) {
    if (seconds <= mark && mark < told) told = mark;
  }
  if (told == told_) return;
  told_ = told;
  left_ = with_seconds(context_->text("idle.left"), told);
}

void NumberCall::draw(ui::Painter& painter) {
  const float shown = shown_.value();
  ui::draw_scene_veil(painter, shown);
  painter.canvas.push_opacity(shown);
  draw_cloth(painter);
  const ui::Theme& theme = painter.theme;
  const TextAlign align = painter.metrics.landscape() ? TextAlign::Start : TextAlign::Center;
  ui::draw_label(
      painter, title_, title_area_,
      {FontFamily::Display, FontWeight::Bold, 92 * unit_, 1.15f, align, theme.on_dark, 1}, 0.4f);
  draw_ring(painter);
  ui::draw_label(painter, hint_, hint_area_,
                 {FontFamily::Text, FontWeight::Regular, 44 * unit_, 1.3f, align, theme.on_dark, 2},
                 0.5f);
  here_.draw(painter);
  none_.draw(painter);
  painter.canvas.pop_opacity();
}

// The number is the one thing on the screen, and has to be read from across the shop.
void NumberCall::draw_cloth(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const Color top = lerp(theme.brand_deep, theme.brand, 0.35f);
  painter.canvas.fill_rect(
      painter.metrics.screen, {},
      gfx::Paint::vertical(top.with_alpha(kCloth), theme.brand_deep.with_alpha(kCloth), 0.5f,
                           theme.brand_deep.with_alpha(kCloth)));
  painter.canvas.draw_glow(middle_, 1.1f * kRing * unit_, theme.silk_deep[2].with_alpha(0.42f));
}

void NumberCall::draw_ring(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const float u = unit_, radius = (kRing - kRingWidth) / 2 * u;
  const float whole = context_->host.seconds_of(kKind);
  const float left = whole > 0 ? context_->host.seconds_left(kKind) / whole : 0;
  const float breath = context_->reduced_motion ? 0 : 0.5f + 0.5f * std::sin(since_ * 2.4f);
  const float glow = radius * (1.06f + 0.04f * breath);
  painter.canvas.fill_rect({middle_.x - glow, middle_.y - glow, 2 * glow, 2 * glow},
                           gfx::CornerRadii::all(glow),
                           gfx::Paint::solid(theme.on_dark.with_alpha(0.08f)));
  painter.canvas.draw_arc(middle_, radius, kRingWidth * u, 0, 1, theme.on_dark.with_alpha(0.2f));
  painter.canvas.draw_arc(middle_, radius, kRingWidth * u, 0, left, theme.line_light);
  const NumberText number(static_cast<int>(number_));
  const float side = 0.84f * radius;
  ui::draw_label(
      painter, number.view(), {middle_.x - side, middle_.y - side, 2 * side, 2 * side},
      {FontFamily::Display, FontWeight::Bold, 280 * u, 1.0f, TextAlign::Center, theme.on_dark, 1},
      0.3f);
}

void NumberCall::describe(ui::SemanticTree& tree) const {
  const Rect all = context_->metrics.safe();
  ui::describe_node(tree, ui::Role::Dialog, "number-call", title_, all).state.modal = true;
  tree.open();
  ui::describe_node(tree, ui::Role::Heading, "number-title", title_, title_area_);
  ui::describe_node(tree, ui::Role::Text, "number-hint", hint_, hint_area_);
  ui::describe_node(tree, ui::Role::Status, "number-left", left_, ring());
  screen_.describe(tree);
  tree.close();
}

}  // namespace

std::unique_ptr<Overlay> make_number_call() {
  return std::make_unique<NumberCall>();
}

}  // namespace vitrine::scene
