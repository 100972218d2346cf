// SPDX-License-Identifier: MIT
// What `vitrine track` sees in a film, and what it says and draws of it.
#include "native/tools/track/track.h"

#include <algorithm>

#include "engine/base/json/json.h"
#include "native/image_files.h"
#include "native/tools/track/overlay.h"
#include "tests/tools/track/track_support.h"

using namespace vitrine;
using track::TrackOptions;

namespace {

// What a tracker gave its models to look at.
struct Seen {
  int pictures = 0;
  float contrast = 0;  // between its darkest and its brightest place, of normalised values
  float color = 0;     // between two channels of one place
};

class WatchingModels final : public FaceModels {
 public:
  explicit WatchingModels(Seen& seen) : seen_(seen) {}

  int detector_side() const override { return spots_.detector_side(); }
  int landmark_side() const override { return spots_.landmark_side(); }
  const DetectorOutput& detect(std::span<const float> rgb) override {
    ++seen_.pictures;
    const auto [darkest, brightest] = std::minmax_element(rgb.begin(), rgb.end());
    seen_.contrast = std::max(seen_.contrast, *brightest - *darkest);
    for (size_t i = 0; i + 2 < rgb.size(); i += 3) {
      const auto [least, most] = std::minmax({rgb[i], rgb[i + 1], rgb[i + 2]});
      seen_.color = std::max(seen_.color, most - least);
    }
    return spots_.detect(rgb);
  }
  const LandmarkOutput& landmarks(std::span<const float> rgb) override {
    return spots_.landmarks(rgb);
  }
  int part_side(FacePart part) const override { return spots_.part_side(part); }
  const PartOutput& part(FacePart part, std::span<const float> rgb) override {
    return spots_.part(part, rgb);
  }
  const FaceCorrection& correct(std::span<const float> values) override {
    return spots_.correct(values);
  }
  void forget() override { spots_.forget(); }

 private:
  Seen& seen_;
  test::SpotModels spots_;
};

}  // namespace

TEST_CASE("track writes a line a picture with the face that is in it") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(12);
  const Run done = run(options_for(folder.path() / "a.y4m"));
  CHECK(done.code == tools::kOk);
  const auto lines = lines_of(done.out);
  REQUIRE(lines.size() == 12);
  double last_x = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    JsonDocument json;
    REQUIRE(json.parse(lines[i]));
    const JsonValue root = json.root();
    CHECK(root.find("frame").integer() == static_cast<int64_t>(i + 1));
    CHECK(*root.find("time_seconds").number() == Approx(static_cast<double>(i) / 30).margin(1e-3));
    CHECK(root.find("width").integer() == kWidth);
    CHECK(root.find("height").integer() == kHeight);
    CHECK(root.find("state").string() == "tracking");
    CHECK(*root.find("milliseconds").number() >= 0);
    REQUIRE(root.find("faces").size() == 1);
    const JsonValue face = root.find("faces").first();
    CHECK(face.find("id").integer() == 1);
    CHECK(face.find("state").string() == "tracked");
    for (const char* name :
         {"first_seen_seconds", "last_seen_seconds", "presence", "quality", "eye_distance"}) {
      CHECK(face.find(name).is_number());
    }
    for (const char* name : {"yaw", "pitch", "roll"}) {
      CHECK(face.find("pose").find(name).is_number());
    }
    for (const char* name : {"eye_left", "eye_right", "mouth"}) {
      CHECK(face.find("openness").find(name).is_number());
    }
    for (const char* name : {"millimetres_per_pixel", "eye_distance", "place"}) {
      CHECK(face.find("scale").find(name).exists());
    }
    CHECK(face.find("landmarks").size() == 2 * kLandmarkCount);
    const double x = *face.find("landmarks").first().number();
    CHECK(x > last_x);
    last_x = x;
  }
}

TEST_CASE("track draws landmarks over every picture, or every Nth, or the last") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(7);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.json = "";
  options.overlay = (folder.path() / "seen").string();
  options.every = 3;
  const Run some = run(options);
  CHECK(some.code == tools::kOk);
  CHECK(some.out.empty());
  for (const int frame : {1, 2, 3, 4, 5, 6, 7}) {
    const auto name = "frame-00000" + std::to_string(frame) + ".png";
    CHECK(std::filesystem::exists(folder.path() / "seen" / name) == (frame % 3 == 1));
  }
  options.overlay = (folder.path() / "last.png").string();
  CHECK(run(options).code == tools::kOk);
  const std::string png = read_file(folder.path() / "last.png");
  const auto image = decode_image({reinterpret_cast<const uint8_t*>(png.data()), png.size()});
  REQUIRE(image.ok());
  CHECK(image.value().width == 6 * kWidth);
  size_t painted = 0;
  for (size_t i = 0; i + 3 < image.value().pixels.size(); i += 4) {
    const uint8_t* p = &image.value().pixels[i];
    painted += p[0] == 80 && p[1] == 220 && p[2] == 255;
  }
  CHECK(painted > 100);  // lids
}

