// SPDX-License-Identifier: MIT
#include "engine/ui/semantics.h"

#include "engine/base/assert.h"

namespace vitrine::ui {

void SemanticTree::begin() {
  count_ = 0;
  depth_ = 0;
  modal_ = 0;
}

Live live_of(const SemanticNode& node) {
  if (node.state.live == Live::Assertive || node.role == Role::Alert) return Live::Assertive;
  return node.role == Role::Status ? Live::Polite : node.state.live;
}

SemanticNode& SemanticTree::add() {
  if (count_ == nodes_.size()) nodes_.emplace_back();
  SemanticNode& node = nodes_[count_++];
  // Clearing the strings keeps their memory.
  node.label.clear();
  node.description.clear();
  node.value.clear();
  node.name.clear();
  node.id = 0;
  node.parent = depth_ > 0 ? open_[depth_ - 1] : 0;
  node.role = Role::Text;
  node.state = {};
  node.range = {};
  node.bounds = {};
  node.corner = -1;
  node.activatable = false;
  node.reachable = true;
  return node;
}

void SemanticTree::open() {
  VITRINE_ASSERT(count_ > 0 && nodes_[count_ - 1].id != 0 && depth_ < kDepth);
  open_[depth_++] = nodes_[count_ - 1].id;
}

void SemanticTree::close() {
  VITRINE_ASSERT(depth_ > 0);
  --depth_;
}

void SemanticTree::move_from(size_t first, Vec2 by) {
  for (size_t i = first; i < count_; ++i) nodes_[i].bounds = nodes_[i].bounds.moved(by);
}

void SemanticTree::end() {
  VITRINE_ASSERT(depth_ == 0);
  modal_ = 0;
  for (size_t i = 0; i < count_; ++i) {
    VITRINE_ASSERT(nodes_[i].id != 0);
    if (nodes_[i].state.modal) modal_ = nodes_[i].id;
  }
  find_reachable();
}

// One pass is enough because a parent comes before what it holds.
void SemanticTree::find_reachable() {
  for (size_t i = 0; i < count_; ++i) {
    SemanticNode& node = nodes_[i];
    node.reachable = modal_ == 0 || node.id == modal_;
    if (node.reachable || node.parent == 0) continue;
    const SemanticNode* parent = find(node.parent);
    node.reachable = parent && parent < &node && parent->reachable;
  }
  // What holds the modal must not hide it.
  const SemanticNode* holder = modal_ != 0 ? find(find(modal_)->parent) : nullptr;
  for (; holder; holder = find(holder->parent)) nodes_[holder - nodes_.data()].reachable = true;
}

void SemanticTree::mark_focus(uint32_t id) {
  for (size_t i = 0; i < count_; ++i) nodes_[i].state.focused = id != 0 && nodes_[i].id == id;
}

uint32_t SemanticTree::next_activatable(uint32_t id, int direction) const {
  size_t start =
      direction > 0 ? count_ - 1 : 0;  // so that the first step reaches the first or last
  for (size_t i = 0; i < count_; ++i) {
    if (nodes_[i].id == id) start = i;
  }
  for (size_t step = 1; step <= count_; ++step) {
    const size_t i = direction > 0 ? (start + step) % count_ : (start + count_ - step) % count_;
    if (nodes_[i].can_focus()) return nodes_[i].id;
  }
  return 0;
}

const SemanticNode* SemanticTree::find(std::string_view name) const {
  for (size_t i = 0; i < count_; ++i) {
    if (nodes_[i].name == name) return &nodes_[i];
  }
  return nullptr;
}

const SemanticNode* SemanticTree::find(uint32_t id) const {
  for (size_t i = 0; i < count_; ++i) {
    if (nodes_[i].id == id) return &nodes_[i];
  }
  return nullptr;
}

}  // namespace vitrine::ui
