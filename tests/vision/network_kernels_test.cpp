// SPDX-License-Identifier: MIT
// Each set of kernels against sums written out plainly, at shapes that no block and no tile fits.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>

#include "engine/vision/network_order_internal.h"
#include "engine/vision/network_program_internal.h"
#include "tests/vision/network_support.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr float kTolerance = 1e-3f;

// A layer with weights of its own, as a file would have it.
struct MadeLayer {
  explicit MadeLayer(const LayerShape& shape) : scales(bytes(shape)), biases(bytes(shape)) {
    std::mt19937 random(static_cast<unsigned>(shape.inputs * 131 + shape.outputs));
    values.resize(static_cast<size_t>(shape.outputs * shape.window()));
    for (int8_t& value : values) value = static_cast<int8_t>(random() % 255 - 127);
    for (int i = 0; i < shape.outputs; ++i) {
      put(scales, i, 0.001f * static_cast<float>(i % 5 + 1));
      put(biases, i, 0.1f * static_cast<float>(i % 7 - 3));
    }
    layer = {"made", shape, values, scales, biases};
  }

  float weight(int output, int value) const {
    return layer.scale(output) *
           static_cast<float>(values[static_cast<size_t>(output * layer.shape.window() + value)]);
  }

  std::vector<int8_t> values;
  Bytes scales, biases;
  NetworkLayer layer;

 private:
  static size_t bytes(const LayerShape& shape) {
    return sizeof(float) * static_cast<size_t>(shape.outputs);
  }
  static void put(Bytes& to, int index, float value) {
    std::memcpy(to.data() + sizeof(float) * static_cast<size_t>(index), &value, sizeof value);
  }
};

float at(const Plane& plane, int column, int row, int channel) {
  if (column < 0 || row < 0 || column >= plane.columns || row >= plane.rows) return 0;
  return plane.first[row * plane.row_step() + column * plane.channels + channel];
}

void fill(const Plane& plane) {
  fill_plane(golden_noise(plane.values()), plane);
}

float convolved(const MadeLayer& made, const Plane& input, int column, int row, int output) {
  const LayerShape& shape = made.layer.shape;
  const int group_inputs = shape.inputs / shape.groups;
  const int first = shape.groups == 1 ? 0 : output;
  float sum = made.layer.bias(output);
  for (int channel = 0; channel < group_inputs; ++channel) {
    for (int y = 0; y < shape.kernel; ++y) {
      for (int x = 0; x < shape.kernel; ++x) {
        sum += made.weight(output, (channel * shape.kernel + y) * shape.kernel + x) *
               at(input, column * shape.stride - shape.padding + x * shape.dilation,
                  row * shape.stride - shape.padding + y * shape.dilation, first + channel);
      }
    }
  }
  return sum;
}

float activated(float value, Activation activation) {
  if (activation == Activation::None || value > 0) return value;
  return activation == Activation::Leaky ? 0.1f * value : 0;
}

// The plane's every value, and that nothing but it was written.
void check_plane(const MadeLayer& made, const Plane& input, const Plane& output,
                 Activation activation, const Plane* residual = nullptr) {
  float largest = 0;
  for (int row = -output.border; row < output.rows + output.border; ++row) {
    for (int column = -output.border; column < output.columns + output.border; ++column) {
      const bool inside = column >= 0 && row >= 0 && column < output.columns && row < output.rows;
      for (int channel = 0; channel < output.channels; ++channel) {
        float expected = inside ? convolved(made, input, column, row, channel) : 0;
        if (inside && residual) expected += at(*residual, column, row, channel);
        const float found =
            output.first[row * output.row_step() + column * output.channels + channel];
        largest = std::max(largest, std::fabs(found - activated(expected, activation)));
      }
    }
  }
  CHECK(largest < kTolerance);
}

std::vector<int> as_it_is(int count) {
  std::vector<int> order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

void check_convolution(const Kernels& kernels, const LayerShape& shape, int columns, int rows,
                       Activation activation) {
  INFO(kernels.name << ' ' << to_text(shape) << " at " << columns << 'x' << rows);
  const MadeLayer made(shape);
  NetworkProgram program(kernels);
  const Plane input = program.add_plane(columns, rows, shape.inputs, shape.padding + 1);
  fill(input);
  const Plane output = program.add_convolution(made.layer, input, activation, 2);
  program.run();
  check_plane(made, input, output, activation);
}

}  // namespace

