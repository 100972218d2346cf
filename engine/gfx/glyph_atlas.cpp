// SPDX-License-Identifier: MIT
#include "engine/gfx/glyph_atlas.h"

#include <algorithm>

namespace vitrine::gfx {
namespace {

constexpr size_t kMaxGlyphs = 8192;   // widths and places remembered
constexpr uint32_t kOldFrames = 600;  // not asked for in so many frames: forgotten when full
constexpr float kMostStretch = 2;     // of a letter that stands in for one of another size

uint64_t hash_of(std::string_view text) {
  uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

uint64_t table_hash(const FontKey& font, uint64_t cluster) {
  const uint64_t key = uint64_t{font.pixel_size} << 8 | static_cast<uint64_t>(font.family) << 4 |
                       static_cast<uint64_t>(font.weight);
  uint64_t hash = (cluster ^ key) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

// Of the larger to the smaller.
float ratio_of(uint16_t a, uint16_t b) {
  const auto [smaller, larger] = std::minmax(a, b);
  return static_cast<float>(larger) / static_cast<float>(smaller);
}

}  // namespace

GlyphAtlas::GlyphAtlas(GlyphSource& source, GlyphPages& pages) : source_(source), sink_(pages) {
  table_.resize(2048);
  glyphs_.reserve(1024);
  shelves_.reserve(256);
  pages_.reserve(kMaxGlyphPages);
  drawn_sizes_.reserve(64);
}

void GlyphAtlas::begin_frame(uint32_t budget) {
  ++frame_;
  budget_ = budget;
  drawn_new_ = 0;
  waiting_ = 0;
  if (glyphs_.size() >= kMaxGlyphs) drop_old_glyphs();
}

void GlyphAtlas::forget_idle() {
  const auto idle = [this](const Glyph& glyph) { return is_idle(glyph.last_frame); };
  glyphs_.erase(std::remove_if(glyphs_.begin(), glyphs_.end(), idle), glyphs_.end());
  grow_table();
  for (size_t i = 0; i < shelves_.size(); ++i) {
    if (shelves_[i].height != 0) erase_unused(i);
  }
  for (uint32_t page = 0; page < pages_.size(); ++page) {
    erase(page, 0, pages_[page].used, kGlyphPageSize, kGlyphPageSize - pages_[page].used);
  }
  bitmap_ = {};
  framed_ = {};
}

// Everything between the letters that are still on it, and below the lower ones: an older one may
// have been there.
void GlyphAtlas::erase_unused(size_t index) {
  Shelf& shelf = shelves_[index];
  std::vector<const Glyph*> kept;
  for (const Glyph& glyph : glyphs_) {
    if (glyph.state == Glyph::State::Drawn && glyph.shelf == index) kept.push_back(&glyph);
  }
  std::sort(kept.begin(), kept.end(), [](const Glyph* a, const Glyph* b) { return a->x < b->x; });
  uint32_t x = 0;
  for (const Glyph* glyph : kept) {
    const uint32_t left = glyph->x - 1u, width = glyph->width + 2u;
    const uint32_t bottom = glyph->y + glyph->height + 1u;
    erase(shelf.page, x, shelf.y, left - x, shelf.height);
    erase(shelf.page, left, bottom, width, shelf.y + shelf.height - bottom);
    x = left + width;
  }
  erase(shelf.page, x, shelf.y, kGlyphPageSize - x, shelf.height);
  shelf.used = static_cast<uint16_t>(x);
}

void GlyphAtlas::erase(uint32_t page, uint32_t x, uint32_t y, uint32_t width, uint32_t height) {
  if (width == 0 || height == 0) return;
  framed_.assign(size_t{width} * height, 0);
  sink_.upload(page, x, y, width, height, framed_.data());
}

void GlyphAtlas::forget_pictures() {
  shelves_.clear();
  pages_.clear();
  drawn_sizes_.clear();
  for (Glyph& glyph : glyphs_) {
    if (glyph.state == Glyph::State::Drawn) glyph.state = Glyph::State::Measured;
  }
}

// Their places on the shelves stay taken until the shelf as a whole is reused.
void GlyphAtlas::drop_old_glyphs() {
  uint32_t age = kOldFrames;
  const auto old = [this, &age](const Glyph& g) { return frame_ - g.last_frame > age; };
  glyphs_.erase(std::remove_if(glyphs_.begin(), glyphs_.end(), old), glyphs_.end());
  if (glyphs_.size() >= kMaxGlyphs) {
    age = 1;
    glyphs_.erase(std::remove_if(glyphs_.begin(), glyphs_.end(), old), glyphs_.end());
  }
  grow_table();
}

void GlyphAtlas::grow_table() {
  size_t size = table_.size();
  while (size < glyphs_.size() * 2) size *= 2;
  table_.assign(size, 0);
  for (size_t i = 0; i < glyphs_.size(); ++i) {
    size_t slot = table_hash(glyphs_[i].font, glyphs_[i].hash) & (size - 1);
    while (table_[slot] != 0) slot = (slot + 1) & (size - 1);
    table_[slot] = static_cast<uint32_t>(i + 1);
  }
}

// Where it is in the table, or belongs.
size_t GlyphAtlas::slot_of(const FontKey& font, uint64_t hash, size_t length) const {
  size_t slot = table_hash(font, hash) & (table_.size() - 1);
  while (table_[slot] != 0) {
    const Glyph& glyph = glyphs_[table_[slot] - 1];
    if (glyph.hash == hash && glyph.length == length && glyph.font == font) break;
    slot = (slot + 1) & (table_.size() - 1);
  }
  return slot;
}

Glyph& GlyphAtlas::find_or_add(const FontKey& font, std::string_view cluster) {
  const uint64_t hash = hash_of(cluster);
  const size_t slot = slot_of(font, hash, cluster.size());
  if (table_[slot] != 0) {
    Glyph& found = glyphs_[table_[slot] - 1];
    found.last_frame = frame_;
    return found;
  }
  Glyph glyph;
  glyph.font = font;
  glyph.hash = hash;
  glyph.length = static_cast<uint16_t>(cluster.size());
  glyph.advance = source_.advance(font, cluster);
  glyph.last_frame = frame_;
  glyphs_.push_back(glyph);
  table_[slot] = static_cast<uint32_t>(glyphs_.size());
  if (glyphs_.size() * 2 > table_.size()) grow_table();
  return glyphs_.back();
}

float GlyphAtlas::advance(const FontKey& font, std::string_view cluster) {
  return find_or_add(font, cluster).advance;
}

const Glyph* GlyphAtlas::drawable(const FontKey& font, std::string_view cluster) {
  Glyph& glyph = find_or_add(font, cluster);
  if (glyph.state == Glyph::State::Measured && !draw(glyph, cluster)) {
    ++waiting_;
    return nullptr;
  }
  if (glyph.state == Glyph::State::Drawn) shelves_[glyph.shelf].last_frame = frame_;
  return &glyph;
}

const Glyph* GlyphAtlas::stand_in(const FontKey& font, std::string_view cluster) {
  const uint64_t hash = hash_of(cluster);
  Glyph* nearest = nullptr;
  float least = kMostStretch;
  for (const uint16_t size : drawn_sizes_) {
    const float stretch = ratio_of(size, font.pixel_size);
    if (stretch > least) continue;
    const size_t slot = slot_of({font.family, font.weight, size}, hash, cluster.size());
    if (table_[slot] == 0) continue;
    Glyph& glyph = glyphs_[table_[slot] - 1];
    if (glyph.state != Glyph::State::Drawn) continue;
    nearest = &glyph;
    least = stretch;
  }
  if (nearest == nullptr) return nullptr;
  nearest->last_frame = shelves_[nearest->shelf].last_frame = frame_;
  return nearest;
}

bool GlyphAtlas::draw(Glyph& glyph, std::string_view cluster) {
  if (budget_ != 0 && drawn_new_ >= budget_) return false;
  ++drawn_new_;
  if (!source_.rasterize(glyph.font, cluster, bitmap_)) {
    glyph.state = Glyph::State::Failed;
    return true;
  }
  if (bitmap_.width == 0 || bitmap_.height == 0) {
    glyph.state = Glyph::State::Blank;
    return true;
  }
  const uint32_t width = bitmap_.width + 2u;
  const uint32_t height = bitmap_.height + 2u;
  if (width > kGlyphPageSize || height > kGlyphPageSize) {
    glyph.state = Glyph::State::Failed;
    return true;
  }
  if (!find_room(width, height, glyph)) return false;
  glyph.width = bitmap_.width;
  glyph.height = bitmap_.height;
  glyph.left = bitmap_.left;
  glyph.top = bitmap_.top;
  upload(glyph);
  glyph.state = Glyph::State::Drawn;
  note_size(glyph.font.pixel_size);
  return true;
}

void GlyphAtlas::note_size(uint16_t size) {
  const auto end = drawn_sizes_.end();
  if (std::find(drawn_sizes_.begin(), end, size) == end) drawn_sizes_.push_back(size);
}

void GlyphAtlas::upload(const Glyph& glyph) {
  const size_t stride = glyph.width + 2u;
  framed_.assign(stride * (glyph.height + 2u), 0);
  for (size_t row = 0; row < glyph.height; ++row) {
    std::copy_n(&bitmap_.coverage[row * glyph.width], glyph.width,
                &framed_[(row + 1) * stride + 1]);
  }
  sink_.upload(glyph.page, glyph.x - 1u, glyph.y - 1u, glyph.width + 2u, glyph.height + 2u,
               framed_.data());
}

// Nothing of the frame being drawn, nor of the one before, is ever overwritten.
bool GlyphAtlas::is_idle(uint32_t last_frame) const {
  return frame_ - last_frame > 1;
}

}  // namespace vitrine::gfx
