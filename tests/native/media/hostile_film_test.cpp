// SPDX-License-Identifier: MIT
// Films made to hurt, and films that are merely odd: what each comes to.
#include <fstream>

#include "native/media/film_camera.h"
#include "tests/native/media/films.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;
using media::FilmPace;
using media::FilmRepeat;

namespace {

std::string number(uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

std::string box(const std::string& name, const std::string& inside) {
  return number(static_cast<uint32_t>(8 + inside.size())) + name + inside;
}

std::string zeros(size_t count) {
  return std::string(count, '\0');
}

// One track of that code that says it has so many pictures of one byte each, and has none. `other`:
// what the track says of where its pictures are; flag 1 is "in this file".
std::string empty_mp4(uint32_t pictures, const std::string& other = box("url ", number(1)),
                      const std::string& code = "mp4v") {
  const std::string plain = number(0);
  const std::string entry =
      box(code, zeros(6) + std::string("\0\1", 2) + zeros(16) + number(64 << 16 | 48) + zeros(50));
  const std::string table =
      box("stsd", plain + number(1) + entry) +
      box("stts", plain + number(1) + number(pictures) + number(1)) +
      box("stsc", plain + number(1) + number(1) + number(pictures) + number(1)) +
      box("stsz", plain + number(1) + number(pictures)) +
      box("stco", plain + number(1) + number(40));
  const std::string data = box("dinf", box("dref", plain + number(1) + other));
  const std::string media =
      box("mdhd", plain + zeros(8) + number(1000) + number(1000) + zeros(4)) +
      box("hdlr", plain + zeros(4) + "vide" + zeros(13)) +
      box("minf", box("vmhd", number(1) + zeros(8)) + data + box("stbl", table));
  const std::string track =
      box("tkhd", number(3) + zeros(8) + number(1) + zeros(68)) + box("mdia", media);
  return box("ftyp", "isom" + number(512) + "isommp41") + box("mdat", zeros(64)) +
         box("moov", box("mvhd", plain + zeros(8) + number(1000) + number(1000) + zeros(80)) +
                         box("trak", track));
}

// The most memory that this process has had, kilobytes.
long most_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes;
  }
  return 0;
}

// What a film that cannot be played says; nothing of it was shown.
Status failure(const std::filesystem::path& path) {
  const auto camera = once(path);
  REQUIRE(camera->open({}).ok());
  REQUIRE(reaches(*camera, CameraState::Failed));
  CHECK(camera->newest_frame() == nullptr);
  INFO(camera->problem().to_string());
  CHECK(camera->problem().message().find(path.filename().string()) != std::string::npos);
  return camera->problem();
}

size_t plane(int width, int height) {
  return static_cast<size_t>(width) * static_cast<size_t>(height);
}

// Three pictures of one size in a colour format whose pictures have so many bytes.
std::string odd_film(int width, int height, const std::string& format, size_t bytes) {
  std::string film = "YUV4MPEG2 W" + std::to_string(width) + " H" + std::to_string(height) +
                     " F30:1 Ip A1:1 C" + format + "\n";
  for (int i = 0; i < 3; ++i) film += "FRAME\n" + std::string(bytes, static_cast<char>(90 + i));
  return film;
}

// All three come in each kind of pixels.
void plays(const std::filesystem::path& path, int width, int height) {
  for (const PixelFormat format : {PixelFormat::Luma8, PixelFormat::Rgb8, PixelFormat::Rgba8}) {
    const auto camera = once(path);
    REQUIRE(camera->open({.format = format}).ok());
    for (int i = 0; i < 3; ++i) {
      const CameraFrame* frame = next_picture(*camera);
      INFO(path.filename().string() << " " << camera->problem().to_string());
      REQUIRE(frame != nullptr);
      CHECK(frame->width == width);
      CHECK(frame->height == height);
      CHECK(frame->stride_bytes >= width * bytes_per_pixel(format));
    }
    CHECK(reaches(*camera, CameraState::Ended));
  }
}

}  // namespace

TEST_CASE("a small film that claims very many pictures does not take the memory for them") {
  const TemporaryFolder folder;
  for (const uint32_t pictures : {80'000'000u, 1'000'000'000u, 4'294'967'295u}) {
    write_file(folder.path() / "many.mp4", empty_mp4(pictures));
    const long before = most_memory();
    CHECK_FALSE(failure(folder.path() / "many.mp4").ok());
    CHECK(most_memory() - before < 600 * 1024);
  }
}

