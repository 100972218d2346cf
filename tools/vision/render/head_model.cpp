// SPDX-License-Identifier: MIT
#include "tools/vision/render/head_model.h"

#include <algorithm>

#include "tools/vision/render/openness.h"

namespace vitrine::faces {
namespace {

// ICT-FaceKit numbers the vertices of face, head and neck first, what is inside of them afterwards.
constexpr int kSkinVertices = 11248;
// The mean head's eye on the picture's right: the middle of its iris, as deep as that of its ball.
constexpr Vec3 kEyeCentre = {3.194f, 3.617f, 8};
// Where the mean head's skin is near enough to its lids to be painted by its distance from them
// (skin_paint.cpp), with some to spare; all else is far.
constexpr float kNearLidsFront = 7, kNearLidsBottom = 1, kNearLidsTop = 7;
constexpr float kFarFromLids = 9;

float segment_distance(Vec2 p, Vec2 a, Vec2 b) {
  const Vec2 d = b - a, q = p - a;
  const float t = clamp01((q.x * d.x + q.y * d.y) / (d.x * d.x + d.y * d.y + 1e-12f));
  return length(q - d * t);
}

bool encloses(const std::vector<Vec2>& polygon, Vec2 p) {
  bool odd = false;
  for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Vec2 a = polygon[i], b = polygon[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
      odd = !odd;
  }
  return odd;
}

Vec2 mirrored(Vec2 p) {
  return {-p.x, p.y};
}

// The whole line from a left half that ends in the middle.
std::vector<Vec2> with_right_half(std::vector<Vec2> line) {
  for (size_t i = line.size() - 1; i-- > 0;) line.push_back(mirrored(line[i]));
  return line;
}

std::vector<Vec2> outer_lip(const std::vector<Vec2>& control) {
  return with_right_half(smooth_curve(control, 12));
}

std::vector<Vec2> lip_border() {
  std::vector<Vec2> border = outer_lip(kOuterLipUpper);
  const std::vector<Vec2> lower = outer_lip(kOuterLipLower);
  for (size_t i = lower.size() - 1; i-- > 1;) border.push_back(lower[i]);
  return border;
}

// The vertex that is the mirror image of each vertex of `contour`.
std::vector<int> mirrored(const HeadData& head, const std::vector<int>& contour) {
  std::vector<int> result;
  for (int v : contour) {
    const Vec3 p = head.position[static_cast<size_t>(v)];
    int best = v;
    float least = 1e9f;
    for (int i = 0; i < head.vertex_count(); ++i) {
      const Vec3 d = head.position[static_cast<size_t>(i)] - Vec3{-p.x, p.y, p.z};
      if (dot(d, d) < least) least = dot(d, d), best = i;
    }
    result.push_back(best);
  }
  return result;
}

std::vector<int> with_right_half(const HeadData& head, std::vector<int> contour) {
  std::vector<int> right = mirrored(head, contour);
  contour.insert(contour.end(), right.rbegin() + 1, right.rend());
  return contour;
}

using Landmarks = std::array<SurfacePoint, kLandmarkCount>;

// A contour of 2 * half landmarks: along `upper` from its begin to its end, back along `lower`.
void set_round(Landmarks& out, int first, int half, const std::vector<SurfacePoint>& upper,
               const std::vector<SurfacePoint>& lower) {
  for (int i = 0; i <= half; ++i)
    out[static_cast<size_t>(first + i)] = upper[static_cast<size_t>(i)];
  for (int i = 1; i < half; ++i)
    out[static_cast<size_t>(first + half + i)] = lower[static_cast<size_t>(half - i)];
}

std::vector<SurfacePoint> located(const FrontView& front, const std::vector<Vec2>& places) {
  std::vector<SurfacePoint> points;
  for (Vec2 place : places) points.push_back(front.locate(place));
  return points;
}

Landmarks fixed_landmarks(const HeadData& head, const FrontView& front) {
  Landmarks out;
  set_round(out, 0, 10, located(front, resampled(outer_lip(kOuterLipUpper), 10)),
            located(front, resampled(outer_lip(kOuterLipLower), 10)));
  set_round(out, 20, 10, resampled(head, with_right_half(head, kInnerLipUpper), 10),
            resampled(head, with_right_half(head, kInnerLipLower), 10));
  set_round(out, 40, 8, resampled(head, kLidUpper, 8), resampled(head, kLidLower, 8));
  set_round(out, 56, 8, resampled(head, mirrored(head, kLidUpper), 8),
            resampled(head, mirrored(head, kLidLower), 8));
  for (size_t i = 0; i < 17; ++i) out[92 + i] = SurfacePoint::at_vertex(kJaw[i]);
  for (size_t i = 0; i < 7; ++i) out[109 + i] = front.locate(kHairline[i]);
  for (size_t i = 0; i < 9; ++i) out[116 + i] = SurfacePoint::at_vertex(kNose[i]);
  out[125] = front.locate(kNoseWing);
  out[126] = front.locate(mirrored(kNoseWing));
  return out;
}

// Distance of each vertex near the lids from a line of vertices and its mirror image.
std::vector<float> distances(const HeadData& head, const std::vector<int>& contour) {
  std::vector<int> both = contour;
  for (int v : mirrored(head, contour)) both.push_back(v);
  std::vector<float> result(head.position.size(), kFarFromLids);
  for (size_t i = 0; i < result.size(); ++i) {
    const Vec3 p = head.position[i];
    if (p.z < kNearLidsFront || p.y < kNearLidsBottom || p.y > kNearLidsTop) continue;
    for (size_t k = 0; k + 1 < both.size(); ++k) {
      if (k + 1 == contour.size()) continue;
      const Vec3 a = head.position[static_cast<size_t>(both[k])];
      const Vec3 d = head.position[static_cast<size_t>(both[k + 1])] - a;
      const float t = clamp01(dot(p - a, d) / (dot(d, d) + 1e-12f));
      result[i] = std::min(result[i], length(p - a - d * t));
    }
  }
  return result;
}

void find_eyes(HeadModel& model) {
  const Material whites[2] = {Material::kScleraRight, Material::kScleraLeft};
  for (size_t side = 0; side < 2; ++side) {
    model.eye_centre[side] = {side == 0 ? -kEyeCentre.x : kEyeCentre.x, kEyeCentre.y, kEyeCentre.z};
    for (size_t t = 0; t < model.head.triangles.size(); ++t) {
      if (model.head.triangles[t].material == whites[side]) {
        model.eye_triangles[side].push_back(static_cast<int>(t));
      }
    }
  }
}

}  // namespace

LipMap::LipMap(const std::vector<Vec2>& border) : distance_(kWidth * kHeight) {
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      const Vec2 p{kLeft + static_cast<float>(x) * kCell, kBottom + static_cast<float>(y) * kCell};
      float least = 9;
      for (size_t i = 0, j = border.size() - 1; i < border.size(); j = i++) {
        least = std::min(least, segment_distance(p, border[j], border[i]));
      }
      distance_[static_cast<size_t>(y * kWidth + x)] = encloses(border, p) ? least : -least;
    }
  }
}

