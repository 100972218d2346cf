// SPDX-License-Identifier: MIT
// A thing on a screen that can be seen, touched and read out. Owned by its scene, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/input/handled.h"
#include "engine/input/pointer_event.h"
#include "engine/ui/painter.h"
#include "engine/ui/semantics.h"

namespace vitrine::ui {

// The semantic id of a widget called `name`: the same on every run, never 0.
constexpr uint32_t widget_id(std::string_view name) {
  uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  return hash != 0 ? hash : 1;
}

// What was typed on a real keyboard, or into the page's own field.
struct TextInput {
  enum class Kind : uint8_t {
    Insert,       // `text` at the caret
    EraseBefore,  // Backspace
    EraseBehind,  // Delete
    Replace,      // the whole text is `text` now, the caret behind its first `caret` bytes
  };
  Kind kind = Kind::Insert;
  std::string_view text{};  // UTF-8
  size_t caret = 0;
};

class Widget {
 public:
  virtual ~Widget() = default;

  // A Down that answers Yes makes the pointer this widget's until it lifts or is cancelled. What
  // only shows something takes none.
  virtual input::Handled handle(const input::PointerEvent& /*event*/) { return input::Handled::No; }
  virtual void update(float dt) = 0;
  virtual void draw(Painter& painter) = 0;
  virtual void describe(SemanticTree& tree) const = 0;
  // What a screen reader or Enter does on the node `id`; false when it is not this widget's.
  virtual bool activate(uint32_t /*id*/) { return false; }
  // Left (-1) or right (+1) on the keyboard while node `id` has the focus. Returns the node that
  // has it then, 0 when `id` is not this widget's.
  virtual uint32_t step(uint32_t /*id*/, int /*direction*/) { return 0; }
  // Typed into node `id`, or into what has the caret where `id` is 0; false when it takes no text.
  virtual bool write(uint32_t /*id*/, const TextInput& /*input*/) { return false; }
  // The focus is on node `id` now (0: nowhere): what scrolls brings its own node into sight.
  virtual void focus_moved(uint32_t /*id*/) {}
  // Whether it would look the same in the next frame.
  virtual bool at_rest() const = 0;
  // Lets go of every finger; nothing is activated.
  virtual void release() {}
};

}  // namespace vitrine::ui
