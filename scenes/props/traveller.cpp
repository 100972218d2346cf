// SPDX-License-Identifier: MIT
#include "scenes/props/traveller.h"

namespace vitrine::scenes {

void Traveller::start(const scene::SharedElement& from) {
  travels_ = true;
  x_.jump(from.stand.x);
  y_.jump(from.stand.y);
  height_.jump(from.height);
  turn_.jump(from.turn);
  twist_.jump(from.twist);
  turn_.set_target(0);
  twist_.set_target(0);
  drawn_height_ = from.height;
}

void Traveller::set_place(Vec2 stand, float height) {
  x_.set_target(stand.x);
  y_.set_target(stand.y);
  height_.set_target(height);
}

void Traveller::update(float dt) {
  if (!travels_) return;
  for (ui::Spring* spring : {&x_, &y_, &height_, &turn_, &twist_}) spring->update(dt);
  travels_ = !(x_.at_rest(0.5f) && y_.at_rest(0.5f) && height_.at_rest(0.5f));
}

void Traveller::apply(LipstickPose& pose) const {
  if (!travels_) return;
  pose.stand = {x_.value(), y_.value()};
  pose.height = height_.value();
  pose.turn = turn_.value();
  pose.twist = twist_.value();
}

float Traveller::drawn_height(ui::Painter& painter, const campaign::Product& product,
                              float wanted) const {
  const bool ready = is_lipstick_ready(painter, product, wanted);
  return ready || drawn_height_ <= 0 ? wanted : drawn_height_;
}

void Traveller::draw(ui::Painter& painter, const campaign::Product& product) const {
  if (!travels_) return;
  LipstickPose pose;
  apply(pose);
  pose.shade = product.shade;
  if (pose.turn != 0) return draw_turned_lipstick(painter, product, pose, drawn_height_);
  draw_lipstick(painter, product.art_path("drawing"), pose, drawn_height_);
}

}  // namespace vitrine::scenes
