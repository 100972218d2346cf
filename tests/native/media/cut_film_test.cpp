// SPDX-License-Identifier: MIT
// Films that were cut off: by a full disk, a copy that broke, a recorder that died.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "native/media/film_camera.h"
#include "tests/native/media/films.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

// What became of a film.
struct Played {
  int pictures = 0;
  CameraState state = CameraState::Closed;
  Status problem;
};

Played played(media::MediaCamera& camera) {
  Played result;
  while (next_picture(camera) != nullptr) ++result.pictures;
  result.state = camera.state();
  result.problem = camera.problem();
  INFO(result.problem.to_string());
  return result;
}

Played played(const TemporaryFolder& folder, const char* name, const std::string& bytes) {
  write_file(folder.path() / name, bytes);
  const auto camera = once(folder.path() / name);
  REQUIRE(camera->open({}).ok());
  return played(*camera);
}

// Through a pipe whose writer leaves when it has written all.
Played piped(const TemporaryFolder& folder, const char* name, const std::string& bytes) {
  const std::string path = (folder.path() / name).string();
  std::filesystem::remove(path);
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const auto camera = once(path);
  REQUIRE(camera->open({}).ok());
  const int pipe = ::open(path.c_str(), O_WRONLY);
  REQUIRE(pipe >= 0);
  REQUIRE(::write(pipe, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  ::close(pipe);
  return played(*camera);
}

std::string encoded(const TemporaryFolder& folder, const char* name, const char* encoder,
                    const FilmNotes& notes = {}) {
  encode_film(folder.path() / name, encoder, 20, notes);
  return read_file(folder.path() / name);
}

bool is_cut_off(const Played& film, int pictures) {
  INFO(film.pictures << " pictures; " << camera_state_name(film.state) << "; "
                     << film.problem.to_string());
  CHECK(film.pictures == pictures);
  CHECK(film.state == CameraState::Failed);
  CHECK(film.problem.code() == StatusCode::DataLoss);
  const std::string said = "cut off, after " + std::to_string(pictures) + " whole pictures";
  return film.problem.message().find(said) != std::string::npos;
}

constexpr const char* kJpegBegin = "\xff\xd8";

std::string without(std::string bytes, const std::string& what) {
  for (size_t at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at)) {
    bytes.erase(at, what.size());
  }
  return bytes;
}

constexpr const char* kJpegEnd = "\xff\xd9";

}  // namespace

TEST_CASE("a .y4m cut off within a picture gives the whole ones and then says so") {
  const TemporaryFolder folder;
  const std::string film = y4m_film(5);
  CHECK(is_cut_off(played(folder, "a.y4m", film.substr(0, film.size() - 100)), 4));
  CHECK(is_cut_off(played(folder, "b.y4m", film + "FRA"), 5));
  CHECK(played(folder, "whole.y4m", film).state == CameraState::Ended);
}

TEST_CASE("an .mjpeg cut off within a picture gives the whole ones and then says so") {
  const TemporaryFolder folder;
  // FFmpeg takes films of large pictures for another kind.
  for (const bool grain : {false, true}) {
    const std::string film = encoded(folder, "whole.mjpeg", "mjpeg", {.grain = grain});
    REQUIRE((film.size() / 20 > 2500) == grain);
    const size_t last = film.rfind(kJpegBegin);
    for (const size_t kept : {size_t{30}, (film.size() - last) / 2, film.size() - last - 1}) {
      CHECK(is_cut_off(played(folder, "a.mjpeg", film.substr(0, last + kept)), 19));
    }
    const Played whole = played(folder, "whole.mjpeg", film);
    CHECK(whole.state == CameraState::Ended);
    CHECK(whole.pictures == 20);
  }
}

TEST_CASE("an .mjpeg whose maker writes no ends of pictures is not cut off") {
  const TemporaryFolder folder;
  for (const bool grain : {false, true}) {
    const std::string film =
        without(encoded(folder, "whole.mjpeg", "mjpeg", {.grain = grain}), kJpegEnd);
    const Played open = played(folder, "open.mjpeg", film);
    CHECK(open.state == CameraState::Ended);
    CHECK(open.pictures == 19);  // of the first nothing tells that it is whole
  }
}

TEST_CASE("an .mp4 that has less than it states gives the whole pictures and then says so") {
  const TemporaryFolder folder;
  const std::string film = encoded(folder, "whole.mp4", "mpeg4", {.index_first = true});
  const Played whole = played(folder, "whole.mp4", film);
  CHECK(whole.state == CameraState::Ended);
  CHECK(whole.pictures == 20);
  for (const size_t lost : {size_t{1}, size_t{60}}) {
    const Played cut = played(folder, "cut.mp4", film.substr(0, film.size() - lost));
    CHECK(cut.pictures < 20);
    CHECK(cut.pictures > 10);
    CHECK(is_cut_off(cut, cut.pictures));
  }
}

TEST_CASE("a film cut off in a pipe gives the whole pictures and then says so") {
  const TemporaryFolder folder;
  const std::string raw = y4m_film(5), jpegs = encoded(folder, "whole.mjpeg", "mjpeg");
  CHECK(is_cut_off(piped(folder, "a.y4m", raw.substr(0, raw.size() - 100)), 4));
  CHECK(is_cut_off(piped(folder, "a.mjpeg", jpegs.substr(0, jpegs.size() - 40)), 19));
  const std::string film = encoded(folder, "whole.mp4", "mpeg4", {.index_first = true});
  for (const size_t lost : {size_t{1}, size_t{60}, size_t{300}}) {
    const Played cut = piped(folder, "a.mp4", film.substr(0, film.size() - lost));
    CHECK(is_cut_off(cut, cut.pictures));
    CHECK((lost == 1 ? cut.pictures == 19 : cut.pictures > 1 && cut.pictures < 20));
  }
  const Played whole = piped(folder, "a.mp4", film);
  CHECK(whole.state == CameraState::Ended);
  CHECK(whole.pictures == 20);
}

TEST_CASE("a film cut off within its head or before its first whole picture fails") {
  const TemporaryFolder folder;
  const std::string film = encoded(folder, "whole.mp4", "mpeg4");
  for (const auto& [name, bytes] :
       {std::pair{"head.y4m", std::string("YUV4MPEG2 W32 H2")},
        std::pair{"first.y4m", y4m_head() + y4m_picture(0).substr(0, 300)},
        std::pair{"cut.mp4", film.substr(0, film.size() / 2)}}) {
    const Played cut = played(folder, name, bytes);
    INFO(cut.problem.to_string());
    CHECK(cut.pictures == 0);
    CHECK(cut.state == CameraState::Failed);
    CHECK(cut.problem.message().find(name) != std::string::npos);
  }
}