TEST_CASE("convolutions of every kind in the networks are right, with every set of kernels") {
  for (const Kernels* kernels : all_kernels()) {
    for (const int outputs : {1, 4, 7, 8, 12, 17, 24, 31, 40, 56}) {
      check_convolution(*kernels, convolution(3, outputs, 5, 2, 1), 11, 7, Activation::Rectified);
      check_convolution(*kernels, convolution(5, outputs, 3, 1, 1), 9, 5, Activation::None);
      check_convolution(*kernels, convolution(6, outputs, 3, 1, 3), 7, 8, Activation::Leaky);
      check_convolution(*kernels, convolution(13, outputs, 1, 1, 1), 6, 3, Activation::Rectified);
    }
    for (int columns = 1; columns <= 10; ++columns) {
      check_convolution(*kernels, convolution(2, 9, 3, 2, 1), columns, 3, Activation::None);
    }
  }
}

TEST_CASE("an inverted residual is right at any number of channels, with every set of kernels") {
  for (const Kernels* kernels : all_kernels()) {
    for (const int channels : {1, 3, 5, 8, 20}) {
      INFO(kernels->name << ' ' << channels);
      const int wide_channels = 3 * channels;
      LayerShape filter = convolution(wide_channels, wide_channels, 3, 1, 1);
      filter.groups = wide_channels;
      const MadeLayer widen(convolution(channels, wide_channels, 1, 1, 1)), each(filter),
          narrow(convolution(wide_channels, channels, 1, 1, 1));
      const std::vector<NetworkLayer> layers = {widen.layer, each.layer, narrow.layer};
      NetworkProgram program(*kernels);
      const Plane input = program.add_plane(7, 5, channels, 0);
      const Plane wide = program.add_plane(7, 5, wide_channels, 1);
      const Plane filtered = program.add_plane(7, 5, wide_channels, 0);
      fill(input);
      const Plane output = program.add_inverted(layers, input, wide, filtered, 1);
      program.run();
      check_plane(widen, input, wide, Activation::Rectified);
      check_plane(each, wide, filtered, Activation::Rectified);
      check_plane(narrow, filtered, output, Activation::None, &input);
    }
  }
}

TEST_CASE("dense layers take their inputs in any order, with every set of kernels") {
  for (const Kernels* kernels : all_kernels()) {
    for (const int outputs : {1, 8, 31, 32, 33, 70}) {
      for (const int inputs : {1, 2, 7, 64}) {
        INFO(kernels->name << ' ' << inputs << " to " << outputs);
        const LayerShape shape{.kind = LayerKind::Dense, .inputs = inputs, .outputs = outputs};
        const MadeLayer made(shape);
        std::vector<int> backwards;
        for (int i = inputs; i-- > 0;) backwards.push_back(i);
        NetworkProgram program(*kernels);
        const Plane values = program.add_plane(inputs, 1, 1, 0);
        fill(values);
        const auto result =
            program.add_dense(made.layer, values.first, backwards, Activation::Leaky);
        program.run();
        for (int output = 0; output < outputs; ++output) {
          float sum = made.layer.bias(output);
          for (int i = 0; i < inputs; ++i) {
            sum += made.weight(output, i) * at(values, inputs - 1 - i, 0, 0);
          }
          REQUIRE(std::fabs(result[static_cast<size_t>(output)] -
                            activated(sum, Activation::Leaky)) < kTolerance);
        }
      }
    }
  }
}

// All weights and inputs as large as they come, and of one sign: 1728 products of a file's kind.
TEST_CASE("no sum of quantized values overflows, with every set of kernels") {
  constexpr int kInputs = 1728;
  const LayerShape shape{.kind = LayerKind::Dense, .inputs = kInputs, .outputs = 8};
  MadeLayer made(shape);
  std::fill(made.values.begin(), made.values.end(), int8_t{-128});
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    NetworkProgram program(*kernels);
    const Plane values = program.add_plane(kInputs, 1, 1, 0);
    std::fill_n(values.first, kInputs, -3.0f);
    const auto result =
        program.add_dense(made.layer, values.first, as_it_is(kInputs), Activation::None);
    program.run();
    for (int output = 0; output < 8; ++output) {
      const float expected = made.layer.bias(output) + kInputs * 128 * 3 * made.layer.scale(output);
      CHECK(result[static_cast<size_t>(output)] == Approx(expected));
    }
  }
}

TEST_CASE("no sum of a convolution's quantized values overflows, with every set of kernels") {
  const LayerShape shape = convolution(256, 8, 3);
  MadeLayer made(shape);
  std::fill(made.values.begin(), made.values.end(), int8_t{-128});
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    NetworkProgram program(*kernels);
    const Plane input = program.add_plane(3, 3, 256, 1);
    std::fill_n(input.first - input.row_step() - 256, 5 * input.row_step(), -3.0f);
    const Plane output = program.add_convolution(made.layer, input, Activation::None, 0);
    program.run();
    for (int channel = 0; channel < 8; ++channel) {
      const float expected =
          made.layer.bias(channel) + 9 * 256 * 128 * 3 * made.layer.scale(channel);
      CHECK(at(output, 1, 1, channel) == Approx(expected));
    }
  }
}

