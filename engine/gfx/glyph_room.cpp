// SPDX-License-Identifier: MIT
// Where a new letter goes: on a shelf of its height, if need be one whose letters are idle.
#include <algorithm>

#include "engine/gfx/glyph_atlas.h"

namespace vitrine::gfx {
namespace {

constexpr uint32_t kLargeHeight = 128;  // pixels; taller letters share no page with small ones

// Few different heights, so that shelves can be shared and reused.
uint32_t shelf_height(uint32_t height) {
  const uint32_t step = height <= 64 ? 4 : (height <= kLargeHeight ? 8 : 32);
  return (height + step - 1) / step * step;
}

}  // namespace

bool GlyphAtlas::find_room(uint32_t width, uint32_t height, Glyph& glyph) {
  const uint32_t tall = shelf_height(height);
  int shelf = find_shelf(width, tall);
  if (shelf < 0) shelf = open_shelf(tall);
  if (shelf < 0) shelf = reuse_shelf(tall);
  if (shelf < 0) shelf = reuse_page(tall);
  if (shelf < 0) return false;
  Shelf& found = shelves_[static_cast<size_t>(shelf)];
  glyph.page = static_cast<uint8_t>(found.page);
  glyph.shelf = static_cast<uint16_t>(shelf);
  glyph.x = static_cast<uint16_t>(found.used + 1);
  glyph.y = static_cast<uint16_t>(found.y + 1);
  found.used = static_cast<uint16_t>(found.used + width);
  return true;
}

int GlyphAtlas::find_shelf(uint32_t width, uint32_t height) const {
  for (size_t i = 0; i < shelves_.size(); ++i) {
    const Shelf& shelf = shelves_[i];
    if (shelf.height == height && shelf.used + width <= kGlyphPageSize) return static_cast<int>(i);
  }
  return -1;
}

int GlyphAtlas::add_shelf(uint32_t page, uint32_t height) {
  Page& owner = pages_[page];
  if (owner.used + height > kGlyphPageSize) return -1;
  // Shelves of a page that was emptied are free to be filled again.
  size_t index = 0;
  while (index < shelves_.size() && shelves_[index].height != 0) ++index;
  if (index == shelves_.size()) shelves_.emplace_back();
  shelves_[index] = {static_cast<uint16_t>(page), owner.used, static_cast<uint16_t>(height), 0,
                     frame_};
  owner.used = static_cast<uint16_t>(owner.used + height);
  return static_cast<int>(index);
}

int GlyphAtlas::open_shelf(uint32_t height) {
  const bool large = height > kLargeHeight;
  for (uint32_t page = 0; page < pages_.size(); ++page) {
    if (pages_[page].large != large) continue;
    const int shelf = add_shelf(page, height);
    if (shelf >= 0) return shelf;
  }
  if (pages_.size() >= kMaxGlyphPages || !sink_.add_page(page_count())) return -1;
  pages_.push_back({0, large});
  return add_shelf(page_count() - 1, height);
}

int GlyphAtlas::reuse_shelf(uint32_t height) {
  int oldest = -1;
  for (size_t i = 0; i < shelves_.size(); ++i) {
    const Shelf& shelf = shelves_[i];
    if (shelf.height != height || !is_idle(shelf.last_frame)) continue;
    if (oldest < 0 || shelf.last_frame < shelves_[static_cast<size_t>(oldest)].last_frame) {
      oldest = static_cast<int>(i);
    }
  }
  if (oldest < 0) return -1;
  forget_shelf(static_cast<uint32_t>(oldest));
  shelves_[static_cast<size_t>(oldest)].used = 0;
  shelves_[static_cast<size_t>(oldest)].last_frame = frame_;
  return oldest;
}

// Empties the page that was drawn from longest ago, of either kind.
int GlyphAtlas::reuse_page(uint32_t height) {
  int oldest = -1;
  uint32_t oldest_frame = frame_;
  for (uint32_t page = 0; page < pages_.size(); ++page) {
    uint32_t last = 0;
    for (const Shelf& shelf : shelves_) {
      if (shelf.height != 0 && shelf.page == page) last = std::max(last, shelf.last_frame);
    }
    if (!is_idle(last) || last >= oldest_frame) continue;
    oldest = static_cast<int>(page);
    oldest_frame = last;
  }
  if (oldest < 0) return -1;
  for (uint32_t i = 0; i < shelves_.size(); ++i) {
    if (shelves_[i].height == 0 || static_cast<int>(shelves_[i].page) != oldest) continue;
    forget_shelf(i);
    shelves_[i].height = 0;
  }
  pages_[static_cast<size_t>(oldest)] = {0, height > kLargeHeight};
  return add_shelf(static_cast<uint32_t>(oldest), height);
}

void GlyphAtlas::forget_shelf(uint32_t shelf) {
  for (Glyph& glyph : glyphs_) {
    if (glyph.state == Glyph::State::Drawn && glyph.shelf == shelf) {
      glyph.state = Glyph::State::Measured;
    }
  }
}

}  // namespace vitrine::gfx
