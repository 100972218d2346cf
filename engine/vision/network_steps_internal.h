// SPDX-License-Identifier: MIT
// The steps of a network as the kernels see them: plain numbers and pointers, everything that can
// be worked out beforehand worked out. Channels lie beside each other (NHWC), so that what a window
// sees of one row is one run of values; planes have a border of zeros, so that no kernel asks where
// a picture ends. Included by the sources of instruction sets: nothing here may become code.
//
// Where most of the work is, in convolutions and dense layers, inputs are whole numbers of 16 bits
// times a scale (quantized anew for each picture, by the largest of them), and so are weights: x86
// and WebAssembly multiply twice as many of them at once as floats and add pairs by the way.
#pragma once

#include <cstdint>

namespace vitrine {

// Weights, scales and biases are packed for this many outputs together, the last block filled up
// with zeros. Quantized weights are in pairs, as they are multiplied: weights[block][run][pair of
// values][output of the block][2], the last pair of an odd run filled up with zeros.
inline constexpr int kBlock = 8;
inline constexpr int kPair = 2;

// What a kernel may read beyond the last value of a plane or result, in values: zeros; of quantized
// ones anything, for their weights are 0.
inline constexpr int kSlack = 4 * kBlock;

enum class Activation : unsigned char {
  None,
  Rectified,  // 0 below 0
  Leaky,      // a tenth below 0
};

// integers[i] = values[i] / scale, rounded to the nearest; the scale is such that the largest
// magnitude becomes `largest`.
struct Quantize {
  const float* values;
  int count;
  int largest;  // 1 to 32767; so low that no sum of the step that reads them overflows 32 bits
  int16_t* integers;
  float* scale;  // 0 where all values are, or nearly; not finite where any value is not
};

struct Convolution {
  const int16_t* input;      // first value under the first window
  const float* input_scale;  // one
  int input_column_step;     // values from a window to the one of the next output
  int input_row_step;
  const int* runs;  // where each run of a window begins, from the window's first value
  int run_count;
  int run_pairs;  // of values in a run

  float* output;  // of the first pixel
  int output_column_step;
  int output_row_step;
  int columns;
  int rows;
  int outputs;

  const int16_t* weights;
  const float* scales;
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
  const int16_t* input;
  const float* input_scale;  // one
  int input_pairs;
  float* output;  // filled up to blocks
  int outputs;
  const int8_t* weights;  // each is needed once a run: bytes come faster
  const float* scales;
  const float* biases;
  Activation activation;
};

}  // namespace vitrine
