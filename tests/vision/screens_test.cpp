// SPDX-License-Identifier: MIT
// What hangs in shops and is no face: screens and posters, flat and drawn. The stored pictures of
// every scene are such.
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/golden/picture_files.h"
#include "tests/vision/shipped_tracker.h"

using namespace vitrine;

namespace {

PictureView view_of(const Image& image, PixelFormat format, const std::vector<uint8_t>& pixels) {
  PictureView view;
  view.pixels = pixels.data();
  view.width = static_cast<int>(image.width);
  view.height = static_cast<int>(image.height);
  view.stride_bytes = view.width * (format == PixelFormat::Luma8 ? 1 : 4);
  view.format = format;
  return view;
}

std::vector<uint8_t> brightness_of(const Image& image) {
  std::vector<uint8_t> luma(image.pixels.size() / 4);
  for (size_t i = 0; i < luma.size(); ++i) {
    const uint8_t* rgb = &image.pixels[4 * i];
    luma[i] = static_cast<uint8_t>((299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]) / 1000);
  }
  return luma;
}

// Frames so far apart that the detector sees all of the picture, in every view that it has.
bool sees_a_face(FaceTracker& tracker, const PictureView& picture) {
  tracker.reset();
  bool seen = false;
  for (const double time : {1.0, 1.2, 1.4}) {
    seen = tracker.track(picture, time).state == TrackerState::Tracking || seen;
  }
  return seen;
}

}  // namespace

TEST_CASE("hardly a screen is taken for a face, in colours or in brightness") {
  FaceTracker tracker = test::make_tracker();
  int screens = 0, in_colours = 0, in_brightness = 0;
  for (const auto& file : std::filesystem::directory_iterator("tests/golden/images")) {
    Image image;
    REQUIRE(golden::read_png(file.path().string(), image));
    ++screens;
    in_colours += sees_a_face(tracker, view_of(image, PixelFormat::Rgba8, image.pixels));
    in_brightness += sees_a_face(tracker, view_of(image, PixelFormat::Luma8, brightness_of(image)));
  }
  std::printf("%d screens: %d faces in colours, %d in brightness\n", screens, in_colours,
              in_brightness);
  CHECK(screens > 150);
  CHECK(in_colours <= screens / 50);
  CHECK(in_brightness <= screens / 50);
}
