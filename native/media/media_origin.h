// SPDX-License-Identifier: MIT
// Where a MediaCamera's pictures come from: a film or the machine's cameras.
#pragma once

#include <vector>

#include "native/media/camera_run.h"

namespace vitrine::media {

// Everything is called on the MediaCamera's own thread.
class MediaOrigin {
 public:
  virtual ~MediaOrigin() = default;

  // What is there now, in a steady order.
  virtual std::vector<CameraDevice> list() = 0;

  // Opens, decodes and delivers until run.go_on() is false or nothing more can come; the last state
  // shown stays.
  virtual void run(CameraRun& run) = 0;
};

}  // namespace vitrine::media
