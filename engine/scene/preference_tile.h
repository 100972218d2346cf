// SPDX-License-Identifier: MIT
// One preference to switch on and off: a sign, what it is called, what it does, and a switch.
#pragma once

#include <string>
#include <string_view>

#include "engine/ui/button.h"
#include "engine/ui/preferences.h"

namespace vitrine::scene {

class PreferenceTile final : public ui::Button {
 public:
  explicit PreferenceTile(ui::Preference which);

  ui::Preference which() const { return which_; }
  // `unit`: scene units a point of the kiosk's design. Without room for it the hint is left out.
  void layout(const Rect& bounds, float unit, bool with_hint);
  void set_words(std::string_view label, std::string_view hint);
  // `at_once`: its switch does not slide.
  void set_on(bool on, bool at_once);
  bool on() const { return on_; }

  void update(float dt) override;
  void describe(ui::SemanticTree& tree) const override;
  bool at_rest() const override { return Button::at_rest() && knob_.at_rest(); }

 protected:
  void draw_face(ui::Painter& painter) override;
  float corner() const override { return 32 * unit_; }

 private:
  void draw_switch(ui::Painter& painter, const Rect& track);
  void draw_sign(ui::Painter& painter, Vec2 center, const Color& color) const;

  ui::Preference which_;
  std::string label_, hint_;
  float unit_ = 1;
  bool with_hint_ = true;
  bool on_ = false;
  ui::Spring knob_{0};
};

// "large_text", as recorded.
std::string_view preference_name(ui::Preference which);

}  // namespace vitrine::scene
