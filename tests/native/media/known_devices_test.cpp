// SPDX-License-Identifier: MIT
// Ids that stay while cameras of one kind come and go, and before udev knows them.
#include "native/media/known_devices.h"

#include "tests/native/media/pretended_machine.h"

using namespace vitrine;

namespace {

constexpr const char* kTwin = "usb-Twin-video-index0";

std::vector<std::string> ids(media::KnownDevices& devices) {
  std::vector<std::string> found;
  for (const auto& device : devices.look()) found.push_back(device.camera.id);
  return found;
}

// The node that is opened for an id; "": none.
std::string node_of(media::KnownDevices& devices, const std::string& id) {
  const auto device = devices.find(id);
  return device ? device->node.filename().string() : "";
}

}  // namespace

TEST_CASE("a camera keeps its id when its twin takes udev's name from it and goes again") {
  Machine machine;
  media::KnownDevices devices(machine.roots());
  machine.plug(0, "Twin", "1-1:1.0", kTwin);
  CHECK(ids(devices) == std::vector<std::string>{kTwin});
  machine.plug(2, "Twin", "1-3:1.0", kTwin);
  CHECK(ids(devices) == std::vector<std::string>{kTwin, "bus:1-3:1.0"});
  CHECK(node_of(devices, kTwin) == "video0");
  machine.unplug(0);
  CHECK(ids(devices) == std::vector<std::string>{"bus:1-3:1.0"});
  CHECK(node_of(devices, kTwin).empty());
  machine.plug(4, "Twin", "1-1:1.0", kTwin);
  CHECK(ids(devices) == std::vector<std::string>{"bus:1-3:1.0", kTwin});
  CHECK(node_of(devices, kTwin) == "video4");
}

TEST_CASE("a camera keeps the id that it had before udev named it") {
  Machine machine;
  media::KnownDevices devices(machine.roots());
  machine.plug(0, "Shop Cam", "1-2:1.0", "");
  CHECK(ids(devices) == std::vector<std::string>{"bus:1-2:1.0"});
  CHECK(node_of(devices, "usb-Shop_SN7").empty());
  machine.name_by_udev(0, "usb-Shop_SN7");
  CHECK(ids(devices) == std::vector<std::string>{"bus:1-2:1.0"});
  CHECK(node_of(devices, "usb-Shop_SN7") == "video0");
}

TEST_CASE("a camera that comes back keeps its id also before udev names it again") {
  Machine machine;
  media::KnownDevices devices(machine.roots());
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop_SN7");
  CHECK(ids(devices) == std::vector<std::string>{"usb-Shop_SN7"});
  machine.unplug(0);
  CHECK(ids(devices).empty());
  machine.plug(1, "Shop Cam", "1-2:1.0", "");
  CHECK(ids(devices) == std::vector<std::string>{"usb-Shop_SN7"});
}

TEST_CASE("an id that was noted by another run of the program opens the camera by its other name") {
  Machine machine;
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop_SN7");
  machine.plug(1, "Other", "1-4:1.0", "usb-Other");
  media::KnownDevices devices(machine.roots());
  CHECK(node_of(devices, "bus:1-2:1.0") == "video0");
  CHECK(node_of(devices, "usb-Shop_SN7") == "video0");
  CHECK(node_of(devices, "usb-Shop_SN8").empty());
}

TEST_CASE("a camera that udev names only after it was moved is the one that it was") {
  Machine machine;
  media::KnownDevices devices(machine.roots());
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop_SN7");
  CHECK(node_of(devices, "usb-Shop_SN7") == "video0");
  machine.unplug(0);
  machine.plug(1, "Shop Cam", "1-4:1.0", "");
  CHECK(ids(devices) == std::vector<std::string>{"bus:1-4:1.0"});
  machine.name_by_udev(1, "usb-Shop_SN7");
  CHECK(ids(devices) == std::vector<std::string>{"usb-Shop_SN7"});
  CHECK(node_of(devices, "usb-Shop_SN7") == "video1");
  CHECK(node_of(devices, "bus:1-4:1.0") == "video1");
}

TEST_CASE("of two that udev cannot tell apart a noted name opens neither") {
  Machine machine;
  machine.plug(0, "Twin", "1-1:1.0", kTwin);
  machine.plug(2, "Twin", "1-3:1.0", kTwin);
  media::KnownDevices devices(machine.roots());
  CHECK(node_of(devices, kTwin).empty());
  CHECK(node_of(devices, "bus:1-1:1.0") == "video0");
}

TEST_CASE("another camera in a camera's place does not get its id") {
  Machine machine;
  media::KnownDevices devices(machine.roots());
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop_SN7");
  CHECK(node_of(devices, "") == "video0");
  machine.unplug(0);
  machine.plug(0, "Shop Cam", "1-2:1.0", "usb-Shop_SN8");
  CHECK(node_of(devices, "usb-Shop_SN7").empty());
  machine.unplug(0);
  machine.plug(0, "Other", "1-2:1.0", "");
  CHECK(ids(devices) == std::vector<std::string>{"bus:1-2:1.0"});
  CHECK(node_of(devices, "usb-Shop_SN7").empty());
}

TEST_CASE("a camera that is moved to another port takes its id with it") {
  Machine machine;
  media::KnownDevices devices(machine.roots());
  machine.plug(0, "Twin", "1-1:1.0", kTwin);
  CHECK(ids(devices) == std::vector<std::string>{kTwin});
  machine.unplug(0);
  machine.plug(0, "Twin", "1-3:1.0", kTwin);
  CHECK(ids(devices) == std::vector<std::string>{kTwin});
  machine.plug(2, "Twin", "1-1:1.0", kTwin);
  CHECK(ids(devices) == std::vector<std::string>{kTwin, "bus:1-1:1.0"});
}

TEST_CASE("a camera that streams is found again after its twin was plugged in beside it") {
  Machine machine;
  machine.plug(0, "Twin", "1-1:1.0", kTwin);
  const auto camera = machine.camera();
  camera->refresh_devices();
  REQUIRE(camera->open({.stall_seconds = 0.3}).ok());
  {
    Lens lens(machine.node(0));
    REQUIRE(streams(*camera, lens));
    CHECK(camera->device_id() == kTwin);
    machine.plug(2, "Twin", "1-3:1.0", kTwin);
    REQUIRE(lists(*camera, 2));
    CHECK(camera->devices()[0].id == kTwin);
    machine.unplug(0);
  }
  REQUIRE(reaches(*camera, CameraState::Unplugged));
  machine.plug(4, "Twin", "1-1:1.0", kTwin);
  Lens lens(machine.node(4));
  CHECK(streams(*camera, lens));
  CHECK(camera->device_id() == kTwin);
}
