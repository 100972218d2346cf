// SPDX-License-Identifier: MIT
#include "engine/scene/overlay_stack.h"

#include <algorithm>
#include <utility>

#include "engine/base/assert.h"

namespace vitrine::scene {

void OverlayStack::open(OverlayKind kind, std::unique_ptr<Overlay> overlay,
                        std::unique_ptr<OverlayContext> context) {
  VITRINE_ASSERT(!is_open(kind));
  // One of the same kind may still be going away.
  for (Slot& slot : slots_) {
    if (slot.there() && slot.kind == kind) drop(slot);
  }
  remove_gone();
  if (Slot* below = top()) below->overlay->release();
  const auto free =
      std::find_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return !slot.there(); });
  VITRINE_ASSERT(free != slots_.end());
  free->kind = kind;
  free->context = std::move(context);
  free->overlay = std::move(overlay);
  free->overlay->layout(*free->context);
  free->overlay->open();
}

void OverlayStack::close(OverlayKind kind) {
  for (Slot& slot : slots_) {
    if (slot.there() && slot.kind == kind) leave(slot);
  }
}

void OverlayStack::close_all() {
  for (Slot& slot : slots_) {
    if (slot.there()) leave(slot);
  }
}

void OverlayStack::leave(Slot& slot) {
  slot.closing = true;
  slot.overlay->close();
}

// The overlay before its context.
void OverlayStack::drop(Slot& slot) {
  slot.overlay.reset();
  slot = Slot{};
}

void OverlayStack::clear() {
  for (Slot& slot : slots_) drop(slot);
}

void OverlayStack::settle() {
  for (Slot& slot : slots_) {
    if (slot.there()) slot.closing ? drop(slot) : slot.overlay->show_open();
  }
}

bool OverlayStack::is_open(OverlayKind kind) const {
  return std::any_of(slots_.begin(), slots_.end(), [kind](const Slot& slot) {
    return slot.there() && slot.kind == kind && !slot.closing;
  });
}

bool OverlayStack::is_closing() const {
  return std::any_of(slots_.begin(), slots_.end(),
                     [](const Slot& slot) { return slot.there() && slot.closing; });
}

OverlayStack::Slot* OverlayStack::top() {
  return const_cast<Slot*>(std::as_const(*this).top());
}

const OverlayStack::Slot* OverlayStack::top() const {
  const Slot* found = nullptr;
  for (const Slot& slot : slots_) {
    if (slot.there() && !slot.closing) found = &slot;
  }
  return found;
}

void OverlayStack::remove_gone() {
  for (Slot& slot : slots_) {
    if (slot.there() && slot.closing && !slot.overlay->is_seen()) drop(slot);
  }
  // Those above move down.
  size_t free = 0;
  for (Slot& slot : slots_) {
    if (slot.there()) std::swap(slots_[free++], slot);
  }
}

void OverlayStack::relayout(const ui::Metrics& metrics, std::string_view language,
                            bool reduced_motion) {
  for (Slot& slot : slots_) {
    if (!slot.there()) continue;
    slot.context->metrics = metrics;
    slot.context->language = language;
    slot.context->reduced_motion = reduced_motion;
    slot.overlay->layout(*slot.context);
  }
}

void OverlayStack::handle(const input::PointerEvent& event) {
  top()->overlay->handle(event);
}

void OverlayStack::update(float dt) {
  bool gone = false;
  for (Slot& slot : slots_) {
    if (!slot.there()) continue;
    slot.overlay->update(dt);
    gone = gone || (slot.closing && !slot.overlay->is_seen());
  }
  if (gone) remove_gone();
}

void OverlayStack::draw(ui::Painter& painter) {
  for (Slot& slot : slots_) {
    if (slot.there()) slot.overlay->draw(painter);
  }
}

void OverlayStack::describe(ui::SemanticTree& tree) const {
  for (const Slot& slot : slots_) {
    if (slot.there() && !slot.closing) slot.overlay->describe(tree);
  }
}

bool OverlayStack::activate(uint32_t id, Entry entry) {
  Slot* slot = top();
  if (!slot) return false;
  slot->context->entry = entry;
  return slot->overlay->activate(id);
}

uint32_t OverlayStack::step(uint32_t id, int direction) {
  Slot* slot = top();
  return slot ? slot->overlay->step(id, direction) : 0;
}

bool OverlayStack::write(uint32_t id, const ui::TextInput& input) {
  Slot* slot = top();
  return slot && slot->overlay->write(id, input);
}

void OverlayStack::focus_moved(uint32_t id) {
  if (Slot* slot = top()) slot->overlay->focus_moved(id);
}

void OverlayStack::back() {
  if (Slot* slot = top()) slot->overlay->back();
}

void OverlayStack::release() {
  for (Slot& slot : slots_) {
    if (slot.there()) slot.overlay->release();
  }
}

}  // namespace vitrine::scene
