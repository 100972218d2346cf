// SPDX-License-Identifier: MIT
#include "scenes/props/confetti.h"

#include <array>

namespace vitrine::scenes {
namespace {

constexpr uint32_t kFlying = 170, kResting = 30;
// Of confetti.svg: its groups, and the width its sheet is drawn at for the largest pieces.
constexpr std::array<std::string_view, 6> kPieces{"petal", "curl",     "foil",
                                                  "disc",  "streamer", "mini"};
constexpr float kSheet = 320 * 1.9f;

gfx::ParticleStyle flying_style(float unit) {
  gfx::ParticleStyle style;
  style.speed = {900 * unit, 1900 * unit};
  style.direction = {-3.14159265f, 3.14159265f};
  style.life = {2.8f, 4};
  style.size = {0.45f, 1};
  style.spin = {2, 9};
  style.flip = {2, 9};
  style.gravity = {0, 900 * unit};
  style.drag = 1.8f;
  style.sprites = kPieces.size();
  return style;
}

gfx::ParticleStyle resting_style() {
  gfx::ParticleStyle style;
  style.life = {3, 4};
  style.size = {0.5f, 1};
  style.fade_in = 0.1f;
  style.fade_out = 0.4f;
  style.sprites = kPieces.size();
  return style;
}

}  // namespace

Confetti::Confetti(float unit, uint64_t seed)
    : unit_(unit),
      random_(seed),
      flying_(flying_style(unit), kFlying, random_.next()),
      resting_(resting_style(), kResting, random_.next()) {}

void Confetti::burst(Vec2 at) {
  flying_.burst(kFlying, at);
}

void Confetti::appear(const Rect& area) {
  for (uint32_t i = 0; i < kResting; ++i) {
    const float x = area.x + area.width * random_.unit();
    resting_.burst(1, {x, area.y + area.height * random_.unit()});
  }
}

void Confetti::update(float dt) {
  flying_.update(dt);
  resting_.update(dt);
}

void Confetti::draw(ui::Painter& painter) {
  // Asked for before they fly, so that none of the first pieces is missing.
  std::array<gfx::ParticleSprite, kPieces.size()> sprites;
  for (size_t i = 0; i < kPieces.size(); ++i) {
    const gfx::ImageHandle image =
        painter.images.drawing({"art/confetti.svg", kPieces[i], kSheet * unit_, 0, {}});
    const Rect bounds = painter.images.info(image).bounds;
    sprites[i] = {image, {bounds.width, bounds.height}};
  }
  gfx::draw_particles(painter.canvas, flying_, sprites);
  gfx::draw_particles(painter.canvas, resting_, sprites);
}

}  // namespace vitrine::scenes
