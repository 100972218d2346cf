// SPDX-License-Identifier: MIT
// What `vitrine track` was asked to do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine::track {

struct TrackOptions {
  std::string film;        // "": a camera
  std::string camera;      // its id; "first": whichever is first
  bool list = false;       // show the cameras and end
  bool luma = false;       // give the tracker brightness alone
  std::string overlay;     // "": none; NAME.png: the last picture; else a folder
  std::string json = "-";  // "-": standard output; "": none
  std::string models;      // "": where they are installed
  int64_t every = 1;       // of the folder's pictures, 1..100000
  int64_t frames = 0;      // end after so many, 1..1000000000; 0: no limit

  bool overlay_is_folder() const;
  // InvalidArgument where a result would take the place of the film, of a file of weights or of
  // another result.
  Status check_places() const;

 private:
  Status check_place(const std::string& option, const std::string& out) const;
};

// InvalidArgument says which option and what it takes.
Result<TrackOptions> parse_track_options(std::span<const std::string_view> arguments);

}  // namespace vitrine::track
