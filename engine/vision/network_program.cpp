// SPDX-License-Identifier: MIT
#include "engine/vision/network_program_internal.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "engine/base/assert.h"

namespace vitrine {

namespace {

constexpr size_t kAlignment = 64;  // bytes: a line of the cache

// As many as stand in blocks.
int in_blocks(int outputs) {
  return (outputs + kBlock - 1) / kBlock * kBlock;
}

// As many as stand in pairs.
int in_pairs(int values) {
  return (values + kPair - 1) / kPair * kPair;
}

// Where the weight of `value` of a row of inputs, as many as stand in pairs, lies among those that
// are packed for all outputs.
size_t packed_at(int output, int value, int row) {
  const int block = output / kBlock * row * kBlock, pair = value / kPair * kPair * kBlock;
  return static_cast<size_t>(block + pair + output % kBlock * kPair + value % kPair);
}

// So that no sum of an output overflows, whatever the inputs.
int largest_input(const NetworkLayer& layer) {
  const int window = layer.shape.window();
  int64_t worst = 1;
  for (int output = 0; output < layer.shape.outputs; ++output) {
    int64_t sum = 0;
    for (int i = 0; i < window; ++i) {
      sum += std::abs(layer.values[static_cast<size_t>(output * window + i)]);
    }
    worst = std::max(worst, sum);
  }
  return static_cast<int>(std::min<int64_t>(INT16_MAX, INT32_MAX / worst));
}

int convolved(int side, const LayerShape& shape) {
  return (side + 2 * shape.padding - shape.dilation * (shape.kernel - 1) - 1) / shape.stride + 1;
}

// Of a plane and its border.
int all_values(const Plane& plane) {
  return plane.row_step() * (plane.rows + 2 * plane.border);
}

// Values from a pixel to the one so many rows down and columns to the right.
int inwards(const Plane& plane, int pixels) {
  return pixels * (plane.row_step() + plane.channels);
}

float* pixel(const Plane& plane, int column, int row) {
  return plane.first + row * plane.row_step() + column * plane.channels;
}

void copy_values(float* to, const float* from, int count) {
  std::memcpy(to, from, static_cast<size_t>(count) * sizeof(float));
}

void join(const Join& step) {
  const int early = step.early.channels, deep = step.deep.channels;
  for (int row = 0; row < step.output.rows; ++row) {
    for (int column = 0; column < step.output.columns; ++column) {
      float* to = pixel(step.output, column, row);
      copy_values(to, pixel(step.early, column, row), early);
      copy_values(to + early, pixel(step.deep, column / 2, row / 2), deep);
    }
  }
}

void shuffle(const Shuffle& step) {
  for (int row = 0; row < step.output.rows; ++row) {
    for (int column = 0; column < step.output.columns; ++column) {
      const int part = 2 * (row % 2) + column % 2;
      *pixel(step.output, column, row) = pixel(step.input, column / 2, row / 2)[part];
    }
  }
}

struct StepRunner {
  const Kernels& kernels;

