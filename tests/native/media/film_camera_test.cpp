// SPDX-License-Identifier: MIT
#include "native/media/film_camera.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/random.h"
#include "tests/native/media/films.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;
using media::FilmPace;
using media::FilmRepeat;

namespace {

// What a film that cannot be played says.
Status failure(const std::filesystem::path& path, CameraState state = CameraState::Failed) {
  const auto camera = once(path);
  REQUIRE(camera->open({}).ok());
  REQUIRE(reaches(*camera, state));
  CHECK(camera->newest_frame() == nullptr);
  CHECK(camera->problem().message().find(path.filename().string()) != std::string::npos);
  return camera->problem();
}

bool says(const Status& status, std::string_view words) {
  INFO(status.to_string());
  return status.message().find(words) != std::string::npos;
}

std::string new_pipe(const TemporaryFolder& folder) {
  const std::string path = (folder.path() / "pipe.y4m").string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  return path;
}

}  // namespace

TEST_CASE("a film gives each of its pictures once, in order, with its own times") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(12, 25));
  const auto camera = once(folder.path() / "a.y4m");
  REQUIRE(camera->open({}).ok());
  for (int i = 0; i < 12; ++i) {
    const CameraFrame* frame = next_picture(*camera);
    REQUIRE(frame != nullptr);
    CHECK(frame->number == static_cast<uint64_t>(i + 1));
    CHECK(frame->width == kFilmWidth);
    CHECK(frame->height == kFilmHeight);
    CHECK(frame->stride_bytes >= kFilmWidth);
    CHECK(frame->format == PixelFormat::Luma8);
    CHECK(frame->pixels[0] == 20 + i);
    CHECK(frame->pixels[23 * frame->stride_bytes + 31] == 20 + i);
    CHECK(frame->time_seconds == Approx(i / 25.0));
  }
  REQUIRE(reaches(*camera, CameraState::Ended));
  CHECK(camera->problem().ok());
  CHECK(camera->statistics().frames == 12);
  CHECK(camera->statistics().replaced == 0);
  CHECK(camera->device_id() == "film:a.y4m");
}

TEST_CASE("a film gives colours where they are asked for") {
  const TemporaryFolder folder;
  std::string red = y4m_head();
  const size_t pixels = kFilmWidth * kFilmHeight;
  red += "FRAME\n" + std::string(pixels, 76) + std::string(pixels / 4, 85) +
         std::string(pixels / 4, static_cast<char>(255));
  write_file(folder.path() / "red.y4m", red);
  for (const PixelFormat format : {PixelFormat::Rgb8, PixelFormat::Rgba8}) {
    const auto camera = once(folder.path() / "red.y4m");
    REQUIRE(camera->open({.format = format}).ok());
    const CameraFrame* frame = next_picture(*camera);
    REQUIRE(frame != nullptr);
    CHECK(frame->format == format);
    CHECK(frame->stride_bytes >= kFilmWidth * bytes_per_pixel(format));
    const uint8_t* last = frame->pixels + 23 * frame->stride_bytes + 31 * bytes_per_pixel(format);
    CHECK(last[0] > 240);
    CHECK(last[1] < 15);
    CHECK(last[2] < 15);
    if (format == PixelFormat::Rgba8) CHECK(last[3] == 255);
  }
}

TEST_CASE("a looped film goes on after its end, with times that rise") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(3));
  const auto camera = media::make_film_camera(
      {(folder.path() / "a.y4m").string(), FilmRepeat::Loop, FilmPace::AsWanted});
  REQUIRE(camera->open({}).ok());
  double last = -1;
  for (int i = 0; i < 10; ++i) {
    const CameraFrame* frame = next_picture(*camera);
    REQUIRE(frame != nullptr);
    CHECK(frame->pixels[0] == 20 + i % 3);
    CHECK(frame->time_seconds > last);
    CHECK(frame->time_seconds == Approx(i / 30.0));
    last = frame->time_seconds;
  }
}

TEST_CASE("a film at its own pace replaces what nobody takes and counts it") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(60, 240));
  const auto camera = media::make_film_camera(
      {(folder.path() / "a.y4m").string(), FilmRepeat::Once, FilmPace::OwnTime});
  REQUIRE(camera->open({}).ok());
  uint64_t taken = 0, newest = 0;
  while (camera->state() != CameraState::Ended) {
    REQUIRE(camera->state() != CameraState::Failed);
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    camera->poll();
    if (const CameraFrame* frame = camera->newest_frame()) {
      ++taken;
      CHECK(frame->number > newest);
      newest = frame->number;
    }
  }
  CHECK(newest == 60);
  CHECK(camera->statistics().frames == 60);
  CHECK(camera->statistics().replaced == 60 - taken);
}

