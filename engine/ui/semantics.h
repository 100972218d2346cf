// SPDX-License-Identifier: MIT
// What is on screen in words: for screen readers, keyboards, scripts and tests. Built anew each
// frame beside the drawing, from the same widgets, so it cannot lie about what is there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/geometry.h"

namespace vitrine::ui {

enum class Role : uint8_t { Text, Heading, Button, Image, Carousel, Card, Group };

struct SemanticState {
  bool disabled = false;
  bool selected = false;
  bool focused = false;
};

struct SemanticNode {
  uint32_t id = 0;         // stable while the widget lives; 0 is never used
  Role role = Role::Text;
  std::string label;       // in the language shown
  std::string name;        // stable across languages: "start", "shade-3"; for scripts and tests
  SemanticState state;
  Rect bounds;             // logical points on screen
  bool activatable = false;
};

// Kept between frames so that a steady screen allocates nothing.
class SemanticTree {
 public:
  void begin();
  // In reading order.
  SemanticNode& add();
  void end();
  // Marks the node with this id as focused, if it is there.
  void mark_focus(uint32_t id);

  const SemanticNode* begin_nodes() const { return nodes_.data(); }
  size_t size() const { return count_; }
  const SemanticNode& operator[](size_t index) const { return nodes_[index]; }
  // By stable name; null when it is not on screen.
  const SemanticNode* find(std::string_view name) const;
  // The activatable, enabled node after (direction > 0) or before `id` in reading order, around the
  // ends; the first or last when `id` is not there; 0 when there is none.
  uint32_t next_activatable(uint32_t id, int direction) const;

 private:
  std::vector<SemanticNode> nodes_;
  size_t count_ = 0;
};

}  // namespace vitrine::ui
