// SPDX-License-Identifier: MIT
#include "native/tools/track/track.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "engine/base/json/json.h"
#include "native/image_files.h"
#include "native/tools/command.h"
#include "native/tools/track/overlay.h"
#include "native/tools/track/results.h"
#include "tests/native/temporary_folder.h"
#include "tests/vision/painted_faces.h"

using namespace vitrine;
using track::TrackOptions;

namespace {

constexpr int kWidth = 160;
constexpr int kHeight = 120;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What was written to it so far.
class Paper {
 public:
  Paper() : file_(std::tmpfile()) {}
  ~Paper() { std::fclose(file_); }
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;
  std::FILE* file() const { return file_; }
  std::string text() const {
    std::string all(static_cast<size_t>(std::ftell(file_)), '\0');
    std::rewind(file_);
    all.resize(std::fread(all.data(), 1, all.size(), file_));
    return all;
  }

 private:
  std::FILE* file_;
};

char byte_of(double value) {
  return static_cast<char>(static_cast<uint8_t>(value + 0.5));
}

// The painting in JPEG's colours, without thinning them out.
std::string y4m_picture(const test::Painting& painting) {
  std::string planes[3];
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      const uint8_t* p = painting.at(x, y);
      planes[0] += byte_of(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]);
      planes[1] += byte_of(128 - 0.168736 * p[0] - 0.331264 * p[1] + 0.4999 * p[2]);
      planes[2] += byte_of(128 + 0.4999 * p[0] - 0.418688 * p[1] - 0.081312 * p[2]);
    }
  }
  return "FRAME\n" + planes[0] + planes[1] + planes[2];
}

// A face that moves to the right, two pixels a picture.
std::string film(int pictures) {
  std::string bytes = "YUV4MPEG2 W160 H120 F30:1 Ip A1:1 C444 XCOLORRANGE=FULL\n";
  test::Painting painting(kWidth, kHeight);
  for (int i = 0; i < pictures; ++i) {
    painting.clear();
    paint(painting, {{60 + 2.0f * static_cast<float>(i), 60}, 30, 0});
    bytes += y4m_picture(painting);
  }
  return bytes;
}

struct Run {
  int code = 0;
  std::string out, err;
};

Run run(const TrackOptions& options) {
  Paper out, err;
  Run done;
  done.code =
      track::track_source(options, std::make_unique<test::SpotModels>(), out.file(), err.file());
  done.out = out.text();
  done.err = err.text();
  return done;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    REQUIRE(end != std::string::npos);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

TrackOptions options_for(const std::filesystem::path& film) {
  TrackOptions options;
  options.film = film.string();
  return options;
}

Status refused(std::initializer_list<std::string_view> arguments) {
  const std::vector<std::string_view> list(arguments);
  return track::parse_track_options(list).status();
}

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
    CHECK(*root.find("time").number() == Approx(static_cast<double>(i) / 30).margin(1e-3));
    CHECK(root.find("width").integer() == kWidth);
    CHECK(root.find("height").integer() == kHeight);
    CHECK(root.find("state").string() == "tracking");
    CHECK(*root.find("milliseconds").number() >= 0);
    REQUIRE(root.find("faces").size() == 1);
    const JsonValue face = root.find("faces").first();
    CHECK(face.find("id").integer() == 1);
    CHECK(face.find("state").string() == "tracked");
    for (const char* name : {"first_seen", "last_seen", "presence", "quality", "eye_distance"}) {
      CHECK(face.find(name).is_number());
    }
    for (const char* name : {"yaw", "pitch", "roll"}) {
      CHECK(face.find("pose").find(name).is_number());
    }
    for (const char* name : {"eye_left", "eye_right", "mouth"}) {
      CHECK(face.find("openness").find(name).is_number());
    }
    for (const char* name : {"per_pixel", "eye_distance", "place"}) {
      CHECK(face.find("millimetres").find(name).exists());
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
  painting.clear();
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

TEST_CASE("track says what it stores before it stores it") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(2);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  CHECK(run(options).err.find("stored") == std::string::npos);
  options.json = (folder.path() / "seen.jsonl").string();
  options.overlay = (folder.path() / "seen.png").string();
  const Run done = run(options);
  CHECK(done.out.empty());
  CHECK(done.err.find("landmarks of faces are stored in " + options.json) != std::string::npos);
  CHECK(done.err.find("pictures of who is before the camera are stored in " + options.overlay) !=
        std::string::npos);
  CHECK(lines_of(read_file(options.json)).size() == 2);
}

TEST_CASE("track ends after as many pictures as were asked for") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(9);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.frames = 4;
  CHECK(lines_of(run(options).out).size() == 4);
}

