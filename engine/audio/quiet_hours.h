// SPDX-License-Identifier: MIT
// When a shop window keeps its voice down: neighbours, closing time.
#pragma once

#include "engine/base/hours.h"

namespace vitrine::audio {

struct QuietHours : Hours {
  float volume = 0;  // 0..1: what is left of the volume; 0 is silence

  friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

}  // namespace vitrine::audio
