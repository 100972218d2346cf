// SPDX-License-Identifier: MIT
#include "tests/fakes/gfx_seams.h"

#include <cstdio>

namespace vitrine::test {
namespace {

Image plain(uint32_t width, uint32_t height, uint8_t r, uint8_t g, uint8_t b) {
  Image image{width, height, {}};
  for (size_t i = 0; i < size_t{width} * height; ++i) {
    image.pixels.insert(image.pixels.end(), {r, g, b, 255});
  }
  return image;
}

uint8_t to_byte(float v) {
  return static_cast<uint8_t>(v * 255 + 0.5f);
}

Result<VectorImage> draw(const VectorRequest& request) {
  float w = 0;
  float h = 0;
  if (std::sscanf(std::string(request.document).c_str(), "%f %f", &w, &h) != 2) {
    return Status(StatusCode::InvalidArgument, "not a drawing");
  }
  const uint32_t width = request.width;
  const uint32_t height = request.height != 0
                              ? request.height
                              : static_cast<uint32_t>(static_cast<float>(width) * h / w);
  const bool half = request.group == "half";
  const Color& c = request.current_color;
  VectorImage out;
  out.image = plain(half ? width / 2 : width, height, to_byte(c.r), to_byte(c.g), to_byte(c.b));
  out.bounds = half ? Rect{w / 2, 0, w / 2, h} : Rect{0, 0, w, h};
  out.view_box = {0, 0, w, h};
  return out;
}

}  // namespace

void FakeImageDecoder::decode(std::span<const uint8_t> bytes, Done done) {
  const std::string text(bytes.begin(), bytes.end());
  unsigned w = 0, h = 0, r = 0, g = 0, b = 0;
  if (std::sscanf(text.c_str(), "%u %u %u %u %u", &w, &h, &r, &g, &b) != 5) {
    waiting_.emplace_back(Status(StatusCode::InvalidArgument, "not a picture"), std::move(done));
    return;
  }
  waiting_.emplace_back(
      plain(w, h, static_cast<uint8_t>(r), static_cast<uint8_t>(g), static_cast<uint8_t>(b)),
      std::move(done));
}

void FakeImageDecoder::poll() {
  auto now = std::exchange(waiting_, {});
  for (auto& [result, done] : now) done(std::move(result));
}

void FakeVectorRasterizer::rasterize(const VectorRequest& request, Done done) {
  asked.push_back(
      {std::string(request.document), std::string(request.group), request.width, request.height});
  waiting_.emplace_back(draw(request), std::move(done));
}

void FakeVectorRasterizer::poll() {
  auto now = std::exchange(waiting_, {});
  for (auto& [result, done] : now) done(std::move(result));
}

}  // namespace vitrine::test
