// SPDX-License-Identifier: MIT
#include "engine/vision/network_stages_internal.h"

#include "engine/base/assert.h"

namespace vitrine {
namespace {

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

std::span<const NetworkLayer> LayerQueue::take(size_t count) {
  VITRINE_ASSERT(count <= left_.size());
  const std::span<const NetworkLayer> taken = left_.first(count);
  left_ = left_.subspan(count);
  return taken;
}

Plane add_residuals(NetworkProgram& program, LayerQueue& layers, const Plane& input,
                    int output_border) {
  const std::span<const NetworkLayer> first = layers.take(3), second = layers.take(3);
  const int channels = first[0].shape.outputs;
  const Plane wide = program.add_plane(input.columns, input.rows, channels, 1);
  const Plane filtered = program.add_plane(input.columns, input.rows, channels, 0);
  const Plane between = program.add_inverted(first, input, wide, filtered, 0);
  return program.add_inverted(second, between, wide, filtered, output_border);
}

Plane add_early(NetworkProgram& program, LayerQueue& layers, const Plane& picture,
                int output_border) {
  Plane plane = picture;
  for (const int border : {1, 1, 1, 0}) {
    plane = program.add_convolution(layers.take(), plane, Activation::Rectified, border);
  }
  return add_residuals(program, layers, plane, output_border);
}

std::span<const float> add_answer(NetworkProgram& program, LayerQueue& layers, const Plane& deep) {
  const std::span<const float> hidden =
      program.add_dense(layers.take(), deep.first, flattened(deep), Activation::Leaky);
  return program.add_dense(layers.take(), hidden.data(), as_it_is(hidden.size()), Activation::None);
}

}  // namespace vitrine
