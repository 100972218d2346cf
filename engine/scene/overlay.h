// SPDX-License-Identifier: MIT
// What lies over a scene, whatever the scene: a question, a sheet, a notice. It is modal: every
// finger, key and screen reader is its own until it closes; the scene behind goes on, blurred and
// dimmed. Owned by an OverlayStack; one thread.
//
//   make → layout → open → { handle · update → draw → describe } … → close → gone
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "engine/campaign/campaign.h"
#include "engine/gfx/canvas.h"
#include "engine/input/pointer_event.h"
#include "engine/scene/scene.h"
#include "engine/telemetry/recorder.h"
#include "engine/ui/metrics.h"
#include "engine/ui/painter.h"
#include "engine/ui/preferences.h"
#include "engine/ui/semantics.h"
#include "engine/ui/theme.h"

namespace vitrine::scene {

enum class OverlayKind : uint8_t {
  Accessibility,  // how the shopper wants the screen to be
  Languages,      // which language they read
  StillThere,     // asks before a session ends
  Cleaning,       // nothing answers: staff wipe the glass
  NumberCall,     // whoever has the next number in the line is to come
};

// By which pictures ask for them: "still-there".
std::span<const std::string_view> overlay_names();
std::optional<OverlayKind> find_overlay(std::string_view name);

// What an overlay asks of the stage that shows it. Carried out between frames.
class OverlayHost {
 public:
  virtual ~OverlayHost() = default;
  // Somebody is there: the full time again.
  virtual void stay() = 0;
  // The shopper is done.
  virtual void finish() = 0;
  virtual void close(OverlayKind kind) = 0;
  virtual ui::Preferences preferences() const = 0;
  // Whether switching it would change anything on this device.
  virtual bool offers(ui::Preference which) const = 0;
  virtual void prefer(ui::Preference which, bool on) = 0;
  // One of the campaign's.
  virtual void choose_language(std::string_view language) = 0;
  // Until what is asked or locked ends by itself, and from how many it counts; seconds.
  virtual float seconds_left(OverlayKind kind) const = 0;
  virtual float seconds_of(OverlayKind kind) const = 0;
  // Of who wait for this screen; whose number is called now.
  virtual const claim::QueueView& line() const = 0;
  // Somebody is at the screen: with that number, or with none.
  virtual void come_to_screen(Entry entry) = 0;
  virtual void wait_for_screen(Entry entry) = 0;
};

// What an overlay works with; belongs to the stack. Language, metrics and reduced_motion change
// before layout() is called again.
struct OverlayContext {
  const campaign::Campaign& campaign;
  const ui::Theme& theme;
  gfx::Canvas& canvas;  // for measuring in layout(); draw only in draw()
  telemetry::Recorder& recorder;
  OverlayHost& host;
  std::string_view language;
  ui::Metrics metrics;
  bool reduced_motion = false;
  Entry entry = Entry::Pointer;  // of the newest input that was no finger's

  std::string_view text(std::string_view key) const { return text_of(campaign, key, language); }
};

class Overlay {
 public:
  virtual ~Overlay() = default;

  // Places everything; before all else and on each change of the context, which outlives it.
  virtual void layout(const OverlayContext& context) = 0;
  // Rises over the scene, which it dims itself; `show_open` at once, for pictures.
  virtual void open() = 0;
  virtual void show_open() = 0;
  // Goes away; it hears nothing more, and is gone when it is not seen any longer.
  virtual void close() = 0;
  virtual bool is_seen() const = 0;
  // Every finger that goes down while it is on top, and nothing else.
  virtual void handle(const input::PointerEvent& event) = 0;
  virtual void update(float dt) = 0;
  virtual void draw(ui::Painter& painter) = 0;
  // One modal Dialog that holds everything else.
  virtual void describe(ui::SemanticTree& tree) const = 0;
  virtual bool activate(uint32_t /*id*/) { return false; }
  // As ui::Widget::step.
  virtual uint32_t step(uint32_t /*id*/, int /*direction*/) { return 0; }
  // Typed into node `id`; 0: into the text field that has the caret.
  virtual bool write(uint32_t /*id*/, const ui::TextInput& /*input*/) { return false; }
  // The focus is on node `id` now (0: nowhere).
  virtual void focus_moved(uint32_t /*id*/) {}
  // Escape.
  virtual void back() {}
  // Every finger is let go; nothing is activated.
  virtual void release() {}
};

}  // namespace vitrine::scene
