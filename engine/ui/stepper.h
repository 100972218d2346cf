// SPDX-License-Identifier: MIT
// A small whole number between two buttons. A button held down repeats, faster and faster; each end
// of the range disables its button. Left and Right change it from the keyboard.
#pragma once

#include <string>
#include <string_view>

#include "engine/ui/button.h"
#include "engine/ui/hold_repeat.h"
#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class Stepper : public Widget {
 public:
  // The names live as long as the stepper.
  Stepper(std::string_view name, std::string_view less, std::string_view more);

  // What the number is, and what the two buttons do, for screen readers.
  void set_label(std::string_view label, std::string_view less, std::string_view more);
  // Expects: least <= most.
  void set_range(int least, int most);
  void set_value(int value);
  int value() const { return value_; }
  // True once after a person changed it.
  bool take_changed();

  // The buttons are as wide as `bounds` is high; the number stands between.
  void layout(const Rect& bounds, float text_size, float least_target);
  void set_ground(Ground ground);
  void set_enabled(bool enabled);

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  uint32_t step(uint32_t id, int direction) override;
  bool at_rest() const override;
  void release() override;

 private:
  void follow(Button& button, HoldRepeat& hold, int direction, float dt);
  void change(int direction);
  void refresh();

  std::string_view name_;
  std::string label_;
  std::string digits_;
  Rect bounds_;
  float text_size_ = 44;
  Ground ground_ = Ground::Light;
  bool enabled_ = true;
  int least_ = 0, most_ = 99, value_ = 0;
  bool changed_ = false;
  Button less_, more_;
  HoldRepeat less_hold_, more_hold_;
  Spring bump_{0, {0.25f, 0.6f}};  // the number answers each step
};

}  // namespace vitrine::ui
