// SPDX-License-Identifier: MIT
// One picture with all that is known about it.
#pragma once

#include <memory>
#include <mutex>

#include "tools/vision/render/background.h"
#include "tools/vision/render/camera_look.h"
#include "tools/vision/render/occluder.h"
#include "tools/vision/render/truth.h"

namespace vitrine::faces {

// kCrop: one face that fills the picture as the landmark net sees it. kFrame: none to three faces
// of any size, as the detector sees a camera's frame. kEmpty: nobody.
enum class Framing { kCrop, kFrame, kEmpty };

struct Wanted {
  Framing framing = Framing::kCrop;
  int size = 144;  // pixels each way
  Tones tones;
};

constexpr int kScale = 2;  // canvas pixels a picture's pixel, each way
constexpr int kMaxFaces = 3;
constexpr int kMaskSide = 36;

struct Sample {
  Picture picture;
  std::vector<uint8_t>
      mask;  // kMaskSide squared: share of a cell that is visible skin of a face, 0…255
  std::vector<FaceTruth> faces;
  LightClass light = LightClass::kEven;
};

// Backgrounds are dear, so a fixed number of them is drawn and used again, cropped, turned over and
// tinted. Made when first asked for; any thread may ask.
class BackgroundPool {
 public:
  explicit BackgroundPool(uint64_t seed) : seed_(seed) {}
  const Sheet& get(int number);
  static constexpr int kCount = 384;

 private:
  uint64_t seed_;
  std::array<std::once_flag, kCount> made_;
  std::array<std::unique_ptr<Sheet>, kCount> sheet_;
};

// Fills the canvas with a part of the sheet, as this light shows it.
void paint_background(Canvas& canvas, const Sheet& sheet, const Light& light, Rng rng);
// A placed head with all that it wears, and what it holds.
void draw_person(const PosedHead& head, Held held, const Light& light, const Rng& rng,
                 Canvas& canvas, Vec3 held_offset = {});

// The picture is the same for the same model, seed, index and wish, whatever else is drawn before or
// beside it.
Sample draw_sample(const HeadModel& model, BackgroundPool& pool, uint64_t seed, uint64_t index,
                   const Wanted& wanted);

}  // namespace vitrine::faces
