// SPDX-License-Identifier: MIT
#include "engine/vision/one_euro.h"

#include <cmath>
#include <numbers>

#include "engine/base/assert.h"

namespace vitrine {

float low_pass_share(float cutoff, float seconds) {
  const float turn = 2 * std::numbers::pi_v<float> * cutoff * seconds;
  return turn / (1 + turn);
}

void FilteredPlace::start(Vec2 place) {
  *this = {.input = place, .velocity = {}, .value = place};
}

void filter_group(std::span<FilteredPlace> places, std::span<const Vec2> inputs,
                  const OneEuro& filter, float unit, float seconds) {
  VITRINE_ASSERT(places.size() == inputs.size() && unit > 0 && seconds > 0);
  const float speed_share = low_pass_share(filter.speed_cutoff, seconds);
  float squares = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    FilteredPlace& place = places[i];
    const Vec2 velocity = (inputs[i] - place.input) * (1 / (unit * seconds));
    place.velocity = lerp(place.velocity, velocity, speed_share);
    place.input = inputs[i];
    squares += place.velocity.x * place.velocity.x + place.velocity.y * place.velocity.y;
  }
  const float speed = std::sqrt(squares / static_cast<float>(places.size()));
  const float share = low_pass_share(filter.least_cutoff + filter.rise * speed, seconds);
  for (size_t i = 0; i < places.size(); ++i)
    places[i].value = lerp(places[i].value, inputs[i], share);
}

}  // namespace vitrine
