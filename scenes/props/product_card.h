// SPDX-License-Identifier: MIT
// A sheet that rises over the scene with one product on it, and what to do about it.
#pragma once

#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/motion.h"
#include "engine/ui/screen.h"

namespace vitrine::scenes {

class ProductCard {
 public:
  ProductCard();

  void layout(const scene::SceneContext& context);
  void open(const scene::SceneContext& context, const campaign::Product& product);
  void close();
  void show_open(const scene::SceneContext& context, const campaign::Product& product);
  bool is_open() const { return product_ != nullptr && !closing_; }
  const campaign::Product* product() const { return product_; }
  float open_seconds() const { return open_seconds_; }

  // While open every input is the card's; a tap beside it closes.
  input::Handled handle(const input::PointerEvent& event);
  void update(float dt);
  // Once after the shopper asked to close it.
  bool take_close() ;
  void draw(ui::Painter& painter);
  void describe(ui::SemanticTree& tree) const;
  bool activate(uint32_t id) { return is_open() && screen_.activate(id); }
  void release();

 private:
  void read_words(const scene::SceneContext& context);
  void draw_words(ui::Painter& painter, const Rect& sheet);

  const campaign::Product* product_ = nullptr;
  bool closing_ = false;
  bool close_requested_ = false;
  float open_seconds_ = 0;
  ui::Spring risen_{0, {0.4f, 0.85f}};
  ui::Screen screen_;
  ui::Button close_{"card-close", ui::ButtonKind::Primary};
  input::Tap beside_;
  Rect sheet_;
  float unit_ = 1;
  std::string name_, code_, was_, now_, text_;
};

}  // namespace vitrine::scenes