TEST_CASE("an .mp4 whose pictures are in another file opens nothing") {
  const TemporaryFolder folder;
  encode_film(folder.path() / "secret.mp4", "mpeg4", 5);
  const std::string secret = "file://" + (folder.path() / "secret.mp4").string();
  write_file(folder.path() / "a.mp4", empty_mp4(3, box("url ", number(0) + secret + zeros(1))));
  CHECK_FALSE(failure(folder.path() / "a.mp4").ok());
}

TEST_CASE("times that no film can have are replaced by its rate") {
  const TemporaryFolder folder;
  encode_film(folder.path() / "a.mp4", "mpeg4", 4);
  std::string film = read_file(folder.path() / "a.mp4");
  const size_t times = film.find("stts");
  REQUIRE(times != std::string::npos);
  // One run of four pictures: each now lasts for two days.
  film.replace(times + 16, 4, number(0x7fffffff));
  write_file(folder.path() / "a.mp4", film);
  const auto camera = media::make_film_camera(
      {(folder.path() / "a.mp4").string(), FilmRepeat::Once, FilmPace::OwnTime});
  REQUIRE(camera->open({}).ok());
  double last = -1;
  while (const CameraFrame* frame = next_picture(*camera)) {
    CHECK(frame->time_seconds > last);
    CHECK(frame->time_seconds < 10);
    last = frame->time_seconds;
  }
  CHECK(camera->state() == CameraState::Ended);
}

TEST_CASE("a time that leaps by a day does not hold the film for a day") {
  const TemporaryFolder folder;
  encode_film(folder.path() / "a.mp4", "mpeg4", 6, {.leap_seconds = 86400});
  const auto camera =
      media::make_film_camera({(folder.path() / "a.mp4").string(), FilmRepeat::Once});
  REQUIRE(camera->open({}).ok());
  CHECK(reaches(*camera, CameraState::Ended));
  CHECK(camera->statistics().frames == 6);
}

TEST_CASE("after an hour's pause of the recording the film goes on at its own pace") {
  const TemporaryFolder folder;
  encode_film(folder.path() / "a.mp4", "mpeg4", 6, {.leap_seconds = 3600});
  const auto camera = once(folder.path() / "a.mp4");
  REQUIRE(camera->open({}).ok());
  std::vector<double> times;
  while (const CameraFrame* frame = next_picture(*camera)) times.push_back(frame->time_seconds);
  REQUIRE(times.size() == 6);
  CHECK(times[3] - times[2] < 2);
  CHECK(times[4] - times[3] == Approx(0.04).margin(1e-6));
  CHECK(times[5] - times[4] == Approx(0.04).margin(1e-6));
}

TEST_CASE("a head with an impossible size is no film, and nothing is said to be busy") {
  const TemporaryFolder folder;
  for (const int side : {0, 99999}) {
    write_file(folder.path() / "a.y4m", y4m_head(side, side) + "FRAME\n");
    const auto camera = once(folder.path() / "a.y4m");
    REQUIRE(camera->open({}).ok());
    CHECK(reaches(*camera, CameraState::Failed));
    const std::string said = camera->problem().message();
    CHECK(said.find("a film is a .y4m") != std::string::npos);
    CHECK(said.find("busy") == std::string::npos);
  }
}

TEST_CASE("a time that leaps by minutes comes at once, and what follows at its own pace") {
  const TemporaryFolder folder;
  const FilmNotes notes[] = {{.leap_seconds = 300}, {.stray_seconds = 300}};
  for (const FilmNotes& note : notes) {
    INFO(note.leap_seconds << " " << note.stray_seconds);
    encode_film(folder.path() / "a.mp4", "mpeg4", 20, note);
    const auto camera =
        media::make_film_camera({(folder.path() / "a.mp4").string(), FilmRepeat::Once});
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE(camera->open({}).ok());
    double last = -1;
    while (const CameraFrame* frame = next_picture(*camera)) {
      CHECK(frame->time_seconds > last);
      last = frame->time_seconds;
    }
    CHECK(camera->state() == CameraState::Ended);
    CHECK(camera->statistics().frames == 20);
    // Twenty of 40 ms, but for those about the leap.
    CHECK(std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(16 * 40));
  }
}

TEST_CASE("pictures in a code that is not known are named, and never decoded") {
  const TemporaryFolder folder;
  encode_film(folder.path() / "a.mp4", "mpeg2video", 5);
  const Status problem = failure(folder.path() / "a.mp4");
  CHECK(problem.code() == StatusCode::InvalidArgument);
  CHECK(problem.message().find("are coded as mpeg2video") != std::string::npos);
}

