// SPDX-License-Identifier: MIT
// Seams of gfx that answer by rule, record what they were asked, and fail when told to.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/platform/assets.h"
#include "engine/platform/glyph_source.h"
#include "engine/platform/image_decoder.h"
#include "engine/platform/vector_rasterizer.h"

namespace vitrine::test {

// Every letter is a full box: half an em wide for one-byte characters, a whole em otherwise, and
// from the baseline up to 3/4 em. A space is blank. 'A' before 'V' is kerned by -1/8 em.
class FakeGlyphSource final : public GlyphSource {
 public:
  FontMetrics metrics(const FontKey& font) override {
    return {font.pixel_size * 0.75f, font.pixel_size * 0.25f};
  }
  float advance(const FontKey& font, std::string_view cluster) override {
    ++advances;
    if (cluster == "1") return font.pixel_size * 0.25f;
    return font.pixel_size * (cluster.size() == 1 ? 0.5f : 1.0f);
  }
  float kerning(const FontKey& font, std::string_view left, std::string_view right) override {
    return left == "A" && right == "V" ? font.pixel_size * -0.125f : 0;
  }
  bool rasterize(const FontKey& font, std::string_view cluster, GlyphBitmap& out) override {
    ++rasterized;
    last_size = font.pixel_size;
    out = {};
    if (fail) return false;
    out.advance = font.pixel_size * (cluster.size() == 1 ? 0.5f : 1.0f);
    if (cluster == " ") return true;
    out.width = static_cast<uint16_t>(out.advance);
    out.height = static_cast<uint16_t>(font.pixel_size * 3 / 4);
    out.top = static_cast<int16_t>(out.height);
    out.coverage.assign(size_t{out.width} * out.height, 255);
    return true;
  }

  bool fail = false;
  int advances = 0;
  int rasterized = 0;
  int last_size = 0;
};

// Files by name; answers at the next poll().
class FakeAssets final : public Assets {
 public:
  void request(std::string_view path, Done done) override {
    requested.emplace_back(path);
    waiting_.emplace_back(std::string(path), std::move(done));
  }
  void poll() override {
    auto now = std::exchange(waiting_, {});
    for (auto& [path, done] : now) {
      const auto found = files.find(path);
      if (!offline && found != files.end()) {
        done(std::string(found->second));
      } else {
        done(Status(offline ? StatusCode::Unavailable : StatusCode::NotFound, path));
      }
    }
  }

  std::map<std::string, std::string> files;
  bool offline = false;
  std::vector<std::string> requested;

 private:
  std::vector<std::pair<std::string, Done>> waiting_;
};

// "W H R G B" is a plain picture; everything else is refused.
class FakeImageDecoder final : public ImageDecoder {
 public:
  void decode(std::span<const uint8_t> bytes, Done done) override;
  void poll() override;

 private:
  std::vector<std::pair<Result<Image>, Done>> waiting_;
};

// "W H" is a drawing of that view box, filled with current_color; group "half" is its right half.
// A document that begins with "bad" is refused.
class FakeVectorRasterizer final : public VectorRasterizer {
 public:
  struct Asked {
    std::string document, group;
    uint32_t width, height;
  };
  void rasterize(const VectorRequest& request, Done done) override;
  void poll() override;

  std::vector<Asked> asked;

 private:
  std::vector<std::pair<Result<VectorImage>, Done>> waiting_;
};

}  // namespace vitrine::test
