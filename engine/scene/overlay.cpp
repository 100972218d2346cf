// SPDX-License-Identifier: MIT
#include "engine/scene/overlay.h"

#include <iterator>

namespace vitrine::scene {
namespace {

// In the order of OverlayKind.
constexpr std::string_view kNames[] = {"accessibility", "languages", "still-there", "cleaning",
                                       "number-call"};

}  // namespace

std::span<const std::string_view> overlay_names() {
  return kNames;
}

std::optional<OverlayKind> find_overlay(std::string_view name) {
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<OverlayKind>(i);
  }
  return std::nullopt;
}

}  // namespace vitrine::scene
