// SPDX-License-Identifier: MIT
// The machine's cameras under ids that stay: udev's name of a camera comes later than the camera,
// and goes over to another one of its kind that is plugged in beside it. Used by one thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "native/media/video_devices.h"

namespace vitrine::media {

class KnownDevices {
 public:
  explicit KnownDevices(DeviceRoots roots) : roots_(std::move(roots)) {}

  // list_video_devices(), but a camera that was listed before in the same place keeps its id.
  std::vector<VideoDevice> look();

  // The camera with this id; "": the first there is. An id that was never listed may have been
  // noted when the camera was known by its other one: before it had a twin or udev's name.
  std::optional<VideoDevice> find(const std::string& id);

 private:
  void keep_id(VideoDevice& device) const;
  void remember(const VideoDevice& device);

  const DeviceRoots roots_;
  std::map<std::string, VideoDevice> by_place_;  // as they were listed last
  std::set<std::string> listed_;                 // every id that was
};

}  // namespace vitrine::media
