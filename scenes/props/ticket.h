// SPDX-License-Identifier: MIT
// The voucher: a ticket with the product and its price above the tear, and below it the code. On a
// phone the code is there with its QR, which changes; on a public screen there is only what says
// that it is on the phone, and a masked code.
#pragma once

#include <memory>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/qr_panel.h"

namespace vitrine::scenes {

class Ticket {
 public:
  static constexpr float kAspect = 840.0f / 1120;

  // Texts `claim.ticket`, `claim.code`, `claim.show`, `claim.until`, `claim.in_hand`,
  // `claim.stamp`, `product.currency`, `shop.name`.
  void set(const scene::SceneContext& context, const campaign::Product& product,
           const claim::View& view);
  // As large as fits into `area`, in its middle.
  void layout(const Rect& area);
  const Rect& bounds() const { return bounds_; }
  // Where the product stands on it, and how high it is; scene units.
  Vec2 stand() const;
  float height() const;

  // Turned about its middle by `angle` radians (0 where it has a QR), `below` its place. The
  // product is the scene's to draw.
  void draw(ui::Painter& painter, float angle, float below, float qr_left);
  // What lies over the product: the stamp of a voucher that was taken.
  void draw_stamp(ui::Painter& painter, float angle) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  void push(ui::Painter& painter, float angle, float below) const;
  void draw_head(ui::Painter& painter) const;
  bool draw_figure(ui::Painter& painter) const;
  void draw_price(ui::Painter& painter) const;
  void draw_code_words(ui::Painter& painter) const;
  void draw_qr(ui::Painter& painter, float left);
  void draw_in_hand(ui::Painter& painter) const;
  Rect on_screen(const Rect& part) const;

  std::string shop_, name_, kind_, amount_, currency_;
  std::string code_title_, code_, show_, until_, stamp_;
  std::string_view figure_;  // the price as a painted drawing; "": there is none of it
  bool sign_before_ = false;
  bool in_hand_ = false;  // the code is here
  bool redeemed_ = false;
  float qr_whole_ = 0;  // seconds the QR stood when it came
  ui::QrPanel qr_{"voucher-qr"};
  std::string qr_label_;
  Rect bounds_;
  float scale_ = 1;  // scene units a unit of ticket.svg
};

}  // namespace vitrine::scenes
