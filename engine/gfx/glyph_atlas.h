// SPDX-License-Identifier: MIT
// Where every letter lies in the coverage textures. Shelves of equal height in square pages; small
// and large letters on pages of their own. What was not drawn lately makes room. Pure: pixels leave
// through GlyphPages.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/platform/glyph_source.h"

namespace vitrine::gfx {

inline constexpr uint32_t kGlyphPageSize = 1024;
inline constexpr uint32_t kMaxGlyphPages = 8;

class GlyphPages {
 public:
  virtual ~GlyphPages() = default;
  // Makes page number `page` (they are made in order). False when there is no memory for it.
  virtual bool add_page(uint32_t page) = 0;
  virtual void upload(uint32_t page, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                      const uint8_t* coverage) = 0;
};

struct Glyph {
  enum class State : uint8_t { Measured, Drawn, Blank, Failed };

  FontKey font;
  uint64_t hash = 0;  // of the cluster; with its length it stands for the cluster
  uint16_t length = 0;
  State state = State::Measured;
  uint8_t page = 0;
  uint16_t shelf = 0;
  uint16_t x = 0, y = 0;  // of the picture in its page
  uint16_t width = 0, height = 0;
  int16_t left = 0, top = 0;  // as in GlyphBitmap
  float advance = 0;
  uint32_t last_frame = 0;
};

class GlyphAtlas {
 public:
  GlyphAtlas(GlyphSource& source, GlyphPages& pages);

  // Once a frame. `budget`: how many new letters it may draw, 0: any number.
  void begin_frame(uint32_t budget);
  // The letters that this frame and the one before did not need are gone from here and from the
  // pages.
  void forget_idle();
  // The textures are gone; widths stay.
  void forget_pictures();

  float advance(const FontKey& font, std::string_view cluster);
  // The letter ready to be drawn, blank or failed; null while it waits for its turn or for room.
  // Valid until the next call.
  const Glyph* drawable(const FontKey& font, std::string_view cluster);

  // For a letter that waits: the same one as it is drawn at the nearest other size, at least half
  // and at most twice as large. Null when there is none; draws nothing new.
  const Glyph* stand_in(const FontKey& font, std::string_view cluster);

  uint32_t drawn_new() const { return drawn_new_; }
  uint32_t waiting() const { return waiting_; }
  uint32_t page_count() const { return static_cast<uint32_t>(pages_.size()); }
  size_t glyph_count() const { return glyphs_.size(); }

 private:
  struct Shelf {
    uint16_t page = 0;
    uint16_t y = 0;
    uint16_t height = 0;
    uint16_t used = 0;  // pixels from the left
    uint32_t last_frame = 0;
  };
  struct Page {
    uint16_t used = 0;  // pixels from the top
    bool large = false;
  };

  size_t slot_of(const FontKey& font, uint64_t hash, size_t length) const;
  Glyph& find_or_add(const FontKey& font, std::string_view cluster);
  void grow_table();
  void drop_old_glyphs();
  bool draw(Glyph& glyph, std::string_view cluster);
  void note_size(uint16_t size);
  bool find_room(uint32_t width, uint32_t height, Glyph& glyph);
  int find_shelf(uint32_t width, uint32_t height) const;
  int open_shelf(uint32_t height);
  int reuse_shelf(uint32_t height);
  int reuse_page(uint32_t height);
  int add_shelf(uint32_t page, uint32_t height);
  void forget_shelf(uint32_t shelf);
  void erase(uint32_t page, uint32_t x, uint32_t y, uint32_t width, uint32_t height);
  void erase_unused(size_t shelf);
  bool is_idle(uint32_t last_frame) const;
  void upload(const Glyph& glyph);

  GlyphSource& source_;
  GlyphPages& sink_;
  std::vector<Glyph> glyphs_;
  std::vector<uint32_t> table_;        // index + 1 into glyphs_, open addressing, a power of two
  std::vector<uint16_t> drawn_sizes_;  // that any letter has or had
  std::vector<Shelf> shelves_;
  std::vector<Page> pages_;
  GlyphBitmap bitmap_;
  std::vector<uint8_t> framed_;  // the picture with an empty border, so that neighbours never bleed
  uint32_t frame_ = 2;
  uint32_t budget_ = 0;
  uint32_t drawn_new_ = 0;
  uint32_t waiting_ = 0;
};

}  // namespace vitrine::gfx
