// SPDX-License-Identifier: MIT
#include "engine/input/pointer_table.h"

namespace vitrine::input {
namespace {

PointerEvent cancel_of(const PointerEvent& last, int64_t time_us) {
  PointerEvent event = last;
  event.phase = PointerPhase::Cancel;
  event.time_us = time_us;
  return event;
}

}  // namespace

PointerTable::Slot* PointerTable::find(uint64_t pointer) {
  for (Slot& slot : slots_) {
    if (slot.used && slot.last.pointer == pointer) return &slot;
  }
  return nullptr;
}

uint8_t PointerTable::slot_of(const Slot& slot) const {
  return static_cast<uint8_t>(&slot - slots_.data());
}

PointerTable::Filtered PointerTable::filter(const PointerEvent& event) {
  Filtered result;
  Slot* slot = find(event.pointer);
  if (event.phase == PointerPhase::Down) {
    if (slot) result.cancel_first = cancel_of(slot->last, event.time_us);
    for (size_t i = 0; !slot && i < slots_.size(); ++i) {
      if (!slots_[i].used) slot = &slots_[i];
    }
    if (!slot) return result;  // a 21st finger is nobody's
    *slot = {true, event};
    result.slot = slot_of(*slot);
    result.event = event;
    return result;
  }
  if (!slot) return result;
  result.slot = slot_of(*slot);
  slot->last = event;
  if (event.phase != PointerPhase::Move) slot->used = false;
  result.event = event;
  return result;
}

size_t PointerTable::down_count() const {
  size_t count = 0;
  for (const Slot& slot : slots_) count += slot.used ? 1 : 0;
  return count;
}

PointerTable::Filtered PointerTable::cancel_next(int64_t time_us) {
  for (Slot& slot : slots_) {
    if (!slot.used) continue;
    slot.used = false;
    return {std::nullopt, cancel_of(slot.last, time_us), slot_of(slot)};
  }
  return {};
}

}  // namespace vitrine::input
