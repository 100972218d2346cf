// SPDX-License-Identifier: MIT
// The scene on screen, the one that is just leaving, the background that flows under both, what
// lies over them, and where the keyboard's focus is. Everything in scene units. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/input/pointer_event.h"
#include "engine/scene/overlay_stack.h"
#include "engine/scene/scene.h"
#include "engine/ui/focus.h"
#include "engine/ui/motion.h"
#include "engine/ui/semantics.h"

namespace vitrine::scene {

class LineSign;

class SceneStack {
 public:
  static constexpr float kTransitionSeconds = 0.6f;

  enum class Change : uint8_t {
    Travel,  // old and new cross, shared things travel
    Cut,     // the old one is gone at once: another campaign, pictures
  };

  // Shows a scene; `context` becomes the stack's. Expects: a kind that exists.
  void show(const SceneKind& kind, std::unique_ptr<SceneContext> context, Change change);
  // The scene says now what it has to say of being left, and hands nothing on to the next.
  void leave();
  // Whether nothing but the scene shown, and what is open over it, is on screen.
  bool is_settled() const { return leaving_.scene == nullptr && !overlays_.is_closing(); }
  // Nothing of what was touched and described before is in its memory. Expects: is_settled().
  void forget();
  // Nothing is shown any more.
  void clear();
  bool empty() const { return current_.scene == nullptr; }
  // Expects: not empty().
  Scene& current() { return *current_.scene; }
  const Scene& current() const { return *current_.scene; }
  SceneContext& context() { return *current_.context; }
  const SceneContext& context() const { return *current_.context; }

  // Puts an overlay over the scene, whose fingers are let go.
  void open(OverlayKind kind, std::unique_ptr<Overlay> overlay,
            std::unique_ptr<OverlayContext> context);
  OverlayStack& overlays() { return overlays_; }
  const OverlayStack& overlays() const { return overlays_; }

  // Applies to the scene shown, to the one that leaves and to the overlays.
  struct Surroundings {
    ui::Metrics metrics;
    std::string_view language, next_language;
    bool reduced_motion = false;
  };
  void relayout(const Surroundings& surroundings);

  input::Handled handle(const input::PointerEvent& event);
  void update(float dt);
  void draw(ui::Painter& painter);
  // Describes the scene shown into the stack's own tree, marking the focus.
  // `sign`: what lies over every scene; null: nothing.
  void describe(const LineSign* sign);
  const ui::SemanticTree& tree() const { return tree_; }

  // `entry`: Keyboard or Semantic.
  bool activate(uint32_t id, Entry entry);
  // Moves the keyboard's focus to the next (+1) or the one before (-1) and shows it.
  void move_focus(int direction);
  bool activate_focused();
  void step_focused(int direction);
  bool write(uint32_t id, const ui::TextInput& input);
  // Escape: the overlay on top, or else the scene.
  void back();
  // The focus is on the node `id` by a screen reader's or the page's doing; 0: nowhere.
  void set_focus(uint32_t id, bool visible) { focus_.set(tree_, id, visible); }
  // Every finger is let go and the focus is nowhere.
  void release();

  // Pictures: the background stands still at this time.
  void freeze(float silk_time) { frozen_ = true, silk_time_ = silk_time; }
  void thaw() { frozen_ = false; }

 private:
  struct Slot {
    std::unique_ptr<SceneContext> context;  // outlives its scene
    std::unique_ptr<Scene> scene;
  };
  Backdrop mixed_backdrop() const;
  void draw_backdrop(ui::Painter& painter);
  void draw_day(ui::Painter& painter, gfx::Silk silk);
  void draw_slot(ui::Painter& painter, Slot& slot, float opacity, float rise);
  void draw_focus(ui::Painter& painter);
  void tell_focus();

  Slot current_;
  Slot leaving_;
  OverlayStack overlays_;
  bool left_ = false;     // by leave()
  float transition_ = 1;  // 0..1, 1: nothing is leaving
  bool frozen_ = false;
  float silk_time_ = 0;
  Vec2 touch_;
  uint32_t fingers_ = 0;
  ui::Spring dent_{0, {0.35f, 0.6f}};
  ui::Focus focus_;
  uint32_t told_focus_ = 0;  // where the scene believes it
  ui::SemanticTree tree_;
};

}  // namespace vitrine::scene
