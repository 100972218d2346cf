// SPDX-License-Identifier: MIT
// Pictures and drawings by the browser's own decoders; see js/library_pictures.js. Both seams share
// one queue, so that at most one picture a frame is in the heap.
#pragma once

#include <functional>

#include "engine/platform/image_decoder.h"
#include "engine/platform/vector_rasterizer.h"
#include "wasm/js_results.h"

namespace vitrine::wasm {

class WebPictures {
 public:
  using Done = std::function<void(const JsResult& result, std::vector<uint8_t> pixels)>;

  int add(Done done) { return pending_.add(std::move(done)); }
  // Delivers at most one picture.
  void poll();

 private:
  Pending<Done> pending_;
};

class WebImageDecoder final : public ImageDecoder {
 public:
  explicit WebImageDecoder(WebPictures& pictures) : pictures_(pictures) {}
  void decode(std::span<const uint8_t> bytes, Done done) override;
  void poll() override { pictures_.poll(); }

 private:
  WebPictures& pictures_;
};

class WebVectorRasterizer final : public VectorRasterizer {
 public:
  explicit WebVectorRasterizer(WebPictures& pictures) : pictures_(pictures) {}
  void rasterize(const VectorRequest& request, Done done) override;
  void poll() override { pictures_.poll(); }

 private:
  WebPictures& pictures_;
};

}  // namespace vitrine::wasm
