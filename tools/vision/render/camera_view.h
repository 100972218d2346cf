// SPDX-License-Identifier: MIT
// Where a head is before the camera: its turn, its distance, and the lens.
#pragma once

#include "tools/vision/render/canvas.h"
#include "tools/vision/render/rng.h"

namespace vitrine::faces {

// Radians. Yaw > 0 turns the face to the picture's right, pitch > 0 down, roll > 0 anticlockwise.
struct Pose {
  float yaw = 0, pitch = 0, roll = 0;
};

constexpr float kMaxYaw = 1.06f;    // 60 degrees and a little
constexpr float kMaxPitch = 0.54f;  // 30 degrees and a little

Pose sample_pose(Rng& rng);
Mat3 rotation(Pose pose);

// Head space (centimetres) → world (turned, origin between the eyes' depth) → pixels.
struct View {
  Mat3 turn;
  float distance = 60;  // centimetres from the camera to the head's origin
  float focal = 300;    // pixels
  Vec2 centre;          // where the head's origin is seen, pixels
  static constexpr Vec3 kOrigin{0, 0.2f, 9};

  Vec3 world(Vec3 head) const { return turn * (head - kOrigin); }
  Corner project(Vec3 w) const {
    const float near = 1 / (distance - w.z);
    return {centre.x + focal * w.x * near, centre.y - focal * w.y * near, near};
  }
  Corner see(Vec3 head) const { return project(world(head)); }
  // The same view scaled by `factor` about the pixel 0, 0 and then moved.
  void crop(float factor, Vec2 offset) {
    focal *= factor;
    centre = centre * factor + offset;
  }
  float pixels_per_cm() const { return focal / distance; }
};

}  // namespace vitrine::faces
