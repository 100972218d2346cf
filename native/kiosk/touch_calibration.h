// SPDX-License-Identifier: MIT
// Where on the panel a finger really is: touch sensors may be turned, mirrored, stretched or glued
// on askew. An affine map from what a device reports to the window, both in 0..1 of their sides,
// found from taps on targets. Pure.
#pragma once

#include <array>
#include <span>

#include "engine/base/geometry.h"
#include "engine/base/status.h"

namespace vitrine {

// x' = a x + b y + c, y' = d x + e y + f; the identity until told otherwise.
struct TouchMatrix {
  std::array<double, 6> values{1, 0, 0, 0, 1, 0};

  Vec2 apply(Vec2 reported) const;
  friend bool operator==(const TouchMatrix&, const TouchMatrix&) = default;
};

struct CalibrationTap {
  Vec2 target;    // where the target was, 0..1 of the window
  Vec2 reported;  // where the device said the finger was
};

struct Calibration {
  TouchMatrix matrix;
  double error = 0;  // root of the mean squared distance that is left, of the window's sides
};

// The least-squares fit, by the normal equations of both rows. Errors, each with what to do:
// InvalidArgument with fewer than three taps, with taps or targets on one line (nothing says how
// the rest of the panel lies), or with a fit that misses by more than `kMaxCalibrationError`: a
// target was missed, or the sensor is not flat.
inline constexpr double kMaxCalibrationError = 0.02;
Result<Calibration> fit_calibration(std::span<const CalibrationTap> taps);

// Whether a matrix from a file may be used: finite, and no corner of the window is lost.
bool is_usable(const TouchMatrix& matrix);

}  // namespace vitrine
