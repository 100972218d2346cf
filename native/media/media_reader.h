// SPDX-License-Identifier: MIT
// One film or device, opened: gives its pictures one after another, decoded. Used by one thread.
#pragma once

#include <memory>
#include <string>

#include "engine/platform/pixel_format.h"
#include "native/media/av_handles.h"
#include "native/media/file_input.h"
#include "native/media/film_end.h"

namespace vitrine::media {

struct MediaPlace {
  std::string path;
  bool is_device = false;  // a v4l2 node; else a film, or a pipe with one
  // Wishes to a device, pixels; a film keeps its own.
  int width = 640;
  int height = 480;
  // A wish to a device; for a film, its rate where it states none of its own (.mjpeg).
  double frames_per_second = 30;
};

enum class ReadOutcome {
  Picture,
  Damaged,  // one picture could not be decoded and is left out; more may follow
  End,      // the film is over
  GaveUp,   // KeepWaiting said no
  Failed,   // problem() says why; nothing more comes
};

class MediaReader {
 public:
  // Reads headers, and pictures where they do not say enough, within KeepWaiting's patience.
  // Unknown kinds, too large pictures, and what FileInput refuses, are refused here.
  static Result<std::unique_ptr<MediaReader>> open(const MediaPlace& place,
                                                   KeepWaiting keep_waiting);

  // Fills `frame`, whose earlier picture is let go of, and time_seconds(). At most kMostSide a
  // side.
  ReadOutcome read(AVFrame& frame);

  // Of the last picture: seconds in the film or of the device's clock. Falls where the film's or
  // the device's times do.
  double time_seconds() const { return time_seconds_; }
  // What makes the pictures upright, as an .mp4 says of a phone's film. None for a note that is no
  // quarter turn or flips the picture.
  QuarterTurns turns() const { return turns_; }
  // Seconds between two pictures, as the film or device states it; else as was wished.
  double interval_seconds() const { return interval_seconds_; }
  const Status& problem() const { return problem_; }

 private:
  MediaReader(const MediaPlace& place, KeepWaiting keep_waiting)
      : place_(place), keep_waiting_(std::move(keep_waiting)) {}
  Status open_format();
  Status open_device();
  int try_device(const char* input_format);  // FFmpeg's error
  Status open_film();
  Status open_decoder();
  ReadOutcome feed();
  ReadOutcome at_end();
  ReadOutcome accept(const AVFrame& frame);
  double near_time(double states);
  ReadOutcome fail(Status problem);

  const MediaPlace place_;
  const KeepWaiting keep_waiting_;
  // In this order: the format lets go of its input before the input goes.
  std::unique_ptr<FileInput> input_;
  AvOwned<AVFormatContext> format_;
  AvOwned<AVCodecContext> decoder_;
  AvOwned<AVPacket> packet_;
  int stream_ = -1;
  FilmEnd end_;
  int end_error_ = 0;  // FFmpeg's, of a film that gave its last packet
  double time_seconds_ = 0;
  double shift_seconds_ = 0;  // of a film's own times, after a gap
  double interval_seconds_ = 1.0 / 30;
  QuarterTurns turns_ = QuarterTurns::None;
  Status problem_;
};

}  // namespace vitrine::media
