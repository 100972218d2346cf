// SPDX-License-Identifier: MIT
// What every camera refuses alike, and that the fake keeps the contract it stands in for.
#include "engine/platform/camera_source.h"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/fakes/fake_camera.h"

using namespace vitrine;
using fakes::FakeCamera;

TEST_CASE("a request for a picture that cannot be is refused with its limit") {
  CameraRequest request;
  REQUIRE(check_camera_request(request).ok());
  request.width = 4097;
  CHECK(check_camera_request(request).code() == StatusCode::InvalidArgument);
  CHECK(check_camera_request(request).message().find("1..4096") != std::string::npos);
  request = {};
  request.height = 0;
  CHECK_FALSE(check_camera_request(request).ok());
  request = {};
  request.frames_per_second = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(check_camera_request(request).ok());
  request = {};
  request.stall_seconds = std::numeric_limits<double>::infinity();
  CHECK_FALSE(check_camera_request(request).ok());
}

TEST_CASE("a refused request leaves an open camera as it is") {
  FakeCamera camera;
  REQUIRE(camera.open({}).ok());
  camera.feed(4, 2, 7, 1.0);
  camera.poll();
  CHECK_FALSE(camera.open({.width = -1}).ok());
  CHECK(camera.state() == CameraState::Streaming);
  CHECK(camera.newest_frame() != nullptr);
}

TEST_CASE("every state of a camera has its own name") {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(CameraState::Ended); ++i) {
    names.push_back(camera_state_name(static_cast<CameraState>(i)));
  }
  for (size_t i = 0; i < names.size(); ++i) {
    for (size_t j = 0; j < i; ++j) CHECK(names[i] != names[j]);
  }
}

TEST_CASE("a picture is lent once and the newest replaces one that nobody took") {
  FakeCamera camera;
  REQUIRE(camera.open({.format = PixelFormat::Rgb8}).ok());
  CHECK(camera.newest_frame() == nullptr);
  camera.feed(4, 2, 7, 1.0);
  camera.feed(4, 2, 8, 1.1);
  CHECK(camera.newest_frame() == nullptr);
  camera.poll();
  const CameraFrame* frame = camera.newest_frame();
  REQUIRE(frame != nullptr);
  CHECK(frame->pixels[23] == 8);
  CHECK(frame->stride_bytes == 12);
  CHECK(frame->number == 2);
  CHECK(camera.newest_frame() == nullptr);
  CHECK(camera.statistics().replaced == 1);
}

TEST_CASE("a picture that nobody took is not lent after a later poll") {
  FakeCamera camera;
  REQUIRE(camera.open({}).ok());
  camera.feed(4, 2, 7, 1.0);
  camera.poll();
  camera.poll();
  CHECK(camera.newest_frame() == nullptr);
}

TEST_CASE("nothing can be seen before a person allowed it nor after close") {
  FakeCamera camera;
  camera.ask_first = true;
  REQUIRE(camera.open({}).ok());
  camera.feed(4, 2, 7, 1.0);
  camera.poll();
  CHECK(camera.state() == CameraState::Asking);
  CHECK(camera.newest_frame() == nullptr);
  camera.become(CameraState::Starting);
  camera.feed(4, 2, 7, 2.0);
  camera.poll();
  camera.close();
  CHECK(camera.newest_frame() == nullptr);
  CHECK(camera.state() == CameraState::Closed);
  CHECK(camera.closes == 1);
}

TEST_CASE("a fake camera fails, is refused, pulled and put back as told") {
  FakeCamera camera;
  camera.plugged = {{"usb-1", "One"}, {"usb-2", "Two"}};
  camera.refresh_devices();
  CHECK(camera.devices().empty());
  camera.poll();
  REQUIRE(camera.devices().size() == 2);

  camera.fail_opening = {StatusCode::PermissionDenied, "not allowed"};
  REQUIRE(camera.open({.device_id = "usb-2"}).ok());
  camera.poll();
  CHECK(camera.state() == CameraState::Denied);
  CHECK(camera.problem().code() == StatusCode::PermissionDenied);

  camera.fail_opening = {};
  REQUIRE(camera.open({.device_id = "usb-2"}).ok());
  camera.feed(4, 2, 7, 1.0);
  camera.unplug("usb-2");
  camera.poll();
  CHECK(camera.state() == CameraState::Unplugged);
  CHECK(camera.newest_frame() == nullptr);
  CHECK(camera.devices().size() == 1);
  camera.plug({"usb-2", "Two"});
  camera.feed(4, 2, 9, 3.0);
  camera.poll();
  CHECK(camera.state() == CameraState::Streaming);
  CHECK(camera.newest_frame() != nullptr);
}
