// SPDX-License-Identifier: MIT
#include "engine/ui/keypad.h"

#include <utility>

#include "engine/base/assert.h"
#include "engine/base/fill_in.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;

constexpr float kRowShare = 0.16f;  // of the height, for the dots

}  // namespace

Keypad::Keypad(std::string_view name, size_t least, size_t most, Content content)
    : KeyPanel(name), least_(least), content_(content), edit_(most) {
  VITRINE_ASSERT(1 <= least && least <= most && most <= kMostDigits);
}

void Keypad::set_label(std::string_view label, std::string_view count) {
  label_ = label;
  count_words_ = count;
  refresh();
}

void Keypad::layout(const Rect& bounds, float gap, float least_target) {
  row_ = {bounds.x, bounds.y, bounds.width, bounds.height * kRowShare};
  const float top = row_.bottom() + gap;
  const float width = (bounds.width - 2 * gap) / 3;
  const float height = (bounds.bottom() - top - 3 * gap) / 4;
  clear_keys();
  const auto place = [&](size_t column, size_t row) {
    return Rect{bounds.x + static_cast<float>(column) * (width + gap),
                top + static_cast<float>(row) * (height + gap), width, height};
  };
  for (size_t i = 0; i < 9; ++i) {
    add_key(KeyKind::Character, static_cast<char>('1' + i), place(i % 3, i / 3));
  }
  add_key(KeyKind::Delete, 0, place(0, 3));
  add_key(KeyKind::Character, '0', place(1, 3));
  add_key(KeyKind::Enter, 0, place(2, 3));
  set_measures(least_target, height * 0.42f);
  refresh();
}

void Keypad::refresh() {
  told_ = count_words_;
  fill_in(told_, "{count}", std::to_string(edit_.length()));
  for (size_t i = 0; i < key_count(); ++i) {
    if (key(i).kind == KeyKind::Enter) key(i).enabled = edit_.length() >= least_;
    if (key(i).kind == KeyKind::Delete) key(i).enabled = edit_.length() > 0;
  }
}

bool Keypad::take_entered() {
  return std::exchange(entered_, false);
}

void Keypad::clear() {
  edit_.clear();
  entered_ = false;
  refresh();
}

void Keypad::reject() {
  clear();
  if (!reduced_motion_) shake_.set_velocity(26);
}

void Keypad::type(char digit) {
  entered_ = false;
  edit_.insert({&digit, 1});
  refresh();
}

void Keypad::typed(const Key& key) {
  switch (key.kind) {
    case KeyKind::Character:
      return type(key.character);
    case KeyKind::Delete:
      edit_.erase_before();
      return refresh();
    case KeyKind::Enter:
      entered_ = edit_.length() >= least_;
      return;
    case KeyKind::Space:
    case KeyKind::Shift:
      return;
  }
}

// From real keys: digits alone, whichever of its keys has the focus or none.
bool Keypad::write(uint32_t id, const TextInput& input) {
  if (!enabled() || (id != 0 && !has_key(id))) return false;
  if (input.kind == TextInput::Kind::EraseBefore && edit_.erase_before()) refresh();
  if (input.kind != TextInput::Kind::Insert) return true;
  for (const char c : input.text) {
    if (c >= '0' && c <= '9') type(c);
  }
  return true;
}

void Keypad::update(float dt) {
  KeyPanel::update(dt);
  shake_.update(dt);
}

void Keypad::draw_dots(Painter& painter) const {
  const Theme& theme = painter.theme;
  const bool deep = ground() == Ground::Deep;
  const Color color = deep ? theme.on_dark : theme.brand;
  const float n = static_cast<float>(edit_.most());
  const float fits = row_.width / (n * 2.4f);
  const float dot = fits < row_.height * 0.3f ? fits : row_.height * 0.3f;
  const float pitch = dot * 2.4f;
  float x = row_.center().x - pitch * (n - 1) / 2 + shake_.value() * dot;
  for (size_t i = 0; i < edit_.most(); ++i, x += pitch) {
    const Rect disc{x - dot / 2, row_.center().y - dot / 2, dot, dot};
    if (i < edit_.length()) {
      painter.canvas.fill_rect(disc, CornerRadii::all(dot / 2), Paint::solid(color));
    } else {
      painter.canvas.stroke_rect(disc, CornerRadii::all(dot / 2), dot * 0.12f,
                                 Paint::solid(color.with_alpha(0.7f)));
    }
  }
}

void Keypad::draw_digits(Painter& painter) const {
  gfx::TextStyle style;
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = row_.height * 0.6f;
  style.align = gfx::TextAlign::Center;
  style.tabular = true;
  style.color = ground() == Ground::Deep ? painter.theme.on_dark : painter.theme.ink;
  draw_label(painter, edit_.text(), row_.moved({shake_.value() * style.size * 0.3f, 0}), style);
}

void Keypad::draw(Painter& painter) {
  content_ == Content::Secret ? draw_dots(painter) : draw_digits(painter);
  KeyPanel::draw(painter);
}

void Keypad::describe(SemanticTree& tree) const {
  SemanticNode& group = tree.add();
  group.id = widget_id(name());
  group.role = Role::Group;
  group.label = label_;
  group.name = name();
  group.bounds = row_;
  tree.open();
  SemanticNode& status = tree.add();
  status.id = widget_id(name()) ^ 1;
  status.role = Role::Status;
  status.label = told_;
  status.name = name();
  status.name += "-count";
  if (content_ == Content::Plain) status.value = edit_.text();
  status.bounds = row_;
  KeyPanel::describe(tree);
  tree.close();
}

}  // namespace vitrine::ui
