// SPDX-License-Identifier: MIT
// A kiosk built without the service panel: every touch is a shopper's; frames are measured all the
// same.
#include "native/kiosk/kiosk_staff.h"

namespace vitrine {

struct KioskStaff::State {
  explicit State(int64_t frame_us) : frames(frame_us) {}

  app::FrameStatistics frames;
};

KioskStaff::KioskStaff(GlyphSource&, app::App&, KioskStaffOptions options, KioskActions)
    : state_(std::make_unique<State>(options.frame_us)) {}
KioskStaff::~KioskStaff() = default;
void KioskStaff::resize(const app::Viewport&) {}
bool KioskStaff::takes(const input::PointerEvent& event) {
  if (event.phase == input::PointerPhase::Down) state_->frames.touched(event.time_us);
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
void KioskStaff::frame_shown(int64_t now_us) {
  state_->frames.frame_shown(now_us);
}
void KioskStaff::pause() {
  state_->frames.pause();
}
const app::FrameStatistics& KioskStaff::frames() const {
  return state_->frames;
}

}  // namespace vitrine