TEST_CASE("a looped film at its own pace gives its last picture its time, too") {
  const TemporaryFolder folder;
  for (const int pictures : {1, 3}) {
    INFO(pictures);
    write_file(folder.path() / "a.y4m", y4m_film(pictures, 25));
    const auto camera = media::make_film_camera({(folder.path() / "a.y4m").string()});
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE(camera->open({}).ok());
    while (camera->statistics().frames < 13) {
      camera->poll();
      REQUIRE(camera->state() != CameraState::Failed);
      camera->wait_for_news(std::chrono::milliseconds(20));
    }
    // Sooner it cannot be on any machine: twelve pictures were 40 ms to be seen each.
    CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(12 * 40 - 5));
  }
}

TEST_CASE("motion JPEG and MP4 play") {
  const TemporaryFolder folder;
  for (const auto& [name, encoder] : {std::pair{"a.mjpeg", "mjpeg"}, std::pair{"a.mp4", "mpeg4"}}) {
    INFO(name);
    encode_film(folder.path() / name, encoder, 20);
    const auto camera = once(folder.path() / name);
    REQUIRE(camera->open({.frames_per_second = 25}).ok());
    for (int i = 0; i < 20; ++i) {
      const CameraFrame* frame = next_picture(*camera);
      INFO(i << " " << camera->problem().to_string());
      REQUIRE(frame != nullptr);
      CHECK(frame->width == 64);
      CHECK(std::abs(frame->pixels[0] - (20 + i)) <= 3);
      CHECK(frame->time_seconds == Approx(i / 25.0).margin(1e-3));
    }
    CHECK(reaches(*camera, CameraState::Ended));
  }
}

TEST_CASE("a film that was taken on its side says which turns make it upright") {
  const TemporaryFolder folder;
  const auto turns_of = [&](const FilmNotes& notes) {
    encode_film(folder.path() / "a.mp4", "mpeg4", 2, notes);
    const auto camera = once(folder.path() / "a.mp4");
    REQUIRE(camera->open({}).ok());
    const CameraFrame* frame = next_picture(*camera);
    REQUIRE(frame != nullptr);
    CHECK(frame->width == 64);  // the pixels lie as they were coded
    return frame->turns;
  };
  CHECK(turns_of({}) == QuarterTurns::None);
  CHECK(turns_of({.turn = 90}) == QuarterTurns::One);
  CHECK(turns_of({.turn = 180}) == QuarterTurns::Two);
  CHECK(turns_of({.turn = 270}) == QuarterTurns::Three);
  CHECK(turns_of({.turn = -90}) == QuarterTurns::Three);
  // Neither is a turn by quarters.
  CHECK(turns_of({.turn = 30}) == QuarterTurns::None);
  CHECK(turns_of({.turn = 90, .flip = true}) == QuarterTurns::None);
}

TEST_CASE("a film that is not there, a folder and an empty file are told apart") {
  const TemporaryFolder folder;
  CHECK(failure(folder.path() / "none.y4m").code() == StatusCode::NotFound);
  CHECK(says(failure(folder.path()), "folder"));
  write_file(folder.path() / "empty.mp4", "");
  const Status empty = failure(folder.path() / "empty.mp4");
  CHECK(empty.code() == StatusCode::DataLoss);
  CHECK(says(empty, "0 bytes"));
}

TEST_CASE("a film that this user may not read is denied") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(2));
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  std::filesystem::permissions(folder.path() / "a.y4m", std::filesystem::perms::none);
  constexpr uid_t kNobody = 65534;
  const bool root = ::geteuid() == 0;
  if (root) REQUIRE(::seteuid(kNobody) == 0);
  const Status problem = failure(folder.path() / "a.y4m", CameraState::Denied);
  if (root) REQUIRE(::seteuid(0) == 0);
  CHECK(problem.code() == StatusCode::PermissionDenied);
}

