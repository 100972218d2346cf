// SPDX-License-Identifier: MIT
#include "engine/platform/audio_output.h"

namespace vitrine {

std::string_view audio_state_name(AudioState state) {
  switch (state) {
    case AudioState::Running:
      return "running";
    case AudioState::Locked:
      return "locked";
    case AudioState::Suspended:
      return "suspended";
    case AudioState::Silent:
      break;
  }
  return "silent";
}

}  // namespace vitrine
