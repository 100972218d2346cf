// SPDX-License-Identifier: MIT
// The machine's cameras under ids that stay: udev's name of a camera comes later than the camera,
// and goes over to another one of its kind that is plugged in beside it. Used by one thread.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "native/media/video_devices.h"

namespace vitrine::media {

class KnownDevices {
 public:
  explicit KnownDevices(DeviceRoots roots) : roots_(std::move(roots)) {}

  // list_video_devices(), but a camera that was listed before keeps its id: the one with udev's
  // name, wherever it is plugged in now, and else the one of that model in the same place.
  std::vector<VideoDevice> look();

  // The camera with this id; "": the first there is. An id that was never listed may have been
  // noted when the camera was known by its other one: before udev's name, or beside its twin.
  std::optional<VideoDevice> find(const std::string& id);

 private:
  struct Known {
    VideoDevice device;            // as it was last
    std::vector<std::string> ids;  // the first is the one that is told
    bool is_here = true;
  };
  // What tells that a device is one that is known.
  using Sign = bool (*)(const VideoDevice& known, const VideoDevice& device);

  bool recognise(VideoDevice& device, Sign sign);
  void take_over(Known& known, VideoDevice& device);
  void learn(const VideoDevice& device);

  static const Sign kSigns[];
  const DeviceRoots roots_;
  std::list<Known> known_;  // also those that are gone; ids differ
};

}  // namespace vitrine::media
