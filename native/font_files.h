// SPDX-License-Identifier: MIT
// Which fonts a kiosk writes with: the subsets built beside the program, then the system's full
// Noto for characters that no campaign had when they were built.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/base/status.h"
#include "engine/gfx/stb/stb_glyph_source.h"

namespace vitrine {

// A folder that belongs to the running program ("fonts", "sounds"): ../NAME beside a build's bin,
// or
// ../share/vitrine/NAME of an installation.
std::filesystem::path program_folder(std::string_view name);
inline std::filesystem::path default_font_folder() {
  return program_folder("fonts");
}

// NotFound when neither the folder nor the system has a single usable font; says what to install.
Result<std::unique_ptr<gfx::StbGlyphSource>> load_fonts(const std::filesystem::path& folder);

}  // namespace vitrine
