// SPDX-License-Identifier: MIT
// Both networks say what PyTorch says (tools/vision/train/golden.py), with every set of kernels.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <limits>
#include <type_traits>

#include "engine/vision/detector_network.h"
#include "engine/vision/face_models.h"
#include "engine/vision/landmark_network.h"
#include "engine/vision/part_network.h"
#include "tests/fakes/counted_allocations.h"
#include "tests/vision/network_support.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr float kTolerance = 1e-3f;

LandmarkNetwork landmarks(const Kernels& kernels = best_kernels()) {
  Result<LandmarkNetwork> network = LandmarkNetwork::create(golden_network("landmarks"), kernels);
  REQUIRE(network.ok());
  return std::move(network).value();
}

DetectorNetwork detector(const Kernels& kernels = best_kernels(), int width = kGoldenWidth,
                         int height = kGoldenHeight) {
  Result<DetectorNetwork> network =
      DetectorNetwork::create(golden_network("detector"), width, height, kernels);
  REQUIRE(network.ok());
  return std::move(network).value();
}

// In the order of golden.py.
std::vector<float> all_values(const LandmarkOutput& output) {
  std::vector<float> values(output.landmarks.begin(), output.landmarks.end());
  for (const float value : {output.yaw, output.pitch, output.roll, output.presence}) {
    values.push_back(value);
  }
  values.insert(values.end(), output.log_spread.begin(), output.log_spread.end());
  values.insert(values.end(), output.mask.begin(), output.mask.end());
  return values;
}

std::vector<float> all_values(const FaceCorrection& correction) {
  std::vector<float> values(correction.landmarks.begin(), correction.landmarks.end());
  for (const float value : {correction.yaw, correction.pitch, correction.roll}) {
    values.push_back(value);
  }
  return values;
}

std::vector<float> all_values(const DetectorOutput& output) {
  return {output.cells.begin(), output.cells.end()};
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  float largest = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    REQUIRE(std::isfinite(a[i]));
    largest = std::max(largest, std::fabs(a[i] - b[i]));
  }
  return largest;
}

bool finite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](float value) { return std::isfinite(value); });
}

}  // namespace

TEST_CASE("the landmark network says what PyTorch says, with every set of kernels") {
  const std::vector<float> picture = golden_picture(kGoldenSize, kGoldenSize);
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    LandmarkNetwork network = landmarks(*kernels);
    REQUIRE(network.size() == kGoldenSize);
    const LandmarkOutput& output = network.run(picture);
    CHECK(output.landmarks.size() == 2 * LandmarkNetwork::kLandmarks);
    CHECK(output.log_spread.size() == LandmarkNetwork::kGroups);
    CHECK(output.mask_side == kGoldenSize / 4);
    CHECK(largest_difference(all_values(output), golden_values("landmarks")) < kTolerance);
  }
}

TEST_CASE("a face is corrected as PyTorch does, with every set of kernels") {
  std::vector<float> values = golden_picture(kGoldenSize, kGoldenSize);
  values.resize(LandmarkNetwork::kCorrectionInputs);
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    LandmarkNetwork network = landmarks(*kernels);
    for (const float nothing : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
      std::vector<float> broken = values;
      broken[7] = nothing;
      const std::vector<float> all = all_values(network.correct(broken));
      CHECK(std::none_of(all.begin(), all.end(), [](float value) { return std::isfinite(value); }));
    }
    CHECK(largest_difference(all_values(network.correct(values)), golden_values("correction")) <
          kTolerance);
  }
}

TEST_CASE("the networks of the parts say what PyTorch says, with every set of kernels") {
  for (const auto& [part, kind] : {std::pair{FacePart::Lips, "lips"}, {FacePart::Eye, "eye"}}) {
    for (const Kernels* kernels : all_kernels()) {
      INFO(kind << " " << kernels->name);
      Result<PartNetwork> network = PartNetwork::create(golden_network(kind), part, *kernels);
      REQUIRE(network.ok());
      const int side = network.value().size();
      const PartOutput& output = network.value().run(golden_picture(side, side));
      std::vector<float> values(output.landmarks.begin(), output.landmarks.end());
      values.insert(values.end(), output.log_spread.begin(), output.log_spread.end());
      CHECK(largest_difference(values, golden_values(kind)) < kTolerance);
    }
  }
}