TEST_CASE("what is no film is refused, also what names other files") {
  const TemporaryFolder folder;
  write_file(folder.path() / "secret.y4m", y4m_film(2));
  const std::string secret = (folder.path() / "secret.y4m").string();
  write_file(folder.path() / "a.txt", "Dear diary, " + std::string(5000, 'x'));
  write_file(folder.path() / "a.ffconcat", "ffconcat version 1.0\nfile " + secret + "\n");
  write_file(folder.path() / "a.m3u8",
             "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + secret + "\n#EXT-X-ENDLIST\n");
  write_file(folder.path() / "a.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n");
  for (const char* name : {"a.txt", "a.ffconcat", "a.m3u8", "a.sdp"}) {
    const Status problem = failure(folder.path() / name);
    CHECK(problem.code() == StatusCode::InvalidArgument);
    CHECK(says(problem, ".y4m"));
  }
}

TEST_CASE("a picture larger than the limit is refused before it is read") {
  const TemporaryFolder folder;
  write_file(folder.path() / "wide.y4m", y4m_head(4098, 2) + y4m_picture(0, 4098, 2));
  write_file(folder.path() / "huge.y4m", y4m_head(30000, 30000) + "FRAME\n");
  write_file(folder.path() / "absurd.y4m", y4m_head(2147483647, 2147483647) + "FRAME\n");
  write_file(folder.path() / "none.y4m", y4m_head(0, 24) + "FRAME\n");
  const Status wide = failure(folder.path() / "wide.y4m");
  CHECK(wide.code() == StatusCode::ResourceExhausted);
  CHECK(says(wide, "4098 x 2"));
  CHECK(says(wide, "4096"));
  CHECK_FALSE(failure(folder.path() / "huge.y4m").ok());
  CHECK_FALSE(failure(folder.path() / "absurd.y4m").ok());
  CHECK_FALSE(failure(folder.path() / "none.y4m").ok());
}

TEST_CASE("the largest picture that is allowed comes through") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_head(4096, 4096) + y4m_picture(5, 4096, 4096));
  const auto camera = once(folder.path() / "a.y4m");
  REQUIRE(camera->open({}).ok());
  const CameraFrame* frame = next_picture(*camera);
  REQUIRE(frame != nullptr);
  CHECK(frame->width == 4096);
  CHECK(frame->pixels[size_t{4095} * static_cast<size_t>(frame->stride_bytes) + 4095] == 25);
}

TEST_CASE("damaged pictures are left out and counted, and the film goes on") {
  const TemporaryFolder folder;
  encode_film(folder.path() / "a.mjpeg", "mjpeg", 20);
  std::string film = read_file(folder.path() / "a.mjpeg");
  // The head of one picture in the middle claims samples of 99 bits: nothing of it can be decoded.
  const size_t head = film.find("\xff\xc0", film.size() / 2);
  REQUIRE(head != std::string::npos);
  film[head + 4] = 99;
  write_file(folder.path() / "a.mjpeg", film);
  const auto camera = once(folder.path() / "a.mjpeg");
  REQUIRE(camera->open({}).ok());
  int last = 0;
  while (const CameraFrame* frame = next_picture(*camera)) last = frame->pixels[0];
  CHECK(camera->state() == CameraState::Ended);
  CHECK(camera->statistics().frames + camera->statistics().damaged == 20);
  CHECK(camera->statistics().damaged >= 1);
  CHECK(std::abs(last - 39) <= 3);
}

TEST_CASE("whatever is done to a film's bytes, it comes to an end") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(6));
  encode_film(folder.path() / "a.mjpeg", "mjpeg", 6);
  encode_film(folder.path() / "a.mp4", "mpeg4", 6);
  Random random(11);
  for (int round = 0; round < 90; ++round) {
    const char* name = round % 3 == 0 ? "a.y4m" : round % 3 == 1 ? "a.mjpeg" : "a.mp4";
    std::string film = read_file(folder.path() / name);
    const auto size = static_cast<uint32_t>(film.size());
    for (int i = 0; i < 1 + round / 6; ++i) {
      film[random.below(size)] = static_cast<char>(random.below(256));
    }
    if (round % 5 == 0) film.resize(random.below(size) + 1);
    write_file(folder.path() / "bad", film);
    const auto camera = once(folder.path() / "bad");
    REQUIRE(camera->open({}).ok());
    while (const CameraFrame* frame = next_picture(*camera)) {
      CHECK(frame->width <= CameraSource::kMostSide);
      CHECK(frame->height <= CameraSource::kMostSide);
    }
    INFO(round << " " << camera_state_name(camera->state()));
    const CameraState state = camera->state();
    CHECK((state == CameraState::Ended || state == CameraState::Failed));
    CHECK(camera->problem().ok() == (state == CameraState::Ended));
  }
}

