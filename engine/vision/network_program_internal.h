// SPDX-License-Identifier: MIT
// A network ready to run: its planes, its packed weights, its steps in order. Built once, layer by
// layer; running it allocates nothing and cannot fail.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "engine/vision/kernels.h"
#include "engine/vision/network_file.h"
#include "engine/vision/network_steps_internal.h"

namespace vitrine {

// A picture of channels, interleaved, with zeros around it. The memory is the program's.
struct Plane {
  float* first = nullptr;  // of the upper left pixel, inside the border
  int columns = 0;
  int rows = 0;
  int channels = 0;
  int border = 0;  // pixels

  int row_step() const { return (columns + 2 * border) * channels; }
  int values() const { return columns * rows * channels; }
};

// Doubles deep's columns and rows and puts its channels behind early's.
struct Join {
  Plane early, deep, output;
};

// Four channels become 2 x 2 cells of one.
struct Shuffle {
  Plane input, output;
};

class NetworkProgram {
 public:
  explicit NetworkProgram(const Kernels& kernels) : kernels_(&kernels) {}
  NetworkProgram(const NetworkProgram&) = delete;
  NetworkProgram& operator=(const NetworkProgram&) = delete;

  Plane add_plane(int columns, int rows, int channels, int border);

  // The plane that a convolution makes of `input`. Expects: input.border >= the layer's padding.
  Plane add_convolution(const NetworkLayer& layer, const Plane& input, Activation activation,
                        int output_border);
  // Widen, filter each channel, narrow, add the input: three layers. `wide` and `filtered` hold
  // what is between and may serve several residuals of one size; wide.border is 1.
  Plane add_inverted(std::span<const NetworkLayer> layers, const Plane& input, const Plane& wide,
                     const Plane& filtered, int output_border);
  // `input`: of a plane of this program without a border, or another dense layer's result.
  // `order`: for each input of the layer, which value of `input` it is. The result has as many
  // values as the layer has outputs.
  std::span<const float> add_dense(const NetworkLayer& layer, const float* input,
                                   std::span<const int> order, Activation activation);
  Plane add_join(const Plane& early, const Plane& deep, int output_border);
  Plane add_shuffle(const Plane& input);

  void run() const;
  // Sets to zero what the last pictures left in planes and results.
  void forget();

 private:
  using Step = std::variant<Quantize, Convolution, Depthwise, Dense, Join, Shuffle>;

  // Zeros, aligned for every set, and kSlack more.
  template <typename Value>
  Value* take(int count);
  // The same, for what a picture becomes: forget() empties it.
  template <typename Value>
  Value* take_traces(int count);
  // `number` of each output: its scale or bias.
  const float* pack_outputs(const NetworkLayer& layer, float (NetworkLayer::*number)(int) const);
  const int16_t* pack_windows(const NetworkLayer& layer, int run_length);
  const float* pack_filters(const NetworkLayer& layer);
  // The step that makes of `values` what `reader` reads, next and alone; lives until another step
  // is added.
  const Quantize& quantize(const float* values, int count, const NetworkLayer& reader);
  const int* take_runs(const LayerShape& shape, const Plane& input, Convolution& step);
  void convolve_into(const NetworkLayer& layer, const Plane& input, const Plane& output,
                     Activation activation, const Plane* residual);
  void filter_into(const NetworkLayer& layer, const Plane& input, const Plane& output);

  const Kernels* kernels_;
  std::vector<std::unique_ptr<std::byte[]>> memory_;
  std::vector<std::span<std::byte>> traces_;  // of pictures, in memory_
  // For one step after the other, so that it stays in the cache; a larger plane gets a larger one.
  int16_t* quantized_ = nullptr;
  int quantized_count_ = 0;
  std::vector<Step> steps_;
};

// Copies `rgb` into the inside of a plane of three channels.
void fill_plane(std::span<const float> rgb, const Plane& plane);

}  // namespace vitrine
