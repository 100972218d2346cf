// SPDX-License-Identifier: MIT
#include "scenes/props/price_hero.h"

#include <algorithm>
#include <array>

#include "engine/ui/timeline.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kPi = 3.14159265f;
// Of numeral-5.svg, whose strokes are written, and ribbon.svg.
constexpr std::string_view kWritten = "art/numeral-5.svg";
constexpr Size kFigureView{600, 860};
constexpr Vec2 kRibbonFold{610, 230};
constexpr Vec2 kRibbonView{-700, 0};
constexpr Size kRibbonSize{1940, 450};
// Where figures stand that nobody painted, of the figure's units: no larger than its ink, clear of
// the product that stands beside it; the sign's size, of theirs.
constexpr Rect kFigures{38, 40, 480, 756};
constexpr float kSign = 0.32f;
// How round the wet end of a stroke is, and between what heights the last one lies.
constexpr float kWetEnd = 58, kFlagTop = 80, kFlagBottom = 232;
// How far a writing product leans to the right at most, and how far its case reaches to the right
// of a line through its tip, of its height.
constexpr float kPenLean = 56 * kPi / 180;
constexpr float kPenReach = 0.14f;
// When what happens, seconds.
constexpr ui::Track kSwing{0.4f, 0, nullptr, 0, 1, {0.6f, 0.75f}};  // in from the right
constexpr float kWriteAt = 1.0f, kWriteFor = 0.95f;
constexpr float kStandAt = 2.05f, kStandFor = 0.55f, kLandFor = 0.3f;
constexpr float kCapAt = kStandAt + 0.3f, kCapFor = 0.6f;

// Centre lines of the strokes, from the drawing.
constexpr std::array<Vec2, 4> kStem{{{214, 140}, {206, 230}, {196, 320}, {186, 420}}};
constexpr std::array<Vec2, 9> kBowl{{{150, 392},
                                     {250, 350},
                                     {350, 352},
                                     {440, 420},
                                     {474, 530},
                                     {440, 660},
                                     {340, 736},
                                     {220, 738},
                                     {96, 650}}};
constexpr std::array<Vec2, 4> kFlag{{{176, 172}, {290, 160}, {400, 146}, {556, 98}}};
// Shares of the time of writing: stem, lift, bowl, lift, flag.
constexpr float kStemEnd = 0.16f, kBowlStart = 0.26f, kBowlEnd = 0.68f, kFlagStart = 0.79f;

template <size_t N>
Vec2 along(const std::array<Vec2, N>& line, float t) {
  const float at = clamp(t, 0, 1) * static_cast<float>(N - 1);
  const size_t i = at >= static_cast<float>(N - 1) ? N - 2 : static_cast<size_t>(at);
  return lerp(line[i], line[i + 1], at - static_cast<float>(i));
}

Vec2 pen_point(float written) {
  if (written < kStemEnd) return along(kStem, written / kStemEnd);
  if (written < kBowlStart) {
    return lerp(kStem.back(), kBowl.front(),
                ui::progress(written, kStemEnd, kBowlStart - kStemEnd));
  }
  if (written < kBowlEnd) {
    return along(kBowl, (written - kBowlStart) / (kBowlEnd - kBowlStart));
  }
  if (written < kFlagStart) {
    return lerp(kBowl.back(), kFlag.front(),
                ui::progress(written, kBowlEnd, kFlagStart - kBowlEnd));
  }
  return along(kFlag, (written - kFlagStart) / (1 - kFlagStart));
}

// How high something is that falls from 1 and bounces once, lower.
float height_of_fall(float t) {
  constexpr float kLands = 0.55f, kBounce = 0.14f;
  if (t < kLands) return 1 - (t / kLands) * (t / kLands);
  const float bounce = (t - kLands) / (1 - kLands);
  return 4 * kBounce * bounce * (1 - bounce);
}

}  // namespace

float PriceHero::Moment::written() const {
  return ui::progress(writing, 0, kWriteFor);
}

PriceHero::Moment PriceHero::entrance(float time) {
  Moment moment;
  moment.writing = time - kWriteAt;
  moment.swing = kSwing.value(time);
  moment.pen = 1 - ui::ease_in_out(ui::progress(time, kStandAt, kStandFor));
  moment.squash = 1 - 0.03f * sine(ui::progress(time, kStandAt + kStandFor, kLandFor) * kPi);
  moment.cap = ui::ease_out(ui::progress(time, kCapAt, 0.4f));
  moment.cap_fall = ui::progress(time, kCapAt, kCapFor);
  return moment;
}

