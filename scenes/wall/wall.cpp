// SPDX-License-Identifier: MIT
// A row of lit alcoves with one product each. README.md lists parameters, texts and states.
#include <cmath>
#include <vector>

#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/carousel.h"
#include "engine/ui/describe.h"
#include "engine/ui/timeline.h"
#include "scenes/props/backdrops.h"
#include "scenes/props/flying_figure.h"
#include "scenes/props/lipstick.h"
#include "scenes/props/niche.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/shade_details.h"
#include "scenes/props/shade_dots.h"
#include "scenes/props/shade_list.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/traveller.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kNeighbourScale = 0.776f;
constexpr ui::Track kNichesRise{0.1f, 0.5f, ui::ease_emphasised};
constexpr float kRiseBy = 90;  // in units of the niche
constexpr float kPitch = 524;  // in units of the niche
constexpr float kRoomy = 960;  // height of a screen that lies

struct Item {
  const campaign::Product* product = nullptr;
  ShadeWords words;
};

class Wall final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context,
             const std::optional<scene::SharedElement>& arrived) override;
  void layout() override;
  std::optional<scene::SharedElement> leave() override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override;
  void draw(ui::Painter& painter) override;
  void draw_shared(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;

 private:
  static constexpr std::string_view kStates[] = {"first", "middle", "between"};

  void find_products();
  void read_words();
  void layout_upright(float top);
  void layout_landscape(float top);
  void place_niches(const Rect& area);
  int index_of(std::string_view product_id) const;
  const Item& chosen() const { return items_[static_cast<size_t>(carousel_.index())]; }
  void follow_input();
  void open_product();

  Vec2 niche_stand() const;
  float item_opacity(float distance) const;
  void draw_item(ui::Painter& painter, size_t index, float distance);
  void draw_titles(ui::Painter& painter);
  const Item& shown() const { return items_[static_cast<size_t>(shown_)]; }

  std::vector<Item> items_;
  TopBar top_bar_{TopBar::Back::With};
  ui::Carousel carousel_{"shades"};
  ui::Button button_{"open", ui::ButtonKind::Primary};
  ShadeDots dots_;
  std::string title_, hint_;
  int rested_ = 0;
  int shown_ = 0;        // whose details stand below
  float shown_for_ = 1;  // seconds since they changed

  Traveller hero_;
  FlyingFigure figure_;
  bool hero_left_ = false;
  float entered_for_ = 0;  // seconds since it was entered
  float leaving_for_ = 0;  // seconds since it is being left

  ShadeDetails details_;
  Rect title_area_, hint_area_;
  float niche_scale_ = 1;  // scene units a unit of niche.svg, in the middle
  Vec2 niche_top_;         // middle of the upper edge of the niche in the middle
  float pitch_ = 500;
  float room_ = 0;  // in landscape, from the middle of that niche to the words
};

void Wall::enter(scene::SceneContext& context, const std::optional<scene::SharedElement>& arrived) {
  context_ = &context;
  find_products();
  screen_.add(carousel_);
  screen_.add(button_);
  for (const Item& item : items_) dots_.add(screen_, item.product->shade);
  top_bar_.add_to(screen_);
  carousel_.set_count(static_cast<int>(items_.size()));
  const std::string_view first = arrived ? arrived->product_id : context.scene.string("first");
  carousel_.jump(index_of(first));
  rested_ = shown_ = carousel_.index();
  dots_.select(shown_, true);
  if (arrived && !context.reduced_motion) {
    hero_.start(*arrived);
    if (arrived->figure.width > 0) figure_.start(arrived->figure, arrived->figure_drawing);
  }
  if (context.reduced_motion) entered_for_ = 10;
}

void Wall::find_products() {
  for (const campaign::Product* product : products_of(*context_)) {
    if (items_.size() < ShadeDots::kMost) items_.push_back({product, {}});
  }
}

int Wall::index_of(std::string_view product_id) const {
  for (size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].product->id == product_id) return static_cast<int>(i);
  }
  return 0;
}