TEST_CASE("a pipe that stops is stalled, and streams again when it goes on") {
  const TemporaryFolder folder;
  const std::string path = new_pipe(folder);
  const int pipe = ::open(path.c_str(), O_RDWR);
  REQUIRE(pipe >= 0);
  const auto send = [pipe](const std::string& bytes) {
    REQUIRE(::write(pipe, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  };
  const auto camera = media::make_film_camera({path, FilmRepeat::Once, FilmPace::AsWanted});
  REQUIRE(camera->open({.stall_seconds = 0.1}).ok());
  send(y4m_head());
  for (int i = 0; i < 30; ++i) send(y4m_picture(i));
  REQUIRE(next_picture(*camera) != nullptr);
  while (camera->statistics().frames < 30) {
    camera->poll();
    camera->wait_for_news(std::chrono::milliseconds(20));
    if (camera->state() == CameraState::Stalled) break;
  }
  REQUIRE(reaches(*camera, CameraState::Stalled));
  CHECK(camera->problem().code() == StatusCode::Unavailable);
  for (int i = 30; i < 60; ++i) send(y4m_picture(i));
  CHECK(reaches(*camera, CameraState::Streaming));
  // The pipe is silent again and still open: closing must not wait for it.
  camera->close();
  CHECK(camera->state() == CameraState::Closed);
  ::close(pipe);
}

TEST_CASE("a pipe whose writer comes later is waited for") {
  const TemporaryFolder folder;
  const std::string path = new_pipe(folder);
  const auto camera = media::make_film_camera({path, FilmRepeat::Once, FilmPace::AsWanted});
  REQUIRE(camera->open({}).ok());
  for (int i = 0; i < 5; ++i) {
    camera->poll();
    camera->wait_for_news(std::chrono::milliseconds(20));
  }
  CHECK(camera->problem().ok());
  const int pipe = ::open(path.c_str(), O_WRONLY);
  REQUIRE(pipe >= 0);
  const std::string film = y4m_head() + y4m_picture(0);
  REQUIRE(::write(pipe, film.data(), film.size()) == static_cast<ssize_t>(film.size()));
  ::close(pipe);
  CHECK(next_picture(*camera) != nullptr);
  CHECK(reaches(*camera, CameraState::Ended));
  CHECK(camera->problem().ok());
}

TEST_CASE("a pipe whose writer leaves without a byte is no film") {
  const TemporaryFolder folder;
  const std::string path = new_pipe(folder);
  const auto camera = media::make_film_camera({path, FilmRepeat::Once, FilmPace::AsWanted});
  REQUIRE(camera->open({}).ok());
  const int pipe = ::open(path.c_str(), O_WRONLY);
  REQUIRE(pipe >= 0);
  ::close(pipe);
  CHECK(reaches(*camera, CameraState::Failed));
  CHECK(camera->problem().code() == StatusCode::InvalidArgument);
}

TEST_CASE("a film can be opened and closed a thousand times and leaves nothing open") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(3));
  const auto files = [] {
    const std::filesystem::directory_iterator open("/proc/self/fd");
    return std::distance(begin(open), end(open));
  };
  const auto before = files();
  {
    const auto camera = once(folder.path() / "a.y4m");
    for (int i = 0; i < 1000; ++i) {
      REQUIRE(camera->open({}).ok());
      if (i % 3 == 0) REQUIRE(next_picture(*camera) != nullptr);
      camera->close();
      CHECK(camera->newest_frame() == nullptr);
    }
  }
  CHECK(files() == before);
}

TEST_CASE("a film shows itself as the only camera, and no other can be opened") {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.y4m", y4m_film(3));
  const auto camera = once(folder.path() / "a.y4m");
  camera->refresh_devices();
  while (camera->devices().empty()) camera->poll();
  REQUIRE(camera->devices().size() == 1);
  CHECK(camera->devices()[0].name == "a.y4m");
  REQUIRE(camera->open({.device_id = "usb-other"}).ok());
  REQUIRE(reaches(*camera, CameraState::Failed));
  CHECK(camera->problem().code() == StatusCode::NotFound);
  REQUIRE(camera->open({.device_id = "film:a.y4m"}).ok());
  CHECK(next_picture(*camera) != nullptr);
}
