// SPDX-License-Identifier: MIT
// An output that also plays what was made on the spot: speech goes through the same mixer as the
// sounds, so that they make way for it and its end is known.
#pragma once

#include <memory>

#include "engine/platform/audio_output.h"
#include "native/audio/wav.h"

namespace vitrine {

class PcmOutput : public AudioOutput {
 public:
  // As play(), of `clip` instead of play.clip. Null is dropped.
  virtual AudioVoice play_pcm(std::shared_ptr<const PcmClip> clip, const AudioPlay& play) = 0;
};

}  // namespace vitrine
