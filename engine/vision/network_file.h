// SPDX-License-Identifier: MIT
// The weights of a network as docs/vision/training.md keeps them, version 1, checked to the last
// bit before anything is made of them: what is read here has the layers, sizes and finite values
// that its kind of network needs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"

namespace vitrine {

enum class NetworkKind : uint8_t { Landmarks, Detector, Lips, Eye };

// "landmarks", "detector", "lips", "eye": as in the file.
std::string_view network_kind_name(NetworkKind kind);

enum class LayerKind : uint8_t { Convolution, Dense };

struct LayerShape {
  LayerKind kind = LayerKind::Convolution;
  int inputs = 0;  // channels
  int outputs = 0;
  int kernel = 1;  // side of the window; this and what follows are of convolutions alone
  int stride = 1;
  int padding = 0;
  int dilation = 1;
  int groups = 1;  // 1, or as many as there are inputs

  bool operator==(const LayerShape&) const = default;
  // Weights of one output.
  int window() const { return inputs / groups * kernel * kernel; }
};

// As in the file, without a name: "conv 3 20 5 2 2 1 1", "dense 1728 256".
std::string to_text(const LayerShape& shape);

// Points into the file's bytes.
struct NetworkLayer {
  std::string_view name;
  LayerShape shape;
  std::span<const int8_t> values;   // (output, input / groups, row, column)
  std::span<const uint8_t> scales;  // 4 bytes an output
  std::span<const uint8_t> biases;

  // A weight is its value times its output's scale.
  float scale(int output) const;
  float bias(int output) const;
};

class NetworkFile {
 public:
  static constexpr size_t kMaxBytes = 4 << 20;
  static constexpr size_t kMaxHeadBytes = 8 << 10;
  static constexpr int kMaxWidth = 64;     // channels of the first layer
  static constexpr int kMaxHidden = 1024;  // outputs of the first dense layer
  static constexpr float kLargest = 1e6f;  // of scales and biases; no net that learnt has such

  // Borrows `file`, which has to outlive the result. Fails with data_loss for one that is cut off
  // or damaged and with invalid_argument for one that is of another kind, version or order or
  // beyond a limit; the message says what, where and what to do.
  static Result<NetworkFile> read(std::span<const uint8_t> file, NetworkKind kind);

  // Side in pixels of the pictures that the network was trained on.
  int size() const { return size_; }
  // In the order of tools/vision/train/nets.py.
  const std::vector<NetworkLayer>& layers() const { return layers_; }

 private:
  friend class NetworkFileReader;
  NetworkKind kind_ = NetworkKind::Landmarks;
  int size_ = 0;
  std::vector<NetworkLayer> layers_;
};

}  // namespace vitrine
