// SPDX-License-Identifier: MIT
// What is true of one panel, whatever campaign it shows; kept in DATA/panel.json, written by
// --calibrate and by the service panel:
//
//   {"rotation": 90, "burn_in_reach": 4, "volume": 0.8,
//    "width_mm": 680, "height_mm": 1210, "bottom_edge_mm": 700,
//    "touch": [{"device": "ILITEK Multi-Touch", "matrix": [a, b, c, d, e, f]}]}
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "native/kiosk/touch_calibration.h"

namespace vitrine {

struct DeviceMatrix {
  std::string device;  // the touch device's name, as the system has it
  TouchMatrix matrix;

  friend bool operator==(const DeviceMatrix&, const DeviceMatrix&) = default;
};

struct PanelSettings {
  static constexpr size_t kMaxDevices = 8;

  uint8_t quarter_turns = 0;     // clockwise (panel_mapping.h)
  int burn_in_reach = 4;         // device pixels, 0..kMaxBurnInReach; 0: the picture stands still
  std::optional<double> volume;  // 0..1; none: the campaign's
  // The lit area as it hangs and its lower edge above the floor, millimetres; 0: not known.
  int width_mm = 0, height_mm = 0;
  int bottom_edge_mm = 0;
  std::vector<DeviceMatrix> touch;

  // The identity for a device without one.
  const TouchMatrix& matrix_of(std::string_view device) const;
  // Replaces the device's matrix; the oldest goes when there are too many.
  void set_matrix(std::string_view device, const TouchMatrix& matrix);

  friend bool operator==(const PanelSettings&, const PanelSettings&) = default;
};

// What can be meant by a side of a panel, and by how high it hangs.
constexpr bool is_panel_side(int mm) {
  return mm >= 50 && mm <= 10'000;
}
constexpr bool is_panel_bottom(int mm) {
  return mm >= 0 && mm <= 3'000;
}

// As they were saved; what a file does not say stays as above, so does everything without a file.
// InvalidArgument for one that cannot be understood, with file, key, limit and cure. A key that is
// no setting is passed over; `passed_over` then says so for the log.
Result<PanelSettings> load_panel_settings(const std::filesystem::path& folder,
                                          std::string* passed_over = nullptr);
Status save_panel_settings(const std::filesystem::path& folder, const PanelSettings& settings);

}  // namespace vitrine
