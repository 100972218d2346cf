// SPDX-License-Identifier: MIT
// Implements Images: requests, textures, budget, and coming back after a lost context.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/gfx/gl_device.h"
#include "engine/gfx/images.h"
#include "engine/gfx/renderer.h"

namespace vitrine::gfx {

// A texture with a transparent border of one texel, so that a turned picture has soft edges.
struct ImagePixels {
  TextureHandle texture;
  uint32_t width = 0;  // of the picture, without the border
  uint32_t height = 0;
};

class ImageStore final : public Images {
 public:
  ImageStore(const RendererSeams& seams, GlDevice& device, uint64_t budget_bytes);

  ImageHandle drawing(const DrawingKey& key) override;
  ImageHandle picture(std::string_view path) override;
  DrawingInfo info(ImageHandle image) const override;
  uint32_t pending() const override;

  void begin_frame() { ++frame_; }
  void context_lost();
  void set_pixel_ratio(float ratio);

  // What to draw, with a null texture while there is nothing. Asks again for what was lost or
  // evicted.
  ImagePixels use(ImageHandle image);

  uint64_t bytes() const { return bytes_; }
  // Pictures that have a texture.
  uint32_t kept() const;
  uint32_t waiting_for_room() const;

 private:
  enum class Source : uint8_t { Drawing, Picture };
  struct Entry {
    std::string path;
    std::string group;
    float width = 0, height = 0;
    Color color;
    Source source = Source::Drawing;
    uint64_t hash = 0;
    uint32_t generation = 0;
    bool taken = false;
    bool loading = false;
    bool awaits_document = false;
    bool failed = false;
    bool no_room = false;
    bool stale = false;   // made for another pixel ratio
    uint32_t ticket = 0;  // of the newest request; answers to older ones are dropped
    uint32_t last_used = 0;
    uint32_t retry_at = 0;  // frame; 0: at once
    ImagePixels pixels;
    DrawingInfo info;
  };
  struct Document {
    std::string path;
    std::string bytes;
    bool loading = false;
  };

  ImageHandle find_or_add(const DrawingKey& key, Source source);
  uint32_t free_entry();
  void rebuild_table();
  const Entry* find(ImageHandle image) const;
  void refresh(uint32_t index);
  void request(uint32_t index);
  void request_drawing(uint32_t index);
  void request_picture(uint32_t index);
  Document& document(std::string_view path);
  void on_document(std::string_view path, Result<std::string> result);
  void trim_documents();
  void rasterize(uint32_t index, const std::string& document);
  void decode(uint32_t index, uint32_t ticket, Result<std::string> bytes);
  void on_drawing(uint32_t index, uint32_t ticket, Result<VectorImage> result);
  void on_picture(uint32_t index, uint32_t ticket, Result<Image> result);
  bool is_current(uint32_t index, uint32_t ticket) const;
  void fail(Entry& entry, const Status& status);
  bool upload(Entry& entry, const Image& image);
  bool make_room(const Entry& wanting, uint64_t bytes);
  void release(Entry& entry);
  void clear_border(const ImagePixels& pixels);

  RendererSeams seams_;
  GlDevice& device_;
  uint64_t budget_;
  uint64_t bytes_ = 0;
  float ratio_ = 1;
  uint32_t frame_ = 1;
  uint32_t tickets_ = 0;
  std::vector<Entry> entries_;
  std::vector<uint32_t> table_;  // entry + 1, open addressing
  std::vector<Document> documents_;
  std::vector<uint8_t> zeros_;
  // Answers may come after this store is gone; they hold a weak reference to this.
  std::shared_ptr<ImageStore*> self_;
};

}  // namespace vitrine::gfx
