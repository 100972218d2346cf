// SPDX-License-Identifier: MIT
#include "engine/audio/sound.h"

#include <array>

namespace vitrine::audio {
namespace {

struct Row {
  std::string_view name;
  SoundShape shape;
};

// In the order of Sound. Repeated ones vary a little: the same sample twice sounds like a fault.
constexpr std::array<Row, kSounds> kRows = {{
    {"tick", {Group::Interface, 0.8f, 0.04f, 0.03f}},
    {"slide", {Group::Interface, 0.7f, 0.045f, 0.04f}},
    {"twist", {Group::Interface, 0.7f, 0.03f, 0.05f}},
    {"swipe", {Group::Interface, 0.8f, 0.12f, 0.04f}},
    {"click", {Group::Interface, 0.9f, 0.06f, 0.02f}},
    {"chime", {Group::Voice, 0.9f, 0.5f}},
    {"burst", {Group::Ambience, 1.0f, 0.3f}},
    {"paper", {Group::Ambience, 0.9f, 0.15f, 0.03f}},
    {"drop", {Group::Ambience, 1.0f, 0.15f, 0.02f}},
    {"soft", {Group::Voice, 0.9f, 1.0f, 0, true}},
}};

const Row& row(Sound sound) {
  return kRows[static_cast<size_t>(sound)];
}

}  // namespace

std::string_view sound_name(Sound sound) {
  return row(sound).name;
}

const SoundShape& sound_shape(Sound sound) {
  return row(sound).shape;
}

}  // namespace vitrine::audio
