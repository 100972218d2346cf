// SPDX-License-Identifier: MIT
// The service panel over a kiosk's picture: how the screen is, what it can be told. Opened by a
// hidden gesture and a PIN; while it is there touches are its own and no shopper's. The only Dear
// ImGui.
//
//   open() ; { handle() ; frame(facts) ; App draws ; draw() ; take_request() } a frame
//
// It draws and asks; what it asks for, the shell does. App's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/app/frame_statistics.h"
#include "engine/gfx/triangle_renderer.h"
#include "engine/input/pointer_event.h"
#include "engine/platform/glyph_source.h"
#include "engine/staff/staff_session.h"
#include "engine/staff/words.h"

namespace vitrine::staff {

// What is shown. Texts live until the next frame.
struct StaffFacts {
  const app::FrameStatistics& frames;
  std::string_view build, device, campaign, network;
  std::string_view problem;  // what staff must know now, "" when there is nothing
  std::string_view quality;  // what is left out to keep up, "" when nothing is known of it
  int64_t rows_waiting = 0;
  int64_t waiting_us = 0;  // since when any waits
  int64_t rows_lost = 0;
  int64_t rows_refused = 0;
  bool memory_only = false;  // the disk takes nothing
  uint8_t quarter_turns = 0;
  std::optional<float> volume = {};        // 0..1; nothing where there is no sound
  std::optional<float> brightness = {};    // 0..1; nothing where it cannot be set
  Word no_brightness = Word::NoBacklight;  // why there is none
};

// What the shell is asked for.
struct StaffRequest {
  enum class Kind : uint8_t {
    CheckPin,       // `text`; the answer goes to pin_checked()
    SetRotation,    // `number` quarter turns
    SetVolume,      // `number`, 0..1
    SetBrightness,  // `number`, 0..1
    Calibrate,
    Clean,  // shoppers' touches do nothing while the glass is wiped; the panel has closed
    ReloadCampaign,
    Restart,
    NextLanguage,  // of what shoppers see
  };
  Kind kind;
  float number = 0;
  std::string text = {};
};

class StaffPanel {
 public:
  // `glyphs` outlives the panel.
  static std::unique_ptr<StaffPanel> create(GlyphSource& glyphs, Language language);
  virtual ~StaffPanel() = default;

  // The App's picture: logical points, device pixels a point.
  virtual void resize(Size points, float pixel_ratio) = 0;

  // The gesture was made.
  virtual void open(Guard guard, int64_t now_us) = 0;
  virtual void pin_checked(bool is_right, int64_t now_us) = 0;
  // Whether anything of it is on screen; touches go here then and nowhere else.
  virtual bool is_on_screen() const = 0;
  virtual StaffSession::State state() const = 0;

  // In logical points of the picture.
  virtual void handle(const input::PointerEvent& event) = 0;
  // Lays the next picture out. Once a frame while it is on screen.
  virtual void frame(const StaffFacts& facts, int64_t now_us) = 0;
  // Draws it over what is in `framebuffer`.
  virtual void draw(gfx::TriangleRenderer& renderer, uint32_t framebuffer) = 0;
  virtual std::optional<StaffRequest> take_request() = 0;

  // Where what has this name is on screen, logical points: "close", "digit-5", "rotate-1"; for
  // scripts and tests.
  virtual std::optional<Rect> find(std::string_view name) const = 0;
  // The same for a text, by all its words: "window-1", "16.7".
  virtual std::optional<Rect> find_text(std::string_view words) const = 0;
};

}  // namespace vitrine::staff
