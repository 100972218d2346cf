// SPDX-License-Identifier: MIT
// Which cameras the machine has, read from what the kernel and udev lay out as files.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/platform/camera_source.h"

namespace vitrine::media {

// Where to look; other places in tests.
struct DeviceRoots {
  std::filesystem::path nodes = "/dev";
  std::filesystem::path links = "/dev/v4l/by-id";  // NAME -> ../../videoN; there may be none
  std::filesystem::path classes = "/sys/class/video4linux";  // videoN/{name,index,device}
};

struct VideoDevice {
  CameraDevice camera;
  std::filesystem::path node;
  std::string udev_name;  // with its serial number, if it has one; "": none, or none yet
  std::string place_id;   // "bus:" and what it is plugged into
};

// Cameras in the order of their nodes. The id is udev's name where it belongs to this one alone;
// else the place, as for two cameras that udev cannot tell apart. Nodes that give no pictures are
// left out.
std::vector<VideoDevice> list_video_devices(const DeviceRoots& roots);

}  // namespace vitrine::media
