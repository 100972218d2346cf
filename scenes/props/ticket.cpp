// SPDX-License-Identifier: MIT
#include "scenes/props/ticket.h"

#include <algorithm>

#include "engine/base/fill_in.h"
#include "engine/ui/describe.h"
#include "scenes/props/claim_words.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

// Of ticket.svg, in its own units.
constexpr Size kView{840, 1120};
constexpr Rect kEmblem{58, 58, 60, 60};
constexpr Rect kShop{136, 58, 400, 60};
constexpr Rect kPrice{60, 150, 470, 380};
constexpr float kFigureWide = 300;
constexpr Rect kName{60, 548, 480, 72};
constexpr Rect kKind{60, 620, 480, 40};
constexpr Vec2 kStand{660, 640};
constexpr float kStandHigh = 590;
constexpr Rect kQr{60, 726, 336, 336};
constexpr Rect kQrLeft{98, 1072, 260, 7};  // a line that runs down
constexpr float kWordsX = 440, kWordsWide = 340;
constexpr Rect kCodeTitle{kWordsX, 764, kWordsWide, 40};
constexpr Rect kCode{kWordsX, 806, kWordsWide, 84};
constexpr Rect kShow{kWordsX, 900, kWordsWide, 96};
constexpr Rect kUntil{kWordsX, 1010, kWordsWide, 44};
// Without a QR the code takes the whole width.
constexpr float kAloneX = 250, kAloneWide = 530;
constexpr Rect kHand{70, 800, 150, 150};
constexpr Rect kStamp{490, 190, 290, 130};
constexpr float kStampAngle = -0.2f;

Rect across(Rect part, bool alone) {
  if (!alone) return part;
  part.x = kAloneX;
  part.width = kAloneWide;
  return part;
}

}  // namespace

void Ticket::set(const scene::SceneContext& context, const campaign::Product& product,
                 const claim::View& view) {
  shop_ = context.text("shop.name");
  name_ = context.campaign.product_name(product, context.language);
  const campaign::Price price = agreed_price(view, product);
  const int64_t paid = price.to_pay();
  kind_ = product.code + " ・ " + with_prices(context.text("claim.ticket"), price);
  const campaign::AmountText saved(std::max<int64_t>(price.amount - paid, 0),
                                   price.currency_code());
  fill_in(kind_, "{saved}", saved.view());
  const campaign::AmountText amount(paid, price.currency_code());
  amount_ = amount.view();
  figure_ = painted_price(product, paid);
  currency_ = context.text("product.currency");
  sign_before_ = !stands_after_figures(currency_);
  in_hand_ = view.role == claim::Role::Phone;
  redeemed_ = view.stage == claim::Stage::Redeemed;
  code_title_ = context.text("claim.code");
  code_ = view.code;
  show_ = context.text(in_hand_ ? "claim.show" : "claim.in_hand");
  stamp_ = context.text("claim.stamp");
  until_.clear();
  if (view.valid_until_ms > 0) {
    until_ = with_moment(context.text("claim.until"), context.text("claim.months"),
                         view.valid_until_ms, view.utc_offset_minutes);
  }
  qr_label_ = context.text("claim.voucher_label");
  // Nothing that can be redeemed is ever on a public screen, whatever the view says.
  const bool has_qr = in_hand_ && !redeemed_ && !view.voucher_qr.empty();
  if (!has_qr || !qr_.set_content(view.voucher_qr).ok()) qr_.clear();
  qr_whole_ = std::max(view.qr_seconds_left, 1.0f);
}

void Ticket::layout(const Rect& area) {
  const float width = std::min(area.width, area.height * kAspect), height = width / kAspect;
  bounds_ = {area.center().x - width / 2, area.y + (area.height - height) / 2, width, height};
  scale_ = width / kView.width;
}

Vec2 Ticket::stand() const {
  return Vec2{bounds_.x, bounds_.y} + kStand * scale_;
}
float Ticket::height() const {
  return kStandHigh * scale_;
}

// In units of ticket.svg from here on.
void Ticket::push(ui::Painter& painter, float angle, float below) const {
  const Vec2 middle = bounds_.center() + Vec2{0, below};
  painter.canvas.push_transform(Transform2D::translation(middle) * Transform2D::rotation(angle) *
                                Transform2D::scaling(scale_, scale_) *
                                Transform2D::translation({-kView.width / 2, -kView.height / 2}));
}