void PriceHero::layout(gfx::Canvas& canvas, const ui::Theme& theme, const ui::Metrics& metrics,
                       const Rect& area, const campaign::Product* product,
                       std::string_view currency) {
  area_ = area;
  currency_ = currency;
  drawing_ = product ? product->art_path("drawing") : std::string_view{};
  shade_ = product ? product->shade : theme.pigment;
  painting_ = product ? painted_price(*product, product->price.to_pay()) : std::string_view{};
  amount_ = product ? campaign::with_prices("{offer}", product) : std::string();
  metrics.landscape() ? layout_landscape() : layout_upright(metrics.margin);
  if (painting_.empty()) layout_figures(canvas);
  canvas.prepare_text(currency_, display_style(currency_size_, {}));
}

// along cos a - up sin a is the corner's distance from the line, and at least along - a (along / 2
// + up) for angles up to 1.
float PriceHero::pen_lean(Vec2 tip, Vec2 corner, float reach) {
  const float along = corner.x - tip.x, up = tip.y - corner.y;
  if (along <= reach) return 0;
  return std::min((along - reach) / (along / 2 + std::max(up, 0.0f)), kPenLean);
}

// The group as drawn for a kiosk: 1080 wide, 1090 high.
void PriceHero::layout_upright(float margin) {
  // The ink is narrower than the group: where height allows, it grows into the margins.
  const float by_width = 1.14f * area_.width / 1080;
  const float by_height = area_.height / 1080;
  unit_ = by_width < by_height ? by_width : by_height;
  origin_ = {area_.x + area_.width / 2 - 550 * unit_, area_.y + (area_.height - 1080 * unit_) / 2};
  const Vec2 figure = at(10, 34);
  figure_ = {figure.x, figure.y, 705 * unit_, 1010 * unit_};
  lipstick_height_ = 1040 * unit_;
  stand_ = at(600 + 181, 995);
  const Vec2 cap = at(770, 610);
  cap_ = {cap.x, cap.y, 267 * unit_, 400 * unit_};
  ribbon_fold_ = at(692, 915);
  // On a screen wider than the group the ribbon grows, so that it still leaves at both sides.
  const float reach = kRibbonView.x + kRibbonSize.width - kRibbonFold.x;
  const float needed = (area_.right() + 20 - ribbon_fold_.x) / reach;
  ribbon_scale_ = needed > unit_ ? needed : unit_;
  ribbon_angle_ = 0;
  const bool ideograph = stands_after_figures(currency_);
  currency_middle_ = ideograph ? at(281, 676) : at(96, 170);
  currency_size_ = (ideograph ? 168.0f : 140.0f) * unit_;
  // Where the figure comes near the edge the sign before it moves in, and up out of its way.
  const float in = area_.x + margin + currency_size_ * 0.3f - currency_middle_.x;
  if (in > 0) currency_middle_ = currency_middle_ + Vec2{in, -1.1f * in};
  with_cap_ = unit_ * 1080 > 300;
}

// As drawn for a landscape panel: the right 1056 of 1920, 1080 high.
void PriceHero::layout_landscape() {
  const float by_width = area_.width / 1056;
  const float by_height = area_.height / 1080;
  unit_ = by_width < by_height ? by_width : by_height;
  // On the floor, however high the screen, for there the ribbon leaves it.
  origin_ = {area_.right() - 1056 * unit_, area_.bottom() - 1080 * unit_};
  const Vec2 figure = at(16, 70);
  figure_ = {figure.x, figure.y, 670 * unit_, 960 * unit_};
  lipstick_height_ = 960 * unit_;
  stand_ = at(536 + 167, 60 + 918);
  const Vec2 cap = at(693, 623);
  cap_ = {cap.x, cap.y, 246 * unit_, 369 * unit_};
  ribbon_fold_ = at(621, 902);
  ribbon_scale_ = 0.923f * unit_;
  ribbon_angle_ = -13 * kPi / 180;
  const bool ideograph = stands_after_figures(currency_);
  currency_middle_ = ideograph ? at(274, 680) : at(82, 300);
  currency_size_ = (ideograph ? 160.0f : 130.0f) * unit_;
  with_cap_ = true;
}

