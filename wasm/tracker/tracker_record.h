// SPDX-License-Identifier: MIT
// What the tracker module hands to JavaScript: values of four bytes each at fixed places, read
// there through a Float32Array and an Int32Array over the module's memory (wasm/labs/record.ts
// holds the places that the page reads; tests/vision/record_places_test.py compares them). Places
// are pixels of the upright picture, angles radians, lengths in the world millimetres.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/vision/face_tracker.h"

namespace vitrine::tracker_module {

// Grows by one when a value moves, comes or goes.
constexpr int32_t kRecordVersion = 1;

struct FaceRecord {
  int32_t id;          // never 0
  int32_t state;       // FaceState
  float first_seen_s;  // before this frame
  float yaw, pitch, roll;
  float eye_distance;  // pixels
  float eye_left_open, eye_right_open, mouth_open;
  float millimetres_per_pixel, millimetres_uncertainty;  // uncertainty < 0: not known
  float distance, distance_uncertainty;  // from the lens; uncertainty < 0: not known
  float quality, presence, certainty, size, sharpness, frontal;  // 0 to 1
  float region_x, region_y, region_side, region_turn;
  float uncertainty[kLandmarkGroupCount];  // expected error by group, in eye distances
  float landmarks[kLandmarkCount * 2];     // filtered; x, y
  float raw_landmarks[kLandmarkCount * 2];
  int32_t mask_side;  // cells each way
  int32_t mask;       // address of mask_side squared bytes, 0 none to 255 all skin
};

struct ResultRecord {
  int32_t version;
  int32_t state;      // TrackerState
  int32_t fault;      // FrameFault
  int32_t restarted;  // 0 or 1
  int32_t width, height;
  int32_t count;  // of faces, the nearest first
  FaceRecord faces[TrackerOptions::kMostFaces];
};

// JavaScript counts in values of four bytes.
static_assert(sizeof(FaceRecord) == 584 * 4);
static_assert(offsetof(FaceRecord, uncertainty) == 24 * 4);
static_assert(offsetof(FaceRecord, landmarks) == 34 * 4);
static_assert(offsetof(FaceRecord, raw_landmarks) == 308 * 4);
static_assert(offsetof(FaceRecord, mask_side) == 582 * 4);
static_assert(offsetof(ResultRecord, faces) == 7 * 4);

void fill_record(const TrackerResult& result, double time_seconds, ResultRecord& record);

}  // namespace vitrine::tracker_module