TEST_CASE(
    "a picture that lies on its side is drawn upright, with the landmarks where the face is") {
  test::Painting painting(kWidth, kHeight);
  paint(painting, {{60, 60}, 30, 0});
  const auto drawn = [](const PictureView& view) {
    auto tracker = FaceTracker::create(std::make_unique<test::SpotModels>());
    REQUIRE(tracker.ok());
    const TrackerResult& result = tracker.value().track(view, 1);
    REQUIRE(result.faces.size() == 1);
    return track::overlay(view, {1, 1, 0}, result);
  };
  const Image upright = drawn(painting.view());
  for (const QuarterTurns turns : {QuarterTurns::One, QuarterTurns::Two, QuarterTurns::Three}) {
    const test::StoredPicture stored(painting, PixelFormat::Rgb8, turns, false, 5, false);
    const Image turned = drawn(stored.view);
    CHECK(turned.width == upright.width);
    CHECK(turned.height == upright.height);
    size_t other = 0;
    for (size_t i = 0; i < upright.pixels.size() && i < turned.pixels.size(); ++i) {
      other += std::abs(upright.pixels[i] - turned.pixels[i]) > 8;
    }
    // Landmarks may be rounded to the next dot.
    CHECK(other < upright.pixels.size() / 200);
  }
}

TEST_CASE("track ends after as many pictures as were asked for") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(9);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.frames = 4;
  CHECK(lines_of(run(options).out).size() == 4);
}

TEST_CASE("track of brightness alone sees the picture too, without its colours") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(3);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  for (const bool luma : {false, true}) {
    INFO("luma " << luma);
    options.luma = luma;
    Seen seen;
    const Run done = run(options, std::make_unique<WatchingModels>(seen));
    CHECK(done.code == tools::kOk);
    CHECK(lines_of(done.out).size() == 3);
    CHECK(done.out.find("\"fault\"") == std::string::npos);
    CHECK(seen.pictures >= 1);
    CHECK(seen.contrast > 1);  // the painted face, upon what is plain
    CHECK((seen.color < 0.01f) == luma);
  }
}

TEST_CASE("a broken film exits with 1 after what could be read, a missing one with 3") {
  const TemporaryFolder folder;
  const std::string whole = film(5);
  std::ofstream(folder.path() / "cut.y4m", std::ios::binary) << whole.substr(0, whole.size() - 9);
  std::ofstream(folder.path() / "a.txt") << "no film";
  const Run cut = run(options_for(folder.path() / "cut.y4m"));
  CHECK(cut.code == tools::kProblems);
  CHECK(lines_of(cut.out).size() == 4);
  CHECK(cut.err.find("cut.y4m: is cut off, after") != std::string::npos);
  CHECK(run(options_for(folder.path() / "a.txt")).code == tools::kProblems);
  CHECK(run(options_for(folder.path() / "none.y4m")).code == tools::kEnvironment);
}

TEST_CASE("the end says how many pictures there were and how long they took") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(5);
  const Run done = run(options_for(folder.path() / "a.y4m"));
  double median = -1, slowest = -1;
  REQUIRE(std::sscanf(done.err.c_str(), "vitrine track: 5 pictures, median %lf ms, slowest %lf",
                      &median, &slowest) == 2);
  CHECK(median > 0);
  CHECK(median <= slowest + 0.011);
}

TEST_CASE("pictures of odd sizes are looked at and drawn over") {
  const TemporaryFolder folder;
  for (const auto& [width, height] : {std::pair{1, 1}, {2, 2}, {161, 121}, {4096, 3}, {1, 4096}}) {
    const auto pixels = static_cast<size_t>(width) * static_cast<size_t>(height);
    std::ofstream(folder.path() / "a.y4m", std::ios::binary)
        << "YUV4MPEG2 W" << width << " H" << height << " F5:1 Ip A1:1 Cmono\nFRAME\n"
        << std::string(pixels, '\0') << "FRAME\n"
        << std::string(pixels, 'x');
    TrackOptions options = options_for(folder.path() / "a.y4m");
    options.overlay = (folder.path() / "seen.png").string();
    INFO(width << " x " << height);
    const Run done = run(options);
    CHECK(done.code == tools::kOk);
    CHECK(lines_of(done.out).size() == 2);
    CHECK(done.out.find("\"fault\"") == std::string::npos);
    CHECK(std::filesystem::file_size(options.overlay) > 0);
  }
}