// As large as they fit beside their sign, in the middle of where the painted one would stand.
void PriceHero::layout_figures(gfx::Canvas& canvas) {
  const float scale = figure_.width / kFigureView.width;
  const Rect room{figure_.x + kFigures.x * scale, figure_.y + kFigures.y * scale,
                  kFigures.width * scale, kFigures.height * scale};
  const float high = room.height;
  const auto width = [&](std::string_view text, float size) {
    return canvas.measure_text(text, 0, display_style(size, {})).width;
  };
  const float sign = width(currency_, kSign * high), gap = 0.05f * high;
  const float natural = width(amount_, high);
  const float shrunk = std::min(room.width / (natural + gap + sign), 1.0f);
  amount_size_ = high * shrunk;
  amount_width_ = natural * shrunk;
  currency_size_ = kSign * amount_size_;
  const bool before = !stands_after_figures(currency_);
  amount_at_ = {room.x + (before ? (sign + gap) * shrunk : 0), room.center().y};
  // On one foot.
  currency_middle_ = {before ? room.x + sign * shrunk / 2
                             : amount_at_.x + amount_width_ + (gap + sign / 2) * shrunk,
                      amount_at_.y + 0.36f * (amount_size_ - currency_size_)};
  canvas.prepare_text(amount_, display_style(amount_size_, {}));
}

void PriceHero::draw_ribbon(ui::Painter& painter, const Moment& moment, std::string_view group) {
  const float sway = 5 * unit_ * sine(moment.time * 2 * kPi / 5);
  const float scale = ribbon_scale_;
  Transform2D transform = Transform2D::rotation(ribbon_angle_);
  transform.tx = ribbon_fold_.x;
  transform.ty = ribbon_fold_.y + sway;
  painter.canvas.push_transform(transform);
  const gfx::DrawingKey key{"art/ribbon.svg", group, kRibbonSize.width * scale,
                            kRibbonSize.height * scale, shade_};
  ui::draw_drawing(painter, key, (kRibbonView - kRibbonFold) * scale);
  painter.canvas.pop_transform();
}

// `shown` is in the figure's own units; where it ends within the stroke, the pigment ends round.
void PriceHero::draw_stroke(ui::Painter& painter, std::string_view group, const Rect& shown) {
  const gfx::ImageHandle image = painter.images.drawing(
      {painting_, group, figure_.width, figure_.height, painter.theme.pigment});
  const gfx::DrawingInfo info = painter.images.info(image);
  if (!info.ready) return;
  const Vec2 origin{figure_.x, figure_.y};
  const float scale = figure_.width / kFigureView.width;
  const Rect part{origin.x + shown.x * scale, origin.y + shown.y * scale, shown.width * scale,
                  shown.height * scale};
  if (part.width <= 0 || part.height <= 0) return;
  painter.canvas.push_clip(part, kWetEnd * scale);
  painter.canvas.draw_image(image, info.bounds.moved(origin));
  painter.canvas.pop_clip();
}

// Each stroke is uncovered up to where the pen is. A clip reaches beyond the stroke on all sides
// but the one where the pen is, by more than its corners are round.
void PriceHero::draw_strokes(ui::Painter& painter, float written) {
  const Rect everything{-200, -200, 1100, 1400};
  const Vec2 pen = pen_point(written);
  if (written < kStemEnd) {
    return draw_stroke(painter, "stroke-1", {120, -200, 160, pen.y + 210});
  }
  draw_stroke(painter, "stroke-1", everything);
  if (written < kBowlStart) return;
  const float turn = 530;  // below it the bowl runs back to the left
  if (written < kBowlEnd && pen.y < turn) {
    return draw_stroke(painter, "stroke-2", {-200, 260, pen.x + 230, turn - 260});
  }
  if (written < kBowlEnd) {
    draw_stroke(painter, "stroke-2", {-200, -200, 1100, turn + 200});
    return draw_stroke(painter, "stroke-2",
                       {pen.x - 20, turn - kWetEnd, 900, 812 - turn + kWetEnd});
  }
  draw_stroke(painter, "stroke-2", everything);
  if (written < kFlagStart) return;
  draw_stroke(painter, "stroke-3", {-200, kFlagTop, pen.x + 215, kFlagBottom - kFlagTop});
}

