// SPDX-License-Identifier: MIT
// What the service panel says, in the languages of those who read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine::staff {

enum class Language : uint8_t { Chinese, English };

enum class Word : uint8_t {
  Title,
  Close,
  OtherLanguage,  // the name of the language it would change to
  // Keypad
  EnterPin,
  WrongPin,  // %d: seconds to wait
  TryAgain,
  Checking,
  Ok,
  Erase,
  NoPin,
  NoPinHow,
  // Cards
  Frames,
  FrameTime,
  TouchLatency,
  Median,
  Percentile95,
  Worst,
  Late,
  Quality,
  Records,
  Waiting,     // rows
  WaitingFor,  // how long
  Lost,
  Refused,
  DiskFull,
  Versions,
  Build,
  Protocol,
  Campaign,
  Device,
  NoCampaign,
  TouchTest,
  TouchHere,
  Panel,
  Rotation,
  Volume,
  Brightness,
  Calibrate,
  // Buttons
  Clean,
  Reload,
  Restart,
  Sure,
  ScreenLanguage,
  // Instead of what is not there
  NotEnrolled,
  NoSound,
  NoBacklight,
  BacklightLocked,
  kCount,
};

const char* words(Word word, Language language);
// How the network stands, of a name by telemetry::outbox_phase_name(); the name itself where there
// is no such phase. `phase` outlives what is returned.
std::string_view network_words(std::string_view phase, Language language);
// Every character of all of them and of what is written besides: what the font must have.
std::string all_characters();

}  // namespace vitrine::staff
