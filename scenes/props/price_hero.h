// SPDX-License-Identifier: MIT
// The price written in pigment, the product that wrote it, its cap and a ribbon: one group that
// keeps its proportions in every form. The price is a drawing where the campaign has it painted,
// else figures in the same pigment.
#pragma once

#include <string>

#include "engine/campaign/campaign.h"
#include "engine/ui/painter.h"
#include "scenes/props/lipstick.h"
#include "scenes/props/pigment_specks.h"

namespace vitrine::scenes {

class PriceHero {
 public:
  // How much of it is there and how it moves at this moment.
  struct Moment {
    float time = 0;      // seconds, for breathing and swaying
    float writing = 10;  // seconds since the figure began to be written
    float swing = 1;     // 0: the product is still away, 1: it has swung in
    float pen = 0;       // 0: the product stands, 1: it writes
    float squash = 1;
    float cap = 1;        // presence of cap and ribbon
    float cap_fall = 1;   // of the cap's fall and bounce, 0..1
    float glint = 0;      // LipstickPose::glint
    bool product = true;  // false: the product has travelled on
    bool figure = true;   // likewise the figure

    float written() const;  // of the figure, 0..1
  };
  // How it comes: the product swings in, writes, stands up, and its cap drops beside it. `time`:
  // seconds since the scene's round began.
  static Moment entrance(float time);

  // Fits the group into `area`. Expects: called again when metrics or language change.
  void layout(gfx::Canvas& canvas, const ui::Theme& theme, const ui::Metrics& metrics,
              const Rect& area, const campaign::Product* product, std::string_view currency);
  // Behind what stands at the right of `corner` no writing product passes.
  void keep_left_of(Vec2 corner) { corner_ = corner; }
  void draw(ui::Painter& painter, const Moment& moment);

  Vec2 stand() const { return stand_; }
  // Where the figure is being written.
  Vec2 pen_tip(float written) const;
  // How far a product leans to the right that writes at `tip`, radians: as it likes, but all within
  // `reach` of a line through its tip stays at the left of `corner`, as far as it can.
  static float pen_lean(Vec2 tip, Vec2 corner, float reach);
  float lipstick_height() const { return lipstick_height_; }
  // Where the painted figure lies, and its drawing; "": the price stands in figures.
  const Rect& figure() const { return figure_; }
  std::string_view painting() const { return painting_; }

 private:
  void layout_landscape();
  void layout_upright(float margin);
  void layout_figures(gfx::Canvas& canvas);
  Vec2 at(float x, float y) const { return origin_ + Vec2{x, y} * unit_; }
  void draw_ribbon(ui::Painter& painter, const Moment& moment, std::string_view group);
  void draw_figure(ui::Painter& painter, const Moment& moment);
  void draw_stroke(ui::Painter& painter, std::string_view group, const Rect& shown);
  void draw_strokes(ui::Painter& painter, float written);
  void draw_figures(ui::Painter& painter, float written);
  void draw_specks(ui::Painter& painter, float writing) const;
  void draw_currency(ui::Painter& painter, float presence);
  void draw_product(ui::Painter& painter, const Moment& moment);

  Rect area_;
  Vec2 origin_;
  float unit_ = 1;
  Rect figure_;
  Vec2 stand_;
  float lipstick_height_ = 0;
  Vec2 corner_;  // a writing product stays at the left of it
  Rect cap_;
  Vec2 ribbon_fold_;
  float ribbon_scale_ = 1;
  float ribbon_angle_ = 0;
  Vec2 currency_middle_;
  float currency_size_ = 0;
  bool with_cap_ = true;
  std::string currency_;
  std::string amount_;  // "4.50"
  Vec2 amount_at_;      // its left end, its middle
  float amount_size_ = 0, amount_width_ = 0;
  PigmentSpecks specks_;
  std::string_view painting_;
  std::string_view drawing_;
  Color shade_;
};

}  // namespace vitrine::scenes
