// SPDX-License-Identifier: MIT
// Small pills that are on or off: a single one by itself, or a row of which exactly one is chosen.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ui/button.h"

namespace vitrine::ui {

// Solid, bold and with a check mark when it is on: never colour alone.
class Chip : public Button {
 public:
  Chip() : Button("", ButtonKind::Bare) {}
  explicit Chip(std::string_view name) : Button(name, ButtonKind::Bare) {}

  void set_on(bool on) { set_selected(on); }
  bool on() const { return selected(); }
  // One of a group: a screen reader says so, and activating it again keeps it on.
  void set_one_of_group(bool one) { one_of_group_ = one; }
  // Turns it when it was activated; true once then.
  bool take_changed();

 protected:
  void draw_face(Painter& painter) override;
  float corner() const override { return bounds().height / 2; }
  void describe_as(SemanticNode& node) const override;

 private:
  void draw_check(Painter& painter, const Color& color) const;

  bool one_of_group_ = false;
};

// A row of chips of which one is chosen; Left and Right choose the neighbour, and the focus
// goes with them.
class ChipGroup : public Widget {
 public:
  static constexpr size_t kMost = 8;

  // `name` and the names of the chips live as long as the group.
  explicit ChipGroup(std::string_view name) : name_(name) {}

  // What all of them are about, for screen readers.
  void set_label(std::string_view label) { label_ = label; }
  // Expects: fewer than kMost there.
  void add(std::string_view name);
  size_t size() const { return count_; }
  Chip& operator[](size_t index) { return chips_[index]; }
  // Side by side in `bounds`, all equally wide, `gap` apart.
  void layout(const Rect& bounds, float gap, float text_size, float least_target);
  void set_ground(Ground ground);
  // Neither drawn nor described nor touched.
  void set_shown(bool shown);

  size_t chosen() const { return chosen_; }
  // Expects: index < size().
  void choose(size_t index);
  // Once after a person chose another one.
  std::optional<size_t> take_chosen();

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  uint32_t step(uint32_t id, int direction) override;
  bool at_rest() const override;
  void release() override;

 private:
  void follow(size_t index);

  std::string_view name_;
  std::string label_;
  Rect bounds_;
  std::array<Chip, kMost> chips_;
  size_t count_ = 0;
  size_t chosen_ = 0;
  bool changed_ = false;
};

}  // namespace vitrine::ui
