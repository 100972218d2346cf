// SPDX-License-Identifier: MIT
// Everything about a person but the shape of the head: skin, brows, lips, eyes, make-up, beard,
// hair, what is worn. Lengths in centimetres on the mean head, colours in linear light, shares 0…1.
#pragma once

#include <cstdint>

#include "tools/vision/render/rng.h"

namespace vitrine::faces {

struct SkinLook {
  int tone = 0;  // the Monk scale's ten tones, 0 the lightest
  Color color;
  float redness, mottle, freckles, age, bags, crease, bump;
  float oil, shine;  // strength and exponent of the highlight
  float mole;        // 0 none
  Vec2 mole_place;
};

// A brow as it is painted; its landmarks are worked out from the same numbers.
struct BrowLook {
  float lift, arch, inner, outer, half_width, taper;
  float density, grain, slant;
  Color color;
  // Height of its middle line and half its width at `x` from the middle of the face.
  float middle(float x) const;
  float half(float x) const;
};

struct LipLook {
  Color color;
  float opacity, gloss, softness;
  bool lipstick;
};

struct EyeLook {
  Color iris;
  float pupil, iris_radius;  // radians of the eyeball
  float white;
};

struct MakeUp {
  Color shadow_color;
  float shadow, liner, liner_width, blush, lashes;
};

struct BeardLook {
  Color color;
  float beard, moustache, stubble, cheek_line, length;
  bool goatee;
};

enum class Cover { kNone, kBald, kHeadscarf, kCap, kBeanie, kTurban };
enum class HairStyle { kCropped, kShort, kMedium, kLong, kCurly, kTiedBack, kBraids };

struct HairLook {
  Cover cover;
  HairStyle style;
  Color color, cloth, cloth_stripe;
  float line, line_bend, volume, side, part,
      fringe;  // fringe: centimetres over the forehead, 0 none
  float curl, gloss, thin;
  int pattern;      // of cloth: 0 plain, 1 stripes, 2 checks
  float cover_rim;  // how low a cap, beanie or turban sits
};

enum class Eyewear { kNone, kGlasses, kSunglasses };

struct Person {
  uint32_t seed;
  bool feminine;  // which hair, beard and make-up are likely; nothing else
  SkinLook skin;
  BrowLook brow[2];  // left and right of the picture
  LipLook lips;
  EyeLook eyes;
  MakeUp makeup;
  BeardLook beard;
  HairLook hair;
  Eyewear eyewear;
  bool mask;    // a medical or cloth mask over nose and mouth
  float teeth;  // their white
};

// Which of the Monk scale's tones are drawn, evenly: all of them, or some to compare them.
struct Tones {
  int first = 0, count = 10;
};

Person sample_person(const Rng& rng, Tones tones);
// A strong, a pale or a greyish colour, as things in a shop have.
Color sample_cloth_color(Rng& rng, float saturation);

}  // namespace vitrine::faces
