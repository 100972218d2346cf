// SPDX-License-Identifier: MIT
#include "scenes/props/night_code.h"

#include <string>

#include "engine/ui/qr_panel.h"

namespace vitrine::scenes {
namespace {

// Of qr-frame.svg: its light field.
constexpr float kField = 600.0f / 720;

}  // namespace

std::unique_ptr<ui::Widget> make_night_code(const scene::SceneContext& context,
                                            const Rect& bounds) {
  if (context.metrics.phone()) return nullptr;
  const std::string address(context.campaign.address());
  auto panel = std::make_unique<ui::QrPanel>("night-code");
  if (address.empty() || !panel->set_content(address).ok()) return nullptr;
  panel->set_label(address);
  panel->set_frame("art/qr-frame.svg", kField);
  panel->set_bounds(bounds);
  return panel;
}

}  // namespace vitrine::scenes