float LipMap::distance(float x, float y) const {
  const float fx = (x - kLeft) / kCell, fy = (y - kBottom) / kCell;
  if (fx < 0 || fy < 0 || fx >= kWidth - 1 || fy >= kHeight - 1) return -1;
  const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
  const float* row = &distance_[static_cast<size_t>(iy * kWidth + ix)];
  const float tx = fx - static_cast<float>(ix), ty = fy - static_cast<float>(iy);
  return mix(mix(row[0], row[1], tx), mix(row[kWidth], row[kWidth + 1], tx), ty);
}

HeadModel::HeadModel(HeadData data)
    : head(std::move(data)),
      front(head),
      lips(lip_border()),
      landmark(fixed_landmarks(head, front)) {
  compute_normals(head, head.position, normal);
  openness = measured_openness(head, normal);
  upper_lid = distances(head, kLidUpper);
  lower_lid = distances(head, kLidLower);
  for (int i = 0; i < kSkinVertices; ++i) {
    const Vec3 p = head.position[static_cast<size_t>(i)];
    if (p.y > 1 && (p.z < 5.5f || p.y > 7)) scalp.push_back(i);
  }
  find_eyes(*this);
}

size_t HeadModel::expression(const std::string& name) const {
  const auto& names = head.expression_names;
  return static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

void compute_normals(const HeadData& head, const std::vector<Vec3>& vertices,
                     std::vector<Vec3>& normals) {
  normals.assign(vertices.size(), Vec3{});
  for (const Triangle& triangle : head.triangles) {
    const Vec3 a = vertices[static_cast<size_t>(triangle.corner[0])];
    const Vec3 n = cross(vertices[static_cast<size_t>(triangle.corner[1])] - a,
                         vertices[static_cast<size_t>(triangle.corner[2])] - a);
    for (int corner : triangle.corner) normals[static_cast<size_t>(corner)] += n;
  }
  for (Vec3& n : normals) n = normalized(n);
}

}  // namespace vitrine::faces