namespace {

// Quantized as `kernels` do it, with the room that planes have.
struct Rounded {
  Rounded(const Kernels& kernels, std::vector<float> values, int largest) {
    const int count = static_cast<int>(values.size());
    values.resize(values.size() + kSlack);
    integers.resize(values.size());
    kernels.quantize({.values = values.data(),
                      .count = count,
                      .largest = largest,
                      .integers = integers.data(),
                      .scale = &scale});
    integers.resize(static_cast<size_t>(count));
  }
  std::vector<int16_t> integers;
  float scale = -1;
};

}  // namespace

TEST_CASE("values are rounded to the nearest, halves to the even one, by every set of kernels") {
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    const Rounded ties(*kernels, {8, -8, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 0.75f, 1.25f, -2.5f, 0},
                       8);
    CHECK(ties.scale == 1);
    CHECK(ties.integers == std::vector<int16_t>{8, -8, 0, 2, 2, 0, -2, 1, 1, -2, 0});
    for (const float peak : {1e-25f, 0.3f, -7.0f, 3e38f}) {
      const Rounded alone(*kernels, {0, peak, peak / 2}, 32767);
      CHECK(alone.integers[0] == 0);
      CHECK(alone.integers[1] == (peak < 0 ? -32767 : 32767));
      CHECK(std::abs(alone.integers[2]) == 16384);
      CHECK(alone.scale == Approx(std::fabs(peak) / 32767).epsilon(1e-6));
    }
  }
}

TEST_CASE("all sets of kernels round to the same numbers") {
  for (int count = 1; count < 70; count += 3) {
    const Rounded expected(*all_kernels().back(), golden_noise(count), 32767);
    for (const Kernels* kernels : all_kernels()) {
      INFO(kernels->name << ' ' << count);
      const Rounded found(*kernels, golden_noise(count), 32767);
      CHECK(found.integers == expected.integers);
      CHECK(found.scale == expected.scale);
    }
  }
}

TEST_CASE("where all values are 0, or nearly, their scale is 0, with every set of kernels") {
  for (const Kernels* kernels : all_kernels()) {
    for (const float faint : {0.0f, -0.0f, 1e-40f, -1e-31f}) {
      INFO(kernels->name << ' ' << faint);
      const Rounded rounded(*kernels, {faint, 0, faint}, 32767);
      CHECK(rounded.scale == 0);
      CHECK(rounded.integers == std::vector<int16_t>{0, 0, 0});
    }
  }
}

// Else weights that make no sense would look as if they did.
TEST_CASE("what is no finite number makes nothing finite behind it, with every set of kernels") {
  constexpr int kWide = 40;
  LayerShape filter = convolution(kWide, kWide, 3);
  filter.groups = kWide;
  const MadeLayer widen(convolution(3, kWide, 1)), each(filter), narrow(convolution(kWide, 3, 1)),
      dense({.kind = LayerKind::Dense, .inputs = 3 * 25, .outputs = 9});
  const std::vector<NetworkLayer> layers = {widen.layer, each.layer, narrow.layer};
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const Kernels* kernels : all_kernels()) {
    NetworkProgram program(*kernels);
    const Plane input = program.add_plane(5, 5, 3, 0), wide = program.add_plane(5, 5, kWide, 1),
                filtered = program.add_plane(5, 5, kWide, 0);
    const Plane output = program.add_inverted(layers, input, wide, filtered, 0);
    const auto result =
        program.add_dense(dense.layer, output.first, as_it_is(3 * 25), Activation::Rectified);
    for (const float nothing : {std::nanf(""), kInfinity, -kInfinity}) {
      for (int place = 0; place < 3 * 25; ++place) {
        INFO(kernels->name << ' ' << nothing << " at " << place);
        fill(input);
        input.first[place] = nothing;
        program.run();
        CHECK(std::none_of(output.first, output.first + output.values(),
                           [](float value) { return std::isfinite(value); }));
        CHECK(std::none_of(result.begin(), result.end(),
                           [](float value) { return std::isfinite(value); }));
      }
    }
  }
}

TEST_CASE("joining doubles the deep plane and shuffling spreads four channels over 2 x 2 cells") {
  NetworkProgram program(best_kernels());
  const Plane early = program.add_plane(4, 2, 3, 1), deep = program.add_plane(2, 1, 2, 0);
  fill(early);
  fill(deep);
  const Plane joined = program.add_join(early, deep, 1);
  const Plane cells = program.add_plane(2, 1, 4, 0);
  fill(cells);
  const Plane mask = program.add_shuffle(cells);
  program.run();
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < 4; ++column) {
      CHECK(at(joined, column, row, 2) == at(early, column, row, 2));
      CHECK(at(joined, column, row, 4) == at(deep, column / 2, row / 2, 1));
      CHECK(at(mask, column, row, 0) == at(cells, column / 2, 0, 2 * row + column % 2));
    }
  }
}
