// SPDX-License-Identifier: MIT
// The kernels, written once over a type of vector. Each source of an instruction set makes its own
// from it. Its vector type stands in an unnamed namespace, so that all of this is private to that
// source: the linker would else keep one copy for all, perhaps one that the processor cannot run.
// For the same reason nothing of the standard library is called.
//
// A vector type has
//   Value, kLanes (divides kBlock), load, store, broadcast, add, multiply, larger, multiply_add(a,
//   b, sum)
// and how much of a convolution is kept in registers at a time, pixels for 1, 2, … blocks of
// outputs:
//   kPixels[]
#pragma once

#include "engine/vision/network_steps_internal.h"

namespace vitrine {

template <typename Vector>
class KernelTemplate {
 public:
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
  static constexpr int kLanes = Vector::kLanes;
  static constexpr int kParts = kBlock / kLanes;  // vectors of a block
  static constexpr int kMostBlocks = sizeof(Vector::kPixels) / sizeof(Vector::kPixels[0]);
  static constexpr int kDenseBlocks = 4;
  static constexpr int kTaps = 9;

  struct Block {
    Value part[kParts];
  };

  // Where the windows of a few pixels begin and where their outputs go.
  template <int kCount>
  struct Pixels {
    const float* input[kCount];
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
    const int stride = step.run_count * step.run_length * kBlock;  // of a block of weights
    const float* weights = step.weights + first_block * stride;
    Block sums[kCount][kBlocks];
#pragma GCC unroll 16
    for (int b = 0; b < kBlocks; ++b) {
      const Block bias = load(step.biases + (first_block + b) * kBlock);
#pragma GCC unroll 16
      for (int i = 0; i < kCount; ++i) sums[i][b] = bias;
    }
    for (int run = 0; run < step.run_count; ++run) {
      const float* inputs[kCount];
#pragma GCC unroll 16
      for (int i = 0; i < kCount; ++i) inputs[i] = pixels.input[i] + step.runs[run];
      for (int k = 0; k < step.run_length; ++k, weights += kBlock) {
        Block factors[kBlocks];
#pragma GCC unroll 16
        for (int b = 0; b < kBlocks; ++b) factors[b] = load(weights + b * stride);
#pragma GCC unroll 16
        for (int i = 0; i < kCount; ++i) {
          const Value value = Vector::broadcast(inputs[i] + k);
#pragma GCC unroll 16
          for (int b = 0; b < kBlocks; ++b) accumulate(sums[i][b], value, factors[b]);
        }
      }
    }
#pragma GCC unroll 16
    for (int i = 0; i < kCount; ++i) {
#pragma GCC unroll 16
      for (int b = 0; b < kBlocks; ++b) {
        const int channel = (first_block + b) * kBlock;
        if (step.residual) add(sums[i][b], load(pixels.residual[i] + channel));
        activate(sums[i][b], step.activation);
        store(pixels.output[i] + channel, sums[i][b], step.outputs - channel);
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
            Vector::larger(window(step, input, weights, bias), Vector::broadcast(&kZero));
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
    const int stride = step.inputs * kBlock;
    const float* weights = step.weights + first_block * stride;
    Block even[kBlocks], odd[kBlocks];  // two sums, so that one need not wait for the other
#pragma GCC unroll 16
    for (int b = 0; b < kBlocks; ++b) {
      even[b] = load(step.biases + (first_block + b) * kBlock);
      odd[b] = load_same(&kZero);
    }
    int k = 0;
    for (; k + 1 < step.inputs; k += 2, weights += 2 * kBlock) {
      const Value first = Vector::broadcast(step.input + k);
      const Value second = Vector::broadcast(step.input + k + 1);
#pragma GCC unroll 16
      for (int b = 0; b < kBlocks; ++b) {
        accumulate(even[b], first, load(weights + b * stride));
        accumulate(odd[b], second, load(weights + b * stride + kBlock));
      }
    }
    if (k < step.inputs) {
      const Value last = Vector::broadcast(step.input + k);
#pragma GCC unroll 16
      for (int b = 0; b < kBlocks; ++b) accumulate(even[b], last, load(weights + b * stride));
    }
#pragma GCC unroll 16
    for (int b = 0; b < kBlocks; ++b) {
      add(even[b], odd[b]);
      activate(even[b], step.activation);
      store(step.output + (first_block + b) * kBlock, even[b], kBlock);
    }
  }

  static Block load(const float* from) {
    Block block;
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) block.part[p] = Vector::load(from + p * kLanes);
    return block;
  }

  static Block load_same(const float* value) {
    Block block;
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) block.part[p] = Vector::broadcast(value);
    return block;
  }

  static void accumulate(Block& sum, Value value, const Block& factors) {
#pragma GCC unroll 16
    for (int p = 0; p < kParts; ++p) {
      sum.part[p] = Vector::multiply_add(value, factors.part[p], sum.part[p]);
    }
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
      value = Vector::larger(value, floor);
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
};

}  // namespace vitrine
