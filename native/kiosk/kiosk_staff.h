// SPDX-License-Identifier: MIT
// The service panel at a kiosk: finds the gesture among the shoppers' touches, checks the PIN,
// gathers what the panel shows. Built without a panel (VITRINE_STAFF=OFF) every touch is a
// shopper's. App's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/app/app.h"
#include "engine/app/frame_statistics.h"
#include "engine/base/status.h"
#include "engine/platform/glyph_source.h"

namespace vitrine {

struct KioskStaffOptions {
  std::filesystem::path data;      // where the PIN is; "": there is none
  bool opens_without_pin = false;  // a developer's window
  bool is_chinese = true;          // the panel's first language
  std::string device;              // the name it was enrolled with; "": it was not
};

// What the panel asks the kiosk for.
struct KioskActions {
  std::function<void(uint8_t quarter_turns)> rotate;
  std::function<void(float level)> set_volume, set_brightness;  // 0..1
  std::function<void()> calibrate, reload, restart, next_language;
  std::function<uint8_t()> rotation;
  // Asked for once a second while somebody looks. NotFound: none; PermissionDenied: not ours to
  // set.
  std::function<Result<float>()> brightness;
};

class KioskStaff {
 public:
  // Everything given outlives this.
  KioskStaff(GlyphSource& glyphs, app::App& app, const app::FrameStatistics& frames,
             KioskStaffOptions options, KioskActions actions);
  ~KioskStaff();

  void resize(const app::Viewport& picture);
  // Whether the touch is the panel's and no shopper's.
  bool takes(const input::PointerEvent& event);
  bool is_on_screen() const;
  // Where what has this name, or a text of these words, is on the panel; for scripts.
  std::optional<Rect> find(std::string_view name) const;
  std::optional<Rect> find_text(std::string_view words) const;
  // Draws over what is in `framebuffer` while the panel is on screen. Expects: a current context.
  void draw(uint32_t framebuffer, int64_t now_us);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vitrine