void Ticket::draw_head(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const gfx::ImageHandle emblem = painter.images.drawing(
      {"art/emblem.svg", "", kEmblem.width * scale_, kEmblem.height * scale_, theme.brand});
  painter.canvas.draw_image(emblem, kEmblem);
  gfx::TextStyle shop;
  shop.size = 36;
  shop.weight = FontWeight::Bold;
  shop.color = theme.brand_ink;
  ui::draw_label(painter, shop_, kShop, shop, 0.6f);
  ui::draw_label(painter, name_, kName, display_style(60, theme.ink), 0.5f);
  gfx::TextStyle kind;
  kind.size = 30;
  kind.color = theme.mute;
  ui::draw_label(painter, kind_, kKind, kind, 0.6f);
}

// Where somebody has painted this very price for the campaign, the sign small beside it.
bool Ticket::draw_figure(ui::Painter& painter) const {
  if (figure_.empty() || scale_ <= 0) return false;
  gfx::TextStyle sign = display_style(96, painter.theme.accent);
  const float sign_wide = painter.canvas.measure_text(currency_, 0, sign).width;
  const float left = sign_before_ ? kPrice.x + sign_wide + 6 : kPrice.x;
  const gfx::ImageHandle image =
      painter.images.drawing({figure_, "", kFigureWide * scale_, 0, painter.theme.pigment});
  const gfx::DrawingInfo info = painter.images.info(image);
  if (!info.ready) return false;
  const float grown = kPrice.height / (info.bounds.height / scale_);
  const float width = info.bounds.width / scale_ * grown;
  painter.canvas.draw_image(image, {left, kPrice.y, width, kPrice.height});
  const float foot = kPrice.bottom() - sign.size * 1.2f;
  painter.canvas.draw_text(
      currency_, {sign_before_ ? kPrice.x : left + width + 14, sign_before_ ? kPrice.y + 10 : foot},
      0, sign);
  return true;
}

// As large as it fits, the sign small at its side.
void Ticket::draw_price(ui::Painter& painter) const {
  if (draw_figure(painter)) return;
  gfx::TextStyle figures = display_style(380, painter.theme.accent);
  figures.tabular = true;
  figures.line_height = 1.12f;
  const float sign_share = 0.3f;
  const float natural = painter.canvas.measure_text(amount_, 0, figures).width;
  gfx::TextStyle sign = display_style(figures.size * sign_share, painter.theme.accent);
  const float sign_wide = painter.canvas.measure_text(currency_, 0, sign).width + 24;
  const float shrunk = std::min(kPrice.width / (natural + sign_wide), 1.0f);
  figures.size *= shrunk;
  sign.size *= shrunk;
  const float foot = kPrice.bottom(), left = kPrice.x;
  const float x = sign_before_ ? left + sign_wide * shrunk : left;
  painter.canvas.draw_text(amount_, {x, foot - figures.size * 1.02f}, 0, figures);
  const float sign_x = sign_before_ ? left : left + (natural + 20) * shrunk;
  const float sign_y = sign_before_ ? foot - figures.size * 0.84f : foot - sign.size * 1.16f;
  painter.canvas.draw_text(currency_, {sign_x, sign_y}, 0, sign);
}

void Ticket::draw_code_words(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const bool alone = qr_.is_empty();
  gfx::TextStyle title, code, show, until;
  title.size = 30;
  title.color = theme.mute;
  code.size = 64;
  code.weight = FontWeight::Bold;
  code.color = theme.brand;
  show.size = 32;
  show.line_height = 1.25f;
  show.color = theme.ink;
  until.size = 28;
  until.weight = FontWeight::Bold;
  until.color = theme.accent_text;
  ui::draw_label(painter, code_title_, across(kCodeTitle, alone), title);
  ui::draw_label(painter, code_, across(kCode, alone), code, 0.4f);
  const Rect lines = across(kShow, alone);
  painter.canvas.draw_text(show_, {lines.x, lines.y}, lines.width, show);
  if (!until_.empty()) ui::draw_label(painter, until_, across(kUntil, alone), until, 0.6f);
}

// In scene units, so that its modules are whole pixels.
void Ticket::draw_qr(ui::Painter& painter, float left) {
  qr_.set_bounds(on_screen(kQr));
  qr_.draw(painter);
  const float share = clamp(left / qr_whole_, 0, 1);
  Rect line = on_screen(kQrLeft);
  const gfx::CornerRadii round = gfx::CornerRadii::all(line.height / 2);
  painter.canvas.fill_rect(line, round, gfx::Paint::solid(painter.theme.brand.with_alpha(0.14f)));
  line.width *= share;
  painter.canvas.fill_rect(line, round, gfx::Paint::solid(painter.theme.line));
}

