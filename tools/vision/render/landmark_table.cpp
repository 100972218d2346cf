// SPDX-License-Identifier: MIT
#include "tools/vision/render/landmark_table.h"

namespace vitrine::faces {

// Where the lips touch: the last ring of vertices that a closed mouth shows, above and below.
const std::vector<int> kInnerLipUpper = {5702, 5674, 5646, 5915, 5596, 5595, 5579,
                                         5578, 5589, 5606, 5630, 5657, 5656, 5711,
                                         5712, 5736, 6037, 6023, 5781, 5796, 5533};
const std::vector<int> kInnerLipLower = {5702, 5672, 5700, 5727, 5730, 5995, 5754,
                                         5895, 5802, 5820, 5836, 5847, 5858, 5867,
                                         5966, 5952, 5981, 6009, 5880, 5938, 5517};
// The free edge of each lid, which the lashes stand on and a liner follows.
const std::vector<int> kLidUpper = {1507, 1546, 1545, 1933, 1544, 1543, 1542, 1541,
                                    1540, 1962, 1990, 1538, 1930, 1537, 1536, 1535,
                                    1534, 1533, 1532, 1531, 1530, 1529, 1528};
const std::vector<int> kLidLower = {1507, 2243, 1623, 1508, 1509, 1510, 1511, 1512, 1513,
                                    1514, 1515, 1516, 1517, 1518, 1519, 1520, 1521, 1522,
                                    1523, 1524, 1525, 1526, 1527, 2234, 1528};
const std::vector<int> kJaw = {1225, 1888, 1052, 367,  1719, 1722, 2199, 1447, 966,
                               3661, 4390, 3927, 3924, 2608, 3272, 4088, 3443};
const std::vector<int> kNose = {978, 4527, 4942, 4857, 1140, 2075, 1147, 4269, 3360};

// The border of the red of the lips: the crest that catches the light above, the fold below.
const std::vector<Vec2> kOuterLipUpper = {{-2.53f, -3.52f}, {-2.28f, -3.14f}, {-1.70f, -2.78f},
                                          {-1.20f, -2.54f}, {-0.73f, -2.42f}, {-0.36f, -2.42f},
                                          {0, -2.50f}};
const std::vector<Vec2> kOuterLipLower = {{-2.53f, -3.52f}, {-2.28f, -3.74f}, {-1.80f, -4.06f},
                                          {-1.40f, -4.21f}, {-1.03f, -4.31f}, {-0.50f, -4.39f},
                                          {0, -4.40f}};
const Vec2 kNoseWing = {-1.72f, -0.45f};
const std::vector<Vec2> kHairline = {{-5.72f, 7.3f}, {-4.24f, 8.52f}, {-2.26f, 9.32f}, {0, 9.6f},
                                     {2.26f, 9.32f}, {4.24f, 8.52f},  {5.72f, 7.3f}};

namespace {

// Contours run round: corner, `half` - 1 above, corner, `half` - 1 below.
void mirror_round(std::array<int, kLandmarkCount>& map, int first, int half) {
  for (int i = 0; i <= half; ++i) map[static_cast<size_t>(first + i)] = first + half - i;
  for (int i = 1; i < half; ++i) map[static_cast<size_t>(first + half + i)] = first + 2 * half - i;
}

void swap_groups(std::array<int, kLandmarkCount>& map, int left, int right, int count) {
  for (int i = 0; i < count; ++i) {
    map[static_cast<size_t>(left + i)] = right + i;
    map[static_cast<size_t>(right + i)] = left + i;
  }
}

void mirror_row(std::array<int, kLandmarkCount>& map, int first, int count) {
  for (int i = 0; i < count; ++i) map[static_cast<size_t>(first + i)] = first + count - 1 - i;
}

}  // namespace

std::array<int, kLandmarkCount> mirrored_landmarks() {
  std::array<int, kLandmarkCount> map{};
  mirror_round(map, 0, 10);
  mirror_round(map, 20, 10);
  swap_groups(map, 40, 56, 16);  // both begin at their outer corner
  swap_groups(map, 72, 82, 10);  // both begin at their inner end
  mirror_row(map, 92, 17);
  mirror_row(map, 109, 7);
  for (int i = 0; i < 4; ++i) map[static_cast<size_t>(116 + i)] = 116 + i;
  mirror_row(map, 120, 5);
  mirror_row(map, 125, 2);
  swap_groups(map, 127, 132, 5);  // centre, outer, top, inner, bottom
  return map;
}

}  // namespace vitrine::faces