void Wall::read_words() {
  title_ = context_->text("wall.title");
  hint_ = context_->text("wall.hint");
  carousel_.set_label(context_->text("wall.row"));
  button_.set_label(context_->text("wall.button"));
  button_.set_shown(!context_->scene.string("next").empty());
  for (size_t i = 0; i < items_.size(); ++i) {
    Item& item = items_[i];
    ShadeWords& words = item.words;
    words.number = spoken_code(item.product->code);
    words.name = context_->campaign.product_name(*item.product, context_->language);
    words.was = with_prices(context_->text("wall.was"), item.product);
    words.after = context_->text("wall.after");
    words.now = with_prices(context_->text("wall.now"), item.product);
    dots_.set_label(i, words.name);
  }
}

void Wall::layout() {
  read_words();
  const float top = top_bar_.layout(*context_, context_->text("wall.back"));
  button_.set_least_target(context_->metrics.target);
  context_->metrics.landscape() ? layout_landscape(top) : layout_upright(top);
  hero_.set_place(niche_stand(), NicheShape::kProductHeight * niche_scale_);
  figure_.set_place(figure_over(details_.digits(context_->canvas, shown().words)));
}

void Wall::place_niches(const Rect& area) {
  niche_scale_ = area.height / NicheShape::kView.height;
  pitch_ = kPitch * niche_scale_;
  niche_top_ = {area.center().x, area.y};
  carousel_.set_bounds(area, pitch_);
}

void Wall::layout_upright(float top) {
  const ui::Metrics& m = context_->metrics;
  const bool phone = m.phone();
  const Rect safe = m.safe();
  const bool roomy = phone ? safe.height > 760 : safe.height > 1700;
  const float center = safe.center().x;
  const float left = safe.x + m.margin, width = safe.width - 2 * m.margin;
  details_.align = gfx::TextAlign::Center;
  details_.unit = phone ? 0.4f : 1.0f;
  const float title = phone ? 34.0f : 104.0f;
  title_area_ = {left, top + (phone ? (roomy ? 12.0f : 2.0f) : 44.0f), width, title};
  hint_area_ = {left, title_area_.bottom() + (phone ? 2.0f : 4.0f), width, phone ? 22.0f : 48.0f};

  const float dots = safe.bottom() - (phone ? (roomy ? 51.0f : 30.0f) : 81.0f);
  dots_.layout(m, {center, dots}, width + m.margin);
  const float button = phone ? 60.0f : 136.0f;
  const float side = phone ? 20.0f : 160.0f;
  button_.set_bounds(
      {safe.x + side, dots - (phone ? 64 + m.target / 2 : 215.0f), safe.width - 2 * side, button});
  button_.set_text_size(phone ? 22.0f : 56.0f);
  const float price = phone ? 44.0f : 104.0f;
  const float gap = phone ? 12.0f : 28.0f;
  details_.price = {left, button_.bounds().y - price - gap, width, price};
  const float name = phone ? 32.0f : 80.0f;
  details_.name = {left, details_.price.y - name + (phone ? 2.0f : 6.0f), width, name};
  const float smear = roomy ? (phone ? 184.0f : 480.0f) : (phone ? 110.0f : 300.0f);
  // Its bristles run out to the right: what is painted stands in the middle.
  details_.smear = {center - smear * 0.43f, details_.name.y - smear * 0.345f, smear,
                    smear * 160 / 440};

  const float niche_top = hint_area_.bottom() + (phone ? (roomy ? 18.0f : 6.0f) : 36.0f);
  const float niche_bottom = details_.smear.y - (phone ? (roomy ? 14.0f : 4.0f) : 20.0f);
  const float widest =
      safe.width * (phone ? 0.56f : 0.5f) * NicheShape::kView.height / NicheShape::kView.width;
  const float room = niche_bottom - niche_top;
  const float height = room < widest ? room : widest;
  place_niches({safe.x, niche_top + (room - height) / 2, safe.width, height});
}

