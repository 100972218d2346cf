// SPDX-License-Identifier: MIT
// How far something has come, as a bar or a ring; or that it goes on, when nobody knows how long.
#pragma once

#include <string>
#include <string_view>

#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class Progress : public Widget {
 public:
  enum class Shape : uint8_t {
    Bar,   // fills its bounds
    Ring,  // the largest that fits its bounds
  };

  // `name` lives as long as the widget.
  Progress(std::string_view name, Shape shape) : name_(name), shape_(shape) {}

  void set_label(std::string_view label) { label_ = label; }
  void set_bounds(const Rect& bounds) { bounds_ = bounds; }
  void set_ground(Ground ground) { ground_ = ground; }
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }
  // 0..1; what is drawn follows smoothly.
  void set_share(float share);
  // Is there at once.
  void jump(float share);
  // Nobody knows how long.
  void set_unknown() { known_ = false; }

  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool at_rest() const override { return known_ && shown_.at_rest(); }

 private:
  void draw_bar(Painter& painter, const Color& track, const Color& mark) const;
  void draw_ring(Painter& painter, const Color& track, const Color& mark) const;

  std::string_view name_;
  Shape shape_;
  std::string label_;
  Rect bounds_;
  Ground ground_ = Ground::Light;
  bool reduced_motion_ = false;
  bool known_ = true;
  float share_ = 0;
  Spring shown_{0, {0.4f, 1}};
  float time_ = 0;  // seconds of going on
};

}  // namespace vitrine::ui
