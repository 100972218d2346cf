// SPDX-License-Identifier: MIT
#include "engine/scene/high_contrast.h"

#include <catch2/catch.hpp>

#include "engine/base/contrast.h"
#include "engine/base/random.h"

using namespace vitrine;
using namespace vitrine::scene;

namespace {

void check_words(const ui::Theme& theme) {
  const auto readable = [](Color words, Color ground) {
    return contrast_ratio(words, ground) >= kHighContrast;
  };
  for (const Color words : {theme.ink, theme.mute, theme.accent, theme.accent_text, theme.brand,
                            theme.brand_ink, theme.line, theme.danger}) {
    for (const Color pane :
         {theme.paper, theme.glass_light, theme.chosen, theme.sheet_top, theme.sheet_end}) {
      CHECK(readable(words, pane));
    }
    for (const Color fold : theme.silk_calm) CHECK(readable(words, fold));
    for (const Color fold : theme.silk_warm) CHECK(readable(words, fold));
  }
  for (const Color words : {theme.on_dark, theme.line_light}) {
    for (const Color pane : {theme.brand_deep, theme.glass_deep, theme.notice}) {
      CHECK(readable(words, pane));
    }
    for (const Color fold : theme.silk_deep) CHECK(readable(words, fold));
  }
  for (const ui::ButtonColors& button : {theme.primary, theme.cream}) {
    for (const Color face : {button.top, button.middle, button.bottom}) {
      CHECK(readable(button.text, face));
    }
  }
}

Color any(Random& random) {
  return {random.unit(), random.unit(), random.unit(), 1};
}

}  // namespace

TEST_CASE("the engine's own look becomes one of high contrast") {
  check_words(with_high_contrast(ui::Theme{}));
}

TEST_CASE("whatever colours a campaign has, its words come out at 7:1 and more") {
  Random random(7);
  for (int times = 0; times < 200; ++times) {
    ui::Theme theme;
    for (Color* color :
         {&theme.paper,        &theme.ink,        &theme.mute,           &theme.accent,
          &theme.accent_text,  &theme.brand,      &theme.brand_ink,      &theme.brand_deep,
          &theme.line,         &theme.line_light, &theme.on_dark,        &theme.danger,
          &theme.glass_light,  &theme.glass_deep, &theme.notice,         &theme.chosen,
          &theme.sheet_top,    &theme.sheet_end,  &theme.primary.middle, &theme.primary.text,
          &theme.cream.middle, &theme.cream.text}) {
      *color = any(random);
    }
    check_words(with_high_contrast(theme));
  }
}

TEST_CASE("a line is drawn around every control, and only there") {
  CHECK(ui::Theme{}.outline == 0);
  CHECK(with_high_contrast(ui::Theme{}).outline == 2);
}

TEST_CASE("what is dark enough already keeps its colour") {
  const ui::Theme theme = with_high_contrast(ui::Theme{});
  CHECK(theme.brand_ink == ui::Theme{}.brand_ink);
  CHECK_FALSE(theme.line == ui::Theme{}.line);
}
