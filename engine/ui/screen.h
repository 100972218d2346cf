// SPDX-License-Identifier: MIT
// The widgets of one scene, back to front. Gives each pointer to the widget it went down on and to
// no other until it lifts, so that two people at one screen never confuse it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/input/pointer_table.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class Screen {
 public:
  static constexpr size_t kCapacity = 32;

  // In drawing and reading order. Expects: fewer than kCapacity; the widget outlives the screen.
  void add(Widget& widget);

  // Front to back for a Down, the owner alone for the rest.
  input::Handled handle(const input::PointerEvent& event);
  void update(float dt);
  void describe(SemanticTree& tree) const;
  bool activate(uint32_t id);
  uint32_t step(uint32_t id, int direction);
  bool write(uint32_t id, const TextInput& input);
  void focus_moved(uint32_t id);
  bool at_rest() const;
  // Every finger is let go; nothing is activated.
  void release();

 private:
  struct Capture {
    uint64_t pointer = 0;
    Widget* owner = nullptr;
  };
  Capture* capture_of(uint64_t pointer);
  void capture(uint64_t pointer, Widget& owner);
  input::Handled press(const input::PointerEvent& event);

  std::array<Widget*, kCapacity> widgets_{};
  size_t count_ = 0;
  std::array<Capture, input::PointerTable::kCapacity> captures_{};
};

}  // namespace vitrine::ui
