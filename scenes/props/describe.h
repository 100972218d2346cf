// SPDX-License-Identifier: MIT
// Words that are drawn by a scene itself, told to screen readers.
#pragma once

#include "engine/ui/describe.h"

namespace vitrine::scenes {

using ui::describe_text;

}  // namespace vitrine::scenes
