// SPDX-License-Identifier: MIT
#include "engine/gfx/renderer.h"

#include <GLES3/gl3.h>

#include <algorithm>

#include "engine/gfx/backdrop_blur.h"
#include "engine/gfx/background.h"
#include "engine/gfx/batch.h"
#include "engine/gfx/batch_renderer.h"
#include "engine/gfx/canvas_impl.h"
#include "engine/gfx/gl_device.h"
#include "engine/gfx/glyph_atlas.h"
#include "engine/gfx/image_store.h"
#include "engine/gfx/text_engine.h"

namespace vitrine::gfx {
namespace {

// The textures behind the atlas's pages.
class PageTextures final : public GlyphPages {
 public:
  explicit PageTextures(GlDevice& device) : device_(device) {}

  bool add_page(uint32_t page) override {
    if (!device_.is_open()) return false;  // letters are prepared before there is a context, too
    pages_[page] = device_.make_texture({kGlyphPageSize, kGlyphPageSize, TextureFormat::Coverage});
    return static_cast<bool>(pages_[page]);
  }
  void upload(uint32_t page, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
              const uint8_t* coverage) override {
    device_.update_texture(pages_[page], {x, y, width, height}, coverage);
  }
  void forget() { pages_ = {}; }
  const std::array<TextureHandle, kMaxGlyphPages>& pages() const { return pages_; }

 private:
  GlDevice& device_;
  std::array<TextureHandle, kMaxGlyphPages> pages_;
};

uint32_t pixels_of(float points, float ratio) {
  return static_cast<uint32_t>(std::max(1, nearest_int(points * ratio)));
}

class RendererImpl final : public Renderer, private OwnPasses {
 public:
  RendererImpl(const RendererSeams& seams, const RendererOptions& options)
      : options_(options),
        batch_renderer_(device_),
        background_(device_),
        backdrop_blur_(device_),
        page_textures_(device_),
        atlas_(seams.glyphs, page_textures_),
        texts_(seams.glyphs, atlas_),
        images_(seams, device_, options.image_budget_bytes),
        batch_([this](const Batch& batch) { draw(batch); }),
        canvas_({batch_, texts_, atlas_, images_, page_textures_.pages(), *this}) {}

  ~RendererImpl() override {
    if (device_.is_open()) destroy_objects();
  }

  void start_context() override {
    VITRINE_ASSERT(!device_.is_open());
    start_status_ = device_.open();
    if (!start_status_.ok()) return;
    batch_renderer_.start();
    background_.start();
    backdrop_blur_.start();
  }

  Status context_created() override {
    VITRINE_ASSERT(!ready_);
    if (!device_.is_open()) start_context();
    Status status = start_status_;
    if (status.ok()) status = batch_renderer_.create();
    if (status.ok()) status = background_.create();
    if (status.ok()) status = backdrop_blur_.create();
    if (!status.ok() && device_.is_open()) destroy_objects();
    ready_ = status.ok();
    return status;
  }

  void context_lost() override {
    ready_ = false;
    batch_renderer_.forget();
    background_.forget();
    backdrop_blur_.forget();
    page_textures_.forget();
    atlas_.forget_pictures();
    images_.context_lost();
    batch_.clear();
    device_.forget();
  }

  bool has_context() const override { return ready_; }

  void resize(Size points, float pixel_ratio) override {
    VITRINE_ASSERT(points.width > 0 && points.height > 0 && pixel_ratio > 0);
    width_ = pixels_of(points.width, pixel_ratio);
    height_ = pixels_of(points.height, pixel_ratio);
    canvas_.resize(points, pixel_ratio);
    texts_.set_pixel_ratio(pixel_ratio);
    images_.set_pixel_ratio(pixel_ratio);
  }

  void set_quality(const Quality& quality) override {
    canvas_.set_quality(quality);
    background_.set_quality(quality);
  }
  void set_screen(uint32_t framebuffer) override { device_.set_screen(framebuffer); }

