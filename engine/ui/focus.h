// SPDX-License-Identifier: MIT
// Where the focus of a keyboard, a switch or a screen reader is, and where it goes when the screen
// changes under it: never to nothing while there is something to do. Pure; one thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/ui/semantics.h"

namespace vitrine::ui {

class Focus {
 public:
  // Modals open over each other that are remembered; of more than these the oldest is forgotten.
  static constexpr size_t kDepth = 4;

  // 0: nowhere.
  uint32_t id() const { return id_; }
  // Whether the ring is drawn: a finger hides it, a key shows it.
  bool visible() const { return visible_ && id_ != 0; }

  // To the next (+1) or the one before (-1), and shows it.
  void move(const SemanticTree& tree, int direction);
  // To the node `id`, as a screen reader or the page did. Ignored when it cannot be reached.
  void set(const SemanticTree& tree, uint32_t id, bool visible);
  void show() { visible_ = true; }
  void hide() { visible_ = false; }
  // Nowhere, and every modal forgotten: another scene, another shopper.
  void clear();

  // After each description. Into a modal that opened; back to where it was when the modal closed;
  // to what stands in its place in reading order when its node is gone. A node that is disabled
  // keeps it, and answers nothing.
  void follow(const SemanticTree& tree);

 private:
  struct Return {
    uint32_t modal = 0;  // that was opened
    uint32_t id = 0;     // where the focus was
  };
  void follow_modal(const SemanticTree& tree);
  void enter(const SemanticTree& tree, uint32_t modal);
  bool leave_to(uint32_t modal);
  void remember_place(const SemanticTree& tree);

  uint32_t id_ = 0;
  bool visible_ = false;
  size_t place_ = 0;    // how many focusable nodes come before it
  uint32_t modal_ = 0;  // of the last description
  Return returns_[kDepth];
  size_t depth_ = 0;
};

}  // namespace vitrine::ui
