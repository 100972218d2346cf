// SPDX-License-Identifier: MIT
#include "engine/platform/platform.h"
