// SPDX-License-Identifier: MIT
// The shades one may choose, as smears with their names, four in a row. The frame about the chosen
// one slides to the next.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/motion.h"
#include "engine/ui/screen.h"

namespace vitrine::scenes {

// One shade: a button with a smear and a name.
class ShadeChip : public ui::Button {
 public:
  ShadeChip() : Button("", ui::ButtonKind::Bare) {}
  ShadeChip(std::string_view name, const campaign::Product& product)
      : Button(name, ui::ButtonKind::Bare), product_(&product) {}
  void set_words(std::string_view words) { words_ = words, set_label(words); }
  std::string_view words() const { return words_; }
  void set_words_style(const gfx::TextStyle& style) { words_style_ = style; }

 protected:
  void draw_face(ui::Painter& painter) override;
  float corner() const override { return bounds().height * 0.2f; }

 private:
  const campaign::Product* product_ = nullptr;
  std::string words_;
  gfx::TextStyle words_style_;
};

class ShadeGrid {
 public:
  static constexpr size_t kColumns = 4;
  static constexpr size_t kMost = 8;

  // Adds their buttons; once. Expects: 1 to kMost products, which outlive the grid.
  void add_to(ui::Screen& screen, std::span<const campaign::Product* const> products);
  size_t rows() const { return (count_ + kColumns - 1) / kColumns; }
  void layout(const scene::SceneContext& context, const Rect& area, float row_pitch,
              float chip_height);
  // `at_once`: the frame is there without sliding.
  void select(size_t index, bool at_once);
  // The one that was tapped, once.
  std::optional<size_t> take_activated();
  void update(float dt);
  // `since`: seconds since the rows began to come.
  void draw(ui::Painter& painter, float since);

 private:
  void fit_words(const scene::SceneContext& context);
  void draw_frame(ui::Painter& painter) const;

  std::array<ShadeChip, kMost> chips_;
  std::array<const campaign::Product*, kMost> products_{};
  size_t count_ = 0;
  size_t selected_ = 0;
  ui::Spring x_{0, {0.35f, 0.85f}}, y_{0, {0.35f, 0.85f}};
  Size chip_;
};

// How the chips' names are written, all alike, up to `size`: at which the longest fits a line of a
// chip, or where that is small and none has more than two words, in two lines.
gfx::TextStyle fit_names(gfx::Canvas& canvas, std::span<const ShadeChip> chips, const Size& chip,
                         float size);

// The most similar of `all` to `product`, itself among them, at most `most`, in their own order.
std::vector<const campaign::Product*> similar_shades(std::span<const campaign::Product* const> all,
                                                     const campaign::Product& product, size_t most);

}  // namespace vitrine::scenes
