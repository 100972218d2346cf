// SPDX-License-Identifier: MIT
// A machine with cameras where there are none: folders stand for what the kernel and udev lay out,
// pipes with .y4m in them for the cameras' nodes.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "native/media/device_camera.h"
#include "tests/native/media/films.h"
#include "tests/native/temporary_folder.h"

namespace vitrine {

class Machine {
 public:
  Machine() {
    for (const std::filesystem::path& place :
         {roots().nodes, roots().links, roots().classes, ports()}) {
      std::filesystem::create_directories(place);
    }
  }
  media::DeviceRoots roots() const {
    return {folder_.path() / "dev", folder_.path() / "by-id", folder_.path() / "class"};
  }
  // `udev_name` "": udev has none for it. One that another has, too, is this one's from now on.
  void plug(int number, const std::string& name, const std::string& port,
            const std::string& udev_name, const std::string& index = "0", mode_t mode = 0600) {
    const std::string node = "video" + std::to_string(number);
    std::filesystem::create_directories(ports() / port);
    REQUIRE(::mkfifo((roots().nodes / node).c_str(), mode) == 0);
    if (!udev_name.empty()) name_by_udev(number, udev_name);
    const std::filesystem::path entry = roots().classes / node;
    std::filesystem::create_directories(entry);
    write_file(entry / "name", name + "\n");
    write_file(entry / "index", index + "\n");
    std::filesystem::create_symlink(ports() / port, entry / "device");
  }
  void name_by_udev(int number, const std::string& udev_name) {
    std::filesystem::remove(roots().links / udev_name);
    std::filesystem::create_symlink(node(number), roots().links / udev_name);
  }
  void unplug(int number) {
    const std::string node = "video" + std::to_string(number);
    for (const auto& link : std::filesystem::directory_iterator(roots().links)) {
      if (std::filesystem::read_symlink(link) == roots().nodes / node)
        std::filesystem::remove(link);
    }
    std::filesystem::remove_all(roots().classes / node);
    std::filesystem::remove(roots().nodes / node);
  }
  std::filesystem::path node(int number) const {
    return roots().nodes / ("video" + std::to_string(number));
  }
  std::unique_ptr<media::MediaCamera> camera(
      std::chrono::milliseconds denied_patience = std::chrono::milliseconds(50)) const {
    using std::chrono::milliseconds;
    return media::make_device_camera({roots(), media::NodeKind::Film, milliseconds(5),
                                      milliseconds(40), milliseconds(10), denied_patience});
  }

 private:
  std::filesystem::path ports() const { return folder_.path() / "ports"; }
  TemporaryFolder folder_;
};

// What films into a node, at the test's word.
class Lens {
 public:
  explicit Lens(const std::filesystem::path& node)
      : pipe_(::open(node.c_str(), O_RDWR | O_NONBLOCK)) {
    REQUIRE(pipe_ >= 0);
  }
  ~Lens() { ::close(pipe_); }
  Lens(const Lens&) = delete;
  Lens& operator=(const Lens&) = delete;
  // A film from its head on, as a camera that was opened anew gives it; what nobody read is lost.
  void begin() {
    char rest[4096];
    while (::read(pipe_, rest, sizeof(rest)) > 0) {
    }
    send(y4m_film(40));
  }

 private:
  void send(const std::string& bytes) {
    REQUIRE(::write(pipe_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  const int pipe_;
};

// Films until the camera streams; the time of the picture that came.
inline std::optional<double> streams(media::MediaCamera& camera, Lens& lens) {
  for (int tries = 0; tries < 600; ++tries) {
    lens.begin();
    for (int looks = 0; looks < 10; ++looks) {
      camera.poll();
      const CameraFrame* frame = camera.newest_frame();
      if (frame && camera.state() == CameraState::Streaming) return frame->time_seconds;
      camera.wait_for_news(std::chrono::milliseconds(10));
    }
  }
  UNSCOPED_INFO(camera_state_name(camera.state()) << ": " << camera.problem().to_string());
  return std::nullopt;
}

// Polls until so many cameras are listed, a minute at most.
inline bool lists(media::MediaCamera& camera, size_t count) {
  for (int i = 0; i < 3000; ++i) {
    camera.poll();
    if (camera.devices().size() == count) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

}  // namespace vitrine
