// SPDX-License-Identifier: MIT
// The steps of a network as the kernels see them: plain numbers and pointers, everything that can
// be worked out beforehand worked out. Channels lie beside each other (NHWC), so that what a window
// sees of one row is one run of values; planes have a border of zeros, so that no kernel asks where
// a picture ends. Included by the sources of instruction sets: nothing here may become code.
#pragma once

namespace vitrine {

// Weights and biases are packed for this many outputs together, the last block filled up with
// zeros: weights[block][value of the window][output of the block].
inline constexpr int kBlock = 8;

// What a kernel may read beyond the last value of a plane, in values.
inline constexpr int kSlack = kBlock;

enum class Activation : unsigned char {
  None,
  Rectified,  // 0 below 0
  Leaky,      // a tenth below 0
};

struct Convolution {
  const float* input;     // first value under the first window
  int input_column_step;  // values from a window to the one of the next output
  int input_row_step;
  const int* runs;  // where each run of a window begins, from the window's first value
  int run_count;
  int run_length;  // values; run_count * run_length are the weights of an output

  float* output;  // of the first pixel
  int output_column_step;
  int output_row_step;
  int columns;
  int rows;
  int outputs;

  const float* weights;
  const float* biases;
  const float* residual;  // added before the activation; nullptr for none
  int residual_column_step;
  int residual_row_step;
  Activation activation;
};

// Each channel by its own 3 x 3 window, stride 1, then rectified.
struct Depthwise {
  const float* input;  // first value under the first window
  int input_row_step;
  float* output;
  int output_row_step;
  int columns;
  int rows;
  int channels;
  const float* weights;  // [9][channels, filled up to blocks]
  const float* biases;
};

struct Dense {
  const float* input;
  int inputs;
  float* output;  // filled up to blocks
  int outputs;
  const float* weights;
  const float* biases;
  Activation activation;
};

}  // namespace vitrine
