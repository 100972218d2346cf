// SPDX-License-Identifier: MIT
// Words that are drawn by a scene itself, told to screen readers.
#pragma once

#include <string_view>

#include "engine/ui/semantics.h"
#include "engine/ui/widget.h"

namespace vitrine::scenes {

// `name` is stable across languages and unique in its scene.
inline void describe_text(ui::SemanticTree& tree, ui::Role role, std::string_view name,
                          std::string_view label, const Rect& bounds) {
  ui::SemanticNode& node = tree.add();
  node.id = ui::widget_id(name);
  node.role = role;
  node.name = name;
  node.label = label;
  node.bounds = bounds;
}

}  // namespace vitrine::scenes