TEST_CASE("a network that forgets keeps its weights and nothing of the picture") {
  const auto empty = [](const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return value == 0; });
  };
  const std::vector<float> face = golden_picture(kGoldenSize, kGoldenSize);
  const std::vector<float> frame = golden_picture(kGoldenWidth, kGoldenHeight);
  const std::vector<float> values(LandmarkNetwork::kCorrectionInputs, 0.5f);
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    LandmarkNetwork reader = landmarks(*kernels);
    DetectorNetwork finder = detector(*kernels);
    const LandmarkOutput& read = reader.run(face);
    const FaceCorrection& correction = reader.correct(values);
    const DetectorOutput& found = finder.run(frame);
    const std::vector<float> first = all_values(read), cells = all_values(found);
    CHECK_FALSE(empty(all_values(correction)));
    reader.forget();
    finder.forget();
    CHECK(empty(all_values(read)));
    CHECK(empty(all_values(correction)));
    CHECK(empty(all_values(found)));
    reader.run(face);
    finder.run(frame);
    CHECK(all_values(read) == first);
    CHECK(all_values(found) == cells);
  }
}

TEST_CASE("the networks of the parts forget, too") {
  for (const auto& [part, kind] : {std::pair{FacePart::Lips, "lips"}, {FacePart::Eye, "eye"}}) {
    Result<PartNetwork> network = PartNetwork::create(golden_network(kind), part);
    REQUIRE(network.ok());
    const int side = network.value().size();
    const std::span<const float> landmarks =
        network.value().run(golden_picture(side, side)).landmarks;
    REQUIRE(landmarks[0] != 0);
    network.value().forget();
    for (const float value : landmarks) CHECK(value == 0);
  }
}

TEST_CASE("a network of lips is none of an eye") {
  const Result<PartNetwork> network = PartNetwork::create(golden_network("lips"), FacePart::Eye);
  REQUIRE(!network.ok());
  CHECK(network.status().message().find("kind lips") != std::string::npos);
}

TEST_CASE("each of the four files of weights must be of its own kind") {
  const auto detector = golden_network("detector"), landmarks = golden_network("landmarks"),
             lips = golden_network("lips"), eye = golden_network("eye");
  CHECK(load_face_models({detector, landmarks, lips, eye}).ok());
  const auto refusal = [](const FaceModelFiles& files) {
    const auto models = load_face_models(files);
    REQUIRE_FALSE(models.ok());
    return models.status().message();
  };
  CHECK(refusal({detector, landmarks, eye, eye}).find("lips") != std::string::npos);
  CHECK(refusal({detector, landmarks, lips, lips}).find("eye") != std::string::npos);
  CHECK(refusal({detector, landmarks, {}, eye}).find("lips") != std::string::npos);
}

TEST_CASE("the detector says what PyTorch says, with every set of kernels, at an odd size") {
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    DetectorNetwork network = detector(*kernels);
    const DetectorOutput& output = network.run(golden_picture(kGoldenWidth, kGoldenHeight));
    CHECK(output.columns == 6);
    CHECK(output.rows == 5);
    CHECK(largest_difference(all_values(output), golden_values("detector")) < kTolerance);
  }
}

TEST_CASE("sets of kernels are named once, and the last needs nothing of the processor") {
  REQUIRE(!all_kernels().empty());
  CHECK(std::string(all_kernels().back()->name) == "scalar");
  CHECK(&best_kernels() == all_kernels().front());
  for (const Kernels* kernels : all_kernels()) {
    CHECK(std::count_if(all_kernels().begin(), all_kernels().end(), [&](const Kernels* other) {
            return std::string(other->name) == kernels->name;
          }) == 1);
  }
}

TEST_CASE("a picture leaves nothing behind for the next") {
  LandmarkNetwork network = landmarks();
  DetectorNetwork second = detector();
  const float nothing = std::numeric_limits<float>::quiet_NaN();
  for (const float value : {nothing, std::numeric_limits<float>::infinity(), 1e30f, 0.0f}) {
    network.run(std::vector<float>(3 * kGoldenSize * kGoldenSize, value));
    second.run(std::vector<float>(3 * kGoldenWidth * kGoldenHeight, value));
    CHECK(largest_difference(all_values(network.run(golden_picture(kGoldenSize, kGoldenSize))),
                             golden_values("landmarks")) < kTolerance);
    CHECK(largest_difference(all_values(second.run(golden_picture(kGoldenWidth, kGoldenHeight))),
                             golden_values("detector")) < kTolerance);
  }
}

TEST_CASE("running allocates nothing") {
  const std::vector<float> picture = golden_picture(kGoldenSize, kGoldenSize);
  const std::vector<float> frame = golden_picture(kGoldenWidth, kGoldenHeight);
  LandmarkNetwork network = landmarks();
  DetectorNetwork second = detector();
  const std::vector<float> values(LandmarkNetwork::kCorrectionInputs);
  Result<PartNetwork> third = PartNetwork::create(golden_network("lips"), FacePart::Lips);
  REQUIRE(third.ok());
  const std::vector<float> part = golden_picture(third.value().size(), third.value().size());
  const size_t before = allocations;
  for (int i = 0; i < 3; ++i) {
    network.run(picture);
    network.correct(values);
    second.run(frame);
    third.value().run(part);
  }
  CHECK(allocations == before);
}

