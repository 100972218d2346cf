// SPDX-License-Identifier: MIT
#include "engine/vision/detector_network.h"
#include "engine/vision/landmark_network.h"
#include "engine/vision/network_order_internal.h"
#include "engine/vision/part_network.h"
#include "engine/vision/tracked_face.h"

namespace vitrine {

namespace {

using Order = std::vector<LayerShape>;

constexpr int kWidening = 3;  // of an inverted residual
constexpr int kNarrow = 48;   // channels before the dense layers
constexpr int kPartNarrow = 16;
constexpr int kMaskParts = 4;  // cells of the mask in one of the finer cells
constexpr int kDetectorNeck = 32;
constexpr int kCellValues = 4;
constexpr int kPose = 3;  // yaw, pitch, roll
constexpr int kCorrectionHidden = 128;

LayerShape dense(int inputs, int outputs) {
  return {.kind = LayerKind::Dense, .inputs = inputs, .outputs = outputs};
}

void add_inverted(Order& order, int channels) {
  const int wide = kWidening * channels;
  order.push_back(convolution(channels, wide, 1));
  LayerShape filter = convolution(wide, wide, 3);
  filter.groups = wide;
  order.push_back(filter);
  order.push_back(convolution(wide, channels, 1));
}

// To an eighth of the picture's side and four times `width` channels.
Order early_order(int width) {
  const int b = 2 * width, c = 4 * width;
  Order order = {convolution(3, width, 5, 2), convolution(width, b, 3, 2), convolution(b, b, 3),
                 convolution(b, c, 3, 2)};
  add_inverted(order, c);
  add_inverted(order, c);
  return order;
}

Order landmark_order(int size, int width, int hidden) {
  const int c = 4 * width, d = 6 * width;
  Order order = early_order(width);
  order.push_back(convolution(c, d, 3, 2));
  add_inverted(order, d);
  add_inverted(order, d);
  order.push_back(convolution(d, kNarrow, 1));
  order.push_back(dense(kNarrow * (size / 16) * (size / 16), hidden));
  constexpr int kPresence = 1;
  order.push_back(dense(
      hidden, 2 * LandmarkNetwork::kLandmarks + kPose + kPresence + LandmarkNetwork::kGroups));
  order.push_back(convolution(c + kNarrow, kMaskParts, 3));
  order.push_back(dense(LandmarkNetwork::kCorrectionInputs, kCorrectionHidden));
  order.push_back(dense(kCorrectionHidden, 2 * LandmarkNetwork::kLandmarks + kPose));
  return order;
}

Order part_order(const PartShape& part, int size, int width, int hidden) {
  Order order = early_order(width);
  order.push_back(convolution(4 * width, kPartNarrow, 1));
  order.push_back(dense(kPartNarrow * (size / 8) * (size / 8), hidden));
  order.push_back(dense(hidden, 2 * part.landmarks + part.groups));
  return order;
}

Order detector_order(int width) {
  const int a = 2 * width, b = 4 * width;
  return {convolution(3, width, 3, 2),
          convolution(width, a, 3, 2),
          convolution(a, kDetectorNeck, 3, 2),
          convolution(kDetectorNeck, b, 3),
          convolution(b, b, 3, 1, 2),
          convolution(b, b, 3, 1, 3),
          convolution(b, b, 3),
          convolution(b, kCellValues, 1)};
}

}  // namespace

LayerShape convolution(int inputs, int outputs, int kernel, int stride, int dilation) {
  return {.inputs = inputs,
          .outputs = outputs,
          .kernel = kernel,
          .stride = stride,
          .padding = dilation * (kernel / 2),
          .dilation = dilation};
}

SideRange side_range(NetworkKind kind) {
  switch (kind) {
    case NetworkKind::Landmarks:
      return {.lowest = 32, .highest = 4 * SkinMask::kMaxSide, .step = 16};
    case NetworkKind::Detector:
      return {.lowest = DetectorNetwork::kMinSide, .highest = DetectorNetwork::kMaxSide, .step = 1};
    case NetworkKind::Lips:
    case NetworkKind::Eye:
      break;
  }
  return {.lowest = 16, .highest = 96, .step = 8};
}

std::vector<LayerShape> network_order(NetworkKind kind, int size, int width, int hidden) {
  switch (kind) {
    case NetworkKind::Landmarks:
      return landmark_order(size, width, hidden);
    case NetworkKind::Detector:
      return detector_order(width);
    case NetworkKind::Lips:
      return part_order(kLipsShape, size, width, hidden);
    case NetworkKind::Eye:
      break;
  }
  return part_order(kEyeShape, size, width, hidden);
}

}  // namespace vitrine
