// SPDX-License-Identifier: MIT
// Any bytes through the reader of weights files: what it accepts has finite weights and makes a
// network that runs. The first byte says whether the sum at the end is mended, so that what lies
// behind that check is reached too.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/assert.h"
#include "engine/vision/detector_network.h"
#include "engine/vision/landmark_network.h"
#include "engine/vision/network_file.h"
#include "engine/vision/part_network.h"

using namespace vitrine;

namespace {

uint32_t crc32(std::span<const uint8_t> bytes) {
  uint32_t sum = 0xFFFFFFFF;
  for (const uint8_t byte : bytes) {
    sum ^= byte;
    for (int bit = 0; bit < 8; ++bit) sum = sum & 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
  }
  return ~sum;
}

void mend(std::vector<uint8_t>& file) {
  constexpr std::string_view kEnd = "\nend\n";
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  const size_t end = text.find(kEnd);
  if (end == std::string_view::npos || file.size() < end + kEnd.size() + 4) return;
  const size_t body = end + kEnd.size(), last = file.size() - 4;
  const uint32_t sum = crc32(std::span(file).subspan(body, last - body));
  for (size_t i = 0; i < 4; ++i) file[last + i] = static_cast<uint8_t>(sum >> 8 * i);
}

void check_layers(const NetworkFile& file) {
  for (const NetworkLayer& layer : file.layers()) {
    const auto outputs = static_cast<size_t>(layer.shape.outputs);
    VITRINE_ASSERT(layer.values.size() == outputs * static_cast<size_t>(layer.shape.window()));
    for (int i = 0; i < layer.shape.outputs; ++i) {
      VITRINE_ASSERT(std::isfinite(layer.scale(i)) && std::isfinite(layer.bias(i)));
    }
  }
}

void check_refusal(const Status& status) {
  VITRINE_ASSERT(!status.message().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::vector<uint8_t> file(data + 1, data + size);
  if (data[0] % 2 == 1) mend(file);
  for (const NetworkKind kind :
       {NetworkKind::Landmarks, NetworkKind::Detector, NetworkKind::Lips, NetworkKind::Eye}) {
    const Result<NetworkFile> read = NetworkFile::read(file, kind);
    if (read.ok()) {
      check_layers(read.value());
    } else {
      check_refusal(read.status());
    }
  }
  if (auto network = LandmarkNetwork::create(file); network.ok()) {
    const auto side = static_cast<size_t>(network.value().size());
    network.value().run(std::vector<float>(3 * side * side, 0.5f));
    network.value().correct(std::vector<float>(LandmarkNetwork::kCorrectionInputs, 0.5f));
  }
  for (const FacePart part : {FacePart::Lips, FacePart::Eye}) {
    auto network = PartNetwork::create(file, part);
    if (!network.ok()) continue;
    const auto side = static_cast<size_t>(network.value().size());
    network.value().run(std::vector<float>(3 * side * side, 0.5f));
  }
  if (auto network = DetectorNetwork::create(file, 17, 16); network.ok()) {
    network.value().run(std::vector<float>(3 * 17 * 16, 0.5f));
  }
  return 0;
}
