// SPDX-License-Identifier: MIT
// Cameras that come, go and fall silent, on a machine without any: folders stand for what the
// kernel and udev lay out, pipes with .y4m in them for the cameras' nodes.
#include "native/media/device_camera.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "native/media/av_handles.h"
#include "tests/native/media/films.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

class Machine {
 public:
  Machine() {
    for (const fs::path& place : {roots().nodes, roots().links, roots().classes, ports()}) {
      fs::create_directories(place);
    }
  }
  media::DeviceRoots roots() const {
    return {folder_.path() / "dev", folder_.path() / "by-id", folder_.path() / "class"};
  }
  // `udev_name` "": udev has none for it.
  void plug(int number, const std::string& name, const std::string& port,
            const std::string& udev_name, const std::string& index = "0") {
    const std::string node = "video" + std::to_string(number);
    fs::create_directories(ports() / port);
    REQUIRE(::mkfifo((roots().nodes / node).c_str(), 0600) == 0);
    if (!udev_name.empty()) {
      fs::remove(roots().links / udev_name);
      fs::create_symlink(roots().nodes / node, roots().links / udev_name);
    }
    const fs::path entry = roots().classes / node;
    fs::create_directories(entry);
    write_file(entry / "name", name + "\n");
    write_file(entry / "index", index + "\n");
    fs::create_symlink(ports() / port, entry / "device");
  }
  void unplug(int number) {
    const std::string node = "video" + std::to_string(number);
    for (const auto& link : fs::directory_iterator(roots().links)) {
      if (fs::read_symlink(link) == roots().nodes / node) fs::remove(link);
    }
    fs::remove_all(roots().classes / node);
    fs::remove(roots().nodes / node);
  }
  fs::path node(int number) const { return roots().nodes / ("video" + std::to_string(number)); }
  std::unique_ptr<media::MediaCamera> camera() const {
    using std::chrono::milliseconds;
    return media::make_device_camera(
        {roots(), media::NodeKind::Film, milliseconds(5), milliseconds(40), milliseconds(10)});
  }

 private:
  fs::path ports() const { return folder_.path() / "ports"; }
  TemporaryFolder folder_;
};

// What films into a node, at the test's word.
class Lens {
 public:
  explicit Lens(const fs::path& node) : pipe_(::open(node.c_str(), O_RDWR | O_NONBLOCK)) {
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
std::optional<double> streams(media::MediaCamera& camera, Lens& lens) {
  for (int tries = 0; tries < 600; ++tries) {
    lens.begin();
    for (int looks = 0; looks < 10; ++looks) {
      camera.poll();
      const CameraFrame* frame = camera.newest_frame();
      if (frame && camera.state() == CameraState::Streaming) return frame->time_s;
      camera.wait_for_news(std::chrono::milliseconds(10));
    }
  }
  UNSCOPED_INFO(camera_state_name(camera.state()) << ": " << camera.problem().to_string());
  return std::nullopt;
}

std::vector<std::string> ids(const Machine& machine) {
  std::vector<std::string> found;
  for (const auto& device : media::list_video_devices(machine.roots())) {
    found.push_back(device.camera.id);
  }
  return found;
}

}  // namespace

TEST_CASE("cameras are listed with udev's names, without nodes that give no pictures") {
  Machine machine;
  machine.plug(2, "Shop Cam", "1-2:1.0", "usb-Shop_Cam_SN7-video-index0");
  machine.plug(3, "Shop Cam", "1-2:1.0", "", "1");
  machine.plug(10, "Till Cam", "1-4:1.0", "");
  write_file(machine.roots().nodes / "null", "");
  fs::create_directories(machine.roots().classes / "v4l-subdev0");
  const auto devices = media::list_video_devices(machine.roots());
  REQUIRE(devices.size() == 2);
  CHECK(devices[0].camera.id == "usb-Shop_Cam_SN7-video-index0");
  CHECK(devices[0].camera.name == "Shop Cam");
  CHECK(devices[1].camera.id == "bus:1-4:1.0");
}

TEST_CASE("two cameras that udev cannot tell apart are known by where they are plugged in") {
  Machine machine;
  machine.plug(0, "Twin", "1-1:1.0", "usb-Twin-video-index0");
  machine.plug(2, "Twin", "1-3:1.0", "usb-Twin-video-index0");
  CHECK(ids(machine) == std::vector<std::string>{"bus:1-1:1.0", "bus:1-3:1.0"});
}

TEST_CASE("a camera keeps its id when its node's number changes") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop_Cam_SN7-video-index0");
  const auto before = ids(machine);
  machine.unplug(0);
  machine.plug(4, "Other", "1-1:1.0", "usb-Other-video-index0");
  machine.plug(5, "Shop Cam", "1-2:1.0", "usb-Shop_Cam_SN7-video-index0");
  const auto after = ids(machine);
  REQUIRE(after.size() == 2);
  CHECK(after[1] == before[0]);
}

