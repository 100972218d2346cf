// SPDX-License-Identifier: MIT
#include "engine/vision/detection.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

// Pictures up to this proportion of sides are looked at as a whole only.
constexpr float kNearlySquare = 1.2f;
// Middles of two faces are further apart than this share of both sides' sum, even cheek to cheek.
constexpr float kApart = 0.25f;

FaceRegion square_at(float x, float y, float side) {
  return {.middle = {x, y}, .side = side};
}

// What four numbers of a cell say. Its middle is in pixels counted from the view's corner, whose
// first pixel's middle is 0.5.
Candidate candidate_of(std::span<const float> cell, Vec2 cell_middle, const FaceRegion& view,
                       int side) {
  const float stride = DetectorNetwork::kStride;
  const float half = static_cast<float>(side) / 2;
  const Vec2 middle = (cell_middle + Vec2{cell[1], cell[2]}) * stride;
  Candidate candidate;
  candidate.score = cell[0];
  candidate.region.middle = to_picture(view, (middle - Vec2{half, half}) * (1 / half));
  candidate.region.side =
      DetectorNetwork::kBaseSide * std::exp(cell[3]) * view.side / static_cast<float>(side);
  return candidate;
}

bool is_sensible(const Candidate& candidate, const FaceRegion& view) {
  const FaceRegion& region = candidate.region;
  return std::isfinite(candidate.score) && std::isfinite(region.middle.x) &&
         std::isfinite(region.middle.y) && region.side >= kLeastRegion &&
         region.side <= 2 * view.side;
}

CandidateList without_doubles(const CandidateList& all) {
  CandidateList kept;
  for (const Candidate& candidate : all.all()) {
    if (!kept.has(candidate.region)) kept.add(candidate);
  }
  return kept;
}

}  // namespace

DetectionViews detection_views(int width, int height) {
  const float w = static_cast<float>(width), h = static_cast<float>(height);
  const float longer = std::max(w, h), shorter = std::min(w, h);
  const float middle_x = (w - 1) / 2, middle_y = (h - 1) / 2;
  DetectionViews views;
  views.items[views.count++] = square_at(middle_x, middle_y, longer);
  if (longer <= kNearlySquare * shorter) return views;
  const int squares = std::min(static_cast<int>(std::ceil(longer / shorter)),
                               static_cast<int>(DetectionViews::kMost) - 1);
  for (int i = 0; i < squares; ++i) {
    const float along =
        shorter / 2 - 0.5f +
        (longer - shorter) * static_cast<float>(i) / static_cast<float>(squares - 1);
    views.items[views.count++] =
        w > h ? square_at(along, middle_y, shorter) : square_at(middle_x, along, shorter);
  }
  return views;
}

bool CandidateList::has(const FaceRegion& region) const {
  return std::any_of(items.begin(), items.begin() + count, [&](const Candidate& candidate) {
    return same_face(candidate.region, region);
  });
}

void CandidateList::add(const Candidate& candidate) {
  size_t place = std::min(count, kMost - 1);
  if (count == kMost && !(candidate.score > items[place].score)) return;
  while (place > 0 && candidate.score > items[place - 1].score) {
    items[place] = items[place - 1];
    --place;
  }
  items[place] = candidate;
  count = std::min(count + 1, kMost);
}

CandidateList candidates_of(const DetectorOutput& output, const FaceRegion& view, int side) {
  CandidateList all;
  size_t cell = 0;
  for (int y = 0; y < output.rows; ++y) {
    for (int x = 0; x < output.columns; ++x, cell += 4) {
      if (cell + 4 > output.cells.size()) break;
      if (!(output.cells[cell] > kBackingScore)) continue;
      const Vec2 middle{static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f};
      const Candidate candidate = candidate_of(output.cells.subspan(cell, 4), middle, view, side);
      if (is_sensible(candidate, view)) all.add(candidate);
    }
  }
  return without_doubles(all);
}

bool shows_well(const FaceRegion& view, const FaceRegion& region) {
  // Sides of the view. Training goes from 0.11 on, where the detector is at its worst.
  constexpr float kLeast = 0.13f, kMost = 0.85f;
  const float share = region.side / view.side;
  const Vec2 away = region.middle - view.middle;
  const float room = (view.side - region.side) / 2;
  return share >= kLeast && share <= kMost && std::fabs(away.x) <= room &&
         std::fabs(away.y) <= room;
}

bool same_face(const FaceRegion& a, const FaceRegion& b) {
  const Vec2 d = a.middle - b.middle;
  const float reach = kApart * (a.side + b.side);
  return d.x * d.x + d.y * d.y < reach * reach;
}

}  // namespace vitrine
