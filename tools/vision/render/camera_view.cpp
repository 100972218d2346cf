// SPDX-License-Identifier: MIT
#include "tools/vision/render/camera_view.h"

namespace vitrine::faces {

// Most look at the screen; a part is spread evenly so that the wide poses are learnt as well.
Pose sample_pose(Rng& rng) {
  Pose pose;
  pose.yaw = rng.chance(0.6f) ? rng.normal() * 0.3f : rng.uniform(-kMaxYaw, kMaxYaw);
  pose.pitch = rng.chance(0.7f) ? rng.normal() * 0.16f : rng.uniform(-kMaxPitch, kMaxPitch);
  pose.roll = rng.normal() * 0.14f;
  pose.yaw = std::clamp(pose.yaw, -kMaxYaw, kMaxYaw);
  pose.pitch = std::clamp(pose.pitch, -kMaxPitch, kMaxPitch);
  return pose;
}

Mat3 rotation(Pose pose) {
  const float cy = std::cos(pose.yaw), sy = std::sin(pose.yaw);
  const float cp = std::cos(pose.pitch), sp = std::sin(pose.pitch);
  const float cr = std::cos(pose.roll), sr = std::sin(pose.roll);
  const Mat3 yaw{{{cy, 0, sy}, {0, 1, 0}, {-sy, 0, cy}}};
  const Mat3 pitch{{{1, 0, 0}, {0, cp, sp}, {0, -sp, cp}}};
  const Mat3 roll{{{cr, -sr, 0}, {sr, cr, 0}, {0, 0, 1}}};
  Mat3 turn;
  const Vec3 axes[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  Vec3 column[3];
  for (int k = 0; k < 3; ++k) column[k] = roll * (pitch * (yaw * axes[k]));
  for (int k = 0; k < 3; ++k) {
    auto pick = [k](Vec3 v) { return k == 0 ? v.x : k == 1 ? v.y : v.z; };
    turn.rows[k] = {pick(column[0]), pick(column[1]), pick(column[2])};
  }
  return turn;
}

}  // namespace vitrine::faces
