// SPDX-License-Identifier: MIT
// The kernels, written once over a type of vector. Each source of an instruction set makes its own
// from it. Its vector type stands in an unnamed namespace, so that all of this is private to that
// source: the linker would else keep one copy for all, perhaps one that the processor cannot run.
// For the same reason nothing of the standard library is called.
//
// A vector type has, for floats,
//   Value, kLanes (divides kBlock), load, store, broadcast, add, multiply, multiply_add(a, b, sum)
//   larger(a, b): where either is NaN, b or NaN
//   larger_magnitude(a, peak): of |a| and a peak that is not negative, NaN where either is; the
//   order of floats without a sign is that of their bits, NaN above infinity
// and for quantized values
//   Pairs, two 16-bit numbers in each of kLanes: load_pairs (of 16-bit numbers and of
//   8-bit ones), broadcast_pair
//   Sums, of 32 bits, of products of pairs: no_sum, add_products(a, b, sum), to_value
//   store_rounded: kLanes floats as 16-bit numbers, halves to the even one
// and how much of a convolution is kept in registers at a time, pixels for 1, 2, … blocks of
// outputs:
//   kPixels[]
#pragma once

#include "engine/vision/network_steps_internal.h"

namespace vitrine {

template <typename Vector>
class KernelTemplate {
 public:
  static void quantize(const Quantize& step) {
    const float peak = largest_magnitude(step);
    const bool flat = peak < kFaintest;  // not if infinite or NaN: the scale becomes so, and all
    const float factor = flat ? 0 : static_cast<float>(step.largest) / peak;
    const Value factors = Vector::broadcast(&factor);
    for (int i = 0; i < step.count; i += kLanes) {
      Vector::store_rounded(step.integers + i,
                            Vector::multiply(Vector::load(step.values + i), factors));
    }
    *step.scale = flat ? 0 : peak / static_cast<float>(step.largest);
  }

  static void convolve(const Convolution& step) {
    const int blocks = (step.outputs + kBlock - 1) / kBlock;
    for (int block = 0; block < blocks;) block += convolve_some(step, block, blocks - block);
  }

  static void filter_each(const Depthwise& step) {
    for (int channel = 0; channel < step.channels; channel += kLanes) filter_lanes(step, channel);
  }

  static void multiply(const Dense& step) {
    const int blocks = (step.outputs + kBlock - 1) / kBlock;
    int block = 0;
    for (; block + kDenseBlocks <= blocks; block += kDenseBlocks) {
      multiply_blocks<kDenseBlocks>(step, block);
    }
    for (; block < blocks; ++block) multiply_blocks<1>(step, block);
  }

 private:
  using Value = typename Vector::Value;
  using Pairs = typename Vector::Pairs;
  using Sums = typename Vector::Sums;
  static constexpr int kLanes = Vector::kLanes;
  static constexpr int kParts = kBlock / kLanes;  // vectors of a block
  static constexpr int kMostBlocks = sizeof(Vector::kPixels) / sizeof(Vector::kPixels[0]);
  static constexpr int kDenseBlocks = 4;
  static constexpr int kBlockWeights = kBlock * kPair;  // of one pair of values
  static constexpr int kTaps = 9;

  struct Block {
    Value part[kParts];
  };
  struct BlockPairs {
    Pairs part[kParts];
  };
  struct BlockSums {
    Sums part[kParts];
  };

  // Where the windows of a few pixels begin and where their outputs go.
  template <int kCount>
  struct Pixels {
    const int16_t* input[kCount];
    float* output[kCount];
    const float* residual[kCount];
  };

  // As many blocks at once as registers allow; never three and then one alone, which would wait for
  // its own sums. Returns how many.
  static int convolve_some(const Convolution& step, int block, int left) {
    if constexpr (kMostBlocks >= 3) {
      if (left == 3 || left > 4) return convolve_blocks<3>(step, block);
    }
    if constexpr (kMostBlocks >= 2) {
      if (left >= 2) return convolve_blocks<2>(step, block);
    }
    return convolve_blocks<1>(step, block);
  }

