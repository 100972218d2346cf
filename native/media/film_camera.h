// SPDX-License-Identifier: MIT
// A film in a camera's place: .y4m, .mjpeg, .mp4, or a pipe with one of the first two.
#pragma once

#include <memory>
#include <string>

#include "native/media/media_camera.h"

namespace vitrine::media {

enum class FilmRepeat { Loop, Once };
enum class FilmPace {
  OwnTime,   // as fast as it was taken; pictures nobody takes in time are replaced
  AsWanted,  // the next comes once the last was polled: none is replaced
};

struct FilmOptions {
  std::string path;  // of this machine
  FilmRepeat repeat = FilmRepeat::Loop;
  FilmPace pace = FilmPace::OwnTime;
};

// Its only device is the film: id "film:NAME", name NAME, the file's own without its folder. A
// request's device_id must be that or "", its frames_per_second holds for films that state none
// (.mjpeg). A film that cannot be read any further is Failed, also when it is looped.
std::unique_ptr<MediaCamera> make_film_camera(FilmOptions options);

}  // namespace vitrine::media
