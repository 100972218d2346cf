// SPDX-License-Identifier: MIT
// Writes clips: NAME.y4m, and NAME.jsonl with what is true (docs/vision/clips.md).
#pragma once

#include <filesystem>

#include "tools/vision/render/clip.h"

namespace vitrine::faces {

// At most the first `most` pictures. False when a file cannot be written. What can be seen under
// its name is whole.
bool write_clip(const HeadModel& model, const ClipPlan& plan, ClipSize size, uint64_t seed,
                long long most, const std::filesystem::path& folder);

}  // namespace vitrine::faces
