// SPDX-License-Identifier: MIT
// The one-euro filter: a low pass whose cutoff rises with speed, so that what rests is steady and
// what moves is not late. G. Casiez, N. Roussel, D. Vogel, "1 Euro Filter: A Simple Speed-based
// Low-pass Filter for Noisy Input in Interactive Systems", CHI 2012, doi:10.1145/2207676.2208639.
// Two differences: speed is that between the inputs themselves, so that it does not depend on the
// frame rate, and places that belong together share one cutoff, so that motion does not bend them.
#pragma once

#include <span>

#include "engine/base/geometry.h"

namespace vitrine {

struct OneEuro {
  float least_cutoff = 1;     // Hz, at rest: lower is steadier
  float rise = 1;             // Hz more for each unit a second: higher is less late
  float speed_cutoff = 1.5f;  // Hz, of the low pass on the speed itself
};

// Share of the new value that a low pass of `cutoff` Hz takes after `seconds`. 0 to 1.
float low_pass_share(float cutoff, float seconds);

// One place's memory. `value` is what to show.
struct FilteredPlace {
  Vec2 input;
  Vec2 velocity;  // units a second
  Vec2 value;

  void start(Vec2 place);
};

// Takes the places of one group after `seconds` (> 0). `unit`: pixels that count as one unit of
// `filter`, > 0. Expects: places.size() == inputs.size().
void filter_group(std::span<FilteredPlace> places, std::span<const Vec2> inputs,
                  const OneEuro& filter, float unit, float seconds);

}  // namespace vitrine
