// SPDX-License-Identifier: MIT
#include "wasm/web_pictures.h"

#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

// The first two numbers of a result are the picture's size.
Image image_of(const JsResult& result, std::vector<uint8_t> pixels) {
  return {static_cast<uint32_t>(result.numbers[0]), static_cast<uint32_t>(result.numbers[1]),
          std::move(pixels)};
}

int byte_of(float channel) {
  return static_cast<int>((channel < 0 ? 0 : channel > 1 ? 1 : channel) * 255.0f + 0.5f);
}

}  // namespace

void WebPictures::poll() {
  JsResult result;
  std::vector<uint8_t> pixels;
  if (!take_result(Channel::Pictures, result, &pixels)) return;
  if (const Done done = pending_.take(result.ticket)) done(result, std::move(pixels));
}

void WebImageDecoder::decode(std::span<const uint8_t> bytes, Done done) {
  const int ticket =
      pictures_.add([done = std::move(done)](const JsResult& result, std::vector<uint8_t> pixels) {
        if (!result.status.ok()) return done(result.status);
        done(image_of(result, std::move(pixels)));
      });
  vitrine_js_picture_decode(static_cast<int>(Channel::Pictures), ticket, bytes.data(),
                            bytes.size());
}

void WebVectorRasterizer::rasterize(const VectorRequest& request, Done done) {
  const int ticket =
      pictures_.add([done = std::move(done)](const JsResult& result, std::vector<uint8_t> pixels) {
        if (!result.status.ok()) return done(result.status);
        const float* n = result.numbers;
        done(VectorImage{image_of(result, std::move(pixels)), Rect{n[2], n[3], n[4], n[5]},
                         Rect{n[6], n[7], n[8], n[9]}});
      });
  const Color& color = request.current_color;
  vitrine_js_drawing_rasterize(static_cast<int>(Channel::Pictures), ticket, request.document.data(),
                               request.document.size(), request.group.data(), request.group.size(),
                               static_cast<int>(request.width), static_cast<int>(request.height),
                               byte_of(color.r), byte_of(color.g), byte_of(color.b));
}

}  // namespace vitrine::wasm
