// SPDX-License-Identifier: MIT
#include "engine/vision/network_stages_internal.h"

namespace vitrine {
namespace {

using Layers = std::span<const NetworkLayer>;

// The net was trained on values a channel at a time; a plane has them a pixel at a time.
std::vector<int> flattened(const Plane& plane) {
  std::vector<int> order;
  for (int channel = 0; channel < plane.channels; ++channel) {
    for (int cell = 0; cell < plane.columns * plane.rows; ++cell) {
      order.push_back(cell * plane.channels + channel);
    }
  }
  return order;
}

std::vector<int> as_it_is(size_t count) {
  std::vector<int> order(count);
  for (size_t i = 0; i < count; ++i) order[i] = static_cast<int>(i);
  return order;
}

}  // namespace

Plane add_residuals(NetworkProgram& program, Layers layers, const Plane& input, int output_border) {
  const int channels = layers[0].shape.outputs;
  const Plane wide = program.add_plane(input.columns, input.rows, channels, 1);
  const Plane filtered = program.add_plane(input.columns, input.rows, channels, 0);
  const Plane between = program.add_inverted(layers.subspan(0, 3), input, wide, filtered, 0);
  return program.add_inverted(layers.subspan(3, 3), between, wide, filtered, output_border);
}

Plane add_early(NetworkProgram& program, Layers layers, const Plane& picture, int output_border) {
  Plane plane = picture;
  for (size_t i = 0; i < 4; ++i) {
    const int border = i < 3 ? 1 : 0;
    plane = program.add_convolution(layers[i], plane, Activation::Rectified, border);
  }
  return add_residuals(program, layers.subspan(4, 6), plane, output_border);
}

std::span<const float> add_answer(NetworkProgram& program, Layers layers, const Plane& deep) {
  const std::span<const float> hidden =
      program.add_dense(layers[0], deep.first, flattened(deep), Activation::Leaky);
  return program.add_dense(layers[1], hidden.data(), as_it_is(hidden.size()), Activation::None);
}

}  // namespace vitrine
