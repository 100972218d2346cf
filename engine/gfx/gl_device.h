// SPDX-License-Identifier: MIT
// GL objects by handle, counted by kind. A handle of a lost context is stale: it is recognised and
// does nothing. Only this header's implementer and the files that draw see GL names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/handle.h"
#include "engine/base/status.h"
#include "engine/gfx/renderer.h"

namespace vitrine::gfx {

using TextureHandle = Handle<struct TextureTag>;
using TargetHandle = Handle<struct TargetTag>;

enum class TextureFormat : uint8_t { Coverage, Rgba };  // 1 and 4 bytes a pixel

struct TextureDesc {
  uint32_t width = 0;
  uint32_t height = 0;
  TextureFormat format = TextureFormat::Rgba;
};

struct TextureRegion {
  uint32_t x = 0, y = 0, width = 0, height = 0;
};

class GlDevice {
 public:
  // Reads limits and checks that this is GLES 3. Expects: a current context, none held before.
  Status open();
  // The context is gone: forgets every object, makes no GL call.
  void forget();
  // Deletes what is left. Expects: the context is current, or open() never succeeded.
  void close();
  bool is_open() const { return open_; }

  // A null handle when it is larger than the driver's limit. Content is undefined; linear
  // filtering, no mipmaps, edges clamped.
  TextureHandle make_texture(const TextureDesc& desc);
  // Rows from the top, no padding.
  void update_texture(TextureHandle texture, const TextureRegion& region, const uint8_t* pixels);
  void destroy_texture(TextureHandle& texture);
  // 0 for null and stale handles.
  uint32_t texture_name(TextureHandle texture) const;
  uint64_t texture_bytes(TextureHandle texture) const;

  // An RGBA texture one can draw into.
  TargetHandle make_target(uint32_t width, uint32_t height);
  void destroy_target(TargetHandle& target);
  TextureHandle target_texture(TargetHandle target) const;
  // Width and height; zeros for null and stale handles.
  TextureDesc target_size(TargetHandle target) const;
  // By its GL name; the screen's for null and stale handles.
  uint32_t framebuffer_name(TargetHandle target) const;
  // Null: the screen.
  void bind_target(TargetHandle target);
  // Which framebuffer the screen is, by its GL name: the window's (0) until told otherwise.
  void set_screen(uint32_t framebuffer) { screen_ = framebuffer; }
  // Copies, stretched by a linear filter; rows from the bottom. Null: the screen, which has no
  // multisampling here (it could not be read like this). Leaves the screen bound.
  void blit(TargetHandle from, const TextureRegion& part, TargetHandle to,
            const TextureRegion& place);

  // Raw names, counted. What start_program() begins a driver may go on with while others work;
  // finish_program() waits for it. On failure it is false, the program is destroyed and 0, and the
  // driver's words are in `problem`.
  uint32_t start_program(const char* vertex, const char* fragment);
  bool finish_program(uint32_t& program, std::string& problem);
  // open(), and both at once, for what draws with one program; `name` stands in the error.
  Status open_with_program(std::string_view name, const char* vertex, const char* fragment,
                           uint32_t& program);
  void destroy_program(uint32_t& program);
  uint32_t make_buffer();
  void destroy_buffer(uint32_t& buffer);
  uint32_t make_vertex_array();
  void destroy_vertex_array(uint32_t& array);

  const GlObjectCounts& counts() const { return counts_; }

 private:
  struct TextureSlot {
    TextureDesc desc;
    uint32_t name = 0;
    uint32_t generation = 0;
  };
  struct TargetSlot {
    TextureHandle texture;
    uint32_t name = 0;
    uint32_t generation = 0;
  };

  // A program that nobody has waited for yet.
  struct Building {
    uint32_t program = 0, vertex = 0, fragment = 0;
  };

  const TextureSlot* find(TextureHandle texture) const;
  const TargetSlot* find(TargetHandle target) const;

  bool open_ = false;
  uint32_t screen_ = 0;
  uint32_t max_texture_size_ = 0;
  GlObjectCounts counts_;
  std::vector<TextureSlot> textures_;
  std::vector<TargetSlot> targets_;
  std::vector<Building> building_;
};

}  // namespace vitrine::gfx
