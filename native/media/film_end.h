// SPDX-License-Identifier: MIT
// Tells a film that ends from one that was cut off. No kind of film says so; each gives itself away
// in its own manner.
#pragma once

#include "native/media/av_handles.h"
#include "native/media/file_input.h"

namespace vitrine::media {

class FilmEnd {
 public:
  // Looks at the next picture as the film has it, before it is decoded; not at one that FFmpeg
  // calls corrupt. False: it is not whole.
  bool take(const AVPacket& packet, const AVFormatContext& film);
  // After the last.
  bool is_cut_off(AVFormatContext& film, const FileInput& input, int stream) const;

 private:
  int64_t whole_until_ = 0;  // byte behind the last whole picture
  int open_ = 0;             // JPEGs without an end
  bool last_is_open_ = false;
};

}  // namespace vitrine::media