  template <int kBlocks>
  static int convolve_blocks(const Convolution& step, int block) {
    constexpr int kCount = Vector::kPixels[kBlocks - 1];
    Pixels<kCount> pixels;
    int column = 0, row = 0;
    const int total = step.columns * step.rows;
    for (int first = 0; first < total; first += kCount) {
      // A last tile that is not full does its last pixel several times.
      for (int i = 0; i < kCount; ++i) {
        if (first + i < total) {
          pixels.input[i] =
              step.input + row * step.input_row_step + column * step.input_column_step;
          pixels.output[i] =
              step.output + row * step.output_row_step + column * step.output_column_step;
          pixels.residual[i] = step.residual ? step.residual + row * step.residual_row_step +
                                                   column * step.residual_column_step
                                             : nullptr;
          if (++column == step.columns) column = 0, ++row;
        } else {
          pixels.input[i] = pixels.input[i - 1];
          pixels.output[i] = pixels.output[i - 1];
          pixels.residual[i] = pixels.residual[i - 1];
        }
      }
      convolve_tile<kBlocks, kCount>(step, block, pixels);
    }
    return kBlocks;
  }

  template <int kBlocks, int kCount>
  static void convolve_tile(const Convolution& step, int first_block,
                            const Pixels<kCount>& pixels) {
    const int stride = step.run_count * step.run_pairs * kBlockWeights;  // of a block
    const int16_t* weights = step.weights + first_block * stride;
    BlockSums sums[kCount][kBlocks];
#pragma GCC unroll 16
    for (int i = 0; i < kCount; ++i) {
#pragma GCC unroll 16
      for (int b = 0; b < kBlocks; ++b) clear(sums[i][b]);
    }
    for (int run = 0; run < step.run_count; ++run) {
      const int16_t* inputs[kCount];
#pragma GCC unroll 16
      for (int i = 0; i < kCount; ++i) inputs[i] = pixels.input[i] + step.runs[run];
      for (int k = 0; k < step.run_pairs; ++k, weights += kBlockWeights) {
        BlockPairs factors[kBlocks];
#pragma GCC unroll 16
        for (int b = 0; b < kBlocks; ++b) factors[b] = load_pairs(weights + b * stride);
#pragma GCC unroll 16
        for (int i = 0; i < kCount; ++i) {
          const Pairs values = Vector::broadcast_pair(inputs[i] + k * kPair);
#pragma GCC unroll 16
          for (int b = 0; b < kBlocks; ++b) accumulate(sums[i][b], values, factors[b]);
        }
      }
    }
#pragma GCC unroll 16
    for (int b = 0; b < kBlocks; ++b) {
      const int channel = (first_block + b) * kBlock;
      const Block scales = scaled(step.scales + channel, step.input_scale);
      const Block biases = load(step.biases + channel);
#pragma GCC unroll 16
      for (int i = 0; i < kCount; ++i) {
        Block values = to_values(sums[i][b], scales, biases);
        if (step.residual) add(values, load(pixels.residual[i] + channel));
        activate(values, step.activation);
        store(pixels.output[i] + channel, values, step.outputs - channel);
      }
    }
  }

  static void filter_lanes(const Depthwise& step, int channel) {
    const int stride = (step.channels + kBlock - 1) / kBlock * kBlock;
    Value weights[kTaps];
#pragma GCC unroll 16
    for (int tap = 0; tap < kTaps; ++tap) {
      weights[tap] = Vector::load(step.weights + tap * stride + channel);
    }
    const Value bias = Vector::load(step.biases + channel);
    const int left = step.channels - channel;
    for (int row = 0; row < step.rows; ++row) {
      const float* input = step.input + row * step.input_row_step + channel;
      float* output = step.output + row * step.output_row_step + channel;
      for (int column = 0; column < step.columns; ++column) {
        const Value value =
            Vector::larger(Vector::broadcast(&kZero), window(step, input, weights, bias));
        store_lanes(output, value, left);
        input += step.channels;
        output += step.channels;
      }
    }
  }

  static Value window(const Depthwise& step, const float* input, const Value* weights, Value sum) {
#pragma GCC unroll 16
    for (int y = 0; y < 3; ++y) {
      const float* row = input + y * step.input_row_step;
#pragma GCC unroll 16
      for (int x = 0; x < 3; ++x) {
        sum = Vector::multiply_add(Vector::load(row + x * step.channels), weights[3 * y + x], sum);
      }
    }
    return sum;
  }

