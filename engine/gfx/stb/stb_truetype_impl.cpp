// SPDX-License-Identifier: MIT
// stb_truetype compiled once. Its warnings are its own: this file is built without ours.
#define STB_TRUETYPE_IMPLEMENTATION
#include <stb_truetype.h>
