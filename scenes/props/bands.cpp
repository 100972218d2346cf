// SPDX-License-Identifier: MIT
#include "scenes/props/bands.h"

#include <array>

#include "engine/base/assert.h"

namespace vitrine::scenes {
namespace {

constexpr size_t kMost = 16;
constexpr float kLeastGap = 0.33f;

struct Heights {
  float least = 0, want = 0, gaps = 0;
};

Heights heights_of(std::span<const Band> bands, std::span<const bool> stays) {
  Heights all;
  bool first = true;
  for (size_t i = 0; i < bands.size(); ++i) {
    if (!stays[i]) continue;
    const float gap = first ? 0 : bands[i].gap;
    all.least += bands[i].least + kLeastGap * gap;
    all.want += bands[i].want + gap;
    all.gaps += gap;
    first = false;
  }
  return all;
}

// The one that is needed least; the number of bands where all are needed.
size_t find_dispensable(std::span<const Band> bands, std::span<const bool> stays) {
  size_t found = bands.size();
  for (size_t i = 0; i < bands.size(); ++i) {
    if (!stays[i] || bands[i].dispensable == 0) continue;
    if (found == bands.size() || bands[i].dispensable > bands[found].dispensable) found = i;
  }
  return found;
}

}  // namespace

void lay_out_bands(const Rect& area, std::span<const Band> bands, float above) {
  VITRINE_ASSERT(bands.size() <= kMost);
  std::array<bool, kMost> kept{};
  const std::span<bool> stays(kept.data(), bands.size());
  for (size_t i = 0; i < bands.size(); ++i) stays[i] = bands[i].want > 0;
  Heights all = heights_of(bands, stays);
  while (all.least > area.height) {
    const size_t goes = find_dispensable(bands, stays);
    if (goes == bands.size()) break;
    stays[goes] = false;
    all = heights_of(bands, stays);
  }
  const float spare = all.want - all.least;
  const float grown = spare > 0 ? clamp((area.height - all.least) / spare, 0, 1) : 1;
  const float left = area.height > all.want ? area.height - all.want : 0;
  const float widened = all.gaps > 0 ? clamp(left / all.gaps, 0, 1) : 0;
  float y = area.y + above * (left - widened * all.gaps);
  bool first = true;
  for (size_t i = 0; i < bands.size(); ++i) {
    const float gap = !stays[i] || first ? 0 : bands[i].gap * (lerp(kLeastGap, 1, grown) + widened);
    const float height = stays[i] ? lerp(bands[i].least, bands[i].want, grown) : 0;
    y += gap;
    if (bands[i].place) *bands[i].place = {area.x, y, area.width, height};
    y += height;
    first = first && !stays[i];
  }
}

}  // namespace vitrine::scenes
