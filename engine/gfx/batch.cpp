// SPDX-License-Identifier: MIT
#include "engine/gfx/batch.h"

#include <utility>

namespace vitrine::gfx {
namespace {

constexpr uint8_t kNoRoom = 255;

uint8_t find_or_add_texture(DrawCommand& command, TextureHandle texture) {
  if (!texture) return 0;
  // The newest first: neighbours in drawing order mostly share it.
  for (uint8_t i = command.texture_count; i-- > 0;) {
    if (command.textures[i] == texture) return i;
  }
  if (command.texture_count == kTextureUnits) return kNoRoom;
  command.textures[command.texture_count] = texture;
  return command.texture_count++;
}

uint8_t find_or_add_clip(DrawCommand& command, uint32_t serial, const ClipShape& clip) {
  for (uint8_t i = command.clip_count; i-- > 0;) {
    if (command.clip_serials[i] == serial) return i;
  }
  if (command.clip_count == kClipsPerCommand) return kNoRoom;
  command.clips[command.clip_count] = clip;
  command.clip_serials[command.clip_count] = serial;
  return command.clip_count++;
}

uint32_t to_byte(float v) {
  return static_cast<uint32_t>(clamp(v, 0, 1) * 255.0f + 0.5f);
}

}  // namespace

Batch::Batch(std::function<void(const Batch&)> flush)
    : flush_(std::move(flush)), quads_(kQuadsPerBatch) {
  commands_.reserve(64);
}

DrawCommand& Batch::begin_command() {
  commands_.emplace_back();
  commands_.back().first_quad = static_cast<uint32_t>(quad_count_);
  return commands_.back();
}

bool Batch::place(DrawCommand& command, TextureHandle texture, uint32_t clip_serial,
                  const ClipShape& clip) {
  unit_ = find_or_add_texture(command, texture);
  if (unit_ == kNoRoom) return false;
  clip_index_ = find_or_add_clip(command, clip_serial, clip);
  return clip_index_ != kNoRoom;
}

Quad* Batch::add_quad(TextureHandle texture, uint32_t clip_serial, const ClipShape& clip) {
  if (quad_count_ == kQuadsPerBatch) flush();
  // Neighbours in drawing order mostly have both in common.
  if (commands_.empty() || texture != texture_ || clip_serial != clip_serial_) {
    find_place(texture, clip_serial, clip);
  }
  ++commands_.back().quad_count;
  Quad* quad = &quads_[quad_count_++];
  quad->unit = unit_;
  quad->clip = clip_index_;
  return quad;
}

void Batch::find_place(TextureHandle texture, uint32_t clip_serial, const ClipShape& clip) {
  if (commands_.empty()) begin_command();
  if (!place(commands_.back(), texture, clip_serial, clip)) {
    place(begin_command(), texture, clip_serial, clip);
  }
  texture_ = texture;
  clip_serial_ = clip_serial;
}

void Batch::flush() {
  if (quad_count_ > 0) flush_(*this);
  clear();
}

void Batch::clear() {
  quad_count_ = 0;
  commands_.clear();
}

uint32_t pack_premultiplied(const Color& color, float opacity) {
  const float a = clamp(color.a * opacity, 0, 1);
  return to_byte(color.r * a) | to_byte(color.g * a) << 8 | to_byte(color.b * a) << 16 |
         to_byte(a) << 24;
}

}  // namespace vitrine::gfx
