// SPDX-License-Identifier: MIT
// The machine's own cameras by Video4Linux: found again after they were unplugged, opened again
// when they stop to deliver.
#pragma once

#include <memory>

#include "native/media/media_camera.h"
#include "native/media/video_devices.h"

namespace vitrine::media {

enum class NodeKind {
  Video4Linux,
  Film,  // nodes are pipes or files with .y4m in them: tests, where there is no camera
};

struct DeviceOptions {
  DeviceRoots roots;
  NodeKind kind = NodeKind::Video4Linux;
  // Waits before it is opened again double between these.
  std::chrono::milliseconds first_wait{250};
  std::chrono::milliseconds longest_wait{4000};
  // Between two looks whether an unplugged camera is back.
  std::chrono::milliseconds look_again{500};
  // So long one that may not be used is tried again before it is said to be denied: udev gives a
  // new node to its group a moment after the kernel has made it.
  std::chrono::milliseconds denied_patience{3000};
};

// Device "" is the first there is, and stays that one until close().
std::unique_ptr<MediaCamera> make_device_camera(DeviceOptions options = {});

}  // namespace vitrine::media
