// SPDX-License-Identifier: MIT
#include "tools/vision/render/truth.h"

namespace vitrine::faces {
namespace {

using Places = std::array<Vec3, kLandmarkCount>;
constexpr int kBrowLeft = 72, kIrisLeft = 127;

// Five stations on the brow's upper edge, five on its lower one, each from the nose outwards.
void place_brow(const PosedHead& head, int side, Places& places) {
  const BrowLook& brow = head.person.brow[side];
  const float sign = side == 0 ? -1.f : 1.f;
  for (int i = 0; i < 5; ++i) {
    const float x = mix(brow.inner + 0.08f, brow.outer - 0.12f, static_cast<float>(i) / 4);
    for (int edge = 0; edge < 2; ++edge) {
      const float y = brow.middle(x) + brow.half(x) * (edge == 0 ? 1.f : -1.f);
      const size_t index = static_cast<size_t>(kBrowLeft + 10 * side + 5 * edge + i);
      places[index] = head.model->front.locate({sign * x, y}).on(head.skin);
    }
  }
}

// Where a ray from the middle of the mean eyeball meets the ball, as it is turned now.
Vec3 on_eyeball(const PosedHead& head, size_t side, Vec3 direction) {
  const HeadModel& model = *head.model;
  const Vec3 centre = model.eye_centre[side];
  for (int t : model.eye_triangles[side]) {
    const auto& corner = model.head.triangles[static_cast<size_t>(t)].corner;
    Vec3 p[3];
    for (size_t k = 0; k < 3; ++k)
      p[k] = model.head.position[static_cast<size_t>(corner[k])] - centre;
    const Vec3 edge1 = p[1] - p[0], edge2 = p[2] - p[0], h = cross(direction, edge2);
    const float det = dot(edge1, h);
    if (std::abs(det) < 1e-9f) continue;
    const float u = -dot(p[0], h) / det;
    const Vec3 q = cross(p[0] * -1.f, edge1);
    const float v = dot(direction, q) / det, reach = dot(edge2, q) / det;
    if (u < -1e-4f || v < -1e-4f || u + v > 1.0001f || reach <= 0) continue;
    return SurfacePoint{corner, {1 - u - v, u, v}}.on(head.skin);
  }
  return head.skin[static_cast<size_t>(
      model.head.triangles[static_cast<size_t>(model.eye_triangles[side][0])].corner[0])];
}

// Centre, then the rim: outer, top, inner, bottom.
void place_iris(const PosedHead& head, size_t side, Places& places) {
  const float s = std::sin(head.person.eyes.iris_radius),
              c = std::cos(head.person.eyes.iris_radius);
  const float out = side == 0 ? -s : s;
  const Vec3 directions[5] = {{0, 0, 1}, {out, 0, c}, {0, s, c}, {-out, 0, c}, {0, -s, c}};
  for (size_t i = 0; i < 5; ++i)
    places[kIrisLeft + 5 * side + i] = on_eyeball(head, side, directions[i]);
}

bool is_iris(size_t landmark) {
  return landmark >= kIrisLeft;
}

// Whether a pixel of the canvas lets the landmark through.
bool shows(const Canvas& canvas, int x, int y, float near, float slack, bool iris) {
  const size_t i = static_cast<size_t>(canvas.at(x, y));
  if (canvas.nearness[i] * (1 - slack * canvas.nearness[i]) > near) return false;
  const Label label = canvas.label[i];
  if (iris) return label == Label::kEye;
  return label != Label::kHair && label != Label::kHeadwear && label != Label::kEyewear &&
         label != Label::kOccluder;
}

Seen seen_at(const Canvas& canvas, Corner corner, bool iris) {
  const int x = static_cast<int>(std::lround(corner.x)),
            y = static_cast<int>(std::lround(corner.y));
  if (!canvas.inside(x, y)) return Seen::kOutside;
  const float slack = iris ? 0.25f : 0.5f;  // centimetres
  int open = 0, all = 0;
  for (int j = -1; j <= 1; ++j) {
    for (int i = -1; i <= 1; ++i) {
      if (!canvas.inside(x + i, y + j)) continue;
      ++all;
      open += shows(canvas, x + i, y + j, corner.near, slack, iris);
    }
  }
  return 2 * open >= all ? Seen::kVisible : Seen::kHidden;
}

// By the share of the inner landmarks (all but the oval) that are seen.
Presence presence_of(const FaceTruth& truth) {
  int seen = 0, all = 0;
  for (size_t i = 0; i < truth.seen.size(); ++i) {
    if (i >= 92 && i < 116) continue;
    ++all;
    seen += truth.seen[i] == Seen::kVisible;
  }
  if (20 * seen < all) return Presence::kNone;
  return 3 * seen < all ? Presence::kCovered : Presence::kFace;
}

}  // namespace

Places landmark_places(const PosedHead& head) {
  Places places{};
  for (size_t i = 0; i < places.size(); ++i) places[i] = head.model->landmark[i].on(head.skin);
  for (int side = 0; side < 2; ++side) {
    place_brow(head, side, places);
    place_iris(head, static_cast<size_t>(side), places);
  }
  return places;
}

std::array<Vec2, kLandmarkCount> projected(const View& view, const Places& places) {
  std::array<Vec2, kLandmarkCount> points;
  for (size_t i = 0; i < places.size(); ++i) {
    const Corner corner = view.see(places[i]);
    points[i] = {corner.x, corner.y};
  }
  return points;
}

void see_landmarks(const PosedHead& head, const Canvas& canvas, int scale, FaceTruth& truth) {
  const Places places = landmark_places(head);
  const float share = 1 / static_cast<float>(scale);
  for (size_t i = 0; i < places.size(); ++i) {
    const Corner corner = head.view.see(places[i]);
    truth.seen[i] = seen_at(canvas, corner, is_iris(i));
    // A pixel of the picture covers `scale` of the canvas; both count from the centre of the first.
    truth.point[i] = {(corner.x + 0.5f) * share - 0.5f, (corner.y + 0.5f) * share - 0.5f};
  }
  truth.presence = presence_of(truth);
  truth.pose = head.pose;
  truth.tone = static_cast<uint8_t>(head.person.skin.tone);
}

}  // namespace vitrine::faces
