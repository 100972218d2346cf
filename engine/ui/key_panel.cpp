// SPDX-License-Identifier: MIT
#include "engine/ui/key_panel.h"

#include "engine/base/ascii.h"
#include "engine/base/assert.h"

namespace vitrine::ui {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using input::Handled;
using input::PointerPhase;

constexpr float kPressedScale = 0.96f;

// Signs are drawn: no font has to have them.
void draw_erase(Painter& painter, Vec2 at, float em, const Color& color) {
  const float line = em * 0.075f;
  const Vec2 corners[] = {
      {-0.62f, 0}, {-0.24f, -0.4f}, {0.56f, -0.4f}, {0.56f, 0.4f}, {-0.24f, 0.4f}};
  for (size_t i = 0; i < 5; ++i) {
    painter.canvas.draw_line(at + corners[i] * em, at + corners[(i + 1) % 5] * em, line, color);
  }
  painter.canvas.draw_line(at + Vec2{-0.02f, -0.16f} * em, at + Vec2{0.3f, 0.16f} * em, line,
                           color);
  painter.canvas.draw_line(at + Vec2{0.3f, -0.16f} * em, at + Vec2{-0.02f, 0.16f} * em, line,
                           color);
}

void draw_shift(Painter& painter, Vec2 at, float em, const Color& color, bool locked) {
  const float line = em * 0.075f;
  const Vec2 corners[] = {{0, -0.5f},      {0.5f, 0.06f},   {0.22f, 0.06f}, {0.22f, 0.46f},
                          {-0.22f, 0.46f}, {-0.22f, 0.06f}, {-0.5f, 0.06f}};
  for (size_t i = 0; i < 7; ++i) {
    painter.canvas.draw_line(at + corners[i] * em, at + corners[(i + 1) % 7] * em, line, color);
  }
  if (locked)
    painter.canvas.draw_line(at + Vec2{-0.22f, 0.68f} * em, at + Vec2{0.22f, 0.68f} * em, line,
                             color);
}

void draw_space(Painter& painter, const Rect& key, float em, const Color& color) {
  const float half = key.width * 0.2f, y = key.center().y + 0.12f * em, line = em * 0.075f;
  const float x = key.center().x;
  painter.canvas.draw_line({x - half, y - 0.16f * em}, {x - half, y}, line, color);
  painter.canvas.draw_line({x - half, y}, {x + half, y}, line, color);
  painter.canvas.draw_line({x + half, y}, {x + half, y - 0.16f * em}, line, color);
}

std::string_view suffix_of(KeyPanel::KeyKind kind) {
  switch (kind) {
    case KeyPanel::KeyKind::Character:
      return {};
    case KeyPanel::KeyKind::Space:
      return "space";
    case KeyPanel::KeyKind::Delete:
      return "delete";
    case KeyPanel::KeyKind::Shift:
      return "shift";
    case KeyPanel::KeyKind::Enter:
      return "enter";
  }
  return {};
}

}  // namespace

void KeyPanel::set_key_words(const KeyWords& words) {
  space_ = words.space;
  erase_ = words.erase;
  shift_ = words.shift;
  enter_ = words.enter;
}

void KeyPanel::set_enabled(bool enabled) {
  enabled_ = enabled;
  if (!enabled) release();
}

void KeyPanel::set_measures(float least_target, float text_size) {
  least_target_ = least_target;
  text_size_ = text_size;
}

KeyPanel::Key& KeyPanel::add_key(KeyKind kind, char character, const Rect& bounds) {
  VITRINE_ASSERT(count_ < kMost);
  Key& key = keys_[count_++];
  key = Key{};
  key.kind = kind;
  key.character = character;
  key.bounds = bounds;
  return key;
}

std::string_view KeyPanel::word_of(const Key& key) const {
  switch (key.kind) {
    case KeyKind::Character:
      return {&key.character, 1};
    case KeyKind::Space:
      return space_;
    case KeyKind::Delete:
      return erase_;
    case KeyKind::Shift:
      return shift_;
    case KeyKind::Enter:
      return enter_;
  }
  return {};
}

void KeyPanel::name_key(const Key& key, std::string& name) const {
  name = name_;
  name += '-';
  if (key.kind == KeyKind::Character) {
    name += ascii_lower(key.character);
  } else {
    name += suffix_of(key.kind);
  }
}

// By the key's place: a shifted key is the same key.
uint32_t KeyPanel::id_of(const Key& key) const {
  const uint32_t place = static_cast<uint32_t>(&key - keys_.data());
  const uint32_t id = (widget_id(name_) ^ (place + 1)) * 16777619u;
  return id != 0 ? id : 1;
}

// Neighbours share what lies between them; on the outside a key reaches as far as a finger needs.
Rect KeyPanel::hit_area(const Key& key) const {
  const float x = (least_target_ - key.bounds.width) / 2,
              y = (least_target_ - key.bounds.height) / 2;
  const float grow_x = x > 0 ? x : 0, grow_y = y > 0 ? y : 0;
  return {key.bounds.x - grow_x, key.bounds.y - grow_y, key.bounds.width + 2 * grow_x,
          key.bounds.height + 2 * grow_y};
}

Handled KeyPanel::handle(const input::PointerEvent& event) {
  Handled handled = Handled::No;
  for (size_t i = 0; i < count_; ++i) {
    Key& key = keys_[i];
    if (!can_press(key)) continue;
    const input::Tap::Result result = key.tap.handle(event, hit_area(key));
    if (result == input::Tap::Result::Activated) typed_once(key);
    if (result == input::Tap::Result::Ignored) continue;
    handled = Handled::Yes;
    if (event.phase == PointerPhase::Down) break;
  }
  return handled;
}

