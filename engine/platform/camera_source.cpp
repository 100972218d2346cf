// SPDX-License-Identifier: MIT
#include "engine/platform/camera_source.h"

namespace vitrine {

std::string_view camera_state_name(CameraState state) {
  switch (state) {
    case CameraState::Asking:
      return "asking";
    case CameraState::Starting:
      return "starting";
    case CameraState::Streaming:
      return "streaming";
    case CameraState::Stalled:
      return "stalled";
    case CameraState::Denied:
      return "denied";
    case CameraState::Unplugged:
      return "unplugged";
    case CameraState::Failed:
      return "failed";
    case CameraState::Ended:
      return "ended";
    case CameraState::Closed:
      break;
  }
  return "closed";
}

Status check_camera_request(const CameraRequest& request) {
  const auto side_ok = [](int side) { return side >= 1 && side <= CameraSource::kMostSide; };
  if (!side_ok(request.width) || !side_ok(request.height)) {
    return {StatusCode::InvalidArgument, "camera: width and height must be 1..4096 pixels (got " +
                                             std::to_string(request.width) + " x " +
                                             std::to_string(request.height) + ")"};
  }
  // Written so that NaN is refused too.
  if (!(request.frames_per_second >= 1 && request.frames_per_second <= 240)) {
    return {StatusCode::InvalidArgument, "camera: frames_per_second must be 1..240"};
  }
  if (!(request.stall_seconds >= 0.05 && request.stall_seconds <= 60)) {
    return {StatusCode::InvalidArgument, "camera: stall_seconds must be 0.05..60 seconds"};
  }
  return {};
}

}  // namespace vitrine
