// SPDX-License-Identifier: MIT
#include "scenes/props/claim_board.h"

#include <algorithm>

#include "engine/ui/describe.h"
#include "scenes/props/claim_words.h"
#include "scenes/props/note_sheet.h"
#include "scenes/props/page_parts.h"
#include "scenes/props/scrim.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

using claim::Role;
using claim::Stage;
using claim::View;

constexpr float kFrameField = 600.0f / 720;  // of qr-frame.svg: its light field
constexpr float kTicketTilt = -0.028f;       // of a ticket without a QR, radians
constexpr float kTicketSwing = 0.12f;        // more, while it comes
// Of what stood there before the prize: a tick comes over it, and it shrinks to a point.
constexpr float kTickFor = 0.15f, kShrinkAt = 0.35f, kShrinkFor = 0.25f;
constexpr float kPageComes = 0.35f, kPaperAt = 1.5f;

size_t step_of(const View& view) {
  if (view.role == Role::Screen && view.stage < Stage::Agreeing) return 0;
  return view.stage <= Stage::Following ? 1 : 2;
}

}  // namespace

void ClaimBoard::enter(scene::SceneContext& context, const campaign::Product& product,
                       const View& view, ui::Screen& screen) {
  context_ = &context;
  product_ = &product;
  celebration_.set(product, context.metrics.phone() ? 0.4f : 1.0f, context.random.next());
  celebration_.finish();
  consent_.add_to(screen);
  page_ = claim_page(view);
  deepness_.jump(is_deep(view));
  if (still()) return;
  frame_.jump(0.8f);
  frame_.set_target(1);
}

void ClaimBoard::read_words(const View& view) {
  const ClaimKeys keys = claim_keys(view);
  const campaign::Price price = agreed_price(view, *product_);
  title_ = with_prices(context_->text(keys.title), price);
  line_ = with_prices(context_->text(keys.line), price);
  if (view.stage == Stage::Issued) {
    line_.insert(0, " ・ ").insert(0,
                                   context_->campaign.product_name(*product_, context_->language));
  }
  pill_.set_words(keys.status.empty() ? "" : with_prices(context_->text(keys.status), price));
  const bool keeps = view.role == Role::Screen || (tells_how(view) && !view.voucher_qr.empty());
  pill_.set_icon(!on_prize() ? "" : keeps ? "icon-save-phone" : "icon-offline");
  const bool phone = view.role == Role::Phone;
  const std::string_view notice = phone && !on_prize() ? notice_key(view.notice) : "";
  notice_ = notice.empty() ? "" : context_->text(notice);
  if (page_ == ClaimPage::Agreeing && consent_.points_out()) {
    notice_ = context_->text("claim.tick_first");
  }
  sign_ = end_icon(view.reason);
  small_print_ = context_->text(phone ? "claim.small_print_phone" : "claim.small_print");
  steps_.set(*context_);
  steps_.set_current(step_of(view));
  if (!on_prize()) marks_.set(*context_, view);  // what stood there before is seen once more
  strip_.set(*context_, *product_, price);
  ticket_.set(*context_, *product_, view);
  code_.set_label(context_->text("claim.code_label"));
  if (view.link.empty() || !code_.set_content(view.link).ok()) code_.clear();
}

void ClaimBoard::layout(const View& view, float top, bool primary, bool secondary) {
  page_ = claim_page(view);
  deep_ = is_deep(view);
  read_words(view);
  ClaimNeeds needs;
  needs.notice = !notice_.empty();
  needs.guardian = context_->campaign.claim().guardian_age > 0;
  needs.refused = view.statistics_refused;
  needs.notes = page_ == ClaimPage::Agreeing && NoteSheet::has_notes(context_->campaign);
  needs.note = !claim_keys(view).status.empty();
  needs.primary = primary;
  needs.secondary = secondary;
  if (!on_prize()) picture_before_ = places_.picture;
  places_ = place_claim(page_, deep_, needs, context_->metrics, top);
  if (!on_prize()) picture_before_ = places_.picture;
  place(view, top);
}

