// SPDX-License-Identifier: MIT
#include "native/media/known_devices.h"

#include <utility>

namespace vitrine::media {

// Without a name from udev it is what was in its place before: its name is not there yet, or is its
// twin's now.
void KnownDevices::keep_id(VideoDevice& device) const {
  const auto known = by_place_.find(device.place_id);
  if (known == by_place_.end() || known->second.camera.name != device.camera.name) return;
  const std::string& name = known->second.udev_name;
  const bool is_other = !name.empty() && !device.udev_name.empty() && name != device.udev_name;
  if (is_other) return;
  device.camera.id = known->second.camera.id;
  if (device.udev_name.empty()) device.udev_name = name;
}

void KnownDevices::remember(const VideoDevice& device) {
  // One that was moved to another port takes its id with it.
  std::erase_if(by_place_, [&device](const auto& known) {
    return known.second.camera.id == device.camera.id;
  });
  by_place_[device.place_id] = device;
  listed_.insert(device.camera.id);
}

std::vector<VideoDevice> KnownDevices::look() {
  std::vector<VideoDevice> devices = list_video_devices(roots_);
  for (VideoDevice& device : devices) keep_id(device);
  for (const VideoDevice& device : devices) remember(device);
  return devices;
}

std::optional<VideoDevice> KnownDevices::find(const std::string& id) {
  std::vector<VideoDevice> devices = look();
  for (VideoDevice& device : devices) {
    if (id.empty() || device.camera.id == id) return std::move(device);
  }
  if (listed_.contains(id)) return std::nullopt;
  for (VideoDevice& device : devices) {
    if (device.place_id == id || device.udev_name == id) return std::move(device);
  }
  return std::nullopt;
}

}  // namespace vitrine::media
