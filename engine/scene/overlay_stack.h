// SPDX-License-Identifier: MIT
// The overlays over a scene, the newest on top, and how they come and go. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

#include "engine/input/pointer_event.h"
#include "engine/scene/overlay.h"

namespace vitrine::scene {

class OverlayStack {
 public:
  // Puts it on top. Expects: none of this kind is open.
  void open(OverlayKind kind, std::unique_ptr<Overlay> overlay,
            std::unique_ptr<OverlayContext> context);
  // Lets it go away; what is not open stays as it is.
  void close(OverlayKind kind);
  void close_all();
  // All at once, without a trace: another campaign, another shopper.
  void clear();

  bool is_open(OverlayKind kind) const;
  // Whether one is still fading away.
  bool is_closing() const;
  // Whether one has the fingers, keys and screen readers.
  bool is_modal() const { return top() != nullptr; }

  void relayout(const ui::Metrics& metrics, std::string_view language, bool reduced_motion);
  // The topmost takes what went down on it. Expects: is_modal().
  void handle(const input::PointerEvent& event);
  void update(float dt);
  void draw(ui::Painter& painter);
  // Behind the scene's own nodes.
  void describe(ui::SemanticTree& tree) const;
  bool activate(uint32_t id, Entry entry);
  uint32_t step(uint32_t id, int direction);
  bool write(uint32_t id, const ui::TextInput& input);
  void focus_moved(uint32_t id);
  void back();
  void release();
  // As if it had been there for long, for pictures.
  void settle();

 private:
  static constexpr size_t kMost = 5;  // one a kind

  struct Slot {
    std::unique_ptr<OverlayContext> context;  // outlives its overlay
    std::unique_ptr<Overlay> overlay;
    OverlayKind kind{};
    bool closing = false;

    bool there() const { return overlay != nullptr; }
  };

  static void leave(Slot& slot);
  static void drop(Slot& slot);
  Slot* top();
  const Slot* top() const;
  void remove_gone();

  // From the bottom to the top; what closes stays in its place until it is gone.
  std::array<Slot, kMost> slots_{};
};

}  // namespace vitrine::scene
