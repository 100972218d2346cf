// SPDX-License-Identifier: MIT
// PNG and JPEG by stb. stb is not hardened: only pictures of campaigns that passed the checks.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "engine/platform/image_decoder.h"
#include "native/worker.h"

namespace vitrine {

// Errors as ImageDecoder::decode. Any thread.
Result<Image> decode_image(std::span<const uint8_t> bytes);

// Writes an opaque picture as PNG (alpha is dropped); the file appears whole or not at all.
Status write_png(const Image& image, const std::filesystem::path& file);

class StbImageDecoder final : public ImageDecoder {
 public:
  void decode(std::span<const uint8_t> bytes, Done done) override;
  void poll() override { worker_.poll(); }
  void drain() { worker_.drain(); }

 private:
  Worker worker_;
};

}  // namespace vitrine