// On a public screen: a phone, for it is there.
void Ticket::draw_in_hand(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const gfx::CornerRadii round = gfx::CornerRadii::all(kHand.width / 2);
  painter.canvas.fill_rect(kHand, round, gfx::Paint::solid(theme.silk_warm[2]));
  const bool phone = !in_hand_ || !redeemed_;
  const gfx::ImageHandle icon =
      painter.images.drawing({"art/icons.svg", phone ? "icon-save-phone" : "icon-check",
                              0.56f * kHand.width * scale_ * 5, 0, theme.accent_text});
  const gfx::DrawingInfo info = painter.images.info(icon);
  if (!info.ready || scale_ <= 0) return;
  const Size size{info.bounds.width / scale_, info.bounds.height / scale_};
  painter.canvas.draw_image(icon, {kHand.center().x - size.width / 2,
                                   kHand.center().y - size.height / 2, size.width, size.height});
}

void Ticket::draw(ui::Painter& painter, float angle, float below, float qr_left) {
  push(painter, angle, below);
  for (const std::string_view part : {"ticket-shadow", "body", "perforation", "stub"}) {
    const gfx::ImageHandle image = painter.images.drawing(
        {"art/ticket.svg", part, kView.width * scale_, kView.height * scale_, {}});
    const gfx::DrawingInfo info = painter.images.info(image);
    if (!info.ready || scale_ <= 0) continue;
    painter.canvas.draw_image(image, {info.bounds.x / scale_, info.bounds.y / scale_,
                                      info.bounds.width / scale_, info.bounds.height / scale_});
  }
  draw_head(painter);
  draw_price(painter);
  if (qr_.is_empty()) draw_in_hand(painter);
  draw_code_words(painter);
  painter.canvas.pop_transform();
  if (qr_.is_empty()) return;
  painter.canvas.push_transform(Transform2D::translation({0, below}));
  draw_qr(painter, qr_left);
  painter.canvas.pop_transform();
}

void Ticket::draw_stamp(ui::Painter& painter, float angle) const {
  if (!redeemed_) return;
  push(painter, angle, 0);
  painter.canvas.push_transform(Transform2D::translation(kStamp.center()) *
                                Transform2D::rotation(kStampAngle));
  const Rect box{-kStamp.width / 2, -kStamp.height / 2, kStamp.width, kStamp.height};
  const Color& ink = painter.theme.accent_text;
  painter.canvas.fill_rect(box, gfx::CornerRadii::all(28),
                           gfx::Paint::solid(painter.theme.paper.with_alpha(0.86f)));
  painter.canvas.stroke_rect(box, gfx::CornerRadii::all(28), 8, gfx::Paint::solid(ink));
  gfx::TextStyle style = display_style(64, ink);
  style.align = gfx::TextAlign::Center;
  ui::draw_label(painter, stamp_, box.outset(-20), style, 0.4f);
  painter.canvas.pop_transform();
  painter.canvas.pop_transform();
}

Rect Ticket::on_screen(const Rect& part) const {
  return {bounds_.x + part.x * scale_, bounds_.y + part.y * scale_, part.width * scale_,
          part.height * scale_};
}

void Ticket::describe(ui::SemanticTree& tree) const {
  const bool alone = qr_.is_empty();
  describe_node(tree, ui::Role::Text, "ticket-product", name_, on_screen(kName));
  describe_node(tree, ui::Role::Text, "ticket-kind", kind_, on_screen(kKind));
  if (redeemed_) describe_node(tree, ui::Role::Text, "stamp", stamp_, on_screen(kStamp));
  if (!alone) {
    describe_node(tree, ui::Role::Image, "voucher-qr", qr_label_, on_screen(kQr));
  }
  ui::SemanticNode& code =
      describe_node(tree, ui::Role::Text, "code", code_title_, on_screen(across(kCode, alone)));
  code.value = code_;
  describe_node(tree, ui::Role::Text, "show", show_, on_screen(across(kShow, alone)));
  if (until_.empty()) return;
  describe_node(tree, ui::Role::Text, "until", until_, on_screen(across(kUntil, alone)));
}

}  // namespace vitrine::scenes
