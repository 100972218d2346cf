// SPDX-License-Identifier: MIT
// Reads WAV files: what a folder of sounds holds, and what a speech program writes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/status.h"

namespace vitrine {

// PCM of 16 bits; channels lie side by side.
struct PcmClip {
  uint32_t rate = 0;      // frames a second, 8,000..96,000
  uint32_t channels = 1;  // 1 or 2
  std::vector<int16_t> samples;

  uint64_t frames() const { return samples.size() / channels; }
};

// Seconds at most: what a mixer keeps in memory of one sound.
inline constexpr uint32_t kMaxClipSeconds = 30;

// The first format and data chunks; others are stepped over. A data chunk that says it is larger
// than the file (a program that writes to a pipe cannot know) ends where the file does.
// InvalidArgument: not WAV, not PCM of 16 bits, or out of the limits above, with the number found.
Result<PcmClip> parse_wav(std::span<const uint8_t> bytes);

}  // namespace vitrine
