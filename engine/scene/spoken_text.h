// SPDX-License-Identifier: MIT
// What a voice says of a thing on screen. Pure.
#pragma once

#include <string>
#include <string_view>

#include "engine/ui/semantics.h"

namespace vitrine::scene {

// Label, role, value, state, description: "True Red, button, selected"; "数量，数字，3 件". Words
// around what the node says itself are in `language` where the engine has them, else in English. ""
// for what has neither label nor value.
std::string spoken_text(const ui::SemanticNode& node, std::string_view language);

// `text` as it is read out: "¥99" is "99元" or "99 yuan"; marks that only the eye needs are left
// out.
std::string read_out(std::string_view text, std::string_view language);

// "Volume 85 per cent", "Sound off".
std::string spoken_volume(int percent, bool muted, std::string_view language);

}  // namespace vitrine::scene