  template <int kBlocks>
  static void multiply_blocks(const Dense& step, int first_block) {
    const int stride = step.input_pairs * kBlockWeights;
    const int8_t* weights = step.weights + first_block * stride;
    BlockSums sums[kBlocks];
#pragma GCC unroll 16
    for (int b = 0; b < kBlocks; ++b) clear(sums[b]);
    for (int k = 0; k < step.input_pairs; ++k, weights += kBlockWeights) {
      const Pairs values = Vector::broadcast_pair(step.input + k * kPair);
#pragma GCC unroll 16
      for (int b = 0; b < kBlocks; ++b) {
        accumulate(sums[b], values, load_pairs(weights + b * stride));
      }
    }
#pragma GCC unroll 16
    for (int b = 0; b < kBlocks; ++b) {
      const int output = (first_block + b) * kBlock;
      Block values = to_values(sums[b], scaled(step.scales + output, step.input_scale),
                               load(step.biases + output));
      activate(values, step.activation);
      store(step.output + output, values, kBlock);
    }
  }

  // Four at a time, so that one need not wait for the other.
  static float largest_magnitude(const Quantize& step) {
    constexpr int kPeaks = 4;
    static_assert(kPeaks * kLanes <= kSlack);
    Value peaks[kPeaks];
#pragma GCC unroll 16
    for (int p = 0; p < kPeaks; ++p) peaks[p] = Vector::broadcast(&kZero);
    for (int i = 0; i < step.count; i += kPeaks * kLanes) {
#pragma GCC unroll 16
      for (int p = 0; p < kPeaks; ++p) {
        const Value value = Vector::load(step.values + i + p * kLanes);
        peaks[p] = Vector::larger_magnitude(value, peaks[p]);
      }
    }
#pragma GCC unroll 16
    for (int p = 1; p < kPeaks; ++p) peaks[0] = Vector::larger_magnitude(peaks[p], peaks[0]);
    float lanes[kLanes];
    Vector::store(lanes, peaks[0]);
    float peak = lanes[0];
    for (const float lane : lanes) peak = peak >= lane || peak != peak ? peak : lane;
    return peak;
  }

  static Block load(const float* from) {
    Block block;
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) block.part[p] = Vector::load(from + p * kLanes);
    return block;
  }

  template <typename Integer>
  static BlockPairs load_pairs(const Integer* from) {
    BlockPairs block;
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) {
      block.part[p] = Vector::load_pairs(from + p * kLanes * kPair);
    }
    return block;
  }

  static void clear(BlockSums& sum) {
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) sum.part[p] = Vector::no_sum();
  }

  static void accumulate(BlockSums& sum, Pairs values, const BlockPairs& factors) {
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) {
      sum.part[p] = Vector::add_products(values, factors.part[p], sum.part[p]);
    }
  }

  // What one of a block's sums is worth.
  static Block scaled(const float* scales, const float* input_scale) {
    Block block = load(scales);
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) {
      block.part[p] = Vector::multiply(block.part[p], Vector::broadcast(input_scale));
    }
    return block;
  }

  static Block to_values(const BlockSums& sum, const Block& scales, const Block& biases) {
    Block block;
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) {
      block.part[p] =
          Vector::multiply_add(Vector::to_value(sum.part[p]), scales.part[p], biases.part[p]);
    }
    return block;
  }

  static void add(Block& sum, const Block& other) {
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) sum.part[p] = Vector::add(sum.part[p], other.part[p]);
  }

  static void activate(Block& block, Activation activation) {
    if (activation == Activation::None) return;
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) {
      Value& value = block.part[p];
      const Value floor = activation == Activation::Leaky
                              ? Vector::multiply(value, Vector::broadcast(&kLeak))
                              : Vector::broadcast(&kZero);
      value = Vector::larger(floor, value);
    }
  }

  // The first `left` of a block, or all when there are more.
  static void store(float* to, const Block& block, int left) {
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) {
      if (p * kLanes < left) store_lanes(to + p * kLanes, block.part[p], left - p * kLanes);
    }
  }

  static void store_lanes(float* to, Value value, int left) {
    if (left >= kLanes) return Vector::store(to, value);
    float lanes[kLanes];
    Vector::store(lanes, value);
    for (int lane = 0; lane < left; ++lane) to[lane] = lanes[lane];
  }

  static constexpr float kZero = 0;
  static constexpr float kLeak = 0.1f;
  static constexpr float kFaintest = 1e-30f;  // far less would overflow a factor
};

}  // namespace vitrine
