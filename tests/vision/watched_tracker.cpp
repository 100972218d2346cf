// SPDX-License-Identifier: MIT
// The camera and the tracker as a kiosk has them, over a film at its own pace, saying nothing: what
// tracker_privacy_test.py watches from outside. Further arguments are ways in which it leaks its
// last picture or its landmarks on purpose, so that the watch can be seen to see.
//
//   watched_tracker FILM MODELS PICTURES [LEAK…]
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "engine/vision/face_tracker.h"
#include "native/media/film_camera.h"
#include "native/tools/track/model_files.h"

using namespace vitrine;

namespace {

struct Seen {
  std::vector<uint8_t> picture;  // its first row
  Vec2 landmark;
};

void give(int file, const Seen& seen) {
  if (::write(file, seen.picture.data(), seen.picture.size()) < 0) std::perror("leak");
  ::close(file);
}

void give_by(int kind, const sockaddr* to, socklen_t size, const Seen& seen) {
  const int socket = ::socket(kind, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ::sendto(socket, seen.picture.data(), seen.picture.size(), 0, to, size);
  ::close(socket);
}

void give_to_network(const Seen& seen) {
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(9);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  give_by(AF_INET, reinterpret_cast<const sockaddr*>(&to), sizeof to, seen);
}

void give_to_neighbour(const Seen& seen) {
  sockaddr_un to = {};
  to.sun_family = AF_UNIX;
  std::strcpy(to.sun_path, "/nobody/listens");
  give_by(AF_UNIX, reinterpret_cast<const sockaddr*>(&to), sizeof to, seen);
}

void give_to_child() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
}

void leak(const std::string& how, const Seen& seen) {
  const int own = O_RDWR | O_CLOEXEC;
  if (how == "file") give(::open("leaked-picture", own | O_CREAT, 0600), seen);
  if (how == "unnamed") give(::open(".", own | O_TMPFILE, 0600), seen);
  if (how == "folder") ::mkdir("leaked-folder", 0700);
  if (how == "name") (void)!::symlink("x-17-y-20", "leaked-name");
  if (how == "memory") give(::memfd_create("leaked", MFD_CLOEXEC), seen);
  if (how == "network") give_to_network(seen);
  if (how == "neighbour") give_to_neighbour(seen);
  if (how == "child") give_to_child();
  if (how == "output") std::printf("%f\n", static_cast<double>(seen.landmark.x));
  if (how == "complaint") std::fprintf(stderr, "x=%f\n", static_cast<double>(seen.landmark.x));
}

Seen watch(FaceTracker& tracker, media::MediaCamera& camera, int pictures) {
  Seen seen;
  while (pictures > 0 && camera.state() != CameraState::Ended) {
    camera.poll();
    const CameraFrame* frame = camera.newest_frame();
    if (camera.state() == CameraState::Failed) std::exit(3);
    if (!frame) {
      camera.wait_for_news(std::chrono::milliseconds(100));
      continue;
    }
    const TrackerResult& result = tracker.track(view_of(*frame), frame->time_seconds);
    if (result.faces.empty()) continue;
    seen = {{frame->pixels, frame->pixels + frame->width}, result.faces[0].landmarks[0]};
    --pictures;
  }
  return seen;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  auto models = track::read_models(argv[2]);
  if (!models.ok()) return 3;
  auto tracker = FaceTracker::create(std::move(models).value());
  if (!tracker.ok()) return 3;
  const auto camera =
      media::make_film_camera({argv[1], media::FilmRepeat::Loop, media::FilmPace::OwnTime});
  if (!camera->open({}).ok()) return 3;
  const Seen seen = watch(tracker.value(), *camera, std::atoi(argv[3]));
  // Only what saw somebody has something to keep to itself.
  if (seen.picture.empty()) return 4;
  for (int i = 4; i < argc; ++i) leak(argv[i], seen);
  return 0;
}