  void operator()(const Quantize& step) const { kernels.quantize(step); }
  void operator()(const Convolution& step) const { kernels.convolve(step); }
  void operator()(const Depthwise& step) const { kernels.filter_each(step); }
  void operator()(const Dense& step) const { kernels.multiply(step); }
  void operator()(const Join& step) const { join(step); }
  void operator()(const Shuffle& step) const { shuffle(step); }
};

}  // namespace

template <typename Value>
Value* NetworkProgram::take(int count) {
  const size_t bytes = static_cast<size_t>(count + kSlack) * sizeof(Value);
  memory_.push_back(std::make_unique<std::byte[]>(bytes + kAlignment));
  const auto address = reinterpret_cast<uintptr_t>(memory_.back().get());
  return reinterpret_cast<Value*>(memory_.back().get() + kAlignment - address % kAlignment);
}

template <typename Value>
Value* NetworkProgram::take_traces(int count) {
  Value* const values = take<Value>(count);
  traces_.push_back(std::as_writable_bytes(std::span(values, static_cast<size_t>(count))));
  return values;
}

Plane NetworkProgram::add_plane(int columns, int rows, int channels, int border) {
  Plane plane{nullptr, columns, rows, channels, border};
  plane.first = take_traces<float>(all_values(plane)) + inwards(plane, border);
  return plane;
}

const float* NetworkProgram::pack_outputs(const NetworkLayer& layer,
                                          float (NetworkLayer::*number)(int) const) {
  float* packed = take<float>(in_blocks(layer.shape.outputs));
  for (int i = 0; i < layer.shape.outputs; ++i) packed[i] = (layer.*number)(i);
  return packed;
}

// From (output, channel, row, column) to the order in which a window is read: row, column, channel.
const int16_t* NetworkProgram::pack_windows(const NetworkLayer& layer, int run_length) {
  const LayerShape& shape = layer.shape;
  const int window = shape.window(), area = shape.kernel * shape.kernel;
  const int row = window / run_length * in_pairs(run_length);
  int16_t* packed = take<int16_t>(in_blocks(shape.outputs) * row);
  for (int output = 0; output < shape.outputs; ++output) {
    const int8_t* values = layer.values.data() + static_cast<ptrdiff_t>(output) * window;
    for (int value = 0; value < window; ++value) {
      const int channel = value % shape.inputs, place = value / shape.inputs;
      const int run = value / run_length, in_run = value % run_length;
      packed[packed_at(output, run * in_pairs(run_length) + in_run, row)] =
          values[channel * area + place];
    }
  }
  return packed;
}

const float* NetworkProgram::pack_filters(const NetworkLayer& layer) {
  const int area = layer.shape.kernel * layer.shape.kernel;
  const int stride = in_blocks(layer.shape.outputs);
  float* packed = take<float>(area * stride);
  for (int i = 0; i < static_cast<int>(layer.values.size()); ++i) {
    const int channel = i / area;
    packed[i % area * stride + channel] =
        static_cast<float>(layer.values[static_cast<size_t>(i)]) * layer.scale(channel);
  }
  return packed;
}

const Quantize& NetworkProgram::quantize(const float* values, int count,
                                         const NetworkLayer& reader) {
  if (count > quantized_count_) {
    quantized_ = take_traces<int16_t>(count);
    quantized_count_ = count;
  }
  steps_.push_back(Quantize{.values = values,
                            .count = count,
                            .largest = largest_input(reader),
                            .integers = quantized_,
                            .scale = take_traces<float>(1)});
  return std::get<Quantize>(steps_.back());
}

// Without dilation a row of a window is one run; with it each of its pixels is.
const int* NetworkProgram::take_runs(const LayerShape& shape, const Plane& input,
                                     Convolution& step) {
  const int parts = shape.dilation == 1 ? 1 : shape.kernel;
  step.run_count = shape.kernel * parts;
  int* runs = take<int>(step.run_count);
  for (int row = 0; row < shape.kernel; ++row) {
    for (int part = 0; part < parts; ++part) {
      runs[row * parts + part] = shape.dilation * (row * input.row_step() + part * input.channels);
    }
  }
  return runs;
}

void NetworkProgram::convolve_into(const NetworkLayer& layer, const Plane& input,
                                   const Plane& output, Activation activation,
                                   const Plane* residual) {
  const LayerShape& shape = layer.shape;
  VITRINE_ASSERT(shape.groups == 1 && input.channels == shape.inputs);
  VITRINE_ASSERT(input.border >= shape.padding);
  const Quantize& read =
      quantize(input.first - inwards(input, input.border), all_values(input), layer);
  Convolution step{};
  step.input = read.integers + inwards(input, input.border - shape.padding);
  step.input_scale = read.scale;
  step.input_column_step = shape.stride * input.channels;
  step.input_row_step = shape.stride * input.row_step();
  step.runs = take_runs(shape, input, step);
  step.output = output.first;
  step.output_column_step = output.channels;
  step.output_row_step = output.row_step();
  step.columns = output.columns;
  step.rows = output.rows;
  step.outputs = shape.outputs;
  const int run_length = shape.window() / step.run_count;
  step.run_pairs = in_pairs(run_length) / kPair;
  step.weights = pack_windows(layer, run_length);
  step.scales = pack_outputs(layer, &NetworkLayer::scale);
  step.biases = pack_outputs(layer, &NetworkLayer::bias);
  step.activation = activation;
  if (residual) {
    step.residual = residual->first;
    step.residual_column_step = residual->channels;
    step.residual_row_step = residual->row_step();
  }
  steps_.push_back(step);
}

Plane NetworkProgram::add_convolution(const NetworkLayer& layer, const Plane& input,
                                      Activation activation, int output_border) {
  const Plane output =
      add_plane(convolved(input.columns, layer.shape), convolved(input.rows, layer.shape),
                layer.shape.outputs, output_border);
  convolve_into(layer, input, output, activation, nullptr);
  return output;
}

void NetworkProgram::filter_into(const NetworkLayer& layer, const Plane& input,
                                 const Plane& output) {
  const LayerShape& shape = layer.shape;
  VITRINE_ASSERT(shape.groups == input.channels && shape.kernel == 3 && shape.stride == 1);
  VITRINE_ASSERT(input.border >= 1 && shape.padding == 1 && shape.dilation == 1);
  steps_.push_back(Depthwise{.input = input.first - inwards(input, shape.padding),
                             .input_row_step = input.row_step(),
                             .output = output.first,
                             .output_row_step = output.row_step(),
                             .columns = output.columns,
                             .rows = output.rows,
                             .channels = output.channels,
                             .weights = pack_filters(layer),
                             .biases = pack_outputs(layer, &NetworkLayer::bias)});
}

Plane NetworkProgram::add_inverted(std::span<const NetworkLayer> layers, const Plane& input,
                                   const Plane& wide, const Plane& filtered, int output_border) {
  VITRINE_ASSERT(layers.size() == 3);
  const Plane output = add_plane(input.columns, input.rows, input.channels, output_border);
  convolve_into(layers[0], input, wide, Activation::Rectified, nullptr);
  filter_into(layers[1], wide, filtered);
  convolve_into(layers[2], filtered, output, Activation::None, &input);
  return output;
}

std::span<const float> NetworkProgram::add_dense(const NetworkLayer& layer, const float* input,
                                                 std::span<const int> order,
                                                 Activation activation) {
  const LayerShape& shape = layer.shape;
  VITRINE_ASSERT(static_cast<int>(order.size()) == shape.inputs);
  const int row = in_pairs(shape.inputs);
  int8_t* weights = take<int8_t>(in_blocks(shape.outputs) * row);
  for (int output = 0; output < shape.outputs; ++output) {
    const int8_t* values = layer.values.data() + static_cast<ptrdiff_t>(output) * shape.inputs;
    for (int i = 0; i < shape.inputs; ++i) {
      weights[packed_at(output, order[static_cast<size_t>(i)], row)] = values[i];
    }
  }
  const Quantize& read = quantize(input, shape.inputs, layer);
  float* result = take_traces<float>(in_blocks(shape.outputs));
  steps_.push_back(Dense{.input = read.integers,
                         .input_scale = read.scale,
                         .input_pairs = row / kPair,
                         .output = result,
                         .outputs = shape.outputs,
                         .weights = weights,
                         .scales = pack_outputs(layer, &NetworkLayer::scale),
                         .biases = pack_outputs(layer, &NetworkLayer::bias),
                         .activation = activation});
  return {result, static_cast<size_t>(shape.outputs)};
}

Plane NetworkProgram::add_join(const Plane& early, const Plane& deep, int output_border) {
  VITRINE_ASSERT(early.columns == 2 * deep.columns && early.rows == 2 * deep.rows);
  const Plane output =
      add_plane(early.columns, early.rows, early.channels + deep.channels, output_border);
  steps_.push_back(Join{early, deep, output});
  return output;
}

Plane NetworkProgram::add_shuffle(const Plane& input) {
  VITRINE_ASSERT(input.channels == 4);
  const Plane output = add_plane(2 * input.columns, 2 * input.rows, 1, 0);
  steps_.push_back(Shuffle{input, output});
  return output;
}

void NetworkProgram::run() const {
  for (const Step& step : steps_) std::visit(StepRunner{*kernels_}, step);
}

void NetworkProgram::forget() {
  for (std::span<std::byte> bytes : traces_) std::fill(bytes.begin(), bytes.end(), std::byte{0});
}

void fill_plane(std::span<const float> rgb, const Plane& plane) {
  VITRINE_ASSERT(rgb.size() == static_cast<size_t>(plane.values()));
  const int count = plane.columns * plane.channels;
  for (int row = 0; row < plane.rows; ++row) {
    copy_values(pixel(plane, 0, row), rgb.data() + static_cast<ptrdiff_t>(row) * count, count);
  }
}

}  // namespace vitrine