void KeyPanel::typed_once(Key& key) {
  if (key.kind == KeyKind::Delete && erase_hold_.repeated()) return;
  typed(key);
}

void KeyPanel::update(float dt) {
  bool erasing = false;
  for (size_t i = 0; i < count_; ++i) {
    Key& key = keys_[i];
    key.press.set_target(key.tap.pressed() ? 1.0f : 0.0f);
    key.press.update(dt);
    if (key.kind != KeyKind::Delete || !key.tap.pressed()) continue;
    erasing = true;
    for (int due = erase_hold_.update(true, dt); due > 0; --due) typed(key);
  }
  if (!erasing) erase_hold_.update(false, dt);
}

void KeyPanel::draw_face(Painter& painter, const Key& key, const Color& color) const {
  const Vec2 at = key.bounds.center();
  if (key.kind == KeyKind::Delete) return draw_erase(painter, at, text_size_, color);
  if (key.kind == KeyKind::Shift) return draw_shift(painter, at, text_size_, color, key.locked);
  if (key.kind == KeyKind::Space) return draw_space(painter, key.bounds, text_size_, color);
  gfx::TextStyle style;
  style.weight = FontWeight::Bold;
  style.size = key.kind == KeyKind::Enter ? text_size_ * 0.8f : text_size_;
  style.align = gfx::TextAlign::Center;
  style.color = color;
  const Rect area = key.bounds.outset(-text_size_ * 0.15f);
  draw_label(painter, word_of(key), area, style, 0.5f);
}

void KeyPanel::draw_cap(Painter& painter, const Key& key, float radius) const {
  const Theme& theme = painter.theme;
  const CornerRadii radii = CornerRadii::all(radius);
  const bool deep = ground_ == Ground::Deep;
  if (!deep) {
    painter.canvas.draw_shadow(key.bounds, radius,
                               {{0, radius * 0.18f}, radius * 0.5f, 0, theme.shadow});
  }
  if (key.kind == KeyKind::Enter) {
    const ButtonColors& colors = deep ? theme.cream : theme.primary;
    return painter.canvas.fill_rect(
        key.bounds, radii, Paint::vertical(colors.top, colors.middle, 0.46f, colors.bottom));
  }
  const bool types = key.kind == KeyKind::Character || key.kind == KeyKind::Space;
  const Color fill = deep ? theme.glass_deep : types ? theme.paper : theme.chosen;
  painter.canvas.fill_rect(key.bounds, radii, Paint::solid(fill));
  const float lit = 0.12f * key.press.value() + (key.on ? 0.1f : 0);
  if (lit < 0.005f) return;
  painter.canvas.fill_rect(key.bounds, radii,
                           Paint::solid((deep ? theme.on_dark : theme.brand).with_alpha(lit)));
}

void KeyPanel::draw_key(Painter& painter, const Key& key) const {
  const Theme& theme = painter.theme;
  const bool deep = ground_ == Ground::Deep;
  const float scale = 1 - (1 - kPressedScale) * key.press.value();
  const Vec2 middle = key.bounds.center();
  painter.canvas.push_transform(
      {scale, 0, 0, scale, middle.x * (1 - scale), middle.y * (1 - scale)});
  painter.canvas.push_opacity(can_press(key) ? 1.0f : 0.4f);
  draw_cap(painter, key, corner_of(key));
  draw_outline(painter, key.bounds, corner_of(key), ground_);
  const Color words = deep ? theme.cream.text : theme.primary.text;
  const Color ink = deep ? theme.on_dark : theme.ink;
  draw_face(painter, key, key.kind == KeyKind::Enter ? words : ink);
  painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

void KeyPanel::draw(Painter& painter) {
  for (size_t i = 0; i < count_; ++i) draw_key(painter, keys_[i]);
}

void KeyPanel::describe(SemanticTree& tree) const {
  for (size_t i = 0; i < count_; ++i) {
    const Key& key = keys_[i];
    SemanticNode& node = tree.add();
    node.id = id_of(key);
    node.role = Role::Button;
    node.label = word_of(key);
    name_key(key, node.name);
    node.state.disabled = !can_press(key);
    if (key.kind == KeyKind::Shift) node.state.checked = key.on ? Toggle::On : Toggle::Off;
    node.bounds = hit_area(key);
    node.corner = corner_of(key);
    node.activatable = can_press(key);
  }
}

bool KeyPanel::activate(uint32_t id) {
  for (size_t i = 0; i < count_; ++i) {
    Key& key = keys_[i];
    if (id_of(key) != id || !can_press(key)) continue;
    key.press.set_value(1);
    typed(key);
    return true;
  }
  return false;
}

bool KeyPanel::has_key(uint32_t id) const {
  for (size_t i = 0; i < count_; ++i) {
    if (id_of(keys_[i]) == id) return true;
  }
  return false;
}

bool KeyPanel::at_rest() const {
  for (size_t i = 0; i < count_; ++i) {
    if (keys_[i].tap.pressed() || !keys_[i].press.at_rest()) return false;
  }
  return true;
}

void KeyPanel::release() {
  for (size_t i = 0; i < count_; ++i) keys_[i].tap.reset();
}

}  // namespace vitrine::ui
