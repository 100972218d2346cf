// SPDX-License-Identifier: MIT
// What is worth knowing about a product: on panes of glass where there is room, else in one line.
#pragma once

#include <array>
#include <string>

#include "engine/scene/scene.h"

namespace vitrine::scenes {

class Facts {
 public:
  static constexpr size_t kMost = 2;  // that are shown

  void set(const scene::SceneContext& context, const campaign::Product& product);
  // Panes one below the other from `first` on.
  void layout(const Rect& first) { first_ = first; }
  // `since`: seconds since they began to come.
  void draw(ui::Painter& painter, float since) const;
  void describe(ui::SemanticTree& tree) const;
  // "SR-03 ・ Velvet ・ 3.2 g".
  const std::string& line() const { return line_; }

 private:
  struct Words {
    std::string name, value, told;
  };
  Rect pane(size_t index) const;
  void draw_pane(ui::Painter& painter, size_t index, float come) const;

  std::array<Words, kMost> words_;
  size_t count_ = 0;
  std::string line_;
  Rect first_;
};

}  // namespace vitrine::scenes
