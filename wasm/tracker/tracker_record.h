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
constexpr int32_t kRecordVersion = 2;

struct FaceRecord {
  int32_t id;     // never 0
  int32_t state;  // FaceState
  float yaw, pitch, roll;
  float openness_eye_left, openness_eye_right, openness_mouth;
  float place_z, place_uncertainty;     // from the lens; uncertainty < 0: not known
  float quality;                        // 0 to 1
  float landmarks[kLandmarkCount * 2];  // filtered; x, y
};

struct ResultRecord {
  int32_t version;
  int32_t state;      // TrackerState
  int32_t fault;      // FrameFault
  int32_t restarted;  // 0 or 1: somebody was known and was forgotten
  int32_t width, height;
  int32_t count;  // of faces, the nearest first
  FaceRecord faces[TrackerOptions::kMostFaces];
};

// JavaScript counts in values of four bytes.
static_assert(sizeof(FaceRecord) == 285 * 4);
static_assert(offsetof(FaceRecord, landmarks) == 11 * 4);
static_assert(offsetof(ResultRecord, faces) == 7 * 4);

void fill_record(const TrackerResult& result, ResultRecord& record);

}  // namespace vitrine::tracker_module