void ClaimBoard::place(const View& view, float top) {
  const ui::Metrics& m = context_->metrics;
  steps_.layout(places_.steps);
  marks_.layout(page_ == ClaimPage::Together ? places_.picture : places_.marks);
  strip_.layout(places_.card, m);
  pill_.layout(places_.pill, !places_.beside);
  code_.set_frame("art/qr-frame.svg", kFrameField);
  const Rect square = square_in(picture_before_);
  code_.set_bounds(square);
  fetching_.set_bounds(square.outset(-0.4f * square.width));
  fetching_.set_unknown();
  fetching_.set_reduced_motion(still());
  code_.set_scanning(view.stage == Stage::Waiting && view.connected);
  code_.set_reduced_motion(still());
  ticket_.layout(places_.picture);
  const Rect safe = m.safe();
  const float high = std::min((safe.height - top) * 0.9f, 1290 * places_.unit);
  const float x = places_.beside ? places_.picture.center().x : safe.center().x;
  celebration_.set_reduced_motion(still());
  celebration_.layout({{x, safe.bottom() - 0.06f * high}, high},
                      {ticket_.stand(), ticket_.height()}, m.size);
  consent_.layout(*context_, places_, view.statistics_refused);
  consent_.set_shown(page_ == ClaimPage::Agreeing);
}

void ClaimBoard::turn_page(ClaimPage from, const scene::SharedElement& card) {
  page_before_ = from;
  page_since_ = 0;
  still() ? deepness_.jump(deep_) : deepness_.set(deep_);
  if (page_ == ClaimPage::Together) context_->sounds.play(audio::Sound::Chime);
  if (page_ == ClaimPage::Agreeing) consent_.clear();
  if (!on_prize()) return;
  const bool seen = card.height > 0;
  celebration_.start(seen ? std::optional(card) : std::nullopt, context_->metrics.safe());
  if (still()) context_->sounds.play(audio::Sound::Burst);
}

void ClaimBoard::update(float dt) {
  page_since_ += dt;
  deepness_.update(dt, kPageComes);
  frame_.update(dt);
  code_.update(dt);
  fetching_.update(dt);
  pill_.update(dt);
  steps_.update(dt);
  marks_.update(dt);
  strip_.update(dt);
  if (!on_prize()) return;
  celebration_.update(dt);
  const ui::Timeline& timeline = celebration_.timeline();
  if (timeline.passed(Celebration::kBurstAt)) context_->sounds.play(audio::Sound::Burst);
  if (timeline.passed(kPaperAt)) context_->sounds.play(audio::Sound::Paper);
}

void ClaimBoard::settle() {
  page_since_ = 10;
  page_before_ = ClaimPage::Prize;
  deepness_.jump(deep_);
  frame_.jump(1);
  strip_.settle();
  celebration_.pose(Celebration::kEnd + 1);
}

void ClaimBoard::pose_won() {
  page_before_ = ClaimPage::Together;
  celebration_.pose(0.33f);
}

bool ClaimBoard::at_rest() const {
  return page_since_ >= kPageComes && deepness_.at_rest() && frame_.at_rest() &&
         (!on_prize() || celebration_.at_rest());
}

scene::SharedElement ClaimBoard::leave() {
  return on_prize() ? celebration_.leave() : strip_.standing();
}

scene::Backdrop ClaimBoard::backdrop() const {
  const ui::Theme& theme = context_->theme;
  ui::SilkRamp ramp = theme.silk_deep;
  for (size_t i = 0; i < ramp.size(); ++i) {
    ramp[i] = lerp(theme.silk_calm[i], theme.silk_deep[i], deepness_.value());
  }
  return {ramp, ramp, 0, 0.5f};
}

float ClaimBoard::come() const {
  return still() ? 1 : ui::ease_emphasised(ui::progress(page_since_, 0, kPageComes));
}

gfx::TextAlign ClaimBoard::align() const {
  return places_.beside || !deep_ ? gfx::TextAlign::Start : gfx::TextAlign::Center;
}