TEST_CASE("a machine without cameras has none, and its missing folders are no error") {
  CHECK(media::list_video_devices({"/nowhere", "/nowhere", "/nowhere"}).empty());
}

TEST_CASE("without a camera it is said so, and one that is plugged in is taken") {
  Machine machine;
  const auto camera = machine.camera();
  REQUIRE(camera->open({}).ok());
  REQUIRE(reaches(*camera, CameraState::Unplugged));
  CHECK(camera->problem().code() == StatusCode::NotFound);
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  Lens lens(machine.node(0));
  CHECK(streams(*camera, lens));
  CHECK(camera->device_id() == "usb-Shop");
}

TEST_CASE("an unplugged camera is missed and resumes alone under another number") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  machine.plug(1, "Other", "1-3:1.0", "usb-Other");
  const auto camera = machine.camera();
  REQUIRE(camera->open({.device_id = "usb-Shop", .stall_s = 0.3}).ok());
  std::optional<double> before;
  {
    Lens lens(machine.node(0));
    before = streams(*camera, lens);
    REQUIRE(before);
    machine.unplug(0);
  }
  REQUIRE(reaches(*camera, CameraState::Unplugged));
  CHECK(camera->newest_frame() == nullptr);
  CHECK(camera->problem().message().find("usb-Shop") != std::string::npos);
  machine.plug(7, "Shop Cam", "1-2:1.0", "usb-Shop");
  Lens lens(machine.node(7));
  const std::optional<double> after = streams(*camera, lens);
  REQUIRE(after);
  CHECK(*after > *before);
  CHECK(camera->device_id() == "usb-Shop");
  CHECK(camera->statistics().reopened >= 1);
}

TEST_CASE("a camera that falls silent is stalled, opened again and streams") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  Lens lens(machine.node(0));
  const auto camera = machine.camera();
  REQUIRE(camera->open({.stall_s = 0.2}).ok());
  REQUIRE(streams(*camera, lens));
  const uint32_t before = camera->statistics().reopened;  // it may be open again once it is stalled
  REQUIRE(reaches(*camera, CameraState::Stalled));
  CHECK(camera->problem().code() == StatusCode::Unavailable);
  CHECK(streams(*camera, lens));
  CHECK(camera->statistics().reopened > before);
}

TEST_CASE("a camera that delivers rubbish fails, and recovers when it delivers pictures") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  fs::remove(machine.node(0));
  write_file(machine.node(0), "no picture at all, " + std::string(5000, 'x'));
  const auto camera = machine.camera();
  REQUIRE(camera->open({.stall_s = 0.5}).ok());
  REQUIRE(reaches(*camera, CameraState::Failed));
  CHECK(camera->problem().code() == StatusCode::InvalidArgument);
  write_file(machine.node(0), y4m_film(40));
  CHECK(reaches(*camera, CameraState::Streaming));
}

TEST_CASE("a camera that this user may not use is denied until it is opened again") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  fs::permissions(machine.node(0), fs::perms::none);
  fs::permissions(machine.roots().nodes.parent_path(), fs::perms::all);
  constexpr uid_t kNobody = 65534;
  const bool root = ::geteuid() == 0;
  if (root) REQUIRE(::seteuid(kNobody) == 0);
  const auto camera = machine.camera();
  REQUIRE(camera->open({}).ok());
  const bool denied = reaches(*camera, CameraState::Denied);
  if (root) REQUIRE(::seteuid(0) == 0);
  CHECK(denied);
  CHECK(camera->problem().code() == StatusCode::PermissionDenied);
}

TEST_CASE("a camera that another program holds is unavailable, not broken") {
  CHECK(media::av_problem("/dev/video0", AVERROR(EBUSY)).code() == StatusCode::Unavailable);
  CHECK(media::av_problem("/dev/video0", AVERROR(ENODEV)).code() == StatusCode::NotFound);
  CHECK(media::av_problem("/dev/video0", AVERROR(EACCES)).code() == StatusCode::PermissionDenied);
}

TEST_CASE("the list of cameras follows what is plugged and unplugged") {
  Machine machine;
  const auto camera = machine.camera();
  camera->refresh_devices();
  const auto shows = [&camera](size_t count) {
    for (int i = 0; i < 3000; ++i) {
      camera->poll();
      if (camera->devices().size() == count) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  };
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  CHECK(shows(1));
  machine.plug(1, "Other", "1-3:1.0", "usb-Other");
  CHECK(shows(2));
  machine.unplug(0);
  REQUIRE(shows(1));
  CHECK(camera->devices()[0].id == "usb-Other");
}

TEST_CASE("closing a camera that hangs does not wait for it") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  Lens silent(machine.node(0));
  const auto camera = machine.camera();
  REQUIRE(camera->open({.stall_s = 60}).ok());
  camera->poll();
  camera->close();
  CHECK(camera->state() == CameraState::Closed);
  // The destructor waits for the thread: for ever, if the thread waited for the camera.
}
