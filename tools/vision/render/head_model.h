// SPDX-License-Identifier: MIT
// What is worked out once from the head's data: landmarks on its surface, where lips and lids are,
// how open each place is to the light. Never changed afterwards; any number of threads may read it.
#pragma once

#include <string>

#include "tools/vision/render/landmark_table.h"
#include "tools/vision/render/surface.h"

namespace vitrine::faces {

// Distance from the border of the lips' red in the front view, centimetres, > 0 inside.
class LipMap {
 public:
  explicit LipMap(const std::vector<Vec2>& border);
  float distance(float x, float y) const;

 private:
  static constexpr float kLeft = -3.4f, kBottom = -5.4f, kCell = 0.02f;
  static constexpr int kWidth = 340, kHeight = 190;
  std::vector<float> distance_;
};

struct HeadModel {
  explicit HeadModel(HeadData data);
  HeadModel(const HeadModel&) = delete;  // `front` looks into `head`
  HeadModel& operator=(const HeadModel&) = delete;

  HeadData head;
  FrontView front;
  LipMap lips;
  // Landmarks that are fixed to the surface. Brows and irises differ from face to face and are left
  // out.
  std::array<SurfacePoint, kLandmarkCount> landmark;
  std::vector<Vec3> normal;      // of the mean head, a vertex each
  std::vector<float> openness;   // 0 in the deepest fold … 1 in the open, a vertex each
  std::vector<float> upper_lid;  // centimetres from the nearer upper lid's edge, a vertex each
  std::vector<float> lower_lid;
  std::vector<int> scalp;          // vertices that hair may grow on
  std::array<Vec3, 2> eye_centre;  // left and right of the picture
  std::array<std::vector<int>, 2> eye_triangles;

  // The number of an expression that the head file's check asks for; of another name their count.
  size_t expression(const std::string& name) const;
};

// Normals of a turned or bent head: the face's and the back's only.
void compute_normals(const HeadData& head, const std::vector<Vec3>& vertices,
                     std::vector<Vec3>& normals);

}  // namespace vitrine::faces
