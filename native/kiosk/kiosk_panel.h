// SPDX-License-Identifier: MIT
// The panel that a kiosk is shown on: how the picture lies on it, where its fingers really are,
// what its keyboard may do. App's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/app/app.h"
#include "engine/gfx/panel_output.h"
#include "native/kiosk/key_gate.h"
#include "native/kiosk/options.h"
#include "native/kiosk/panel_mapping.h"
#include "native/kiosk/panel_settings.h"

namespace vitrine {

class KioskPanel {
 public:
  // Settings from the data folder, and for this run what the command line says instead. What of the
  // settings file cannot be understood is said in the log; a damaged one is as if there were none.
  void load(const KioskOptions& options);

  // Readies the open window: in service, keys that belong to the desktop come to the kiosk, and
  // nothing asks for text. Expects: its GL context is current.
  Status open(bool in_service);

  // The window has this viewport; gives the App's.
  app::Viewport resize(const app::Viewport& window);
  // An event of the window as one of the picture. A mouse is not calibrated, it has no sensor.
  input::PointerEvent to_picture(const input::PointerEvent& event);
  // How large it is and how high it hangs, as far as that is known.
  ui::Panel size() const;
  const PanelMapping& mapping() const { return mapping_; }
  // Text comes, and with it perhaps a keyboard of the system's own, only while a field is there.
  void let_text_in(bool wanted);
  // Whether a key that came now goes through.
  bool lets_key_through(int64_t now_us) { return keys_.let_through(now_us); }

  // Where the App draws.
  uint32_t screen();
  // Brings what was drawn there to the window.
  void present(int64_t now_us);

  // As they are kept, whatever this run's command line says.
  const PanelSettings& settings() const { return settings_; }
  // In force at once; a rotation with the next resize().
  void set_settings(const PanelSettings& settings);

 private:
  uint8_t turns() const { return options_.rotation.value_or(settings_.quarter_turns); }
  int reach() const;
  Status fit_output();
  const TouchMatrix& matrix_of(uint64_t device);

  KioskOptions options_;
  PanelSettings settings_;
  PanelMapping mapping_;
  float pixel_ratio_ = 1;
  KeyGate keys_;
  bool text_in_ = false;
  std::unique_ptr<gfx::PanelOutput> output_;  // null while the picture lies plainly on the window
  std::vector<std::pair<uint64_t, TouchMatrix>> matrices_;  // of the devices that were touched
};

}  // namespace vitrine
