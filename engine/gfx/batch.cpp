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
                  const ClipShape& clip, uint8_t& unit, uint8_t& clip_index) {
  unit = find_or_add_texture(command, texture);
  if (unit == kNoRoom) return false;
  clip_index = find_or_add_clip(command, clip_serial, clip);
  return clip_index != kNoRoom;
}

Quad* Batch::add_quad(TextureHandle texture, uint32_t clip_serial, const ClipShape& clip) {
  if (quad_count_ == kQuadsPerBatch) flush();
  if (commands_.empty()) begin_command();
  uint8_t unit = 0;
  uint8_t clip_index = 0;
  if (!place(commands_.back(), texture, clip_serial, clip, unit, clip_index)) {
    place(begin_command(), texture, clip_serial, clip, unit, clip_index);
  }
  ++commands_.back().quad_count;
  Quad* quad = &quads_[quad_count_++];
  quad->unit = unit;
  quad->clip = clip_index;
  return quad;
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
