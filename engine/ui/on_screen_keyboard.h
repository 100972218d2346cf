// SPDX-License-Identifier: MIT
// Latin letters, digits and the few signs names and coupon codes have, for kiosks without a real
// keyboard. Writes into the field it is given. Chinese by pinyin is not part of it: on a phone the
// page's own field brings the phone's input methods.
#pragma once

#include <string_view>

#include "engine/ui/key_panel.h"
#include "engine/ui/text_field.h"

namespace vitrine::ui {

class OnScreenKeyboard : public KeyPanel {
 public:
  explicit OnScreenKeyboard(std::string_view name) : KeyPanel(name) {}

  // Where the letters go; null: nowhere. The field outlives it or is taken away first.
  void set_field(TextField* field);
  // Codes: every letter is a capital and Shift is gone.
  void set_capitals_only(bool capitals) { capitals_only_ = capitals; }
  // Five rows within `bounds`.
  void layout(const Rect& bounds, float gap, float least_target);

  // True once after the key that ends writing.
  bool take_done();

 protected:
  void typed(const Key& key) override;

 private:
  enum class Shift : uint8_t { Off, Once, Locked };
  void add_row(std::string_view characters, Rect& at, float gap);
  void set_shift(Shift shift);

  TextField* field_ = nullptr;
  bool capitals_only_ = false;
  Shift shift_ = Shift::Off;
  bool done_ = false;
};

}  // namespace vitrine::ui