void Wall::layout_landscape(float top) {
  const ui::Metrics& m = context_->metrics;
  const Rect safe = m.safe();
  // On a screen hardly wider than high the words still have their room.
  const float wide = safe.width * 0.31f;
  const float column = wide > 590 ? wide : 590;
  const float left = safe.right() - m.margin - column;
  details_.align = gfx::TextAlign::Start;
  details_.unit = 1;
  // As drawn for 1080 units; on fewer the gaps shrink alike, and the smear.
  const float smear = safe.height < kRoomy ? 115.0f : 167.0f;
  const float things = 104 + 6 + 48 + smear + 1 + 84 + 6 + 110 + 136;
  const float gap = clamp((safe.bottom() - top - things) / (60 + 28 + 50 + 138), 0, 1);
  title_area_ = {left, top + 60 * gap, column, 104};
  hint_area_ = {left, title_area_.bottom() + 6, column, 48};
  details_.smear = {left - 14, hint_area_.bottom() + 28 * gap, smear * 460 / 167, smear};
  details_.name = {left, details_.smear.bottom() + 1, column, 84};
  details_.price = {left, details_.name.bottom() + 6, column, 110};
  button_.set_bounds({left, details_.price.bottom() + 50 * gap, column, 136});
  button_.set_text_size(56);
  const float row = left - 60 - safe.x;
  dots_.layout(m, {safe.x + row / 2, safe.bottom() - 74}, row - 2 * m.margin);
  place_niches({safe.x, top + 30, row, safe.bottom() - 150 - top - 30});
  room_ = left - niche_top_.x;
}

Vec2 Wall::niche_stand() const {
  return niche_top_ + NicheShape::kStand * niche_scale_;
}

std::optional<scene::SharedElement> Wall::leave() {
  hero_left_ = true;
  return scene::SharedElement{chosen().product->id, niche_stand(),
                              NicheShape::kProductHeight * niche_scale_};
}

void Wall::open_product() {
  const std::string_view next = context_->scene.string("next");
  if (next.empty()) return;
  record_with_product(interactions::CardSelected{.product_id = chosen().product->id,
                                                 .position = carousel_.index()});
  context_->director.go_to(next);
}

void Wall::follow_input() {
  if (top_bar_.update(*context_)) back();
  if (button_.take_activated()) {
    record_activation(*context_, button_);
    open_product();
  }
  if (const auto dot = dots_.take_activated()) carousel_.show(*dot);
  if (const auto tapped = carousel_.take_tapped()) {
    *tapped == carousel_.index() ? open_product() : carousel_.show(*tapped);
  }
  if (const auto moved = carousel_.take_moved()) {
    context_->recorder.record(interactions::CarouselMoved{.from = rested_, .to = *moved});
    rested_ = *moved;
  }
}

void Wall::update(float dt) {
  screen_.update(dt);
  follow_input();
  shown_for_ += dt;
  const int nearest =
      nearest_int(clamp(carousel_.position(), 0, static_cast<float>(items_.size() - 1)));
  if (nearest != shown_) {
    dots_.select(nearest, false);
    // From the side it comes from.
    context_->sounds.play(audio::Sound::Slide, {1, nearest > shown_ ? 0.25f : -0.25f});
    shown_ = nearest;
    shown_for_ = 0;
  }
  hero_.update(dt);
  figure_.update(dt);
  entered_for_ += dt;
  if (hero_left_) leaving_for_ += dt;
}

void Wall::show_state(std::string_view state) {
  hero_.stop();
  figure_.stop();
  shown_for_ = 1;
  entered_for_ = 10;
  if (state == "middle") carousel_.jump(static_cast<int>(items_.size() / 2));
  if (state == "between") carousel_.drag_to(static_cast<float>(carousel_.index()) + 0.4f);
  shown_ = carousel_.index();
  dots_.select(shown_, true);
}

