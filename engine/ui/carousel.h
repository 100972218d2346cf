// SPDX-License-Identifier: MIT
// A row of things that follows the finger: 1:1 while dragged, rubber at the ends, glides when
// thrown, settles on the nearest by a spring. Knows nothing of what the things look like: its scene
// draws them around position().
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/input/pan.h"
#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class Carousel : public Widget {
 public:
  // `name` lives as long as the carousel.
  explicit Carousel(std::string_view name) : name_(name) {}

  // Where fingers may take hold, and points from one thing to the next. Expects: pitch > 0.
  void set_bounds(const Rect& bounds, float pitch);
  void set_count(int count);
  void set_label(std::string_view label) { label_ = label; }

  // Which thing is in the middle; between two while moving, beyond the ends while pulled.
  float position() const { return spring_.value(); }
  // The thing it is settled on or settling to, 0..count-1.
  int index() const { return index_; }
  void show(int index);  // settles there by the spring
  void jump(int index);  // is there
  // Stands there, between two things, as if a finger held it; for pictures.
  void drag_to(float position) { spring_.jump(position); }
  // Once after it came to rest on another thing by a person's doing.
  std::optional<int> take_moved();
  // Once after a finger tapped the thing with this index.
  std::optional<int> take_tapped();
  bool dragging() const { return pan_.dragging(); }

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  uint32_t step(uint32_t id, int direction) override;
  bool at_rest() const override { return !pan_.owned() && spring_.at_rest(); }
  void release() override;

 private:
  int nearest(float position) const;
  void pull(float delta);
  void settle(float velocity);
  void tap(Vec2 position);

  std::string_view name_;
  std::string label_;
  Rect bounds_;
  float pitch_ = 1;
  int count_ = 1;
  int index_ = 0;
  int reported_ = 0;
  std::optional<int> tapped_;
  input::Pan pan_{input::Axis::Horizontal, 10};
  float raw_ = 0;  // where the finger has pulled it, in things, without rubber
  Spring spring_{0, {0.35f, 0.85f}};
};

}  // namespace vitrine::ui
