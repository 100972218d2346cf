// SPDX-License-Identifier: MIT
#include "engine/ui/on_screen_keyboard.h"

#include <utility>

namespace vitrine::ui {
namespace {

constexpr size_t kColumns = 10, kRows = 5;

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

void OnScreenKeyboard::set_field(TextField* field) {
  if (field_) field_->set_active(false);
  field_ = field;
  if (field_) field_->set_active(true);
  set_shift(Shift::Off);
}

// `at` is the first key's place and ends behind the last.
void OnScreenKeyboard::add_row(std::string_view characters, Rect& at, float gap) {
  for (const char c : characters) {
    add_key(KeyKind::Character, c, at);
    at.x += at.width + gap;
  }
}

void OnScreenKeyboard::layout(const Rect& bounds, float gap, float least_target) {
  const float width = (bounds.width - gap * (kColumns - 1)) / kColumns;
  const float height = (bounds.height - gap * (kRows - 1)) / kRows;
  const float half = (width + gap) / 2;
  Rect at{bounds.x, bounds.y, width, height};
  const auto next_row = [&](float indent) {
    at = {bounds.x + indent, at.bottom() + gap, width, height};
  };
  clear_keys();
  add_row("1234567890", at, gap);
  next_row(0);
  add_row("qwertyuiop", at, gap);
  next_row(half);
  add_row("asdfghjkl", at, gap);
  next_row(0);
  const float wide = width + half;
  if (!capitals_only_) add_key(KeyKind::Shift, 0, {at.x, at.y, wide, height});
  at.x += wide + gap;
  add_row("zxcvbnm", at, gap);
  add_key(KeyKind::Delete, 0, {at.x, at.y, bounds.right() - at.x, height});
  next_row(0);
  add_row("-.'", at, gap);
  add_key(KeyKind::Space, 0, {at.x, at.y, 4 * width + 3 * gap, height});
  at.x += 4 * (width + gap);
  add_key(KeyKind::Enter, 0, {at.x, at.y, bounds.right() - at.x, height});
  set_measures(least_target, height * 0.4f);
  set_shift(shift_);
}

void OnScreenKeyboard::set_shift(Shift shift) {
  shift_ = shift;
  const bool capitals = capitals_only_ || shift != Shift::Off;
  for (size_t i = 0; i < key_count(); ++i) {
    Key& each = key(i);
    if (each.kind == KeyKind::Shift)
      each.on = shift != Shift::Off, each.locked = shift == Shift::Locked;
    if (each.kind != KeyKind::Character || !is_letter(each.character)) continue;
    each.character = static_cast<char>(capitals ? each.character & ~0x20 : each.character | 0x20);
  }
}

bool OnScreenKeyboard::take_done() {
  return std::exchange(done_, false);
}

void OnScreenKeyboard::typed(const Key& key) {
  switch (key.kind) {
    case KeyKind::Shift:
      // Once, then for as long as it is wanted, then not: each by one touch.
      return set_shift(shift_ == Shift::Off    ? Shift::Once
                       : shift_ == Shift::Once ? Shift::Locked
                                               : Shift::Off);
    case KeyKind::Enter:
      done_ = true;
      return;
    case KeyKind::Delete:
      if (field_) field_->erase_before();
      return;
    case KeyKind::Space:
      if (field_) field_->insert(" ");
      return;
    case KeyKind::Character:
      if (field_) field_->insert({&key.character, 1});
      if (shift_ == Shift::Once) set_shift(Shift::Off);
      return;
  }
}

}  // namespace vitrine::ui