TEST_CASE("track of brightness alone sees the picture too") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(3);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.luma = true;
  const Run done = run(options);
  CHECK(done.code == tools::kOk);
  CHECK(lines_of(done.out).size() == 3);
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

TEST_CASE("output that cannot be written exits with 3 and names the place") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(2);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.json = (folder.path() / "none" / "seen.jsonl").string();
  const Run no_file = run(options);
  CHECK(no_file.code == tools::kEnvironment);
  CHECK(no_file.err.find(options.json) != std::string::npos);
  options.json = "";
  options.overlay = (folder.path() / "a.y4m" / "folder").string();
  CHECK(run(options).code == tools::kEnvironment);
  options.overlay = (folder.path() / "none" / "seen.png").string();
  CHECK(run(options).code == tools::kEnvironment);
  options.json = "/dev/full";
  options.overlay = "";
  CHECK(run(options).code == tools::kEnvironment);
}

TEST_CASE("a result never takes the place of the film or of the other result") {
  const TemporaryFolder folder;
  const std::string whole = film(2), path = (folder.path() / "a.y4m").string();
  std::ofstream(path, std::ios::binary) << whole;
  std::filesystem::create_symlink("a.y4m", folder.path() / "link.png");
  std::filesystem::create_hard_link(path, folder.path() / "twin.jsonl");
  std::filesystem::create_directory(folder.path() / "b");
  const auto place = [&folder](const char* name) { return (folder.path() / name).string(); };
  for (const std::string& json :
       {path, place("twin.jsonl"), place("link.png"), place("b/../a.y4m")}) {
    TrackOptions options = options_for(path);
    options.json = json;
    const Run done = run(options);
    CHECK(done.code == tools::kUsage);
    CHECK(done.err.find("is the film itself") != std::string::npos);
    CHECK(read_file(path) == whole);
  }
  TrackOptions options = options_for(path);
  options.overlay = place("link.png");
  CHECK(run(options).code == tools::kUsage);
  options.json = options.overlay = place("new.png");
  CHECK(run(options).err.find("the same file") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(options.json));
  CHECK(read_file(path) == whole);
}

TEST_CASE("a result never takes the place of weights or of the film as a picture") {
  const TemporaryFolder folder;
  const std::string whole = film(2), path = (folder.path() / "frame-000001.png").string();
  std::ofstream(path, std::ios::binary) << whole;
  TrackOptions options = options_for(path);
  options.overlay = folder.path().string();
  Run done = run(options);
  CHECK(done.code == tools::kUsage);
  CHECK(done.err.find("where the film has the name of a picture") != std::string::npos);
  CHECK(read_file(path) == whole);
  for (const char* name : {"detector.net", "landmarks.net", "lips.net", "eye.net"}) {
    std::ofstream(folder.path() / name) << "weights";
    TrackOptions other = options_for(path);
    other.models = folder.path().string();
    other.json = (folder.path() / name).string();
    done = run(other);
    CHECK(done.code == tools::kUsage);
    CHECK(done.err.find("is a file of weights") != std::string::npos);
    CHECK(read_file(folder.path() / name) == "weights");
  }
}

