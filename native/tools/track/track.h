// SPDX-License-Identifier: MIT
// `vitrine track`: the face tracker over a film or a camera, for developers.
#pragma once

#include <cstdio>
#include <memory>
#include <span>
#include <string_view>

#include "engine/vision/face_models.h"
#include "native/tools/track/track_options.h"

namespace vitrine::track {

// Runs until the film or --frames ends, or stop() was called. Returns the exit code
// (native/tools/command.h).
int run_track(std::span<const std::string_view> arguments, std::FILE* out, std::FILE* err);

// The same with these models, once the options are known.
int track_source(const TrackOptions& options, std::unique_ptr<FaceModels> models, std::FILE* out,
                 std::FILE* err);

// Ends run_track after the picture at hand. From a signal handler.
void stop();

}  // namespace vitrine::track
