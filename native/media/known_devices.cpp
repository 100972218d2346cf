// SPDX-License-Identifier: MIT
#include "native/media/known_devices.h"

#include <algorithm>

namespace vitrine::media {
namespace {

bool is_in_place(const VideoDevice& known, const VideoDevice& device) {
  return known.place_id == device.place_id && known.camera.name == device.camera.name;
}

bool is_named_alike(const VideoDevice& known, const VideoDevice& device) {
  return !device.udev_name.empty() && known.udev_name == device.udev_name;
}

bool is_unnamed_in_place(const VideoDevice& known, const VideoDevice& device) {
  return is_in_place(known, device) && known.udev_name.empty();
}

// Another of its model has no name, so this one's may have been that one's.
bool has_nameless_twin(const std::vector<VideoDevice>& devices, const VideoDevice& device) {
  return std::any_of(devices.begin(), devices.end(), [&device](const VideoDevice& other) {
    return other.camera.name == device.camera.name && other.udev_name.empty();
  });
}

}  // namespace

// The surest first.
constexpr KnownDevices::Sign KnownDevices::kSigns[] = {
    [](const VideoDevice& known, const VideoDevice& device) {
      return is_in_place(known, device) && is_named_alike(known, device);
    },
    // Its name is not there yet, or is its twin's now.
    [](const VideoDevice& known, const VideoDevice& device) {
      return is_in_place(known, device) && device.udev_name.empty();
    },
    is_named_alike,
    is_unnamed_in_place,
};

bool KnownDevices::recognise(VideoDevice& device, Sign sign) {
  for (Known& known : known_) {
    if (known.is_here || !sign(known.device, device)) continue;
    take_over(known, device);
    return true;
  }
  return false;
}

void KnownDevices::take_over(Known& known, VideoDevice& device) {
  known.is_here = true;
  device.camera.id = known.ids.front();
  if (device.udev_name.empty()) device.udev_name = known.device.udev_name;
  known.device = device;
  // What it was taken for here before udev named it was it, too.
  std::erase_if(known_, [&known, &device](const Known& other) {
    const bool is_it = !other.is_here && is_unnamed_in_place(other.device, device);
    if (is_it) known.ids.insert(known.ids.end(), other.ids.begin(), other.ids.end());
    return is_it;
  });
}

void KnownDevices::learn(const VideoDevice& device) {
  for (Known& known : known_) std::erase(known.ids, device.camera.id);
  std::erase_if(known_, [](const Known& known) { return known.ids.empty(); });
  known_.push_back({device, {device.camera.id}});
}

std::vector<VideoDevice> KnownDevices::look() {
  std::vector<VideoDevice> devices = list_video_devices(roots_);
  std::vector<VideoDevice*> left;
  for (VideoDevice& device : devices) left.push_back(&device);
  for (Known& known : known_) known.is_here = false;
  for (const Sign sign : kSigns) {
    std::erase_if(left, [this, sign](VideoDevice* device) { return recognise(*device, sign); });
  }
  for (const VideoDevice* device : left) learn(*device);
  return devices;
}

std::optional<VideoDevice> KnownDevices::find(const std::string& id) {
  std::vector<VideoDevice> devices = look();
  if (id.empty()) return devices.empty() ? std::nullopt : std::optional(devices.front());
  for (const Known& known : known_) {
    if (std::find(known.ids.begin(), known.ids.end(), id) == known.ids.end()) continue;
    return known.is_here ? std::optional(known.device) : std::nullopt;
  }
  for (VideoDevice& device : devices) {
    const bool is_named_so = device.udev_name == id && !has_nameless_twin(devices, device);
    if (is_named_so || device.place_id == id) return std::move(device);
  }
  return std::nullopt;
}

}  // namespace vitrine::media
