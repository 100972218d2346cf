// SPDX-License-Identifier: MIT
// The heap of a tracker that runs for a long time, and of one that is started and stopped all day:
// flat to the byte. With VITRINE_LONG half an hour of pictures and a thousand starts, else a short
// form. Skipped where there are no weights.
#include <malloc.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>

#include "tests/native/media/films.h"
#include "tests/vision/shipped_tracker.h"

// Of a build with AddressSanitizer, whose heap mallinfo2 does not know.
extern "C" size_t __sanitizer_get_current_allocated_bytes() __attribute__((weak));

using namespace vitrine;
using test::make_tracker;

namespace {

size_t heap_bytes() {
  if (__sanitizer_get_current_allocated_bytes) return __sanitizer_get_current_allocated_bytes();
  const struct mallinfo2 about = ::mallinfo2();
  return about.uordblks + about.hblkhd;
}

// The sanitizer counts to the byte. mallinfo2 counts pieces as they were cut, and those that
// threads keep for their next allocations as if they were used: up to 16 kB more after some hundred
// starts, and no more after a thousand.
size_t slack() {
  return __sanitizer_get_current_allocated_bytes ? 0 : 32768;
}

bool is_long() {
  return std::getenv("VITRINE_LONG") != nullptr;
}

std::unique_ptr<media::MediaCamera> open_clip(const std::string& name, media::FilmRepeat repeat) {
  auto camera = media::make_film_camera(
      {"tests/vision/clips/" + name + ".mjpeg", repeat, media::FilmPace::AsWanted});
  REQUIRE(camera->open({}).ok());
  return camera;
}

struct Picture {
  std::vector<uint8_t> bytes;
  PictureView view;
};

// A clip's pictures, decoded: what is weighed is the tracker alone.
std::vector<Picture> pictures_of(const std::string& name) {
  std::vector<Picture> pictures;
  const auto camera = open_clip(name, media::FilmRepeat::Once);
  while (const CameraFrame* frame = next_picture(*camera)) {
    const auto size = static_cast<size_t>(frame->stride_bytes * frame->height);
    Picture& picture = pictures.emplace_back();
    picture.bytes.assign(frame->pixels, frame->pixels + size);
    picture.view = view_of(*frame);
    picture.view.pixels = picture.bytes.data();
  }
  REQUIRE(camera->state() == CameraState::Ended);
  return pictures;
}

}  // namespace

TEST_CASE("half an hour of pictures leaves the heap as it was") {
  const size_t frames = is_long() ? 54'000 : 1'000;
  std::vector<Picture> pictures = pictures_of("leave");
  for (Picture& picture : pictures_of("rest")) pictures.push_back(std::move(picture));
  REQUIRE(pictures.size() > 100);
  FaceTracker tracker = make_tracker();
  constexpr size_t kWarm = 300;
  size_t begin = 0, middle = 0;
  size_t seen = 0;
  for (size_t i = 0; i < frames; ++i) {
    if (i == kWarm) begin = heap_bytes();
    if (i == frames / 2) middle = heap_bytes();
    const PictureView& view = pictures[i % pictures.size()].view;
    seen += tracker.track(view, static_cast<double>(i) / 30).faces.size();
  }
  const size_t end = heap_bytes();
  std::printf("heap after %zu, %zu and %zu frames: %zu, %zu, %zu bytes; %zu faces\n", kWarm,
              frames / 2, frames, begin, middle, end, seen);
  CHECK(seen > frames / 2);
  CHECK(middle == begin);
  CHECK(end == begin);
}

TEST_CASE("a camera and a tracker started and stopped leave nothing") {
  const int rounds = is_long() ? 1000 : 24;
  size_t begin = 0, middle = 0;
  for (int i = 0; i < rounds; ++i) {
    // What FFmpeg keeps for life it has after a few.
    if (i == 10) begin = heap_bytes();
    if (i == rounds / 2) middle = heap_bytes();
    FaceTracker tracker = make_tracker();
    const auto camera = open_clip(i % 2 == 0 ? "turn" : "talk", media::FilmRepeat::Loop);
    const CameraFrame* frame = next_picture(*camera);
    REQUIRE(frame != nullptr);
    CHECK(tracker.track(view_of(*frame), frame->time_seconds).fault == FrameFault::None);
  }
  const size_t end = heap_bytes();
  std::printf("heap after 10, %d and %d starts: %zu, %zu, %zu bytes\n", rounds / 2, rounds, begin,
              middle, end);
  CHECK(middle <= begin + slack());
  CHECK(end <= begin + slack());
}
