// SPDX-License-Identifier: MIT
// Which pointers are down. Our own, from events alone: SDL's touch polling stays empty for injected
// events. Repairs impossible sequences so that nothing above has to: a second Down without Up is
// preceded by a Cancel, a Move or Up of an unknown pointer is dropped.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "engine/input/pointer_event.h"

namespace vitrine::input {

class PointerTable {
 public:
  static constexpr size_t kCapacity = 20;  // two people's hands

  struct Filtered {
    std::optional<PointerEvent> cancel_first;
    std::optional<PointerEvent> event;
    uint8_t slot = 0;  // of the pointer in both: fingers held at the same time differ
  };
  Filtered filter(const PointerEvent& event);

  size_t down_count() const;
  // Cancels every pointer that is down, one a call; no event when none is left. For lost focus,
  // hidden pages and context loss.
  Filtered cancel_next(int64_t time_us);

 private:
  struct Slot {
    bool used = false;
    PointerEvent last;
  };
  Slot* find(uint64_t pointer);
  uint8_t slot_of(const Slot& slot) const;

  std::array<Slot, kCapacity> slots_{};
};

}  // namespace vitrine::input
