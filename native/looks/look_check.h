// SPDX-License-Identifier: MIT
// What a shopper would stumble over on a campaign's screens: words that are cut, hard to read or
// missing, targets too small for a finger. Every scene is laid out in every state, on every
// designed screen, in every language, with larger text too; with GL it is painted, and contrast is
// measured on the pixels.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/base/status.h"

namespace vitrine::looks {

// A standing kiosk, a lying one, a phone, the smallest phone, a tablet, a large panel, and what
// lower controls leave of a standing kiosk whose panel begins 600 mm above the floor.
inline constexpr Size kDesignedScreens[] = {{1080, 1920}, {1920, 1080}, {390, 844}, {320, 568},
                                            {768, 1024},  {2160, 3840}, {1080, 800}};
// Seconds of the silk at which contrast is measured; no two show the same folds.
inline constexpr float kSilkTimes[] = {0, 12, 47};

struct LookProblem {
  std::string code;  // text_cut, text_crossed, low_contrast, small_target, missing_text
  uint32_t line = 1, column = 1;  // in campaign.json
  std::string path;
  std::string message;  // names the place on screen, what was found and the limit
  std::string cure;
};

struct LookReport {
  std::vector<LookProblem> problems;  // one a thing and language, its worst case; in file order
  size_t looks = 0;                   // scene x state x screen x text size x language, and overlays
  std::string no_contrast;            // why contrast was not measured; "" when it was
};

struct LookOptions {
  std::span<const Size> screens = kDesignedScreens;
  std::span<const float> silk_times = kSilkTimes;
  std::string_view scene = {};       // this one alone; empty: every one
  std::filesystem::path fonts = {};  // empty: beside the program
  bool with_gl = true;
};

// Of a folder that `vitrine campaign check` finds no error in. NotFound without campaign.json or
// fonts, InvalidArgument when the campaign is not valid.
Result<LookReport> check_looks(const std::filesystem::path& campaign,
                               const LookOptions& options = {});

}  // namespace vitrine::looks
