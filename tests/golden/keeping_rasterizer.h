// SPDX-License-Identifier: MIT
// librsvg behind the seam, without a thread of its own. Native only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "native/rsvg_rasterizer.h"
#include "tests/golden/golden_stage.h"

namespace vitrine::golden {

// Rasterises at once, each drawing once, and remembers what it made.
class KeepingRasterizer final : public VectorRasterizer {
 public:
  explicit KeepingRasterizer(Bundle& bundle) : bundle_(bundle) {}
  void rasterize(const VectorRequest& request, Done done) override {
    waiting_.emplace_back(make(request), std::move(done));
  }
  void poll() override {
    for (auto& [result, done] : std::exchange(waiting_, {})) done(std::move(result));
  }

 private:
  Result<VectorImage> make(const VectorRequest& request) const {
    std::string& kept = bundle_[drawing_name(request)];
    VectorImage image;
    if (decode_image(kept, image)) return image;
    Result<VectorImage> result = rasterize_svg(request);
    if (result.ok()) kept = encode_image(result.value());
    return result;
  }

  Bundle& bundle_;
  std::vector<std::pair<Result<VectorImage>, Done>> waiting_;
};

}  // namespace vitrine::golden
