// SPDX-License-Identifier: MIT
#include "native/kiosk/kiosk_panel.h"

#include <SDL.h>

#include "native/kiosk/kiosk_words.h"
#include "native/kiosk/touch_device.h"

namespace vitrine {

void KioskPanel::load(const KioskOptions& options) {
  options_ = options;
  keys_ = KeyGate(!options.no_keyboard);
  if (options.data.empty()) return;
  std::string passed_over;
  Result<PanelSettings> loaded = load_panel_settings(options.data, &passed_over);
  if (!loaded.ok()) return say(loaded.status().message());
  if (!passed_over.empty()) say(passed_over);
  settings_ = std::move(loaded).value();
}

ui::Panel KioskPanel::size() const {
  const Size known{static_cast<float>(settings_.width_mm), static_cast<float>(settings_.height_mm)};
  const Size size = options_.panel_mm.value_or(known);
  return {.width_mm = size.width,
          .height_mm = size.height,
          .bottom_edge_mm =
              static_cast<float>(options_.panel_bottom_mm.value_or(settings_.bottom_edge_mm))};
}

Status KioskPanel::open(bool in_service) {
  SDL_StopTextInput();  // SDL asks for it by itself where there is a keyboard
  if (in_service) SDL_SetWindowKeyboardGrab(SDL_GL_GetCurrentWindow(), SDL_TRUE);
  return fit_output();
}

void KioskPanel::let_text_in(bool wanted) {
  if (wanted == text_in_) return;
  text_in_ = wanted;
  wanted ? SDL_StartTextInput() : SDL_StopTextInput();
}

// Pictures and scripts are the same whenever they are made.
int KioskPanel::reach() const {
  if (options_.burn_in_reach) return *options_.burn_in_reach;
  return options_.windowed || options_.is_batch() ? 0 : settings_.burn_in_reach;
}

Status KioskPanel::fit_output() {
  if (turns() == 0 && reach() == 0) {
    output_.reset();
    mapping_.shift = {};
  } else if (!output_) {
    Result<std::unique_ptr<gfx::PanelOutput>> output = gfx::PanelOutput::create();
    if (!output.ok()) return output.status();
    output_ = std::move(output).value();
  }
  return {};
}

app::Viewport KioskPanel::resize(const app::Viewport& window) {
  mapping_.quarter_turns = turns();
  mapping_.window = window.size;
  pixel_ratio_ = window.pixel_ratio;
  app::Viewport picture = window;
  picture.size = mapping_.picture_size();
  return picture;
}

const TouchMatrix& KioskPanel::matrix_of(uint64_t device) {
  for (const auto& [known, matrix] : matrices_) {
    if (known == device) return matrix;
  }
  matrices_.emplace_back(device, settings_.matrix_of(touch_device_name(device)));
  return matrices_.back().second;
}

input::PointerEvent KioskPanel::to_picture(const input::PointerEvent& event) {
  input::PointerEvent mapped = event;
  if (event.device != 0) {
    const Size size = mapping_.window;
    const Vec2 unit = matrix_of(event.device)
                          .apply({event.position.x / size.width, event.position.y / size.height});
    mapped.position = {unit.x * size.width, unit.y * size.height};
  }
  mapped.position = mapping_.to_picture(mapped.position);
  return mapped;
}

uint32_t KioskPanel::screen() {
  if (!output_) return 0;
  const Size size = mapping_.picture_size();
  const auto pixels = [&](float points) {
    return static_cast<uint32_t>(nearest_int(points * pixel_ratio_));
  };
  return output_->framebuffer(pixels(size.width), pixels(size.height));
}

void KioskPanel::present(int64_t now_us) {
  if (!output_) return;
  const PixelShift shift = burn_in_shift(now_us, reach());
  mapping_.shift =
      Vec2{static_cast<float>(shift.x), static_cast<float>(shift.y)} * (1 / pixel_ratio_);
  output_->present(mapping_.quarter_turns, shift.x, shift.y);
}

void KioskPanel::set_settings(const PanelSettings& settings) {
  settings_ = settings;
  matrices_.clear();
  // Without it the picture lies plainly: better than none.
  (void)fit_output().ok();
}

}  // namespace vitrine
