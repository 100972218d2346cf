// SPDX-License-Identifier: MIT
#include "engine/gfx/text_engine.h"

#include <algorithm>
#include <cstring>

namespace vitrine::gfx {
namespace {

constexpr size_t kMaxTexts = 1024;
constexpr size_t kTableSize = 4096;
constexpr uint32_t kKeepFrames = 240;  // four seconds: a scene that comes back finds its texts
constexpr float kSmallestFont = 8;
constexpr float kLargestFont = 512;

uint16_t font_size(float pixels) {
  return static_cast<uint16_t>(nearest_int(clamp(pixels, kSmallestFont, kLargestFont)));
}

uint32_t bits_of(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 32;
}

uint64_t hash_of(std::string_view text, float max_width, const TextStyle& style) {
  uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  hash = mix(hash, bits_of(style.size));
  hash = mix(hash, bits_of(max_width));
  return mix(hash, static_cast<uint64_t>(style.family) << 24 |
                       static_cast<uint64_t>(style.weight) << 16 |
                       static_cast<uint64_t>(style.max_lines) << 8 | (style.tabular ? 1u : 0u));
}

class AtlasMeter final : public FontMeter {
 public:
  AtlasMeter(GlyphSource& source, GlyphAtlas& atlas, const FontKey& font)
      : source_(source), atlas_(atlas), font_(font) {}
  float advance(std::string_view cluster) override { return atlas_.advance(font_, cluster); }
  float kerning(std::string_view left, std::string_view right) override {
    return source_.kerning(font_, left, right);
  }

 private:
  GlyphSource& source_;
  GlyphAtlas& atlas_;
  FontKey font_;
};

}  // namespace

TextEngine::TextEngine(GlyphSource& source, GlyphAtlas& atlas)
    : source_(source), atlas_(atlas), table_(kTableSize) {
  forget();
  free_.reserve(kMaxTexts);
}

// Slots keep their words until others need them, and short ones lie in the slot itself: only
// another vector holds nothing.
void TextEngine::forget() {
  std::vector<ShapedText> none;
  none.reserve(kMaxTexts);
  slots_.swap(none);
  free_.clear();
  std::fill(table_.begin(), table_.end(), 0);
}

void TextEngine::begin_frame() {
  ++frame_;
  if (frame_ % 64 == 0) free_old_slots(kKeepFrames);
}

void TextEngine::set_pixel_ratio(float ratio) {
  if (ratio == ratio_) return;
  ratio_ = ratio;
  ++frame_;
  free_old_slots(0);
}

size_t TextEngine::cached() const {
  return slots_.size() - free_.size();
}

void TextEngine::free_old_slots(uint32_t age) {
  bool any = false;
  for (uint32_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].last_frame == 0 || frame_ - slots_[i].last_frame <= age) continue;
    slots_[i].last_frame = 0;
    free_.push_back(i);
    any = true;
  }
  if (any) rebuild_table();
}

void TextEngine::insert(uint32_t slot) {
  size_t at = slots_[slot].hash & (kTableSize - 1);
  while (table_[at] != 0) at = (at + 1) & (kTableSize - 1);
  table_[at] = slot + 1;
}

void TextEngine::rebuild_table() {
  std::fill(table_.begin(), table_.end(), 0);
  for (uint32_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].last_frame != 0) insert(i);
  }
}

ShapedText* TextEngine::find(std::string_view text, uint64_t hash, float max_width,
                             const TextStyle& style) {
  for (size_t at = hash & (kTableSize - 1); table_[at] != 0; at = (at + 1) & (kTableSize - 1)) {
    ShapedText& shaped = slots_[table_[at] - 1];
    if (shaped.hash != hash || shaped.size != style.size || shaped.max_width != max_width) continue;
    if (shaped.font.family != style.family || shaped.font.weight != style.weight) continue;
    if (shaped.max_lines != style.max_lines || shaped.tabular != style.tabular) continue;
    if (std::string_view(shaped.layout.text).substr(0, shaped.source_length) != text) continue;
    return &shaped;
  }
  return nullptr;
}

ShapedText& TextEngine::take_slot() {
  if (free_.empty() && slots_.size() == kMaxTexts) free_old_slots(1);
  // A single frame with so many different texts: the oldest of them is laid out twice.
  if (free_.empty() && slots_.size() == kMaxTexts) free_old_slots(0);
  if (free_.empty() && slots_.size() == kMaxTexts) {
    slots_[0].last_frame = 0;
    free_.push_back(0);
    rebuild_table();
  }
  if (free_.empty()) {
    slots_.emplace_back();
    return slots_.back();
  }
  const uint32_t slot = free_.back();
  free_.pop_back();
  return slots_[slot];
}

ShapedText& TextEngine::shape(std::string_view text, float max_width, const TextStyle& style) {
  const uint64_t hash = hash_of(text, max_width, style);
  if (ShapedText* known = find(text, hash, max_width, style)) {
    known->last_frame = frame_;
    return *known;
  }
  ShapedText& made = take_slot();
  made.font = {style.family, style.weight, font_size(style.size * ratio_)};
  made.metrics = source_.metrics(made.font);
  made.unit = style.size / static_cast<float>(made.font.pixel_size);
  made.source_length = text.size();
  made.hash = hash;
  made.size = style.size;
  made.max_width = max_width;
  made.max_lines = style.max_lines;
  made.tabular = style.tabular;
  made.raster_size = made.font.pixel_size;
  made.wanted_size = 0;
  made.last_frame = frame_;
  AtlasMeter meter(source_, atlas_, made.font);
  lay_out(text, {max_width / made.unit, style.max_lines, style.tabular}, meter, made.layout);
  insert(static_cast<uint32_t>(&made - slots_.data()));
  return made;
}

uint16_t TextEngine::raster_size(ShapedText& text, float scale) const {
  const float exact = text.size * ratio_ * scale;
  const uint16_t wanted = font_size(exact);
  const float stretch = exact / static_cast<float>(text.raster_size);
  const bool rests = text.wanted_size == wanted && frame_ - text.wanted_frame <= 1;
  const bool too_far = stretch > 1.25f || stretch < 0.8f;
  text.wanted_size = wanted;
  text.wanted_frame = frame_;
  if (wanted == text.font.pixel_size) return wanted;
  if (rests || too_far) text.raster_size = wanted;
  return text.raster_size;
}

}  // namespace vitrine::gfx