// Of calm pages: the shop's own cloth behind bar and card.
void ClaimBoard::draw_head(ui::Painter& painter) const {
  const ui::Theme& theme = painter.theme;
  const Size size = painter.metrics.size;
  const Rect head = to_screen_edges({0, 0, size.width, places_.head}, painter.metrics);
  const float radius = painter.metrics.phone() ? 34.0f : 72.0f;
  painter.canvas.fill_rect(
      head, {0, 0, radius, radius},
      gfx::Paint::vertical(theme.silk_deep[0], theme.brand, 0.6f,
                           lerp(theme.silk_deep[1], theme.silk_deep[2], 0.15f)));
  // Words are on it in the margin below, where the cloth's folds go on.
  const Rect below =
      to_screen_edges({0, places_.head, size.width, size.height - places_.head}, painter.metrics);
  painter.canvas.fill_rect(
      {below.x, below.y, below.width, below.height}, {},
      gfx::Paint::vertical(theme.paper.with_alpha(0), theme.paper.with_alpha(0.7f), 0.12f,
                           theme.paper.with_alpha(0.7f)));
}

void ClaimBoard::draw_code(ui::Painter& painter) {
  const Vec2 about = square_in(picture_before_).center();
  const float grown = frame_.value();
  painter.canvas.push_transform({grown, 0, 0, grown, about.x * (1 - grown), about.y * (1 - grown)});
  code_.draw(painter);
  if (code_.is_empty()) fetching_.draw(painter);
  painter.canvas.pop_transform();
}

void ClaimBoard::draw_picture(ui::Painter& painter, ClaimPage page, const View& view) {
  if (page == ClaimPage::Code) draw_code(painter);
  if (page == ClaimPage::Together) marks_.draw_large(painter, still());
  if (page == ClaimPage::Ended && view.role == Role::Screen) {
    draw_sign(painter, places_.picture, sign_);
  }
}

void ClaimBoard::draw_page(ui::Painter& painter, const View& view) {
  const float here = come();
  painter.canvas.push_opacity(here);
  painter.canvas.push_transform(
      Transform2D::translation({0, painter.metrics.grid * 4 * (1 - here)}));
  draw_page_words(painter, places_, title_, line_, deep_);
  draw_picture(painter, page_, view);
  pill_.draw(painter, deep_ ? ui::Ground::Deep : ui::Ground::Light, view.seconds_left,
             view.seconds_whole, still());
  steps_.draw(painter, deep_, still());
  if (!deep_) marks_.draw_line(painter);
  consent_.draw(painter);
  if (!notice_.empty() && places_.notice.height > 0) {
    draw_notice(painter, notice_, places_.notice);
  }
  if (places_.small_print.height > 0) {
    gfx::TextStyle small;
    small.size = places_.small_print.height * 0.7f;
    small.align = gfx::TextAlign::Center;
    small.color = deep_ ? painter.theme.on_dark : painter.theme.mute;
    ui::draw_label(painter, small_print_, places_.small_print, small, 0.5f);
  }
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
  strip_.draw(painter, true);
}

// What stood there is ticked, and shrinks into the point where the prize bursts.
void ClaimBoard::draw_before_prize(ui::Painter& painter, const View& view) {
  const float time = celebration_.timeline().time();
  const bool was_picture = page_before_ == ClaimPage::Code || page_before_ == ClaimPage::Together;
  if (!was_picture || still() || time >= kShrinkAt + kShrinkFor) return;
  const Vec2 about = picture_before_.center();
  const float grown = 1 - ui::ease_in(ui::progress(time, kShrinkAt, kShrinkFor));
  painter.canvas.push_transform({grown, 0, 0, grown, about.x * (1 - grown), about.y * (1 - grown)});
  marks_.layout(picture_before_);
  draw_picture(painter, page_before_, view);
  const float tick = ui::ease_out(ui::progress(time, 0, kTickFor));
  const float side = 0.34f * std::min(picture_before_.width, picture_before_.height) * tick;
  const Rect disc{about.x - side / 2, about.y - side / 2, side, side};
  const ui::ButtonColors& face = painter.theme.primary;
  painter.canvas.fill_rect(disc, gfx::CornerRadii::all(side / 2),
                           gfx::Paint::vertical(face.top, face.bottom));
  ui::draw_drawing_centered(painter, {"art/icons.svg", "icon-check", 0.6f * side * 5, 0, face.text},
                            about);
  painter.canvas.pop_transform();
}

