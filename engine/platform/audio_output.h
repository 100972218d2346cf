// SPDX-License-Identifier: MIT
// Plays the product's own sounds: a mixer over SDL natively, WebAudio nodes in a browser, nothing
// where there is no device. Which sound, when and how loud is engine/audio's; this seam makes it
// heard.
//
// Sound is never needed: no call fails, none blocks, and what cannot be heard is counted. A device
// that is missing, refused, unplugged or taken by another program is silence, looked for again
// quietly. Called on the App's thread; an implementation's own threads stay inside it.
#pragma once

#include <cstdint>
#include <string_view>

namespace vitrine {

enum class AudioState : uint8_t {
  Running,
  Locked,     // a browser that waits for a person's first touch or key
  Suspended,  // by suspend()
  Silent,     // no device: everything is accepted and nobody hears it
};

// "running", "locked", "suspended", "silent".
std::string_view audio_state_name(AudioState state);

struct AudioPlay {
  uint8_t clip = 0;   // one that was given to load()
  uint8_t bus = 0;    // whose gain it follows too
  float gain = 1;     // linear, 0..4
  float pan = 0;      // -1 left, 0 middle, 1 right; of equal power
  float rate = 1;     // of speed and pitch, 0.25..4
  bool loop = false;  // without a gap, until stop()
};

// One playing of a clip; 0 is nobody. Numbers are not given twice.
using AudioVoice = uint32_t;

struct AudioStatistics {
  AudioState state = AudioState::Silent;
  uint32_t voices = 0;    // heard at this moment
  uint32_t clips = 0;     // loaded
  uint32_t failed = 0;    // clips that could not be loaded
  uint32_t played = 0;    // since the start
  uint32_t dropped = 0;   // plays that nobody could hear: state, a clip not there, no voice free
  uint32_t reopened = 0;  // devices that came back
};

class AudioOutput {
 public:
  static constexpr uint8_t kClips = 32;
  static constexpr uint8_t kBuses = 4;
  static constexpr uint32_t kVoices = 64;

  virtual ~AudioOutput() = default;

  // Gets the sound `name` ("tick") of the program's own set, wherever the implementation keeps it
  // (a folder, a file of the page), from WAV bytes: PCM of 16 bits, one or two channels, 8 to
  // 96 kHz, at most 30 seconds. May take any time; until then and when it fails (counted) plays of
  // it are dropped. Loading a clip anew replaces it. Expects: clip < kClips.
  virtual void load(uint8_t clip, std::string_view name) = 0;

  // Begins at once, without a click. 0 when it is dropped. Expects: clip < kClips, bus < kBuses.
  virtual AudioVoice play(const AudioPlay& play) = 0;
  // Fades it out within 20 ms. One that ended by itself, or 0, is no error.
  virtual void stop(AudioVoice voice) = 0;
  virtual void stop_all() = 0;
  virtual bool playing(AudioVoice voice) const = 0;

  // Linear, 0..4; 1 at the start. Reached within 20 ms without a step, so that it may be set every
  // frame. Expects: bus < kBuses.
  virtual void set_bus_gain(uint8_t bus, float gain) = 0;

  // A hidden page or a sleeping screen: everything stops and is not made up for.
  virtual void suspend(bool suspended) = 0;

  virtual AudioStatistics statistics() const = 0;

  // Once a frame: looks for lost devices, takes in what was loaded.
  virtual void poll() = 0;
};

}  // namespace vitrine
