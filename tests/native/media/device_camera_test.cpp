// SPDX-License-Identifier: MIT
// Cameras that come, go and fall silent, on a machine without any.
#include "native/media/device_camera.h"

#include <unistd.h>

#include <thread>

#include "native/media/av_handles.h"
#include "tests/native/media/pretended_machine.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

// Root may open everything: while this lives, the program is a user who may not.
class NobodyInParticular {
 public:
  NobodyInParticular() {
    if (is_root_) REQUIRE(::seteuid(65534) == 0);
  }
  ~NobodyInParticular() {
    if (is_root_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  const bool is_root_ = ::geteuid() == 0;
};

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

TEST_CASE("cameras of one kind that have serial numbers keep udev's names side by side") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-1:1.0", "usb-Shop_Cam_SN7-video-index0");
  machine.plug(2, "Shop Cam", "1-3:1.0", "usb-Shop_Cam_SN8-video-index0");
  CHECK(ids(machine) ==
        std::vector<std::string>{"usb-Shop_Cam_SN7-video-index0", "usb-Shop_Cam_SN8-video-index0"});
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
  REQUIRE(camera->open({.device_id = "usb-Shop", .stall_seconds = 0.3}).ok());
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
  REQUIRE(camera->open({.stall_seconds = 0.2}).ok());
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
  REQUIRE(camera->open({.stall_seconds = 0.5}).ok());
  REQUIRE(reaches(*camera, CameraState::Failed));
  CHECK(camera->problem().code() == StatusCode::InvalidArgument);
  write_file(machine.node(0), y4m_film(40));
  CHECK(reaches(*camera, CameraState::Streaming));
}

TEST_CASE("a camera that this user may not use is denied until it is opened again") {
  const NobodyInParticular nobody;
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop", "0", 0);
  const auto camera = machine.camera();
  REQUIRE(camera->open({}).ok());
  CHECK(reaches(*camera, CameraState::Denied));
  CHECK(camera->problem().code() == StatusCode::PermissionDenied);
}

TEST_CASE("a new camera that udev allows only a moment later is not denied") {
  const NobodyInParticular nobody;
  Machine machine;
  const auto camera = machine.camera(std::chrono::minutes(5));
  REQUIRE(camera->open({.stall_seconds = 0.5}).ok());
  REQUIRE(reaches(*camera, CameraState::Unplugged));
  machine.plug(0, "Shop Cam", "1-2:1.0", "", "0", 0);
  REQUIRE(reaches(*camera, CameraState::Starting));
  // Time for many tries; fewer on a slow machine prove less, not the contrary.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  camera->poll();
  CHECK(camera->state() == CameraState::Starting);
  fs::permissions(machine.node(0), fs::perms::owner_all);
  Lens lens(machine.node(0));
  CHECK(streams(*camera, lens));
  CHECK(camera->statistics().reopened == 0);
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
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  CHECK(lists(*camera, 1));
  machine.plug(1, "Other", "1-3:1.0", "usb-Other");
  CHECK(lists(*camera, 2));
  machine.unplug(0);
  REQUIRE(lists(*camera, 1));
  CHECK(camera->devices()[0].id == "usb-Other");
}

TEST_CASE("closing a camera that hangs does not wait for it") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop");
  Lens silent(machine.node(0));
  const auto camera = machine.camera();
  REQUIRE(camera->open({.stall_seconds = 60}).ok());
  camera->poll();
  camera->close();
  CHECK(camera->state() == CameraState::Closed);
  // The destructor waits for the thread: for ever, if the thread waited for the camera.
}
