// SPDX-License-Identifier: MIT
// Everything that draws, as App owns it: the GL device, the batch, text, pictures, backgrounds.
// It may be created, asked for pictures and destroyed without a GL context; it draws only with one.
// App's thread, which is the thread whose context is current.
//
//   context_created → resize → { begin_frame → draw → end_frame → swap } → context_lost → ...
#pragma once

#include <cstdint>
#include <memory>

#include "engine/base/geometry.h"
#include "engine/base/status.h"
#include "engine/gfx/canvas.h"
#include "engine/gfx/images.h"
#include "engine/gfx/quality.h"
#include "engine/platform/platform.h"

namespace vitrine::gfx {

// The seams gfx needs; all outlive the Renderer. App polls them, gfx never does.
struct RendererSeams {
  GlyphSource& glyphs;
  Assets& assets;
  ImageDecoder& decoder;
  VectorRasterizer& vectors;

  static RendererSeams of(const Platform& platform) {
    return {platform.glyphs, platform.assets, platform.images, platform.vectors};
  }
};

struct RendererOptions {
  // How many letters may be drawn new into the atlas in one frame; those beyond it appear in the
  // frames after. 0: no limit (golden runs, screenshots).
  uint32_t glyphs_per_frame = 32;
  // Bytes of textures that pictures may take; what was not drawn lately makes room first.
  uint64_t image_budget_bytes = 192u << 20;
};

// Pictures that are kept at the same time; what was not drawn lately makes room first.
inline constexpr uint32_t kMostPictures = 1024;

// What a frame took. Anything waiting means that the next frame will look different.
struct FrameCounters {
  uint32_t draw_calls = 0;
  uint32_t vertices = 0;
  uint32_t glyphs_rasterized = 0;
  uint32_t glyphs_waiting = 0;  // drawn as at another size this time, or as nothing
  uint32_t pending_images = 0;  // requested, neither ready nor failed
  uint32_t waiting_images = 0;  // have no room within the budget
  uint64_t image_bytes = 0;     // textures of pictures
  uint64_t glyph_bytes = 0;     // textures of letters
};

// GL objects alive, by kind: flat over any number of frames, but for the pictures that are kept for
// the next time (kMostPictures, and RendererOptions::image_budget_bytes).
struct GlObjectCounts {
  uint32_t textures = 0;
  uint32_t pictures = 0;  // of the textures
  uint32_t buffers = 0;
  uint32_t vertex_arrays = 0;
  uint32_t framebuffers = 0;
  uint32_t programs = 0;

  friend bool operator==(const GlObjectCounts&, const GlObjectCounts&) = default;
};

class Renderer {
 public:
  static std::unique_ptr<Renderer> create(const RendererSeams& seams, RendererOptions options = {});
  virtual ~Renderer() = default;

  // A context exists and is current: begins what context_created() will wait for, so that a driver
  // compiles while the caller does other things. Nobody has to call it.
  virtual void start_context() = 0;
  // A context exists and is current. Unavailable when it is not GLES 3 or a shader does not
  // compile, with the driver's words; nothing can be drawn then.
  virtual Status context_created() = 0;
  // The context is gone and all its objects with it; no GL call is made. Pictures and letters come
  // back by themselves after the next context_created().
  virtual void context_lost() = 0;
  virtual bool has_context() const = 0;

  // Logical size and device pixels a point. Pictures are asked for again when the ratio changes;
  // the old ones are drawn until the new ones are there.
  virtual void resize(Size points, float pixel_ratio) = 0;

  // What is drawn from now on.
  virtual void set_quality(const Quality& quality) = 0;
  // Where frames are drawn from now on: a framebuffer of the current context by its GL name, as
  // large as resize() said. 0, the window's own, until told otherwise.
  virtual void set_screen(uint32_t framebuffer) = 0;

  // Between frames: texts, letters and blurred pictures that the newest frame has no use for are
  // gone from memory and textures. The campaign's own pictures stay.
  virtual void forget_unused() = 0;

  // Begins a frame. Expects: has_context(), resize() was called.
  virtual Canvas& begin_frame(const Color& clear) = 0;
  virtual FrameCounters end_frame() = 0;

  // Measures text outside a frame too (needs no context).
  virtual Canvas& canvas() = 0;
  virtual Images& images() = 0;

  // The pixels of the frame just ended, before the shell swaps. Unavailable without a context.
  virtual Result<Image> read_pixels() = 0;

  virtual GlObjectCounts gl_objects() const = 0;
};

}  // namespace vitrine::gfx
