// SPDX-License-Identifier: MIT
// Digits to type: a PIN for staff, a code from a receipt. Secret digits are never shown or told,
// only how many there are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/ui/key_panel.h"
#include "engine/ui/text_edit.h"

namespace vitrine::ui {

class Keypad : public KeyPanel {
 public:
  enum class Content : uint8_t { Plain, Secret };
  static constexpr size_t kMostDigits = 12;

  // `name` lives as long as the keypad. Expects: 1 <= least <= most <= kMostDigits.
  Keypad(std::string_view name, size_t least, size_t most, Content content);

  // What is typed, for screen readers; what it is told as it grows, "{count}" being how many.
  void set_label(std::string_view label, std::string_view count);
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }
  // Dots above, keys below, within `bounds`.
  void layout(const Rect& bounds, float gap, float least_target);

  std::string_view digits() const { return edit_.text(); }
  // True once after Enter with enough digits. They stay until clear() or reject().
  bool take_entered();
  void clear();
  // They were wrong: shakes and clears.
  void reject();

  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool write(uint32_t id, const TextInput& input) override;
  bool at_rest() const override { return KeyPanel::at_rest() && shake_.at_rest(); }

 protected:
  void typed(const Key& key) override;

 private:
  void type(char digit);
  void refresh();
  void draw_dots(Painter& painter) const;
  void draw_digits(Painter& painter) const;

  size_t least_;
  Content content_;
  TextEdit edit_;
  std::string label_, count_words_, told_;
  Rect row_;  // of the dots
  bool entered_ = false;
  bool reduced_motion_ = false;
  Spring shake_{0, {0.12f, 0.16f}};  // dot widths to the side
};

}  // namespace vitrine::ui