TEST_CASE("a network is moved, not copied, and goes on where its output lay") {
  STATIC_REQUIRE(!std::is_copy_constructible_v<LandmarkNetwork>);
  STATIC_REQUIRE(!std::is_copy_assignable_v<DetectorNetwork>);
  const std::vector<float> picture = golden_picture(kGoldenSize, kGoldenSize);
  LandmarkNetwork first = landmarks();
  const float* place = first.run(picture).landmarks.data();
  LandmarkNetwork second = std::move(first);
  CHECK(second.run(picture).landmarks.data() == place);
  CHECK(largest_difference(all_values(second.run(picture)), golden_values("landmarks")) <
        kTolerance);
}

TEST_CASE("the weights file may go once the network is made") {
  Bytes file = golden_network("detector");
  Result<DetectorNetwork> network = DetectorNetwork::create(file, kGoldenWidth, kGoldenHeight);
  REQUIRE(network.ok());
  std::fill(file.begin(), file.end(), uint8_t{0x7F});
  const DetectorOutput& output = network.value().run(golden_picture(kGoldenWidth, kGoldenHeight));
  CHECK(largest_difference(all_values(output), golden_values("detector")) < kTolerance);
}

TEST_CASE("the detector takes pictures of any size within its bounds") {
  for (const auto& [width, height] : {std::pair{16, 16}, {17, 1024}, {160, 90}, {33, 16}}) {
    DetectorNetwork network = detector(best_kernels(), width, height);
    CHECK(network.width() == width);
    CHECK(network.height() == height);
    const DetectorOutput& output = network.run(golden_picture(width, height));
    CHECK(output.columns == (width + 7) / 8);
    CHECK(output.rows == (height + 7) / 8);
    CHECK(output.cells.size() == static_cast<size_t>(4 * output.columns * output.rows));
    CHECK(finite(all_values(output)));
  }
}

TEST_CASE("a detector for pictures out of bounds is refused with the bounds") {
  const Bytes file = golden_network("detector");
  for (const auto& [width, height] : {std::pair{15, 96}, {128, 0}, {-128, 96}, {128, 1025}}) {
    const Result<DetectorNetwork> network = DetectorNetwork::create(file, width, height);
    REQUIRE(!network.ok());
    CHECK(network.status().code() == StatusCode::InvalidArgument);
    CHECK(network.status().message().find("16 to 1024") != std::string::npos);
  }
}

// From seeds that are refused a fuzzer finds nothing but refusals.
TEST_CASE("the seeds of the fuzzer are networks that run") {
  const std::string folder = "tests/fuzz/corpus/network/";
  const Bytes reader = read_bytes(folder + "landmarks"), finder = read_bytes(folder + "detector");
  CHECK(LandmarkNetwork::create(std::span(reader).subspan(1)).ok());
  CHECK(DetectorNetwork::create(std::span(finder).subspan(1), kGoldenWidth, kGoldenHeight).ok());
}

// There may be none: then there is nothing to try.
TEST_CASE("the product's own weights run and are finite, with every set of kernels") {
  const std::string folder = "assets/models/";
  for (const Kernels* kernels : all_kernels()) {
    INFO(kernels->name);
    if (std::filesystem::exists(folder + "landmarks.net")) {
      auto network = LandmarkNetwork::create(read_bytes(folder + "landmarks.net"), *kernels);
      REQUIRE(network.ok());
      const int size = network.value().size();
      CHECK(finite(all_values(network.value().run(golden_picture(size, size)))));
      const std::vector<float> values(LandmarkNetwork::kCorrectionInputs, 0.1f);
      CHECK(finite(all_values(network.value().correct(values))));
    }
    for (const auto& [part, name] :
         {std::pair{FacePart::Lips, "lips.net"}, {FacePart::Eye, "eye.net"}}) {
      if (!std::filesystem::exists(folder + name)) continue;
      auto network = PartNetwork::create(read_bytes(folder + name), part, *kernels);
      REQUIRE(network.ok());
      const int size = network.value().size();
      const PartOutput& output = network.value().run(golden_picture(size, size));
      CHECK(finite({output.landmarks.begin(), output.landmarks.end()}));
      CHECK(finite({output.log_spread.begin(), output.log_spread.end()}));
    }
    if (std::filesystem::exists(folder + "detector.net")) {
      auto network =
          DetectorNetwork::create(read_bytes(folder + "detector.net"), 128, 96, *kernels);
      REQUIRE(network.ok());
      CHECK(finite(all_values(network.value().run(golden_picture(128, 96)))));
    }
  }
}