// Behind the words beside the ticket, so that they stay legible over every ray.
void ClaimBoard::draw_shade(ui::Painter& painter) const {
  const Size size = painter.metrics.size;
  const float left = places_.title.x - 160;
  const Color deep = painter.theme.brand_deep;
  gfx::Paint paint =
      gfx::Paint::vertical(deep.with_alpha(0), deep.with_alpha(0.62f), 0.3f, deep.with_alpha(0.5f));
  paint.start = {0, 0.5f};
  paint.end = {1, 0.5f};
  painter.canvas.fill_rect(
      to_screen_edges({left, 0, size.width - left, size.height}, painter.metrics), {}, paint);
}

void ClaimBoard::draw_prize(ui::Painter& painter, const View& view) {
  const ui::Timeline& timeline = celebration_.timeline();
  painter.canvas.push_opacity(timeline.opacity());
  celebration_.draw_light(painter);
  if (places_.beside) draw_shade(painter);
  draw_before_prize(painter, view);
  const float risen = celebration_.value(Celebration::kCardRises);
  const float tilt = view.role == Role::Screen ? kTicketTilt : 0;
  const float swing = tilt != 0 ? kTicketSwing * (1 - risen) : 0;
  const float below = (1 - risen) * (painter.metrics.size.height - ticket_.bounds().y + 60);
  if (risen > 0) ticket_.draw(painter, tilt + swing, below, view.qr_seconds_left);
  celebration_.draw_product(painter);
  if (risen > 0.9f) ticket_.draw_stamp(painter, tilt);
  celebration_.draw_title(painter, title_, places_.title, align());
  if (places_.line.height > 0) celebration_.draw_line(painter, line_, places_.line, align());
  painter.canvas.push_opacity(celebration_.value(Celebration::kFirstButton));
  pill_.draw(painter, ui::Ground::Deep, 0, 0, still());
  painter.canvas.pop_opacity();
  painter.canvas.pop_opacity();
}

void ClaimBoard::draw(ui::Painter& painter, const View& view) {
  if (on_prize()) return draw_prize(painter, view);
  deep_ ? draw_deep_veil(painter) : draw_head(painter);
  draw_page(painter, view);
}

void ClaimBoard::draw_button(ui::Painter& painter, ui::Button& button) const {
  if (on_prize()) return celebration_.draw_rising(painter, button, Celebration::kFirstButton);
  painter.canvas.push_opacity(come());
  button.draw(painter);
  painter.canvas.pop_opacity();
}

void ClaimBoard::describe(ui::SemanticTree& tree, const View& view) const {
  const auto told = [&](ui::Role role, std::string_view name, std::string_view words,
                        const Rect& area) {
    if (area.height > 0 && !words.empty()) describe_node(tree, role, name, words, area);
  };
  told(ui::Role::Heading, "title", title_, places_.title);
  told(ui::Role::Status, "line", line_, places_.line);
  if (page_ == ClaimPage::Code && !code_.is_empty()) code_.describe(tree);
  pill_.describe(tree, on_prize() ? 0 : view.seconds_left);
  told(ui::Role::Alert, "notice", notice_, places_.notice);
  if (on_prize()) return ticket_.describe(tree);
  marks_.describe(tree);
  steps_.describe(tree);
  strip_.describe(tree);
  consent_.describe(tree);
  told(ui::Role::Text, "small-print", small_print_, places_.small_print);
}

}  // namespace vitrine::scenes
