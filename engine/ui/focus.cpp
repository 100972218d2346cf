// SPDX-License-Identifier: MIT
#include "engine/ui/focus.h"

namespace vitrine::ui {
namespace {

bool can_focus(const SemanticTree& tree, uint32_t id) {
  const SemanticNode* node = id != 0 ? tree.find(id) : nullptr;
  return node && node->can_focus();
}

// Where the focus stays. What is only disabled keeps it: pressed once more it does nothing, while
// what stands beside it might do anything.
bool holds_focus(const SemanticTree& tree, uint32_t id) {
  const SemanticNode* node = id != 0 ? tree.find(id) : nullptr;
  return node && (node->can_focus() || (node->state.disabled && node->reachable));
}

// The focusable node with `place` others before it, or the last; 0 when there is none.
uint32_t focusable_at(const SemanticTree& tree, size_t place) {
  uint32_t found = 0;
  for (size_t i = 0; i < tree.size(); ++i) {
    if (!tree[i].can_focus()) continue;
    found = tree[i].id;
    if (place-- == 0) break;
  }
  return found;
}

}  // namespace

void Focus::move(const SemanticTree& tree, int direction) {
  id_ = tree.next_activatable(id_, direction);
  visible_ = true;
  remember_place(tree);
}

void Focus::set(const SemanticTree& tree, uint32_t id, bool visible) {
  if (id != 0 && !can_focus(tree, id)) return;
  id_ = id;
  visible_ = visible;
  remember_place(tree);
}

void Focus::clear() {
  *this = {};
}

void Focus::remember_place(const SemanticTree& tree) {
  place_ = 0;
  for (size_t i = 0; i < tree.size() && tree[i].id != id_; ++i) {
    if (tree[i].can_focus()) ++place_;
  }
}

void Focus::enter(const SemanticTree& tree, uint32_t modal) {
  if (depth_ == kDepth) {
    for (size_t i = 1; i < kDepth; ++i) returns_[i - 1] = returns_[i];
    --depth_;
  }
  returns_[depth_++] = {modal, id_};
  id_ = tree.next_activatable(0, +1);
}

// Closes modals until `modal` is the topmost; false when it was not below.
bool Focus::leave_to(uint32_t modal) {
  size_t below = depth_;
  while (below > 0 && returns_[below - 1].modal != modal) --below;
  if (modal != 0 && below == 0) return false;
  if (below < depth_) id_ = returns_[below].id;
  depth_ = below;
  return true;
}

void Focus::follow_modal(const SemanticTree& tree) {
  if (tree.modal() == modal_) return;
  modal_ = tree.modal();
  if (!leave_to(modal_)) enter(tree, modal_);
}

void Focus::follow(const SemanticTree& tree) {
  follow_modal(tree);
  if (id_ != 0 && !holds_focus(tree, id_)) id_ = focusable_at(tree, place_);
  remember_place(tree);
}

}  // namespace vitrine::ui
