// SPDX-License-Identifier: MIT
// Every sound the product has, in the order in which the page keeps them. docs/sound.md says when
// each is heard and how to add one; tools/sounds makes the files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/platform/audio_output.h"

namespace vitrine::audio {

enum class Sound : uint8_t {
  Tick,   // a finger on something that answers
  Slide,  // a thing of a row passes the middle
  Twist,  // one tooth of a ratchet, while something is turned
  Swipe,  // pigment drawn over something
  Click,  // a lid closes
  Chime,  // a phone was seen
  Burst,  // a prize
  Paper,  // a ticket comes
  Drop,   // something falls into the tray
  Soft,   // is anybody still there
};
inline constexpr size_t kSounds = 10;
static_assert(kSounds <= AudioOutput::kClips);

// Also the file's name, without ".wav".
std::string_view sound_name(Sound sound);

// What is turned down together; the number is the output's bus.
enum class Group : uint8_t {
  Interface,  // answers to fingers
  Ambience,   // what sounds by itself
  Voice,      // what has to be heard: never ducked
};
inline constexpr size_t kGroups = 3;
static_assert(kGroups <= AudioOutput::kBuses);

struct SoundShape {
  Group group = Group::Interface;
  float gain = 1;       // linear, beside what a scene asks for
  float spacing = 0;    // seconds; one asked for sooner after the last is left out
  float variation = 0;  // pitch differs from one playing to the next by up to this part, up or down
  bool ducks = false;   // interface and ambience make way while it plays
};

const SoundShape& sound_shape(Sound sound);

}  // namespace vitrine::audio
