// SPDX-License-Identifier: MIT
// The pages of the widget gallery.
#pragma once

#include <span>
#include <string_view>

#include "engine/ui/painter.h"

namespace vitrine {

struct GalleryPage {
  std::string_view name;
  Size size;
  void (*draw)(ui::Painter& painter);
  bool high_contrast = false;
};

std::span<const GalleryPage> gallery_pages();

}  // namespace vitrine
