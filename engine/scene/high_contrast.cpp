// SPDX-License-Identifier: MIT
#include "engine/scene/high_contrast.h"

#include "engine/base/contrast.h"

namespace vitrine::scene {
namespace {

constexpr Color kBlack = Color::rgb(0x000000);
constexpr Color kWhite = Color::rgb(0xFFFFFF);
constexpr int kSteps = 32;

// As much of `color` as the contrast to `ground` leaves, the rest `end`.
Color towards(const Color& end, const Color& color, const Color& ground) {
  for (int step = 0; step < kSteps; ++step) {
    const Color mixed = lerp(color, end, static_cast<float>(step) / kSteps);
    if (contrast_ratio(mixed, ground) >= kHighContrast) return mixed;
  }
  return end;
}

Color on_white(const Color& color) {
  return towards(kBlack, color.with_alpha(1), kWhite);
}

ui::ButtonColors flat(const Color& face, const Color& text) {
  return {face, face, face, text};
}

ui::SilkRamp flat(const Color& color) {
  return {color, color, color, color};
}

}  // namespace

ui::Theme with_high_contrast(ui::Theme theme) {
  theme.primary = flat(on_white(theme.primary.middle), kWhite);
  theme.cream = flat(kWhite, on_white(theme.cream.text));
  theme.paper = kWhite;
  theme.ink = kBlack;
  theme.mute = on_white(theme.mute);
  theme.accent = on_white(theme.accent);
  theme.accent_text = on_white(theme.accent_text);
  theme.brand = on_white(theme.brand);
  theme.brand_ink = on_white(theme.brand_ink);
  theme.brand_deep = kBlack;
  theme.line = on_white(theme.line);
  theme.line_light = towards(kWhite, theme.line_light, kBlack);
  theme.on_dark = kWhite;
  theme.danger = on_white(theme.danger);
  theme.glass_light = theme.chosen = theme.sheet_top = theme.sheet_end = kWhite;
  theme.glass_deep = theme.notice = kBlack;
  theme.dim = kBlack.with_alpha(0.75f);
  theme.outline = 2;
  theme.shadow = theme.shadow.with_alpha(0);
  theme.silk_calm = theme.silk_warm = flat(kWhite);
  theme.silk_deep = flat(kBlack);
  return theme;
}

}  // namespace vitrine::scene
