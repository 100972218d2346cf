// SPDX-License-Identifier: MIT
#include "engine/ui/describe.h"

#include "engine/ui/widget.h"

namespace vitrine::ui {

SemanticNode& describe_node(SemanticTree& tree, Role role, std::string_view name,
                            std::string_view label, const Rect& bounds) {
  SemanticNode& node = tree.add();
  node.id = widget_id(name);
  node.role = role;
  node.name = name;
  node.label = label;
  node.bounds = bounds;
  return node;
}

}  // namespace vitrine::ui
