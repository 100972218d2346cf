// SPDX-License-Identifier: MIT
#include "native/kiosk/touch_calibration.h"

#include <cmath>
#include <string>

namespace vitrine {
namespace {

// The smallest share of the panel's area that taps must span to say how it lies; four taps at a
// tenth of the sides span two thirds.
constexpr double kSmallestSpan = 0.01;

struct Mean {
  double x = 0, y = 0;
};

template <typename PointOf>
Mean mean_of(std::span<const CalibrationTap> taps, PointOf point_of) {
  Mean mean;
  for (const CalibrationTap& tap : taps) {
    const Vec2 p = point_of(tap);
    mean.x += static_cast<double>(p.x);
    mean.y += static_cast<double>(p.y);
  }
  const auto count = static_cast<double>(taps.size());
  return {mean.x / count, mean.y / count};
}

// Sums of products about the means: of the reported points with themselves (xx, xy, yy) and with
// one coordinate of the targets.
struct Sums {
  double xx = 0, xy = 0, yy = 0;
  double target_x_x = 0, target_x_y = 0, target_y_x = 0, target_y_y = 0;
  double target_xx = 0, target_xy = 0, target_yy = 0;
};

Vec2 target_of(const CalibrationTap& tap) {
  return tap.target;
}
Vec2 reported_of(const CalibrationTap& tap) {
  return tap.reported;
}

Sums sums_of(std::span<const CalibrationTap> taps, const Mean& reported, const Mean& target) {
  Sums sums;
  for (const CalibrationTap& tap : taps) {
    const double x = static_cast<double>(tap.reported.x) - reported.x;
    const double y = static_cast<double>(tap.reported.y) - reported.y;
    const double u = static_cast<double>(tap.target.x) - target.x;
    const double v = static_cast<double>(tap.target.y) - target.y;
    sums.xx += x * x;
    sums.xy += x * y;
    sums.yy += y * y;
    sums.target_x_x += u * x;
    sums.target_x_y += u * y;
    sums.target_y_x += v * x;
    sums.target_y_y += v * y;
    sums.target_xx += u * u;
    sums.target_xy += u * v;
    sums.target_yy += v * v;
  }
  return sums;
}

// About the squared area that the points span; 0 when they lie on one line.
double span_of(double xx, double xy, double yy) {
  return xx * yy - xy * xy;
}

double error_of(std::span<const CalibrationTap> taps, const TouchMatrix& matrix) {
  double sum = 0;
  for (const CalibrationTap& tap : taps) {
    const Vec2 miss = matrix.apply(tap.reported) - tap.target;
    sum += static_cast<double>(miss.x * miss.x + miss.y * miss.y);
  }
  return std::sqrt(sum / static_cast<double>(taps.size()));
}

Status refused(const std::string& why) {
  return {StatusCode::InvalidArgument, why};
}

}  // namespace

Vec2 TouchMatrix::apply(Vec2 reported) const {
  const auto x = static_cast<double>(reported.x);
  const auto y = static_cast<double>(reported.y);
  return {static_cast<float>(values[0] * x + values[1] * y + values[2]),
          static_cast<float>(values[3] * x + values[4] * y + values[5])};
}

Result<Calibration> fit_calibration(std::span<const CalibrationTap> taps) {
  if (taps.size() < 3) return refused("three targets at least have to be tapped");
  const Mean reported = mean_of(taps, reported_of);
  const Mean target = mean_of(taps, target_of);
  const Sums s = sums_of(taps, reported, target);
  const double span = span_of(s.xx, s.xy, s.yy);
  const double smallest = kSmallestSpan * kSmallestSpan;
  if (!(span > smallest) || !(span_of(s.target_xx, s.target_xy, s.target_yy) > smallest)) {
    return refused("the taps lie on one line or in one place: tap each target as it comes");
  }
  Calibration calibration;
  auto& [a, b, c, d, e, f] = calibration.matrix.values;
  a = (s.target_x_x * s.yy - s.target_x_y * s.xy) / span;
  b = (s.target_x_y * s.xx - s.target_x_x * s.xy) / span;
  d = (s.target_y_x * s.yy - s.target_y_y * s.xy) / span;
  e = (s.target_y_y * s.xx - s.target_y_x * s.xy) / span;
  c = target.x - a * reported.x - b * reported.y;
  f = target.y - d * reported.x - e * reported.y;
  calibration.error = error_of(taps, calibration.matrix);
  if (!(calibration.error <= kMaxCalibrationError) || !is_usable(calibration.matrix)) {
    return refused("the taps do not fit together: a target was missed, tap the middle of each");
  }
  return calibration;
}

bool is_usable(const TouchMatrix& matrix) {
  for (const double value : matrix.values) {
    if (!std::isfinite(value) || std::abs(value) > 10) return false;
  }
  const auto& [a, b, c, d, e, f] = matrix.values;
  return std::abs(a * e - b * d) > 0.01;
}

}  // namespace vitrine
