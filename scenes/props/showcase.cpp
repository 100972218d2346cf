// SPDX-License-Identifier: MIT
#include "scenes/props/showcase.h"

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "scenes/props/plate.h"
#include "scenes/props/smear.h"

namespace vitrine::scenes {
namespace {

constexpr float kPi = 3.14159265f;
// Of the product's height.
constexpr float kPlateScale = 1.0f / 920;
constexpr Size kSmear{1.326f, 1.326f * 160 / 440};
constexpr Vec2 kSmearMiddle{0.14f, -0.45f};
constexpr float kSmearTilt = -14 * kPi / 180;
// When what comes, seconds.
constexpr float kPlateAt = 0.1f, kPlateFor = 0.4f;
constexpr float kSmearAt = 0.32f, kSmearFor = 0.35f, kSmearGoes = 0.2f;
constexpr float kHintAt = 0.9f;
// It beckons by turning to and fro until somebody turns it.
constexpr float kNudgeAt = 1.6f, kNudgeEvery = 4.5f, kNudgeFor = 1.4f;
constexpr float kNudge = 14 * kPi / 180;
constexpr float kOutOfSight = 0.96f;

}  // namespace

void Showcase::read_words(const scene::SceneContext& context) {
  hint_words_ = context.text("product.turn");
  table_.set_label(context.text("product.turn_label"));
}

void Showcase::layout(const scene::SceneContext& context, Vec2 plate, float most, float bottom) {
  const bool phone = context.metrics.phone();
  plate_ = plate;
  height_ = most;
  still_ = context.reduced_motion;
  table_.set_reduced_motion(still_);
  hint_size_ = phone ? 15.0f : 30.0f;
  hint_middle_ = bottom - (phone ? 28.0f : 54.0f);
  const float scale = height_ / LipstickShape::kView.height;
  const float top = (LipstickShape::kFoot.y - 140) * scale;
  const float wide = 0.76f * height_;
  table_.set_bounds({plate.x - wide / 2, plate.y - top, wide, bottom - plate.y + top},
                    LipstickShape::kTravel * scale);
  traveller_.set_place(plate_, height_);
}

void Showcase::stand(const campaign::Product& product) {
  shown_ = wanted_ = &product;
  change_.jump(0);
  smear_for_ = 10;
}

void Showcase::arrive(const campaign::Product& product, const scene::SharedElement& from) {
  stand(product);
  traveller_.start(from);
}

void Showcase::change_to(const campaign::Product& product) {
  if (still_) return stand(product);
  if (wanted_ == shown_) smear_for_ = 0;
  wanted_ = &product;
  change_.set_target(1);
}

scene::SharedElement Showcase::leave() {
  left_ = true;
  const LipstickPose pose = pose_now(0);
  return {wanted_->id, pose.stand, pose.height,
          wrapped(table_.turn() + kPi + 200 * kPi, 2 * kPi) - kPi, pose.twist};
}

void Showcase::pose(float turn, float twist) {
  traveller_.stop();
  table_.jump(turn, twist);
}

void Showcase::update(float dt) {
  traveller_.update(dt);
  change_.update(dt);
  smear_for_ += dt;
  hint_.set(!table_.used());
  hint_.update(dt, 0.3f);
  if (shown_ == wanted_ || change_.value() < kOutOfSight) return;
  shown_ = wanted_;
  change_.set_target(0);
  smear_for_ = 0;
}

float Showcase::nudge(float since) const {
  if (still_ || table_.used() || since < kNudgeAt) return 0;
  const float at = ui::progress(wrapped(since - kNudgeAt, kNudgeEvery), 0, kNudgeFor);
  return kNudge * sine(2 * kPi * at) * sine(kPi * at);
}

LipstickPose Showcase::pose_now(float since) const {
  LipstickPose pose;
  pose.stand = plate_;
  pose.height = height_;
  pose.turn = table_.turn() + nudge(since);
  const float twist = clamp(table_.twist(), -0.06f, 1.04f);
  pose.twist = lerp(twist, 1, clamp(change_.value(), 0, 1));
  pose.shade = shown_->shade;
  pose.glint = still_ ? 0 : glint_at(since);
  return pose;
}

void Showcase::draw_smear_behind(ui::Painter& painter, float since) const {
  const float width = kSmear.width * height_, height = kSmear.height * height_;
  SmearPart part;
  part.to = ui::ease_out(ui::progress(since, kSmearAt, kSmearFor));
  if (shown_ != wanted_) {
    part.from = ui::ease_in(ui::progress(smear_for_, 0, kSmearGoes));
  } else {
    part.to *= ui::ease_out(ui::progress(smear_for_, 0.05f, kSmearFor));
  }
  Transform2D tilted = Transform2D::rotation(kSmearTilt);
  tilted.tx = plate_.x + kSmearMiddle.x * height_;
  tilted.ty = plate_.y + kSmearMiddle.y * height_;
  painter.canvas.push_transform(tilted);
  draw_smear(painter, *shown_, {-width / 2, -height / 2, width, height}, part);
  painter.canvas.pop_transform();
}

void Showcase::draw_product(ui::Painter& painter, float since) {
  const LipstickPose pose = pose_now(since);
  const bool ready = is_turned_lipstick_ready(painter, *shown_, height_);
  if (traveller_.travels() || left_) return;
  if (ready) return draw_turned_lipstick(painter, *shown_, pose, height_);
  draw_lipstick(painter, shown_->art_path("drawing"), pose, height_);
}

void Showcase::draw(ui::Painter& painter, float since) {
  gfx::Canvas& canvas = painter.canvas;
  const float come = ui::ease_emphasised(ui::progress(since, kPlateAt, kPlateFor));
  canvas.draw_glow({plate_.x, plate_.y - 0.48f * height_}, 0.78f * height_,
                   painter.theme.silk_calm[3].with_alpha(0.7f * come));
  draw_smear_behind(painter, since);
  canvas.push_opacity(come);
  canvas.push_transform(Transform2D::translation({0, painter.metrics.grid * 7 * (1 - come)}));
  draw_plate(painter, plate_, height_ * kPlateScale, table_.turn() + nudge(since));
  canvas.pop_transform();
  canvas.pop_opacity();
  draw_product(painter, since);
}

void Showcase::draw_hint(ui::Painter& painter, float since) const {
  const float come = hint_.value() * ui::ease_out(ui::progress(since, kHintAt, 0.3f));
  if (come <= 0) return;
  gfx::TextStyle style;
  style.size = hint_size_;
  style.color = painter.theme.brand_ink;
  const float icon = hint_size_ * 1.3f, gap = hint_size_ * 0.5f, pad = hint_size_;
  const float words = painter.canvas.measure_text(hint_words_, 0, style).width;
  const float width = words + icon + gap + 2 * pad, height = hint_size_ * 2.1f;
  const Rect pill{plate_.x - width / 2, hint_middle_ - height / 2, width, height};
  painter.canvas.push_opacity(come);
  ui::draw_light_glass(painter, pill, height / 2);
  ui::draw_drawing_centered(painter,
                            {"art/icons.svg", "icon-turn", icon * 5, 0, painter.theme.accent},
                            {pill.x + pad + icon / 2, hint_middle_});
  painter.canvas.draw_text(
      hint_words_, {pill.x + pad + icon + gap, hint_middle_ - hint_size_ * 0.65f}, 0, style);
  painter.canvas.pop_opacity();
}

void Showcase::draw_shared(ui::Painter& painter) const {
  if (!left_) traveller_.draw(painter, *shown_);
}

void Showcase::describe(ui::SemanticTree& tree) const {
  if (table_.used()) return;
  const Rect line{table_.bounds().x, hint_middle_ - hint_size_, table_.bounds().width,
                  2 * hint_size_};
  describe_node(tree, ui::Role::Text, "turn-hint", hint_words_, line);
}

}  // namespace vitrine::scenes
