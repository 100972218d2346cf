// SPDX-License-Identifier: MIT
// The skin as a far light sees it: what is hidden from that side lies in shadow.
#pragma once

#include <vector>

#include "tools/vision/render/head_data.h"

namespace vitrine::faces {

class DepthMap {
 public:
  // `towards` points to the light; the map has `size` squared cells over `extent` centimetres.
  DepthMap(const HeadData& head, const std::vector<Vec3>& vertices, Vec3 towards, int size,
           float extent);
  bool hidden(Vec3 place, float slack) const;
  // The share of light that reaches a place, 0 … 1, soft over about `reach` cells.
  float lit(Vec3 place, float slack, int reach) const;

 private:
  void draw(const Vec3 (&corner)[3]);
  Vec3 seen(Vec3 place) const;

  int size_;
  float scale_;
  Vec3 across_, up_, towards_;
  std::vector<float> depth_;
};

}  // namespace vitrine::faces
