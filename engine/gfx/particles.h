// SPDX-License-Identifier: MIT
// Small pieces that fly, fall and turn. A piece's place is a function of its age alone, so that the
// same pieces are at the same places at any frame rate; nothing is summed up frame by frame. Pure
// and seeded: the same seed and calls give the same flight. Allocates when made, never after.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/base/random.h"
#include "engine/gfx/canvas.h"

namespace vitrine::gfx {

struct FloatRange {
  float least = 0;
  float most = 0;
};

// What all pieces of one kind have in common; each draws its own from the ranges.
struct ParticleStyle {
  FloatRange speed;               // points a second
  FloatRange direction;           // radians, 0 to the right, clockwise
  FloatRange life{1, 1};          // seconds
  FloatRange size{1, 1};          // of the sprite's own
  FloatRange spin;                // radians a second, either way
  FloatRange flip;                // radians a second about an axis within the sprite, either way
  Vec2 gravity;                   // points a second squared
  Vec2 wind;                      // the air's own speed, points a second
  float drag = 0;                 // share of the speed through the air lost a second
  float end_size = 1;             // of the size at birth
  float fade_in = 0;              // share of the life in which they appear
  float fade_out = 0.2f;          // and in which they disappear
  Color start_color{1, 1, 1, 1};  // multiplied over the sprite
  Color end_color{1, 1, 1, 1};
  uint16_t sprites = 1;  // how many kinds of them there are
};

// Where and how a piece is drawn now.
struct ParticlePose {
  Vec2 at;
  float angle = 0;    // radians
  float stretch = 1;  // of its width, -1..1: it turns over
  float size = 1;
  Color color;  // with its fading
  uint16_t sprite = 0;
  uint32_t number = 0;  // of its birth; the same as long as it lives
};

class Particles {
 public:
  // At most `capacity` pieces fly at a time; those beyond are not born.
  Particles(const ParticleStyle& style, uint32_t capacity, uint64_t seed);

  // All at once, at one place or along a line.
  void burst(uint32_t count, Vec2 at) { burst(count, at, at); }
  void burst(uint32_t count, Vec2 from, Vec2 to);
  // From now on `rate` a second, along the line; where the line moves between two frames they are
  // born on its way. 0 ends it.
  void stream(float rate, Vec2 at) { stream(rate, at, at); }
  void stream(float rate, Vec2 from, Vec2 to);
  void clear();

  void update(float dt);

  size_t count() const { return pieces_.size(); }
  uint32_t refused() const { return refused_; }  // had no room
  ParticlePose pose(size_t index) const;
  const ParticleStyle& style() const { return style_; }

 private:
  struct Piece {
    Vec2 origin, velocity;
    float age = 0, life = 1, size = 1;
    float angle = 0, spin = 0, turn = 0, flip = 0;
    uint32_t number = 0;
    uint16_t sprite = 0;
  };

  void bear(Vec2 at, float age);
  float draw(FloatRange range) { return lerp(range.least, range.most, random_.unit()); }

  ParticleStyle style_;
  Random random_;
  uint32_t capacity_;
  uint32_t born_ = 0;
  std::vector<Piece> pieces_;
  uint32_t refused_ = 0;
  float rate_ = 0;
  float owed_ = 0;  // pieces of the stream that are due, with their fraction
  Vec2 from_, to_;
  Vec2 last_from_, last_to_;
};

// A picture of a kind of piece and its size in points.
struct ParticleSprite {
  ImageHandle image;
  Size size;
};

// Draws the pieces, or the share of them that the canvas's quality leaves, the oldest first.
// Expects: a sprite for each of the style's.
void draw_particles(Canvas& canvas, const Particles& particles,
                    std::span<const ParticleSprite> sprites);

}  // namespace vitrine::gfx
