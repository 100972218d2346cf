// SPDX-License-Identifier: MIT
// A kiosk built without the service panel: every touch is a shopper's.
#include "native/kiosk/kiosk_staff.h"

namespace vitrine {

struct KioskStaff::State {};

KioskStaff::KioskStaff(GlyphSource&, app::App&, KioskStaffOptions, KioskActions) {}
KioskStaff::~KioskStaff() = default;
void KioskStaff::resize(const app::Viewport&) {}
bool KioskStaff::takes(const input::PointerEvent&) { return false; }
bool KioskStaff::is_on_screen() const { return false; }
void KioskStaff::draw(uint32_t, int64_t) {}
void KioskStaff::frame_shown(int64_t) {}
void KioskStaff::pause() {}

}  // namespace vitrine
