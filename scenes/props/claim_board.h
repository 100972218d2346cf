// SPDX-License-Identifier: MIT
// What the two ends of a claim show of it, but for their buttons: words, code, marks, steps,
// consent, the prize and its ticket. Follows a claim::View; decides nothing.
#pragma once

#include <optional>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/progress.h"
#include "engine/ui/qr_panel.h"
#include "scenes/props/celebration.h"
#include "scenes/props/claim_places.h"
#include "scenes/props/claim_steps.h"
#include "scenes/props/consent.h"
#include "scenes/props/mark_pair.h"
#include "scenes/props/product_strip.h"
#include "scenes/props/status_pill.h"
#include "scenes/props/ticket.h"

namespace vitrine::scenes {

class ClaimBoard {
 public:
  // Once. Expects: context and product outlive it.
  void enter(scene::SceneContext& context, const campaign::Product& product,
             const claim::View& view, ui::Screen& screen);
  // The lipstick comes from there into the card.
  void arrive(const scene::SharedElement& from) { strip_.arrive(from); }
  // For what the view says now, below `top`.
  void layout(const claim::View& view, float top, bool primary, bool secondary);
  // After layout() on another page than before: it comes; a prize is celebrated.
  void turn_page(ClaimPage from, const scene::SharedElement& card);
  void update(float dt);
  // Pictures: at rest, or in the middle of the celebration, whose first moment has a tick over what
  // was laid out before.
  void settle();
  void pose_won();
  void pose_burst() { celebration_.pose(1.15f); }

  ClaimPage page() const { return page_; }
  bool at_rest() const;
  const ClaimPlaces& places() const { return places_; }
  Consent& consent() { return consent_; }
  scene::SharedElement card() const { return strip_.standing(); }
  scene::SharedElement leave();
  scene::Backdrop backdrop() const;

  void draw(ui::Painter& painter, const claim::View& view);
  // Over the page, as its parts come.
  void draw_button(ui::Painter& painter, ui::Button& button) const;
  void draw_flash(ui::Painter& painter) const { celebration_.draw_flash(painter); }
  void describe(ui::SemanticTree& tree, const claim::View& view) const;

 private:
  bool on_prize() const { return page_ == ClaimPage::Prize; }
  bool still() const { return context_->reduced_motion; }
  float come() const;
  gfx::TextAlign align() const;
  void read_words(const claim::View& view);
  void place(const claim::View& view, float top);
  void draw_head(ui::Painter& painter) const;
  void draw_picture(ui::Painter& painter, ClaimPage page, const claim::View& view);
  void draw_code(ui::Painter& painter);
  void draw_page(ui::Painter& painter, const claim::View& view);
  void draw_before_prize(ui::Painter& painter, const claim::View& view);
  void draw_shade(ui::Painter& painter) const;
  void draw_prize(ui::Painter& painter, const claim::View& view);

  scene::SceneContext* context_ = nullptr;
  const campaign::Product* product_ = nullptr;
  ClaimPage page_ = ClaimPage::Code;
  ClaimPage page_before_ = ClaimPage::Prize;  // Prize: nothing was there
  float page_since_ = 10;
  bool deep_ = true;
  ui::Fade deepness_;
  ui::Spring frame_{1, {0.4f, 0.8f}};
  ui::QrPanel code_{"claim-code"};
  ui::Progress fetching_{"fetching", ui::Progress::Shape::Ring};  // as long as there is no code
  StatusPill pill_;
  ClaimSteps steps_;
  MarkPair marks_;
  ProductStrip strip_;
  Consent consent_;
  Ticket ticket_;
  Celebration celebration_;
  ClaimPlaces places_;
  Rect picture_before_;
  std::string title_, line_, notice_, small_print_;
  std::string_view sign_;  // of an end
};

}  // namespace vitrine::scenes
