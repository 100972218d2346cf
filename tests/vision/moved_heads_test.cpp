// SPDX-License-Identifier: MIT
// Heads of the clips, moved about on a plain picture: where they are and who is who is known.
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/vision/face_measures.h"
#include "tests/native/media/films.h"
#include "tests/vision/shipped_tracker.h"

using namespace vitrine;

namespace {

// Of a clip's pictures, the part with the head.
constexpr int kLeft = 95, kTop = 30, kWidth = 130, kHeight = 180;
using Head = std::vector<uint8_t>;  // luma

std::vector<Head> heads_of(const std::string& clip) {
  const auto camera = once("tests/vision/clips/" + clip + ".mjpeg");
  CameraRequest request;
  request.format = PixelFormat::Luma8;
  REQUIRE(camera->open(request).ok());
  std::vector<Head> heads;
  while (const CameraFrame* frame = next_picture(*camera)) {
    Head& head = heads.emplace_back();
    for (int y = 0; y < kHeight; ++y) {
      const uint8_t* const row = frame->pixels + (kTop + y) * frame->stride_bytes + kLeft;
      head.insert(head.end(), row, row + kWidth);
    }
  }
  REQUIRE(camera->state() == CameraState::Ended);
  return heads;
}

struct Room {
  static constexpr int kRoomWidth = 640, kRoomHeight = 240;
  std::vector<uint8_t> luma = std::vector<uint8_t>(size_t{kRoomWidth} * kRoomHeight, 128);

  void put(const Head& head, int left, int top) {
    for (int y = 0; y < kHeight; ++y) {
      for (int x = std::max(0, -left); x < std::min(kWidth, kRoomWidth - left); ++x)
        luma[static_cast<size_t>((top + y) * kRoomWidth + left + x)] =
            head[static_cast<size_t>(y * kWidth + x)];
    }
  }
  PictureView view() const {
    return {.pixels = luma.data(),
            .width = kRoomWidth,
            .height = kRoomHeight,
            .stride_bytes = kRoomWidth,
            .format = PixelFormat::Luma8};
  }
};

constexpr int kStandsAt = 220;  // its head's left edge
constexpr float kMiddle = kStandsAt + kWidth / 2.0f;

// The id of who is seen where the one stands; 0: nobody.
uint32_t who_stands(const TrackerResult& result) {
  for (const TrackedFace& face : result.faces) {
    if (face.state == FaceState::Tracked && std::fabs(face.region.middle.x - kMiddle) < 20)
      return face.id;
  }
  return 0;
}

}  // namespace

TEST_CASE("who passes in front of somebody takes neither their place nor their name") {
  const std::vector<Head> standing = heads_of("rest"), passing = heads_of("talk");
  struct Pace {
    int rate, step;  // frames a second; pixels a frame, of which an eye distance has 55
  };
  // Slow enough for the one who passes to be found before, and quick enough for the other not to be
  // gone after half a second behind him.
  for (const Pace& pace : {Pace{30, 8}, {30, 11}, {30, 14}, {30, 17}, {15, 17}, {15, 20}}) {
    FaceTracker tracker = test::make_tracker();
    uint32_t first = 0, last = 0;
    int left = Room::kRoomWidth + 10 * pace.step;
    for (size_t frame = 0; left > -kWidth; ++frame, left -= pace.step) {
      Room room;
      room.put(standing[frame % standing.size()], kStandsAt, 30);
      room.put(passing[frame % passing.size()], left, 20);
      last = who_stands(tracker.track(room.view(), static_cast<double>(frame) / pace.rate));
      if (frame == 5) first = last;
    }
    CAPTURE(pace.rate, pace.step);
    REQUIRE(first != 0);
    CHECK(last == first);
  }
}

TEST_CASE("a head that sways at five frames a second keeps its name and its landmarks") {
  const std::vector<Head> heads = heads_of("rest");
  FaceTracker tracker = test::make_tracker();
  uint32_t id = 0;
  int seen = 0;
  for (int frame = 0; frame < 30; ++frame) {
    const int shift = static_cast<int>(std::lround(70 * std::sin(frame * 3.14159265 / 4)));
    Room room;
    room.put(heads[static_cast<size_t>(frame)], kStandsAt + shift, 30);
    const TrackerResult& result = tracker.track(room.view(), frame / 5.0);
    CAPTURE(frame);
    REQUIRE(result.faces.size() == 1);
    const TrackedFace& face = result.faces[0];
    if (frame == 0) id = face.id;
    CHECK(face.id == id);
    if (face.state != FaceState::Tracked) continue;
    ++seen;
    const float middle = between_eyes(face.landmarks).x;
    CHECK(std::fabs(middle - kMiddle - static_cast<float>(shift)) < 0.25f * face.eye_distance);
  }
  CHECK(seen >= 27);
}
