// SPDX-License-Identifier: MIT
#include "native/media/video_devices.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <map>
#include <set>

namespace vitrine::media {
namespace {

namespace fs = std::filesystem;
constexpr size_t kMostBytes = 256;  // of a name

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  if (line.size() > kMostBytes) line.resize(kMostBytes);
  return line;
}

// N of "videoN"; -1: another name.
int node_number(const std::string& name) {
  constexpr std::string_view kPrefix = "video";
  if (name.rfind(kPrefix, 0) != 0) return -1;
  int number = -1;
  const char* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + kPrefix.size(), end, number);
  return read.ec == std::errc() && read.ptr == end && number >= 0 ? number : -1;
}

// Codecs and the like have such nodes too. Who may not be asked counts as a camera: opening it will
// say what is wrong.
bool captures(const fs::path& node) {
  const int file = ::open(node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return true;
  struct v4l2_capability can = {};
  const bool asked = ::ioctl(file, VIDIOC_QUERYCAP, &can) == 0;
  ::close(file);
  const uint32_t caps =
      (can.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? can.device_caps : can.capabilities;
  return !asked || (caps & V4L2_CAP_VIDEO_CAPTURE) != 0;
}

// udev's names by node.
std::map<fs::path, std::string> names_by_node(const fs::path& links) {
  std::map<fs::path, std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(links, error), end; !error && it != end; it.increment(error)) {
    std::error_code broken;
    const fs::path node = fs::canonical(it->path(), broken);
    const std::string name = it->path().filename().string();
    if (broken || name.size() > kMostBytes) continue;
    std::string& kept = names[node];
    if (kept.empty() || name < kept) kept = name;
  }
  return names;
}

std::string place_of(const fs::path& entry, const std::string& node_name) {
  std::error_code error;
  const fs::path place = fs::canonical(entry / "device", error);
  return "bus:" + (error ? node_name : place.filename().string());
}

void give_ids(std::vector<VideoDevice>& devices) {
  // Of two of a kind without serial numbers, udev's name belongs to whichever came last, and the
  // other has none.
  std::set<std::string> doubtful;
  for (const VideoDevice& device : devices) {
    if (device.udev_name.empty()) doubtful.insert(device.camera.name);
  }
  for (VideoDevice& device : devices) {
    const bool is_clear = !doubtful.contains(device.camera.name);
    device.camera.id = is_clear ? device.udev_name : device.place_id;
  }
  for (VideoDevice& device : devices) {
    if (device.camera.name.empty()) device.camera.name = device.node.filename().string();
  }
}

}  // namespace

std::vector<VideoDevice> list_video_devices(const DeviceRoots& roots) {
  std::map<int, fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator it(roots.classes, error), end; !error && it != end;
       it.increment(error)) {
    const int number = node_number(it->path().filename().string());
    if (number >= 0) entries[number] = it->path();
  }
  const auto udev = names_by_node(roots.links);
  std::vector<VideoDevice> devices;
  for (const auto& [number, entry] : entries) {
    const std::string index = first_line(entry / "index");
    const fs::path node = roots.nodes / entry.filename();
    std::error_code gone;
    // The same camera's further nodes carry what is no picture.
    if ((!index.empty() && index != "0") || !fs::exists(node, gone) || !captures(node)) continue;
    const auto named = udev.find(fs::canonical(node, gone));
    const std::string node_name = entry.filename().string();
    devices.push_back({{"", first_line(entry / "name")},
                       node,
                       named != udev.end() ? named->second : "",
                       place_of(entry, node_name)});
  }
  give_ids(devices);
  return devices;
}

}  // namespace vitrine::media
