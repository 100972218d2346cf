// SPDX-License-Identifier: MIT
// SVG drawings by librsvg, on a thread of its own.
#pragma once

#include "engine/platform/vector_rasterizer.h"
#include "native/worker.h"

namespace vitrine {

// The same, at once. Errors as VectorRasterizer::rasterize. Any thread.
Result<VectorImage> rasterize_svg(const VectorRequest& request);

class RsvgRasterizer final : public VectorRasterizer {
 public:
  void rasterize(const VectorRequest& request, Done done) override;
  void poll() override { worker_.poll(); }
  void drain() { worker_.drain(); }

 private:
  Worker worker_;
};

}  // namespace vitrine