// Uncovered from the left, up to where the pen is.
void PriceHero::draw_figures(ui::Painter& painter, float written) {
  gfx::TextStyle style = display_style(amount_size_, painter.theme.pigment);
  style.line_height = 1.12f;
  const Vec2 top = amount_at_ - Vec2{0, 0.56f * amount_size_};
  if (written < 1) {
    const float round = kWetEnd * figure_.width / kFigureView.width;
    painter.canvas.push_clip({top.x - 2 * round, top.y - round,
                              pen_tip(written).x - top.x + 2 * round, 1.3f * amount_size_},
                             round);
  }
  painter.canvas.draw_text(amount_, top, 0, style);
  if (written < 1) painter.canvas.pop_clip();
}

// Off the last stroke, the fastest.
void PriceHero::draw_specks(ui::Painter& painter, float writing) const {
  const PigmentSpecks::Stroke flag{pen_tip(kFlagStart), pen_tip(1), kWriteFor * (1 - kFlagStart),
                                   figure_.width / kFigureView.width};
  specks_.draw(painter, flag, writing - kWriteFor * kFlagStart);
}

void PriceHero::draw_figure(ui::Painter& painter, const Moment& moment) {
  if (!moment.figure) return;
  const float written = moment.written();
  if (written <= 0) return;
  if (painting_.empty()) return draw_figures(painter, written);
  if (written < 1 && painting_ == kWritten) return draw_strokes(painter, written);
  ui::draw_drawing(painter, {painting_, "", figure_.width, figure_.height, painter.theme.pigment},
                   {figure_.x, figure_.y});
}

void PriceHero::draw_currency(ui::Painter& painter, float presence) {
  gfx::TextStyle style = display_style(currency_size_, painter.theme.accent.with_alpha(presence));
  style.line_height = 1.12f;
  style.align = gfx::TextAlign::Center;
  painter.canvas.draw_text(
      currency_, {currency_middle_.x, currency_middle_.y - currency_size_ * 0.56f}, 0, style);
}

Vec2 PriceHero::pen_tip(float written) const {
  if (painting_.empty()) {  // up and down on its way
    return amount_at_ + Vec2{amount_width_ * written, 0.3f * amount_size_ * sine(written * 20)};
  }
  return Vec2{figure_.x, figure_.y} + pen_point(written) * (figure_.width / kFigureView.width);
}

void PriceHero::draw_product(ui::Painter& painter, const Moment& moment) {
  LipstickPose pose;
  pose.height = lipstick_height_;
  pose.shade = shade_;
  pose.squash = moment.squash;
  // Breathing: the bullet rises and sinks by a few points.
  pose.twist = 0.02f + 0.02f * sine(moment.time * 2 * kPi / 3);
  pose.stand = stand_;
  pose.glint = moment.glint;
  if (moment.pen > 0) {
    const float away = 1 - moment.swing;
    // Along its own axis, and swinging: in its own lane, clear of what stands beside it.
    const Vec2 tip = pen_tip(moment.written());
    const float lean = pen_lean(tip, corner_, kPenReach * lipstick_height_);
    const Direction axis = direction(lean);
    const Vec2 back = Vec2{axis.sine, -axis.cosine} * (1160 * away * unit_);
    pose.angle = (kPi + lean + 0.5f * lean * away) * moment.pen;
    pose.stand = lerp(stand_, stand_for_tip(tip, pose.height, kPi + lean) + back, moment.pen);
    pose.shadow = moment.pen < 0.1f;
  }
  draw_lipstick(painter, drawing_, pose, lipstick_height_);
}

void PriceHero::draw(ui::Painter& painter, const Moment& moment) {
  const bool with_cap = with_cap_ && moment.cap > 0;
  if (with_cap) {
    painter.canvas.push_opacity(moment.cap);
    draw_ribbon(painter, moment, "ribbon-shadow");
    draw_ribbon(painter, moment, "under");
    draw_ribbon(painter, moment, "over");
    painter.canvas.pop_opacity();
  }
  draw_figure(painter, moment);
  draw_specks(painter, moment.writing);
  draw_currency(painter, moment.written() >= 1 ? moment.cap : 0);
  if (with_cap) {
    // It drops beside the case and bounces once.
    const float drop = -150 * unit_ * height_of_fall(moment.cap_fall);
    painter.canvas.push_opacity(moment.cap);
    ui::draw_drawing(painter, {"art/lipstick-cap.svg", "", cap_.width, cap_.height, shade_},
                     {cap_.x, cap_.y + drop});
    painter.canvas.pop_opacity();
  }
  if (moment.product) draw_product(painter, moment);
}

}  // namespace vitrine::scenes
