// SPDX-License-Identifier: MIT
// PNG files, native only.
#pragma once

#include <string>

#include "engine/platform/image_decoder.h"

namespace vitrine::golden {

bool read_png(const std::string& file, Image& image);
bool write_png(const std::string& file, const Image& image);

}  // namespace vitrine::golden
