// SPDX-License-Identifier: MIT
// A node of the semantic tree as most things on a screen begin theirs: widgets, and words that a
// scene or an overlay draws itself.
#pragma once

#include <string_view>

#include "engine/ui/semantics.h"

namespace vitrine::ui {

// `name` is stable across languages and unique in its scene; the id is made of it. The node can be
// completed until the next one is added.
SemanticNode& describe_node(SemanticTree& tree, Role role, std::string_view name,
                            std::string_view label, const Rect& bounds);

}  // namespace vitrine::ui
