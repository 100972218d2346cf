// SPDX-License-Identifier: MIT
#include "engine/ui/screen.h"

#include "engine/base/assert.h"

namespace vitrine::ui {

using input::Handled;
using input::PointerEvent;
using input::PointerPhase;

void Screen::add(Widget& widget) {
  VITRINE_ASSERT(count_ < kCapacity);
  widgets_[count_++] = &widget;
}

Screen::Capture* Screen::capture_of(uint64_t pointer) {
  for (Capture& capture : captures_) {
    if (capture.owner && capture.pointer == pointer) return &capture;
  }
  return nullptr;
}

void Screen::capture(uint64_t pointer, Widget& owner) {
  for (Capture& slot : captures_) {
    if (slot.owner) continue;
    slot = {pointer, &owner};
    return;
  }
}

Handled Screen::press(const PointerEvent& event) {
  for (size_t i = count_; i > 0; --i) {
    Widget& widget = *widgets_[i - 1];
    if (widget.handle(event) == Handled::No) continue;
    capture(event.pointer, widget);
    return Handled::Yes;
  }
  return Handled::No;
}

Handled Screen::handle(const PointerEvent& event) {
  if (event.phase == PointerPhase::Down) return press(event);
  Capture* capture = capture_of(event.pointer);
  if (!capture) return Handled::No;
  Widget& owner = *capture->owner;
  if (event.phase != PointerPhase::Move) capture->owner = nullptr;
  owner.handle(event);
  return Handled::Yes;
}

void Screen::update(float dt) {
  for (size_t i = 0; i < count_; ++i) widgets_[i]->update(dt);
}

void Screen::describe(SemanticTree& tree) const {
  for (size_t i = 0; i < count_; ++i) widgets_[i]->describe(tree);
}

bool Screen::activate(uint32_t id) {
  for (size_t i = 0; i < count_; ++i) {
    if (widgets_[i]->activate(id)) return true;
  }
  return false;
}

uint32_t Screen::step(uint32_t id, int direction) {
  for (size_t i = 0; i < count_; ++i) {
    if (const uint32_t focused = widgets_[i]->step(id, direction)) return focused;
  }
  return 0;
}

bool Screen::write(uint32_t id, const TextInput& input) {
  for (size_t i = 0; i < count_; ++i) {
    if (widgets_[i]->write(id, input)) return true;
  }
  return false;
}

void Screen::focus_moved(uint32_t id) {
  for (size_t i = 0; i < count_; ++i) widgets_[i]->focus_moved(id);
}

bool Screen::at_rest() const {
  for (size_t i = 0; i < count_; ++i) {
    if (!widgets_[i]->at_rest()) return false;
  }
  return true;
}

void Screen::release() {
  for (Capture& capture : captures_) capture.owner = nullptr;
  for (size_t i = 0; i < count_; ++i) widgets_[i]->release();
}

}  // namespace vitrine::ui