  void forget_unused() override {
    texts_.forget();
    atlas_.forget_idle();
    if (has_context()) backdrop_blur_.clear();
  }

  Canvas& begin_frame(const Color& clear) override {
    VITRINE_ASSERT(has_context() && width_ > 0);
    counters_ = {};
    images_.begin_frame();
    texts_.begin_frame();
    atlas_.begin_frame(options_.glyphs_per_frame);
    device_.bind_target({});
    batch_renderer_.begin(width_, height_);
    glClearColor(clear.r * clear.a, clear.g * clear.a, clear.b * clear.a, clear.a);
    glClear(GL_COLOR_BUFFER_BIT);
    canvas_.begin();
    return canvas_;
  }

  FrameCounters end_frame() override {
    canvas_.end();
    batch_.flush();
    counters_.glyphs_rasterized = atlas_.drawn_new();
    counters_.glyphs_waiting = atlas_.waiting();
    counters_.pending_images = images_.pending();
    counters_.waiting_images = images_.waiting_for_room();
    counters_.image_bytes = images_.bytes();
    counters_.glyph_bytes = uint64_t{atlas_.page_count()} * kGlyphPageSize * kGlyphPageSize;
    return counters_;
  }

  Canvas& canvas() override { return canvas_; }
  Images& images() override { return images_; }

  Result<Image> read_pixels() override {
    if (!has_context()) return Status(StatusCode::Unavailable, "gfx: no GL context");
    Image image{width_, height_, {}};
    const size_t row = size_t{width_} * 4;
    image.pixels.resize(row * height_);
    device_.bind_target({});
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, static_cast<GLsizei>(width_), static_cast<GLsizei>(height_), GL_RGBA,
                 GL_UNSIGNED_BYTE, image.pixels.data());
    // GL's rows run from the bottom.
    for (size_t y = 0; y < height_ / 2; ++y) {
      std::swap_ranges(&image.pixels[y * row], &image.pixels[y * row] + row,
                       &image.pixels[(height_ - 1 - y) * row]);
    }
    return image;
  }

  GlObjectCounts gl_objects() const override {
    GlObjectCounts counts = device_.counts();
    counts.pictures = images_.kept();
    return counts;
  }

 private:
  void draw(const Batch& batch) {
    counters_.draw_calls += batch_renderer_.draw(batch);
    counters_.vertices += static_cast<uint32_t>(batch.quad_count() * 4);
  }

  void destroy_objects() {
    batch_renderer_.destroy();
    background_.destroy();
    backdrop_blur_.destroy();
    device_.close();
  }

  TextureHandle draw_silk(const Silk& silk, Vec2 touch) override {
    batch_.flush();
    const TextureHandle texture = background_.draw(silk, touch, width_, height_);
    ++counters_.draw_calls;
    batch_renderer_.begin(width_, height_);
    return texture;
  }

  BlurredBackdrop blur_backdrop(const Edges& area, float deviation) override {
    batch_.flush();
    const BlurredBackdrop blurred = backdrop_blur_.draw(area, deviation, width_, height_);
    counters_.draw_calls += 2;
    batch_renderer_.begin(width_, height_);
    return blurred;
  }

  RendererOptions options_;
  GlDevice device_;
  BatchRenderer batch_renderer_;
  Background background_;
  BackdropBlur backdrop_blur_;
  PageTextures page_textures_;
  GlyphAtlas atlas_;
  TextEngine texts_;
  ImageStore images_;
  Batch batch_;
  CanvasImpl canvas_;
  FrameCounters counters_;
  Status start_status_;
  bool ready_ = false;
  uint32_t width_ = 0;
  uint32_t height_ = 0;
};

}  // namespace

std::unique_ptr<Renderer> Renderer::create(const RendererSeams& seams, RendererOptions options) {
  return std::make_unique<RendererImpl>(seams, options);
}

}  // namespace vitrine::gfx
