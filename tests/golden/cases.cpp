// SPDX-License-Identifier: MIT
#include "tests/golden/cases.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "engine/scene/overlay.h"
#include "scenes/scenes.h"

namespace vitrine::golden {
namespace {

using ui::Preference;

// A kiosk standing, a wall lying, a phone; pixels a point at rest, in the other states, and of what
// lies over scenes.
struct Screen {
  Size size;
  float at_rest, otherwise, overlay;
};
constexpr Screen kScreens[] = {{{1080, 1920}, 1 / 3.0f, 0.25f, 0.2f},
                               {{1920, 1080}, 1 / 3.0f, 0.25f, 0.2f},
                               {{390, 844}, 0.8f, 0.5f, 0.5f}};
constexpr ui::Preferences kChosen = ui::Preferences()
                                        .with(Preference::LargeText, true)
                                        .with(Preference::HighContrast, true)
                                        .with(Preference::ReducedMotion, true);

// `what` in every language on every screen.
void add(std::vector<Case>& cases, Case what, float Screen::*pixel_ratio,
         std::initializer_list<const char*> languages = {"zh", "en"}) {
  for (const char* language : languages) {
    what.language = std::string(language);
    for (const Screen& screen : kScreens) {
      what.size = screen.size;
      what.pixel_ratio = screen.*pixel_ratio;
      cases.push_back(what);
    }
  }
}

// A claim has two dozen states and a number in a line ten, most of which share their parts with
// another one: those that would each miss a fault of their own, and where they are really seen. A
// shop's screen never shows a phone's page, nor a phone a screen's.
struct ChosenCase {
  std::string_view scene, state;
  bool phone;
};
constexpr ChosenCase kChosenCases[] = {
    {"claim", "waiting", false},        // the code, what to do, the time that is left
    {"claim", "won", false},            // what stood there shrinks under its tick
    {"claim", "issued", false},         // the ticket, its masked code, words below it or beside
    {"claim", "phone_agreed", true},    // the most words there are, boxes with and without a tick
    {"claim", "phone_refusing", true},  // a line in a question's place
    {"claim", "phone_notes", true},     // the sheet of what is agreed to
    {"claim", "phone_declined", true},  // the steps, what is held, a notice
    {"claim", "phone_issued", true},    // the voucher and its QR
    {"claim", "phone_home", true},      // a second button under it
    {"claim", "phone_home_how", true},  // a line that says how
    {"queue", "waiting", true},         // the number, how many come first
    {"queue", "invited", true},         // a sign, the longest line
    {"queue", "called", true},          // the ring runs down
    {"queue", "arrived", true},         // nothing more to do on the phone
    {"queue", "skipped", true},         // a way to take another one
    {"queue", "offline", true},         // a notice
};

constexpr std::string_view kCall = "number-call";

bool is_phone(const Case& what) {
  return what.size.width == kScreens[2].size.width;
}

// Whether there is a picture of it.
bool is_chosen(const Case& what) {
  if (what.scene != "claim" && what.scene != "queue") return true;
  const auto of_this = [&what](const ChosenCase& chosen) {
    return chosen.scene == what.scene && chosen.state == what.state;
  };
  const auto* const chosen =
      std::find_if(std::begin(kChosenCases), std::end(kChosenCases), of_this);
  return chosen != std::end(kChosenCases) && chosen->phone == is_phone(what);
}

void add_scene(std::vector<Case>& cases, const scene::SceneKind& kind) {
  const auto specimen = kind.make();
  const std::span<const std::string_view> states = specimen->states();
  for (const std::string_view state : states) {
    Case what;
    what.scene = kind.name;
    what.state = state;
    what.at_rest = state == states.front();
    add(cases, what, what.at_rest ? &Screen::at_rest : &Screen::otherwise);
  }
}

// Over one scene; the sheet of preferences also with some of them chosen. No phone calls a number.
void add_overlays(std::vector<Case>& cases) {
  Case what;
  what.scene = "wall";
  what.state = "first";
  what.at_rest = false;
  for (const std::string_view overlay : scene::overlay_names()) {
    what.overlay = overlay;
    add(cases, what, &Screen::overlay);
  }
  std::erase_if(cases, [](const Case& one) { return is_phone(one) && one.overlay == kCall; });
  what.overlay = "accessibility";
  what.preferences = kChosen;
  add(cases, what, &Screen::overlay);
}

// Where the attract loop leads; a phone has no tag.
void add_tag(std::vector<Case>& cases) {
  Case what;
  what.tagged = true;
  what.scene = "wall";
  what.at_rest = false;
  std::vector<Case> tagged;
  add(tagged, what, &Screen::at_rest);
  std::copy_if(tagged.begin(), tagged.end(), std::back_inserter(cases), std::not_fn(is_phone));
}

}  // namespace

std::string Case::name() const {
  std::string name = scene;
  if (scene.empty()) name = "problem";
  if (!overlay.empty()) name = "overlay-" + overlay;
  if (tagged) name = "line-tag";
  if (overlay.empty() && !state.empty() && !at_rest) name += "-" + state;
  if (!(preferences == ui::Preferences())) name += "-chosen";
  return name + "-" + std::to_string(pixel_width()) + "x" + std::to_string(pixel_height()) + "-" +
         language;
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const scene::SceneKind& kind : scenes::all_kinds()) add_scene(cases, kind);
  cases.erase(std::remove_if(cases.begin(), cases.end(), std::not_fn(is_chosen)), cases.end());
  add_overlays(cases);
  add_tag(cases);
  Case problem;
  problem.at_rest = false;
  add(cases, problem, &Screen::overlay, {"zh"});  // it says both at once
  return cases;
}

std::vector<Case> cases_at_rest() {
  std::vector<Case> cases;
  for (Case& what : all_cases()) {
    // A claim at rest is a shop's screen with the campaign's address as a code, which a page, never
    // a screen, does not read.
    if (what.at_rest && what.scene != "claim") cases.push_back(std::move(what));
  }
  return cases;
}

}  // namespace vitrine::golden
