// SPDX-License-Identifier: MIT
#include "engine/gfx/canvas.h"
#include "engine/gfx/images.h"
