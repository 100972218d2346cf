// SPDX-License-Identifier: MIT
// Draws what the tracker says over the picture that it was told of, for a developer's eye.
#pragma once

#include "engine/platform/image_decoder.h"
#include "engine/vision/face_tracker.h"
#include "native/tools/track/track_json.h"

namespace vitrine::track {

// `picture`: in order (picture_fault); drawn upright. Small pictures are enlarged by whole numbers
// to about 960 pixels of width, so that a landmark stays a dot.
Image overlay(const PictureView& picture, const TrackedFrame& frame, const TrackerResult& result);

}  // namespace vitrine::track
