// SPDX-License-Identifier: MIT
// Where results go: lines of JSON and overlay pictures, as the options say.
#pragma once

#include <cstdio>
#include <optional>
#include <string>

#include "native/tools/track/overlay.h"
#include "native/tools/track/track_options.h"

namespace vitrine::track {

class Results {
 public:
  explicit Results(const TrackOptions& options) : options_(options) {}
  ~Results();
  Results(const Results&) = delete;
  Results& operator=(const Results&) = delete;

  // Opens the file, makes the folder, and says in plain words on `err` what will be stored. What
  // the file held is there until the first frame comes, and a file or folder (the last of its path)
  // that was not there goes again where nothing comes into it: a film that is none costs nobody
  // their results.
  Status begin(std::FILE* out, std::FILE* err);
  // One frame; the picture need not outlive the call.
  Status add(const PictureView& picture, const TrackedFrame& frame, const TrackerResult& result);
  // Writes what is left: the single picture, and all lines to their file.
  Status finish();

 private:
  Status open_json(std::FILE* out);
  Status empty_json();
  bool is_left_empty() const;
  Status add_picture(const PictureView& picture, const TrackedFrame& frame,
                     const TrackerResult& result);

  const TrackOptions& options_;
  std::FILE* json_ = nullptr;
  bool owns_json_ = false;
  bool made_json_ = false;    // it was not there before
  bool made_folder_ = false;  // neither was this
  std::string line_;
  std::optional<Image> last_;
  int64_t frames_ = 0;
};

}  // namespace vitrine::track
