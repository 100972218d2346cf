// SPDX-License-Identifier: MIT
// A product in a shopper's hand: dragged sideways it turns and goes on turning when thrown, dragged
// up or down its moving part is twisted out or in, tapped it is twisted all the way. The first
// direction of a drag decides; knows nothing of what is drawn.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/input/pan.h"
#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::scenes {

class Turntable : public ui::Widget {
 public:
  static constexpr float kRadiansAPoint = 0.5f * 3.14159265f / 180;  // of the drag, scene units

  // `name` lives as long as the widget.
  explicit Turntable(std::string_view name) : name_(name) {}

  // Where fingers may take hold, and how far one drags to twist all the way. Expects: travel > 0.
  void set_bounds(const Rect& bounds, float travel);
  const Rect& bounds() const { return bounds_; }
  void set_label(std::string_view label) { label_ = label; }
  // Nothing goes on by itself.
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }

  float turn() const { return turn_; }            // radians, unbounded
  float twist() const { return twist_.value(); }  // 0 out, 1 in; a little beyond when pulled
  // At once, as if somebody had done it: out of its first pose counts as used.
  void jump(float turn, float twist);
  bool held() const { return sideways_.owned() || upright_.owned(); }
  // Whether anybody has turned or twisted it since it was made.
  bool used() const { return used_; }

  // Once after it came to rest by a person's doing: degrees in all, both ways added up.
  std::optional<int> take_turned();
  // The same: how far out it stands now, in hundredths.
  std::optional<int> take_twisted();

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  uint32_t step(uint32_t id, int direction) override;
  bool at_rest() const override;
  void release() override;

 private:
  void turn_by(float radians);
  void pull(float points);
  void toggle();
  void drag_sideways(const input::PanUpdate& update);
  void drag_upright(const input::PanUpdate& update);

  std::string_view name_;
  std::string label_;
  Rect bounds_;
  float travel_ = 1;
  bool reduced_motion_ = false;
  input::Pan sideways_{input::Axis::Horizontal, 10}, upright_{input::Axis::Vertical, 10};
  float turn_ = 0;
  float speed_ = 0;                       // radians a second, after a throw
  float turned_ = 0;                      // radians since it was last told
  ui::Spring stepped_{0, {0.45f, 0.9f}};  // what is left of a key's step
  float raw_ = 0;                         // where a finger pulled the twist, without rubber
  bool twisting_ = false;                 // by a person, until it was told
  bool used_ = false;
  ui::Spring twist_{0, {0.5f, 0.8f}};
};

}  // namespace vitrine::scenes
