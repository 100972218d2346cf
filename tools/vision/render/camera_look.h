// SPDX-License-Identifier: MIT
// What a cheap camera makes of the light: exposure, white balance, blur, noise, sharpening, JPEG.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/vision/render/canvas.h"
#include "tools/vision/render/lighting.h"
#include "tools/vision/render/rng.h"

namespace vitrine::faces {

struct Picture {
  int width = 0, height = 0;
  std::vector<uint8_t> rgb;  // sRGB, rows from the top
};

// Takes the picture at `1 / scale` of the canvas's size. Backlight stays backlight: what is bright
// sets the exposure, unless the camera meters the face.
Picture take_picture(const Canvas& canvas, int scale, const Light& light, Rng rng);

// What a camera has settled on after some seconds, for all pictures of a clip.
struct SettledLook {
  float factor = 1;  // exposure
  Color balance;
  float noise = 0;  // deviation of a pixel, 1 is white
};
SettledLook settle(const Canvas& canvas, const Light& light);
// A picture of a clip: nothing but the noise differs from one to the next.
Picture take_clip_picture(const Canvas& canvas, int scale, const SettledLook& look, Rng grain);

}  // namespace vitrine::faces
