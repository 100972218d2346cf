// SPDX-License-Identifier: MIT
#include "engine/scene/theme_builder.h"

namespace vitrine::scene {
namespace {

void take_silk(const campaign::Campaign& campaign, std::string_view name, ui::SilkRamp& ramp) {
  if (const campaign::SilkRamp* silk = campaign.silk(name)) {
    ramp = {silk->shadow, silk->base, silk->light, silk->sheen};
  }
}

void take_button(const campaign::Campaign& campaign, std::string_view name,
                 ui::ButtonColors& colors) {
  if (const campaign::ButtonStyle* style = campaign.button(name)) {
    colors = {style->top, style->middle, style->bottom, style->text};
  }
}

}  // namespace

ui::Theme build_theme(const campaign::Campaign& campaign) {
  ui::Theme theme;
  const auto take = [&](std::string_view name, Color& color) {
    color = campaign.color(name, color);
  };
  take("paper", theme.paper);
  take("ink", theme.ink);
  take("mute", theme.mute);
  take("redInk", theme.accent);
  take("redText", theme.accent_text);
  take("cherry", theme.brand);
  take("cherryInk", theme.brand_ink);
  take("cherryDeep", theme.brand_deep);
  take("pigment", theme.pigment);
  take("goldLine", theme.line);
  take("goldLight", theme.line_light);
  take("cream", theme.on_dark);
  take("danger", theme.danger);
  theme.glass_light = theme.paper.with_alpha(theme.glass_light.a);
  theme.glass_deep = theme.brand_deep.with_alpha(theme.glass_deep.a);
  take("glassLight", theme.glass_light);
  take("glassDeep", theme.glass_deep);
  take("notice", theme.notice);
  take("chosen", theme.chosen);
  take("sheetTop", theme.sheet_top);
  take("sheetEnd", theme.sheet_end);
  theme.dim = lerp(theme.ink, theme.brand_deep, 0.5f).with_alpha(theme.dim.a);
  take("dim", theme.dim);
  take_silk(campaign, "ivory", theme.silk_calm);
  take_silk(campaign, "blush", theme.silk_warm);
  take_silk(campaign, "cherry", theme.silk_deep);
  take_button(campaign, "primary", theme.primary);
  take_button(campaign, "cream", theme.cream);
  return theme;
}

}  // namespace vitrine::scene
