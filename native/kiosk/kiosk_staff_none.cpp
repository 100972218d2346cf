// SPDX-License-Identifier: MIT
// A kiosk built without the service panel: every touch is a shopper's.
#include "native/kiosk/kiosk_staff.h"

namespace vitrine {

struct KioskStaff::State {};

KioskStaff::KioskStaff(GlyphSource&, app::App&, const app::FrameStatistics&, KioskStaffOptions,
                       KioskActions) {}
KioskStaff::~KioskStaff() = default;
void KioskStaff::resize(const app::Viewport&) {}
bool KioskStaff::takes(const input::PointerEvent&) {
  return false;
}
bool KioskStaff::is_on_screen() const {
  return false;
}
std::optional<Rect> KioskStaff::find(std::string_view) const {
  return std::nullopt;
}
std::optional<Rect> KioskStaff::find_text(std::string_view) const {
  return std::nullopt;
}
void KioskStaff::draw(uint32_t, int64_t) {}

}  // namespace vitrine
