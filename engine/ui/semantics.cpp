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

const SemanticNode* SemanticTree::find(std::string_view name) const {
  for (size_t i = 0; i < count_; ++i) {
    if (nodes_[i].name == name) return &nodes_[i];
  }
  return nullptr;
}

}  // namespace vitrine::ui
