// SPDX-License-Identifier: MIT
// The command line of vitrine-kiosk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/base/status.h"
#include "engine/input/switch_scan.h"

namespace vitrine {

// Exit codes, also in --help.
enum class KioskExit : int {
  Ok = 0,
  Failed = 1,        // display, fonts, network library
  Usage = 2,         // the command line or the script
  DataDir = 3,       // --data is in use by another kiosk, or cannot be written
  NotEnrolled = 4,   // the server refused --enrol
  ScriptFailed = 5,  // a wait or an expectation of --script
  BadCampaign = 6,   // with --script, --frames or --shots only; a kiosk in service shows the error
};

struct KioskOptions {
  enum class Action { Run, Calibrate, SetPin, Help, Version };

  Action action = Action::Run;
  std::string server;  // ws://HOST:PORT/ws; "" with --offline
  bool offline = false;
  std::string campaign;  // a folder, or an id at the server
  std::string data;      // "": nothing is kept
  std::string enrol;     // one-time code
  std::string ca;        // PEM file of a store's own authority
  std::string fonts;     // "": beside the program
  std::string language;  // "": the campaign's default
  std::string mode = "live";
  int width = 1080;  // logical points
  int height = 1920;
  bool sized = false;     // the command line said so
  float pixel_ratio = 0;  // 0: the system's
  bool windowed = false;
  bool reduced_motion = false;
  std::optional<int> volume;         // per cent; none: panel.json's, else the campaign's
  bool mute = false;                 // neither sounds nor speech
  std::string sounds;                // "": beside the program
  std::string backlight;             // "": /sys/class/backlight
  uint64_t seed = 0;                 // 0: random
  uint64_t outbox_rows = 0;          // kept at most; 0: as many as the engine's default
  uint32_t good_after_s = 0;         // on screen for so long, start and campaign are good; 0: 60
  std::optional<uint8_t> rotation;   // quarter turns clockwise; else as the panel's settings say
  std::optional<int> burn_in_reach;  // device pixels; likewise
  bool no_keyboard = false;
  input::SwitchSettings switches;      // operation by one or two switches
  std::optional<Size> panel_mm;        // lit area as it hangs; else as the panel's settings say
  std::optional<int> panel_bottom_mm;  // its lower edge above the floor; likewise
  bool dev = false;                    // with windowed: the service panel opens without a PIN
  std::string script;
  uint32_t frame_rate = 60;  // frames a second at most
  uint32_t frames = 0;     // end after so many; 0: never. Fixed steps of 1/60 s instead of a clock
  std::string screenshot;  // of the last frame
  std::string shots;       // folder for pictures of every scene, state, size and language

  int64_t frame_us() const { return 1'000'000 / frame_rate; }
  int64_t good_after_us() const {
    return int64_t{good_after_s == 0 ? 60 : good_after_s} * 1'000'000;
  }
  // Whether starts that end sooner are counted (start_history.h); scripts are killed as they
  // please.
  bool counts_starts() const {
    return action == Action::Run && !data.empty() && (good_after_s != 0 || !is_batch());
  }
  bool calibrates() const { return action == Action::Calibrate; }

  // Nobody looks at a screen: pictures, scripts and tests.
  bool is_batch() const {
    return !script.empty() || frames != 0 || !screenshot.empty() || !shots.empty();
  }
};

// `arguments` without the program's name. Errors: InvalidArgument, naming option and cure.
Result<KioskOptions> parse_kiosk_options(const std::vector<std::string>& arguments);

// Whether what --ca, --fonts, --sounds and --backlight name is there. Errors as above.
Status check_kiosk_files(const KioskOptions& options);

std::string_view kiosk_help();

}  // namespace vitrine
