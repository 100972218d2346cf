// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>

#include "engine/vision/tracker_checks_internal.h"

namespace vitrine {
namespace {

constexpr int kLeastModelSide = 16, kMostModelSide = 512;

Status out_of_range(const char* option, const char* range) {
  return {StatusCode::InvalidArgument,
          std::string("TrackerOptions.") + option + " must be " + range};
}

Status check_side(int side, const char* network) {
  if (side >= kLeastModelSide && side <= kMostModelSide) return {};
  return {StatusCode::InvalidArgument,
          std::string("the ") + network + " takes pictures of " + std::to_string(side) +
              " pixels a side; " + std::to_string(kLeastModelSide) + " to " +
              std::to_string(kMostModelSide) +
              " is possible. Use a file of weights that belongs to it"};
}

// 0: there is no such network.
Status check_part(const FaceModels& models, FacePart part, const char* network) {
  const int side = models.part_side(part);
  return side == 0 ? Status() : check_side(side, network);
}

}  // namespace

Status check(const TrackerOptions& options) {
  if (options.most_faces < 1 || options.most_faces > TrackerOptions::kMostFaces)
    return out_of_range("most_faces", "1 to 4");
  if (!(options.focal_length >= 0 && std::isfinite(options.focal_length)))
    return out_of_range("focal_length", "0 or more pixels");
  if (!(options.field_of_view >= 0.2f && options.field_of_view <= 2.6f))
    return out_of_range("field_of_view", "0.2 to 2.6 radians");
  if (!(options.newcomer_interval >= 0 && options.newcomer_interval <= 60))
    return out_of_range("newcomer_interval", "0 to 60 seconds");
  return {};
}

Status check(const FaceModels& models) {
  Status status = check_side(models.detector_side(), "detector");
  if (status.ok()) status = check_side(models.landmark_side(), "landmark network");
  if (status.ok()) status = check_part(models, FacePart::Lips, "network of lips");
  if (status.ok()) status = check_part(models, FacePart::Eye, "network of an eye");
  return status;
}

}  // namespace vitrine
