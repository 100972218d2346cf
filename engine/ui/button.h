// SPDX-License-Identifier: MIT
// A button: presses with a spring, acts on release, lets go when the finger slides off.
#pragma once

#include <string>
#include <string_view>

#include "engine/input/tap.h"
#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

enum class ButtonKind : uint8_t {
  Primary,  // lacquer: the one thing to do
  Cream,    // the same on a deep background
  Ghost,    // the second choice
  Round,    // an icon or two letters on a disc
  Bare,     // nothing of its own: a hit area over something else
};

class Button : public Widget {
 public:
  // `name` lives as long as the button (a literal) and is stable across languages.
  Button(std::string_view name, ButtonKind kind) : name_(name), kind_(kind) {}

  void set_bounds(const Rect& bounds) { bounds_ = bounds; }
  const Rect& bounds() const { return bounds_; }
  // What it says; for an icon what a screen reader says.
  void set_label(std::string_view label) { label_ = label; }
  void set_text_size(float size) { text_size_ = size; }
  void set_kind(ButtonKind kind) { kind_ = kind; }
  // What it stands on; Primary and Cream are made for one each and ignore it.
  void set_ground(Ground ground) { ground_ = ground; }
  // Letters on a Round button instead of the label; "" with an icon.
  void set_face(std::string_view face) { face_ = face; }
  // A group of a drawing on the face, before the words where there are any; both strings live as
  // long as the button.
  void set_icon(std::string_view path, std::string_view group, float sheet_width);
  // Least side of what answers a finger, around the middle of what is drawn.
  void set_least_target(float side) { least_target_ = side; }
  // Where it is described as standing, when that is more than what is drawn; empty: there.
  void set_described_bounds(const Rect& bounds) { described_bounds_ = bounds; }
  // Disabled: drawn paler, described as disabled, answers nothing.
  void set_enabled(bool enabled);
  // Neither drawn nor described nor touched.
  void set_shown(bool shown);
  bool shown() const { return shown_; }
  void set_selected(bool selected) { selected_ = selected; }
  // What it is there for takes its time: it stays pressed meanwhile, is told as busy, and answers
  // as before.
  void set_busy(bool busy) { busy_ = busy; }
  // Room kept free at the right end, for a hand that points there.
  void set_reserved_right(float width) { reserved_right_ = width; }

  // The letters on its face, as Canvas::prepare_text; expects label or face and text size.
  void prepare(gfx::Canvas& canvas) const;
  // Once true after each activation.
  bool take_activated();
  // Whether the last one was a finger's; else activate() was called.
  bool activated_by_finger() const { return by_finger_; }
  std::string_view name() const { return name_; }
  bool pressed() const { return tap_.pressed(); }
  // 0 at rest, 1 fully pressed.
  float press() const { return press_.value(); }

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  bool at_rest() const override { return press_.at_rest(); }
  void release() override { tap_.reset(); }

 protected:
  virtual void draw_face(Painter& painter);
  // Radius of what high contrast draws a line around; negative: of nothing.
  virtual float corner() const { return kind_ == ButtonKind::Bare ? -1 : bounds_.height / 2; }
  // Says more of the node than that it is a button.
  virtual void describe_as(SemanticNode& /*node*/) const {}
  Rect hit_area() const;
  bool selected() const { return selected_; }
  Ground ground() const { return ground_; }
  bool has_icon() const { return !icon_group_.empty(); }
  const std::string& label() const { return label_; }
  float text_size() const { return text_size_; }
  // The label, with its icon before it, in the middle of the face.
  void draw_words(Painter& painter, const Color& color) const;

 private:
  gfx::TextStyle words_style(const Color& color) const;
  void draw_ghost(Painter& painter) const;
  void draw_round(Painter& painter) const;
  void draw_icon(Painter& painter, Vec2 center, const Color& color) const;

  std::string_view name_;
  ButtonKind kind_;
  Ground ground_ = Ground::Light;
  std::string label_;
  std::string face_;
  std::string_view icon_path_;
  std::string_view icon_group_;
  float icon_sheet_width_ = 0;
  Rect bounds_;
  float text_size_ = 44;
  Rect described_bounds_;
  float least_target_ = 0;
  float reserved_right_ = 0;
  bool enabled_ = true;
  bool shown_ = true;
  bool selected_ = false;
  bool busy_ = false;
  bool activated_ = false;
  bool by_finger_ = true;
  input::Tap tap_;
  Spring press_{0, {0.18f, 0.7f}};
};

// A round drop of colour; the chosen one is larger and ringed.
class Swatch : public Button {
 public:
  Swatch() : Button("", ButtonKind::Bare) {}
  Swatch(std::string_view name, const Color& color)
      : Button(name, ButtonKind::Bare), color_(color) {}

  void set_radius(float radius) { radius_ = radius; }
  void update(float dt) override;
  bool at_rest() const override { return Button::at_rest() && grown_.at_rest(); }

 protected:
  void draw_face(Painter& painter) override;

 private:
  Color color_;
  float radius_ = 24;
  Spring grown_{0};
};

}  // namespace vitrine::ui
