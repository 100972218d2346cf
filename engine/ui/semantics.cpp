// SPDX-License-Identifier: MIT
#include "engine/ui/semantics.h"

#include "engine/base/assert.h"

namespace vitrine::ui {

void SemanticTree::begin() { count_ = 0; }

SemanticNode& SemanticTree::add() {
  if (count_ == nodes_.size()) nodes_.emplace_back();
  SemanticNode& node = nodes_[count_++];
  // Assigning to the strings keeps their memory.
  node.id = 0;
  node.role = Role::Text;
  node.label.clear();
  node.name.clear();
  node.state = {};
  node.bounds = {};
  node.activatable = false;
  return node;
}

void SemanticTree::end() {
  for (size_t i = 0; i < count_; ++i) VITRINE_ASSERT(nodes_[i].id != 0);
}

void SemanticTree::mark_focus(uint32_t id) {
  for (size_t i = 0; i < count_; ++i) nodes_[i].state.focused = id != 0 && nodes_[i].id == id;
}

uint32_t SemanticTree::next_activatable(uint32_t id, int direction) const {
  size_t start = direction > 0 ? count_ - 1 : 0;  // so that the first step reaches the first or last
  for (size_t i = 0; i < count_; ++i) {
    if (nodes_[i].id == id) start = i;
  }
  for (size_t step = 1; step <= count_; ++step) {
    const size_t i = direction > 0 ? (start + step) % count_ : (start + count_ - step) % count_;
    if (nodes_[i].activatable && !nodes_[i].state.disabled) return nodes_[i].id;
  }
  return 0;
}

const SemanticNode* SemanticTree::find(std::string_view name) const {
  for (size_t i = 0; i < count_; ++i) {
    if (nodes_[i].name == name) return &nodes_[i];
  }
  return nullptr;
}

}  // namespace vitrine::ui
