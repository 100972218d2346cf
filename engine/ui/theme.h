// SPDX-License-Identifier: MIT
// What a campaign looks like, in the roles widgets ask for. engine/scene fills it from the
// campaign's tokens; a widget never knows a colour of its own.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/geometry.h"
#include "engine/gfx/canvas.h"

namespace vitrine::ui {

// Four colours of the moving background: shadow, base, light, sheen.
using SilkRamp = std::array<Color, 4>;

// What a control stands on: calm silk and paper, or deep silk and dark glass.
enum class Ground : uint8_t { Light, Deep };

struct ButtonColors {
  Color top, middle, bottom;
  Color text;
};

struct Theme {
  Color paper = Color::rgb(0xFFFDFA);
  Color ink = Color::rgb(0x241014);          // words
  Color mute = Color::rgb(0x6E4A4E);         // small words
  Color accent = Color::rgb(0xC4122F);       // large words that carry the promise
  Color accent_text = Color::rgb(0xA30D2E);  // small words in the accent
  Color brand = Color::rgb(0x7A0C2E);
  Color brand_ink = Color::rgb(0x5A0A24);
  Color brand_deep = Color::rgb(0x3A0216);
  Color pigment = Color::rgb(0xD0142F);     // the painted figure
  Color line = Color::rgb(0xA8692F);        // selection and focus, 3:1 on paper
  Color line_light = Color::rgb(0xF3D2A2);  // the same on a deep background
  Color on_dark = Color::rgb(0xFFF1E6);
  Color danger = Color::rgb(0xB3261E);              // what is wrong, in words and lines
  Color glass_light = Color::rgb(0xFFFDFA, 0.78f);  // tints of panes; ink on light, on_dark on deep
  Color glass_deep = Color::rgb(0x3A0216, 0.62f);
  Color notice = Color::rgb(0x2B0713, 0.92f);  // a toast; on_dark on it
  Color chosen = Color::rgb(0xFFF7F0);         // fill of what is chosen among others, beside `line`
  Color sheet_top = Color::rgb(0xFFFCF8);      // paper of dialogs and sheets, a gradient
  Color sheet_end = Color::rgb(0xFBEFE6);
  Color dim = Color::rgb(0x240610, 0.56f);  // what lies behind a dialog is dimmed with
  Color shadow = Color::rgb(0x28020E, 0.22f);
  // Of the line around every control, in `ink` or `on_dark`; 0: none. A point is one of the phone's
  // design, two of the kiosk's.
  float outline = 0;
  SilkRamp silk_calm{Color::rgb(0xE6CDBF), Color::rgb(0xF7E9DF), Color::rgb(0xFFF8F2),
                     Color::rgb(0xFFFFFF)};
  SilkRamp silk_warm{Color::rgb(0xD98F8E), Color::rgb(0xF3BDB7), Color::rgb(0xFCDDD6),
                     Color::rgb(0xFFF6F0)};
  SilkRamp silk_deep{Color::rgb(0x3A0216), Color::rgb(0x8E0F2F), Color::rgb(0xD11F3F),
                     Color::rgb(0xFF8A86)};
  ButtonColors primary{Color::rgb(0xD81F3E), Color::rgb(0xC4122F), Color::rgb(0x8E0C2C),
                       Color::rgb(0xFFF6F0)};
  ButtonColors cream{Color::rgb(0xFFFDF9), Color::rgb(0xFCEBDD), Color::rgb(0xF1D3C2),
                     Color::rgb(0x7A0C2E)};
};

}  // namespace vitrine::ui