TEST_CASE("earlier results stay where the film is none") {
  const TemporaryFolder folder;
  const std::filesystem::path json = folder.path() / "seen.jsonl";
  std::ofstream(json) << "precious";
  TrackOptions options = options_for((folder.path() / "none.y4m").string());
  options.json = json.string();
  CHECK(run(options).code == tools::kEnvironment);
  CHECK(read_file(json) == "precious");
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(1);
  options.film = (folder.path() / "a.y4m").string();
  CHECK(run(options).code == tools::kOk);
  CHECK(read_file(json).rfind("{\"frame\":1,", 0) == 0);
}

TEST_CASE("two at once do not mix their lines in one file") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(3);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.json = (folder.path() / "seen.jsonl").string();
  {
    Paper err;
    track::Results other(options);
    REQUIRE(other.begin(err.file(), err.file()).ok());
    const Run second = run(options);
    CHECK(second.code == tools::kEnvironment);
    CHECK(second.err.find("another `vitrine track` writes to it") != std::string::npos);
  }
  CHECK(run(options).code == tools::kOk);
  CHECK(lines_of(read_file(options.json)).size() == 3);
  // What was in the file before is gone.
  options.frames = 1;
  CHECK(run(options).code == tools::kOk);
  CHECK(lines_of(read_file(options.json)).size() == 1);
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

TEST_CASE("without weights it is said where they are missing") {
  const TemporaryFolder folder;
  Paper out, err;
  const std::string models = folder.path().string();
  const std::vector<std::string_view> arguments = {"a.y4m", "--models", models};
  CHECK(track::run_track(arguments, out.file(), err.file()) == tools::kEnvironment);
  CHECK(err.text().find(models + "/detector.net") != std::string::npos);
}

TEST_CASE("weights that are none are refused") {
  const TemporaryFolder folder;
  for (const char* name : {"detector.net", "landmarks.net", "lips.net", "eye.net"})
    std::ofstream(folder.path() / name) << (name[0] == 'd' ? "no net" : "");
  Paper out, err;
  const std::string models = folder.path().string();
  const std::vector<std::string_view> arguments = {"a.y4m", "--models", models};
  CHECK(track::run_track(arguments, out.file(), err.file()) == tools::kEnvironment);
  CHECK(err.text().find(models) != std::string::npos);
}

TEST_CASE("options that do not fit together are refused with a reason") {
  CHECK(refused({"a.y4m"}).ok());
  CHECK(refused({"--list"}).ok());
  CHECK(refused({"--camera", "first", "--json", "-"}).ok());
  CHECK_FALSE(refused({}).ok());
  // An empty variable of a script must not open the camera.
  CHECK(refused({""}).message().find("INPUT is empty") != std::string::npos);
  CHECK_FALSE(refused({"--list", "a.y4m"}).ok());
  CHECK_FALSE(refused({"a.y4m", "b.y4m"}).ok());
  CHECK_FALSE(refused({"a.y4m", "--camera", "first"}).ok());
  CHECK_FALSE(refused({"a.y4m", "--every", "2"}).ok());
  CHECK_FALSE(refused({"a.y4m", "--every", "2", "--overlay", "a.png"}).ok());
  CHECK(refused({"a.y4m", "--every", "2", "--overlay", "folder"}).ok());
  CHECK(refused({"a.y4m", "--overlay", "run.2"}).ok());
  CHECK(refused({"a.y4m", "--overlay", "out/seen.jpeg"}).message() ==
        "--overlay out/seen.jpeg: pictures are .png files; name out/seen.png, or a folder");
  for (const char* count : {"0", "-1", "1.5", "", "9999999999999999999"}) {
    const Status status = refused({"a.y4m", "--frames", count});
    CHECK(status.code() == StatusCode::InvalidArgument);
    CHECK(status.message().find("--frames") != std::string::npos);
  }
  CHECK_FALSE(refused({"a.y4m", "--colour"}).ok());
}