scene::Backdrop Wall::backdrop() const {
  const ui::SilkRamp ramp = tinted(context_->theme.silk_calm, shown().product->shade);
  return {ramp, ramp, 0, 0.5f};
}

float Wall::item_opacity(float distance) const {
  if (!context_->metrics.landscape()) return 1;
  // None stands behind the words: on a screen hardly wider than high the next one would.
  const float scale = lerp(1, kNeighbourScale, clamp(std::fabs(distance), 0, 1));
  const float edge = distance * pitch_ + NicheShape::kView.width / 2 * scale * niche_scale_;
  const float beside_words = 1 - clamp((edge - room_) / (0.06f * pitch_) + 1, 0, 1);
  return beside_words * (1 - clamp((std::fabs(distance) - 1.05f) / 0.4f, 0, 1));
}

void Wall::draw_item(ui::Painter& painter, size_t index, float distance) {
  const float away = clamp(std::fabs(distance), 0, 1);
  // The one that was chosen comes nearer as it fades.
  const float nearer = 1 + 0.3f * (1 - away) * ui::ease_in_out(ui::progress(leaving_for_, 0, 0.3f));
  const float scale = lerp(1, kNeighbourScale, away) * nearer;
  const float opacity = item_opacity(distance);
  if (opacity <= 0) return;
  const float x = niche_top_.x + distance * pitch_;
  // They rise one after the other, the middle first.
  const float come =
      kNichesRise.staggered(static_cast<size_t>(std::fabs(distance) + 0.5f)).value(entered_for_);
  const float y = niche_top_.y + NicheShape::kShrinkAbout * niche_scale_ * (1 - scale) +
                  kRiseBy * niche_scale_ * (1 - come);
  Transform2D transform = Transform2D::scaling(scale, scale);
  transform.tx = x;
  transform.ty = y;
  painter.canvas.push_transform(transform);
  painter.canvas.push_opacity(opacity);
  const bool middle = static_cast<int>(index) == shown_;
  NicheMoment moment;
  moment.away = away;
  moment.product = !(middle && (hero_.travels() || hero_left_));
  if (middle && away < 0.05f && !context_->reduced_motion) moment.glint = glint_at(shown_for_);
  draw_niche(painter, *items_[index].product, niche_scale_, moment);
  painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

void Wall::draw_shared(ui::Painter& painter) {
  if (hero_left_) return;
  hero_.draw(painter, *chosen().product);
  figure_.draw(painter);
}

void Wall::draw_titles(ui::Painter& painter) {
  gfx::TextStyle title = display_style(title_area_.height * 0.81f, painter.theme.ink);
  title.align = details_.align;
  ui::draw_label(painter, title_, title_area_, title);
  gfx::TextStyle hint;
  hint.size = hint_area_.height * 0.71f;
  hint.align = details_.align;
  hint.color = painter.theme.mute;
  ui::draw_label(painter, hint_, hint_area_, hint);
}

void Wall::draw(ui::Painter& painter) {
  const float position = carousel_.position();
  // From the edges inwards, so that the one in the middle lies over its neighbours.
  for (int ring = 2; ring >= 0; --ring) {
    for (size_t i = 0; i < items_.size(); ++i) {
      const float distance = static_cast<float>(i) - position;
      if (nearest_int(std::fabs(distance)) == ring) {
        draw_item(painter, i, distance);
      }
    }
  }
  draw_titles(painter);
  details_.draw(painter, *shown().product, shown().words, shown_for_, figure_.landed());
  top_bar_.draw(painter);
  button_.draw(painter);
  dots_.draw(painter);
}

void Wall::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  describe_node(tree, ui::Role::Heading, "title", title_, title_area_);
  describe_node(tree, ui::Role::Text, "hint", hint_, hint_area_);
  details_.describe(tree, shown().words);
  screen_.describe(tree);
}

}  // namespace

std::unique_ptr<scene::Scene> make_wall();
std::unique_ptr<scene::Scene> make_wall() {
  return std::make_unique<Wall>();
}

}  // namespace vitrine::scenes
