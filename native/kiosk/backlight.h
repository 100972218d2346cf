// SPDX-License-Identifier: MIT
// The light behind a panel, where Linux has it: /sys/class/backlight/NAME/brightness and
// max_brightness. Screens on a cable mostly have none of it. Any thread, one at a time.
#pragma once

#include <filesystem>

#include "engine/base/status.h"

namespace vitrine {

class Backlight {
 public:
  // Darker than this nobody finds the panel again that makes it lighter.
  static constexpr float kDarkest = 0.05f;

  // The first by name of `folder`. Reads nothing yet.
  explicit Backlight(std::filesystem::path folder = "/sys/class/backlight");

  // 0..1 of what it can. NotFound where there is none or what it says is no number,
  // PermissionDenied where it could be read but not be set.
  Result<float> level() const;
  // `level`: 0..1; below kDarkest is as that. Errors: those of level(), Unavailable when the system
  // refuses the write.
  Status set_level(float level) const;

 private:
  std::filesystem::path light_;  // "": there is none
};

}  // namespace vitrine
