// SPDX-License-Identifier: MIT
#include "engine/vision/landmarks.h"

namespace vitrine {
namespace {

using Map = std::array<uint8_t, kLandmarkCount>;

constexpr void set(Map& map, size_t from, size_t to) {
  map[from] = static_cast<uint8_t>(to);
}

// Contours run round: a corner, `half` - 1 above, a corner, `half` - 1 below.
constexpr void mirror_round(Map& map, size_t first, size_t half) {
  for (size_t i = 0; i <= half; ++i) set(map, first + i, first + half - i);
  for (size_t i = 1; i < half; ++i) set(map, first + half + i, first + 2 * half - i);
}

constexpr void swap_groups(Map& map, const LandmarkRange& left, const LandmarkRange& right) {
  for (size_t i = 0; i < left.count; ++i) {
    set(map, left.first + i, right.first + i);
    set(map, right.first + i, left.first + i);
  }
}

constexpr void mirror_row(Map& map, size_t first, size_t last) {
  for (size_t i = first; i <= last; ++i) set(map, i, first + last - i);
}

constexpr Map make_map() {
  Map map{};
  mirror_round(map, kLipsOuterLeft, 10);
  mirror_round(map, kLipsInnerLeft, 10);
  swap_groups(map, range_of(LandmarkGroup::LidLeft), range_of(LandmarkGroup::LidRight));
  swap_groups(map, range_of(LandmarkGroup::BrowLeft), range_of(LandmarkGroup::BrowRight));
  swap_groups(map, range_of(LandmarkGroup::IrisLeft), range_of(LandmarkGroup::IrisRight));
  mirror_row(map, kJawLeft, kJawRight);
  mirror_row(map, kForeheadLeft, kForeheadRight);
  for (size_t i = kNoseBridge; i <= kNoseTip; ++i) set(map, i, i);
  mirror_row(map, kNoseTip + 1, kNoseWingLeft - 1);
  mirror_row(map, kNoseWingLeft, kNoseWingRight);
  return map;
}

constexpr Map kMirrored = make_map();

}  // namespace

const std::array<uint8_t, kLandmarkCount>& mirrored_landmarks() {
  return kMirrored;
}

}  // namespace vitrine
