// SPDX-License-Identifier: MIT
#include "tests/golden/cases.h"

#include <utility>

#include "scenes/scenes.h"

namespace vitrine::golden {
namespace {

// A kiosk standing, a wall lying, a phone; pixels a point at rest, and in the other states.
struct Screen {
  Size size;
  float at_rest, otherwise;
};
constexpr Screen kScreens[] = {
    {{1080, 1920}, 1 / 3.0f, 0.25f}, {{1920, 1080}, 1 / 3.0f, 0.25f}, {{390, 844}, 0.8f, 0.5f}};

}  // namespace

std::string Case::name() const {
  return scene + (at_rest ? "" : "-" + state) + "-" + std::to_string(pixel_width()) + "x" +
         std::to_string(pixel_height()) + "-" + language;
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const scene::SceneKind& kind : scenes::all_kinds()) {
    const auto specimen = kind.make();
    const std::span<const std::string_view> states = specimen->states();
    for (const std::string_view state : states) {
      const bool at_rest = state == states.front();
      Case what{std::string(kind.name), std::string(state), at_rest, {}, {}};
      for (const char* language : {"zh", "en"}) {
        what.language = language;
        for (const Screen& screen : kScreens) {
          what.size = screen.size;
          what.pixel_ratio = at_rest ? screen.at_rest : screen.otherwise;
          cases.push_back(what);
        }
      }
    }
  }
  return cases;
}

std::vector<Case> cases_at_rest() {
  std::vector<Case> cases;
  for (Case& what : all_cases()) {
    if (what.at_rest) cases.push_back(std::move(what));
  }
  return cases;
}

}  // namespace vitrine::golden
