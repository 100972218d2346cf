// SPDX-License-Identifier: MIT
// What the panel's screens are drawn with: one look, everything in units of a picture whose short
// side is 1080, nothing that can be touched lower than 72 of them.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/geometry.h"
#include "engine/staff/staff_panel.h"
#include "engine/staff/surface_internal.h"
#include "engine/staff/words.h"

namespace vitrine::staff {

namespace look {
inline constexpr ImU32 kPaper = IM_COL32(15, 18, 24, 250);
inline constexpr ImU32 kScrim = IM_COL32(6, 8, 11, 190);
inline constexpr ImU32 kCard = IM_COL32(26, 31, 40, 255);
inline constexpr ImU32 kWell = IM_COL32(17, 21, 28, 255);
inline constexpr ImU32 kKey = IM_COL32(42, 50, 63, 255);
inline constexpr ImU32 kKeyDown = IM_COL32(58, 70, 88, 255);
inline constexpr ImU32 kInk = IM_COL32(240, 243, 247, 255);
inline constexpr ImU32 kMute = IM_COL32(150, 161, 176, 255);
inline constexpr ImU32 kAccent = IM_COL32(95, 201, 248, 255);
inline constexpr ImU32 kAccentInk = IM_COL32(8, 26, 36, 255);
inline constexpr ImU32 kWarning = IM_COL32(255, 196, 107, 255);
inline constexpr ImU32 kGood = IM_COL32(126, 217, 153, 255);
}  // namespace look

inline constexpr float kKeyHeight = 76;

enum class Align : uint8_t { Left, Center, Right };
enum class KeyLook : uint8_t { Plain, Chosen, Main, Warning, Off };

// A finger on the touch test, and where it came from.
struct Finger {
  uint64_t pointer = 0;
  std::vector<Vec2> trail;  // device pixels, the newest last
  bool is_down = true;
};

struct NamedRect {
  std::string name;
  Rect rect;  // device pixels
};

// What the last frame has, for scripts and tests.
struct Shown {
  std::vector<NamedRect> names, texts;

  void clear() {
    names.clear();
    texts.clear();
  }
};

// One frame of the panel. Positions and sizes that are given are in units.
class View {
 public:
  View(Surface& surface, Language language, Shown& shown)
      : surface_(surface), language_(language), shown_(shown) {}

  Size size() const;
  bool is_landscape() const { return size().width > size().height; }
  const char* word(Word word) const { return words(word, language_); }
  Language language() const { return language_; }

  // Fills the whole picture and takes what is touched beside everything else.
  void begin(ImU32 background);
  void end();

  void fill(const Rect& rect, ImU32 color, float radius = 0);
  // A card with its title; gives the room that is left inside.
  Rect card(const Rect& rect, const char* title);
  // From the left top of its line, or about it; gives the width.
  float text(Vec2 at, Type type, ImU32 color, std::string_view text, Align align = Align::Left);
  // A large number with its unit and, below, what it is.
  void figure(Vec2 at, std::string_view number, std::string_view unit, const char* label,
              ImU32 color = look::kInk);
  // Whether it was activated.
  bool key(std::string_view name, const Rect& rect, std::string_view label,
           KeyLook how = KeyLook::Plain);
  // A value from 0 to 1; true when the finger that moved it has lifted. `value` follows the finger.
  bool slider(std::string_view name, const Rect& rect, float& value);

  // In device pixels, for what draws itself.
  ImDrawList& canvas() { return *ImGui::GetWindowDrawList(); }
  Vec2 px(Vec2 units) const { return {surface_.px(units.x), surface_.px(units.y)}; }
  float px(float units) const { return surface_.px(units); }
  Rect px(const Rect& units) const;
  void name(std::string_view name, const Rect& rect) {
    shown_.names.push_back({std::string(name), px(rect)});
  }

 private:
  Surface& surface_;
  Language language_;
  Shown& shown_;
};

inline ImVec2 im(Vec2 v) {
  return {v.x, v.y};
}

// The panel's screens; each draws one frame and says what was touched.
enum class KeypadAction : uint8_t { None, Digit, Erase, Submit, Close };
struct KeypadResult {
  KeypadAction action = KeypadAction::None;
  char digit = '0';
};
KeypadResult draw_keypad(View& view, const StaffSession& session, int64_t now_us);
// Whether it was closed.
bool draw_no_pin(View& view);

// What the open panel remembers from frame to frame.
struct PanelMemory {
  std::vector<Finger> fingers;
  Rect test_area;     // device pixels
  float volume = -1;  // while a finger moves it; below 0: as the facts say
  float brightness = -1;
  int64_t restart_asked_us = 0;
};
enum class PanelAction : uint8_t { None, Close, OtherLanguage, Clean };
PanelAction draw_panel(View& view, const StaffFacts& facts, PanelMemory& memory, int64_t now_us,
                       std::vector<StaffRequest>& requests);
// The cards that only show.
void draw_frames_card(View& view, const Rect& rect, const StaffFacts& facts);
void draw_records_card(View& view, const Rect& rect, const StaffFacts& facts);
void draw_versions_card(View& view, const Rect& rect, const StaffFacts& facts);
void draw_touch_card(View& view, const Rect& rect, PanelMemory& memory);

}  // namespace vitrine::staff
