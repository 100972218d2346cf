// SPDX-License-Identifier: MIT
// Finds up to four faces in the pictures of a camera and follows them: 137 landmarks on the edges
// that make-up follows, pose, size in millimetres, visible skin. Pure arithmetic: no camera, no
// clock, no file; pictures and results stay in memory. docs/vision/tracker.md tells how it decides.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/base/status.h"
#include "engine/vision/face_models.h"
#include "engine/vision/picture_view.h"
#include "engine/vision/tracked_face.h"

namespace vitrine {

enum class TrackerState : uint8_t {
  Searching,  // nobody is there
  Tracking,   // at least one face was seen in this frame
  Lost,       // faces were there a moment ago, none was seen in this frame
};

struct TrackerOptions {
  static constexpr int kMostFaces = 4;

  int most_faces = kMostFaces;  // 1 to kMostFaces
  // Focal length of the lens in pixels of the upright picture (square pixels), where it is known,
  // finite; 0: worked out from field_of_view.
  float focal_length = 0;
  // Angle in radians that the longer side of the picture shows, 0.2 to 2.6. The default, 62
  // degrees, lies between those of webcams (55-78) and phones' front cameras (60-75).
  float field_of_view = 1.08f;
  // Seconds between looks of the detector while faces are followed: for newcomers, and to find out
  // what is followed by mistake. 0 to 60.
  float newcomer_interval = 0.3f;
};

struct TrackerResult {
  TrackerState state = TrackerState::Searching;
  FrameFault fault = FrameFault::None;
  // Somebody was known and was forgotten, for time jumped or the picture has another size.
  bool restarted = false;
  int width = 0;  // of the upright picture, the last that could be read
  int height = 0;
  // Nearest first. The order changes only when one is clearly nearer (a seventh), so that two who
  // stand side by side do not swap places.
  std::span<const TrackedFace> faces;
};

// Move-only. create() allocates everything; track() and reset() allocate nothing. One thread at a
// time. One instance serves for a program's life.
class FaceTracker {
 public:
  // `models` becomes the tracker's own. Fails with invalid_argument for null models, models of a
  // size beyond their limits, or an option out of its range; the message names it.
  static Result<FaceTracker> create(std::unique_ptr<FaceModels> models,
                                    const TrackerOptions& options = {});

  FaceTracker(FaceTracker&&) noexcept;
  FaceTracker& operator=(FaceTracker&&) noexcept;
  ~FaceTracker();

  // Looks at one frame. `time_seconds`: when it was taken, on any clock; frames may come at any
  // rhythm. The result and its faces are the tracker's, valid until the next call.
  //
  // A picture that cannot be read (FrameFault) counts as a frame in which nobody can be seen. A
  // time that is not finite makes the frame count for nothing: faces and state stay as they are. A
  // time slightly before the last frame's (up to 0.25 s: frames out of order) counts as the moment
  // after it; one further back, or more than 1 s ahead, starts afresh with new ids (`restarted`).
  const TrackerResult& track(const PictureView& picture, double time_seconds);

  // Forgets all faces at once (ids are never used again), as between two shoppers, and sets to zero
  // every pixel, landmark and number in its memory that pictures left there. The result is empty.
  void reset();

 private:
  struct Parts;
  explicit FaceTracker(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace vitrine
