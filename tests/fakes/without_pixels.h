// SPDX-License-Identifier: MIT
// While it lives GL takes every call, and none becomes pixels: for frames that are counted rather
// than looked at. In software a frame's pixels cost far more than everything else of it.
#pragma once

#include <GLES3/gl3.h>

namespace vitrine::test {

class WithoutPixels {
 public:
  WithoutPixels() { glEnable(GL_RASTERIZER_DISCARD); }
  ~WithoutPixels() { glDisable(GL_RASTERIZER_DISCARD); }
  WithoutPixels(const WithoutPixels&) = delete;
  WithoutPixels& operator=(const WithoutPixels&) = delete;
};

}  // namespace vitrine::test
