// SPDX-License-Identifier: MIT
// What the tracker says of a face. Places are pixels of the upright picture (picture_view.h),
// angles radians, lengths in the world millimetres.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/geometry.h"
#include "engine/vision/face_region.h"
#include "engine/vision/landmarks.h"

namespace vitrine {

enum class FaceState : uint8_t {
  Tracked,  // seen in this frame
  Lost,     // not seen in this frame; landmarks are a guess from how the face moved
};

// Which way the head is turned from the line of sight between it and the camera: first by yaw, then
// by pitch, then by roll. 0 each: it looks into the camera, upright.
struct HeadPose {
  float yaw = 0;    // > 0: the face turns to the picture's right
  float pitch = 0;  // > 0: down
  float roll = 0;   // > 0: anticlockwise
};

// A value and one standard deviation of what it may be wrong by, in the same unit. An uncertainty
// below 0: nothing is known.
struct Measure {
  float value = 0;
  float uncertainty = -1;

  bool known() const { return uncertainty >= 0; }
};

// Camera frame: origin in the lens, x to the upright picture's right, y down, z away from the
// camera. In a mirrored picture it is the mirror image's frame.
struct CameraPlace {
  float x = 0;
  float y = 0;
  float z = 0;
};

// How big things are at this face, from its irises, whose diameter hardly differs between people:
// 11.7 mm +- 0.5 is taken (white to white 11.71 mm, standard deviation 0.42, of 390 people aged 10
// to 80: F. Ruefer, A. Schroeder, C. Erb, "White-to-white corneal diameter", Cornea 24 (2005)
// 259-261, doi:10.1097/01.ico.0000148312.01805.53). A small child's is smaller, so the child seems
// further away than it is.
struct FaceScale {
  Measure millimetres_per_pixel;  // in the plane through the eyes, across the line of sight
  Measure eye_distance;           // mm between the eyes' outer corners
  // Of the point between the eyes. Its uncertainty (mm) is that of z: the scale's and, where
  // TrackerOptions names no focal length, the lens's.
  CameraPlace place;
  float place_uncertainty = -1;
};

// How open, from the filtered landmarks and corrected for pose: a plain proportion of lengths.
struct FaceOpenness {
  // Mean gap of the five middle pairs of lid landmarks over the distance of the eye's corners.
  // About 0.25 of a relaxed eye, below 0.1 of a closed one.
  float eye_left = 0;
  float eye_right = 0;
  // Mean gap of the five middle pairs of inner lip landmarks over the distance of the mouth's inner
  // corners. Up to 0.05 when closed, 0.5 and more in a wide vowel.
  float mouth = 0;
};

// How far to trust the landmarks. Each part is 0 to 1, `score` their product.
struct FaceQuality {
  float score = 0;
  float presence = 0;   // the network's own belief that this is a face
  float certainty = 0;  // 1 where it expects an error of 2 % of the eye distance, 0 from 12 %
  float size = 0;       // 0 at 12 pixels of eye distance, 1 from 40
  float sharpness = 0;  // detail in the middle of the region against that of a sharp picture
  float frontal = 0;    // 1 within 20 degrees, 0.3 at 60
};

// How much of each cell of the face's region is visible skin: not hair, cloth, glasses, hand or
// background. Eyes and mouth are no skin.
struct SkinMask {
  static constexpr int kMaxSide = 32;

  FaceRegion region;                                 // that the cells cover
  int side = 0;                                      // cells each way; 0 where there is no mask
  std::array<uint8_t, kMaxSide * kMaxSide> cells{};  // 0 none to 255 all, row by row

  // 0 to 1 at a place of the upright picture, between cells' middles by proportion; 0 outside.
  float at(Vec2 place) const;
};

// Owned by the tracker, valid until its next call.
struct TrackedFace {
  uint32_t id = 0;  // of this visit: never 0, never given twice by one tracker
  FaceState state = FaceState::Tracked;
  double first_seen_seconds = 0;  // on the frames' own clock
  double last_seen_seconds = 0;

  Landmarks landmarks{};      // filtered: steady at rest, quick in motion
  Landmarks raw_landmarks{};  // of this frame alone; when Lost, of the last frame that saw the face
  FaceRegion region;          // where the face is, by the region's rule
  HeadPose pose;              // filtered
  float eye_distance = 0;     // pixels between the eyes' outer corners as if seen from the front
  // One expected error a group of landmarks (LandmarkGroup), in eye distances, as the networks
  // state it before landmarks are corrected by each other; raw_landmarks err less on average.
  std::array<float, kLandmarkGroupCount> uncertainty{};

  FaceOpenness openness;
  FaceScale scale;
  FaceQuality quality;
  SkinMask skin;
};

}  // namespace vitrine
