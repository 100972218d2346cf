// SPDX-License-Identifier: MIT
// Words that are drawn by a scene or an overlay itself, told to screen readers.
#pragma once

#include <string_view>

#include "engine/ui/semantics.h"

namespace vitrine::ui {

// `name` is stable across languages and unique in its scene. The node can be completed until
// the next one is added.
SemanticNode& describe_text(SemanticTree& tree, Role role, std::string_view name,
                            std::string_view label, const Rect& bounds);

}  // namespace vitrine::ui