TEST_CASE("raw pictures whose pixels nobody knows are told with what to do") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.mov", empty_mp4(1, box("url ", number(1)), "raw "));
  const Status problem = failure(folder.path() / "a.mov");
  CHECK(problem.code() == StatusCode::InvalidArgument);
  CHECK(problem.message().find("coded as rawvideo") != std::string::npos);
  CHECK(problem.message().find("convert it anew") != std::string::npos);
}

TEST_CASE("pictures of any size up to the limit come through in all kinds of pixels") {
  const TemporaryFolder folder;
  const std::pair<int, int> sizes[] = {{1, 1}, {2, 2}, {3, 1}, {161, 121}, {4096, 2}, {1, 4096}};
  for (const auto& [width, height] : sizes) {
    const size_t colours = 2 * plane((width + 1) / 2, (height + 1) / 2);
    write_file(folder.path() / "a.y4m",
               odd_film(width, height, "420jpeg", plane(width, height) + colours));
    plays(folder.path() / "a.y4m", width, height);
  }
}

TEST_CASE("pictures in rare colour formats come through in all kinds of pixels") {
  const TemporaryFolder folder;
  const size_t all = plane(65, 49), quarter = plane(33, 25);
  const std::pair<const char*, size_t> formats[] = {{"mono", all},
                                                    {"mono16", 2 * all},
                                                    {"422", all + 2 * plane(33, 49)},
                                                    {"411", all + 2 * plane(17, 49)},
                                                    {"444", 3 * all},
                                                    {"444alpha", 4 * all},
                                                    {"444p16", 6 * all},
                                                    {"420p10", 2 * (all + 2 * quarter)}};
  for (const auto& [format, bytes] : formats) {
    write_file(folder.path() / "a.y4m", odd_film(65, 49, format, bytes));
    plays(folder.path() / "a.y4m", 65, 49);
  }
}

TEST_CASE("a film that changes its size in the middle goes on in the new one") {
  const TemporaryFolder folder;
  encode_film(folder.path() / "small.mjpeg", "mjpeg", 3);
  const std::string clip = read_file("tests/vision/clips/turn.mjpeg");
  const std::string small = read_file(folder.path() / "small.mjpeg");
  const std::string large = clip.substr(0, clip.find("\xff\xd8", 2));
  write_file(folder.path() / "a.mjpeg", small + large + large + small);
  for (const PixelFormat format : {PixelFormat::Luma8, PixelFormat::Rgb8}) {
    const auto camera = once(folder.path() / "a.mjpeg");
    REQUIRE(camera->open({.format = format}).ok());
    std::vector<int> widths;
    while (const CameraFrame* frame = next_picture(*camera)) {
      widths.push_back(frame->width);
      CHECK(frame->stride_bytes >= frame->width * bytes_per_pixel(format));
    }
    CHECK(camera->state() == CameraState::Ended);
    CHECK(widths == std::vector<int>{64, 64, 64, 320, 320, 64, 64, 64});
  }
}

TEST_CASE("what a film says wrongly of itself is told as the film's fault") {
  const TemporaryFolder folder;
  const std::string film = y4m_film(3);
  const std::pair<const char*, std::string> bad[] = {
      {"size.y4m", y4m_head(-4, -4) + "FRAME\n"},
      {"none.y4m", y4m_head(0, 0) + "FRAME\nFRAME\n"},
      {"format.y4m", odd_film(64, 48, "999", 64 * 48)},
      {"zeros.mp4", zeros(100000)},
      {"starts.mjpeg", [] {
         std::string starts;
         for (int i = 0; i < 100000; ++i) starts += "\xff\xd8";
         return starts;
       }()}};
  for (const auto& [name, bytes] : bad) {
    INFO(name);
    write_file(folder.path() / name, bytes);
    const StatusCode code = failure(folder.path() / name).code();
    CHECK((code == StatusCode::InvalidArgument || code == StatusCode::DataLoss));
  }
}

TEST_CASE("a film that turns into something else says after how many pictures") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(4) + y4m_head(16, 16) + y4m_picture(0, 16, 16));
  const auto camera = once(folder.path() / "a.y4m");
  REQUIRE(camera->open({}).ok());
  for (int i = 0; i < 4; ++i) REQUIRE(next_picture(*camera) != nullptr);
  REQUIRE(reaches(*camera, CameraState::Failed));
  CHECK(camera->problem().code() == StatusCode::DataLoss);
  CHECK(camera->problem().message().find("after 4 whole pictures") != std::string::npos);
}
