// SPDX-License-Identifier: MIT
// The light of a shop on a head, and how a surface answers to it.
#pragma once

#include "tools/vision/render/depth_map.h"
#include "tools/vision/render/rng.h"

namespace vitrine::faces {

// In the order of the shard format (docs/vision/shards.md).
enum class LightClass { kEven, kSpot, kMixed, kSide, kBacklit, kDim };
constexpr int kLightClasses = 6;
constexpr const char* kLightNames[kLightClasses] = {"even", "spot",    "mixed",
                                                    "side", "backlit", "dim"};

struct Lobe {  // a wide, soft light
  Vec3 direction;
  Color color;
};

struct Light {
  LightClass kind = LightClass::kEven;
  Vec3 key_direction;
  Color key;
  float shadow = 0.5f;   // how much of the key a shadow takes away
  int shadow_reach = 1;  // softness, cells of the shadow map
  Vec3 fill_direction;
  Color fill;
  Vec3 rim_direction;
  Color rim;
  Lobe ambient[3];
  float background = 1;  // how bright the room behind is
  float noise = 0;       // how much more the camera's amplifier has to do, 0…1
};

Light sample_light(Rng rng);
// The colour of a lamp, 1 in luminance: `warm` > 0 is a lamp's yellow, < 0 a window's blue.
Color lamp_color(float warm);

struct Surface {
  Color albedo;
  Vec3 normal;       // world, length 1
  float open = 1;    // to light from all around, 0…1
  float gloss = 0;   // strength of the highlight
  float shine = 20;  // its exponent
  float wrap = 0;    // light that bleeds round: skin 1, hard things 0
};

// What the camera sees of a surface; `lit` is the share of the key light that arrives, 0…1.
Color shaded(const Light& light, const Surface& surface, float lit);

}  // namespace vitrine::faces
