// SPDX-License-Identifier: MIT
// A row of lit alcoves with one product each. README.md lists parameters, texts and states.
#include <array>
#include <cmath>
#include <vector>

#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/carousel.h"
#include "engine/ui/screen.h"
#include "scenes/props/describe.h"
#include "scenes/props/lipstick.h"
#include "scenes/props/product_card.h"
#include "scenes/props/shade_list.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

using input::Handled;

constexpr size_t kMostProducts = 12;
constexpr std::string_view kDotNames[kMostProducts] = {
    "shade-1", "shade-2", "shade-3", "shade-4",  "shade-5",  "shade-6",
    "shade-7", "shade-8", "shade-9", "shade-10", "shade-11", "shade-12"};

// Of niche.svg: 560 x 900, the product stands on (280, 812), neighbours shrink about height 597.
constexpr Size kNicheView{560, 900};
constexpr Vec2 kNicheStand{280, 812};
constexpr float kShrinkAbout = 597;
constexpr float kNeighbourScale = 0.776f;
constexpr float kProductHeight = 769;  // of the view

struct Item {
  const campaign::Product* product = nullptr;
  std::string number, name, was, now;
};

class Wall final : public scene::Scene {
 public:
  void enter(scene::SceneContext& context,
             const std::optional<scene::SharedElement>& arrived) override;
  void layout() override;
  std::optional<scene::SharedElement> leave() override;
  Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override;
  void draw(ui::Painter& painter) override;
  void draw_shared(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  bool activate(uint32_t id) override {
    return card_.is_open() ? card_.activate(id) : screen_.activate(id);
  }
  bool step(uint32_t id, int direction) override {
    return !card_.is_open() && screen_.step(id, direction);
  }
  bool back() override;
  void release() override {
    screen_.release();
    card_.release();
  }
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;

 private:
  static constexpr std::string_view kStates[] = {"first", "middle", "between", "card"};

  void find_products();
  void read_words();
  void layout_upright(float top);
  void layout_landscape(float top);
  void place_niches(const Rect& area);
  void place_dots(float center_x, float y, float width);
  int index_of(std::string_view product_id) const;
  const Item& chosen() const { return items_[static_cast<size_t>(carousel_.index())]; }
  void follow_input();
  void open_card();
  void close_card();
  void go_back();

  Vec2 niche_stand() const;
  float item_opacity(float distance) const;
  void draw_item(ui::Painter& painter, size_t index, float distance);
  void draw_niche_parts(ui::Painter& painter, Color shade, float lit);
  void draw_details(ui::Painter& painter);
  void draw_price(ui::Painter& painter, const Item& item);
  void draw_name(ui::Painter& painter, const Item& item);

  scene::SceneContext* context_ = nullptr;
  std::vector<Item> items_;
  ui::Screen screen_;
  TopBar top_bar_{TopBar::Back::With};
  ui::Carousel carousel_{"shades"};
  ui::Button button_{"open", ui::ButtonKind::Primary};
  std::array<ui::Swatch, kMostProducts> dots_;
  ProductCard card_;
  std::string title_, hint_, after_;
  int rested_ = 0;
  int shown_ = 0;            // whose details stand below
  float shown_for_ = 1;      // seconds since they changed

  bool hero_travels_ = false;
  bool hero_left_ = false;
  ui::Spring hero_x_{0, {0.45f, 0.85f}}, hero_y_{0, {0.45f, 0.85f}}, hero_height_{0, {0.45f, 0.85f}};

  float unit_ = 1;           // of the details' text
  Rect title_area_, hint_area_;
  gfx::TextAlign title_align_ = gfx::TextAlign::Center;
  float niche_scale_ = 1;    // scene units a unit of niche.svg, in the middle
  Vec2 niche_top_;           // middle of the upper edge of the niche in the middle
  float pitch_ = 500;
  Rect smear_, name_area_, price_area_;
};

void Wall::enter(scene::SceneContext& context, const std::optional<scene::SharedElement>& arrived) {
  context_ = &context;
  find_products();
  screen_.add(carousel_);
  screen_.add(button_);
  for (size_t i = 0; i < items_.size(); ++i) {
    dots_[i] = ui::Swatch(kDotNames[i], items_[i].product->shade);
    screen_.add(dots_[i]);
  }
  top_bar_.add_to(screen_);
  carousel_.set_count(static_cast<int>(items_.size()));
  const std::string_view first = arrived ? arrived->product_id : context.scene.string("first");
  carousel_.jump(index_of(first));
  rested_ = shown_ = carousel_.index();
  dots_[static_cast<size_t>(shown_)].set_selected(true);
  if (!arrived || context.reduced_motion) return;
  hero_travels_ = true;
  hero_x_.jump(arrived->stand.x);
  hero_y_.jump(arrived->stand.y);
  hero_height_.jump(arrived->height);
}

void Wall::find_products() {
  for (const campaign::Value& id : context_->scene.list("products")) {
    const campaign::Product* product = context_->campaign.product(id.string({}));
    if (product && items_.size() < kMostProducts) items_.push_back({product, {}, {}, {}, {}});
  }
  if (!items_.empty()) return;
  for (const campaign::Product& product : context_->campaign.products()) {
    if (items_.size() < kMostProducts) items_.push_back({&product, {}, {}, {}, {}});
  }
  static const campaign::Product kNothing{};
  if (items_.empty()) items_.push_back({&kNothing, {}, {}, {}, {}});
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
  after_ = context_->text("wall.after");
  carousel_.set_label(context_->text("wall.row"));
  button_.set_label(context_->text("wall.button"));
  for (size_t i = 0; i < items_.size(); ++i) {
    Item& item = items_[i];
    item.number = spoken_code(item.product->code);
    item.name = context_->campaign.product_name(*item.product, context_->language);
    item.was = with_prices(context_->text("wall.was"), item.product);
    item.now = with_prices(context_->text("wall.now"), item.product);
    dots_[i].set_label(item.name);
  }
}

void Wall::layout() {
  read_words();
  const float top = top_bar_.layout(*context_, context_->text("wall.back"));
  button_.set_least_target(context_->metrics.target);
  card_.layout(*context_);
  if (context_->metrics.landscape()) {
    layout_landscape(top);
  } else {
    layout_upright(top);
  }
  const Vec2 stand = niche_stand();
  hero_x_.set_target(stand.x);
  hero_y_.set_target(stand.y);
  hero_height_.set_target(kProductHeight * niche_scale_);
}

void Wall::place_niches(const Rect& area) {
  niche_scale_ = area.height / kNicheView.height;
  pitch_ = 524 * niche_scale_;
  niche_top_ = {area.center().x, area.y};
  carousel_.set_bounds(area, pitch_);
}

void Wall::place_dots(float center_x, float y, float width) {
  const ui::Metrics& m = context_->metrics;
  const float count = static_cast<float>(items_.size());
  const float designed = m.phone() ? 45.0f : 110.0f;
  const float most = designed > m.target ? designed : m.target;
  const float pitch = width / count < most ? width / count : most;
  const float radius = m.phone() ? 10.5f : 24.0f;
  const float tall = m.target;
  for (size_t i = 0; i < items_.size(); ++i) {
    const float x = center_x + pitch * (static_cast<float>(i) - (count - 1) / 2);
    dots_[i].set_bounds({x - pitch / 2, y - tall / 2, pitch, tall});
    dots_[i].set_radius(radius);
  }
}

void Wall::layout_upright(float top) {
  const ui::Metrics& m = context_->metrics;
  const bool phone = m.phone();
  const Rect safe = m.safe();
  const bool roomy = phone ? safe.height > 760 : safe.height > 1700;
  unit_ = phone ? 0.4f : 1.0f;
  const float center = safe.center().x;
  const float left = safe.x + m.margin, width = safe.width - 2 * m.margin;
  title_align_ = gfx::TextAlign::Center;
  const float title = phone ? 34.0f : 104.0f;
  title_area_ = {left, top + (phone ? (roomy ? 12.0f : 2.0f) : 44.0f), width, title};
  hint_area_ = {left, title_area_.bottom() + (phone ? 2.0f : 4.0f), width, phone ? 22.0f : 48.0f};

  const float dots = safe.bottom() - (phone ? (roomy ? 51.0f : 30.0f) : 81.0f);
  place_dots(center, dots, width + m.margin);
  const float button = phone ? 60.0f : 136.0f;
  const float side = phone ? 20.0f : 160.0f;
  button_.set_bounds({safe.x + side, dots - (phone ? 64 + m.target / 2 : 215.0f),
                      safe.width - 2 * side, button});
  button_.set_text_size(phone ? 22.0f : 56.0f);
  const float price = phone ? 44.0f : 104.0f;
  price_area_ = {left, button_.bounds().y - price - (phone ? 8.0f : 10.0f), width, price};
  const float name = phone ? 32.0f : 80.0f;
  name_area_ = {left, price_area_.y - name - (phone ? 0.0f : 2.0f), width, name};
  const float smear = roomy ? (phone ? 176.0f : 440.0f) : (phone ? 110.0f : 300.0f);
  smear_ = {center - smear * 0.5f, name_area_.y - smear * 0.365f, smear, smear * 160 / 440};

  const float niche_top = hint_area_.bottom() + (phone ? (roomy ? 18.0f : 6.0f) : 36.0f);
  const float niche_bottom = smear_.y - (phone ? (roomy ? 20.0f : 4.0f) : 36.0f);
  const float widest = safe.width * (phone ? 0.56f : 0.5f) * kNicheView.height / kNicheView.width;
  const float room = niche_bottom - niche_top;
  const float height = room < widest ? room : widest;
  place_niches({safe.x, niche_top + (room - height) / 2, safe.width, height});
}

void Wall::layout_landscape(float top) {
  const ui::Metrics& m = context_->metrics;
  const Rect safe = m.safe();
  unit_ = 1;
  const float column = safe.width * 0.31f;
  const float left = safe.right() - m.margin - column;
  title_align_ = gfx::TextAlign::Start;
  title_area_ = {left, top + 60, column, 104};
  hint_area_ = {left, title_area_.bottom() + 6, column, 48};
  smear_ = {left - 10, 420, 400, 145};
  name_area_ = {left, 576, column, 84};
  price_area_ = {left, 664, column, 110};
  button_.set_bounds({left, 806, column, 136});
  button_.set_text_size(56);
  const float row = left - 60 - safe.x;
  place_dots(safe.x + row / 2, 1006, row - 2 * m.margin);
  place_niches({safe.x, top + 30, row, 930 - top - 30});
}

Vec2 Wall::niche_stand() const {
  return niche_top_ + Vec2{0, kNicheStand.y * niche_scale_};
}

std::optional<scene::SharedElement> Wall::leave() {
  hero_left_ = true;
  return scene::SharedElement{chosen().product->id, niche_stand(), kProductHeight * niche_scale_};
}

Handled Wall::handle(const input::PointerEvent& event) {
  if (card_.is_open()) return card_.handle(event);
  return screen_.handle(event);
}

void Wall::open_card() {
  const Item& item = chosen();
  context_->recorder.record(interactions::CardSelected{.product_id = item.product->id,
                                                       .position = carousel_.index()});
  screen_.release();
  card_.open(*context_, *item.product);
}

void Wall::close_card() {
  const campaign::Product* product = card_.product();
  if (!product) return;
  context_->recorder.record(interactions::CardClosed{
      .product_id = product->id,
      .viewed_ms = static_cast<int64_t>(card_.open_seconds() * 1000)});
  card_.close();
}

void Wall::go_back() {
  const std::string_view to = context_->scene.string("back");
  context_->director.go_to(to.empty() ? std::string_view(context_->campaign.start_scene().id) : to);
}

bool Wall::back() {
  if (card_.is_open()) {
    close_card();
  } else {
    go_back();
  }
  return true;
}

void Wall::follow_input() {
  if (top_bar_.update(*context_)) go_back();
  if (button_.take_activated()) {
    record_activation(*context_, button_);
    open_card();
  }
  for (size_t i = 0; i < items_.size(); ++i) {
    if (dots_[i].take_activated()) carousel_.show(static_cast<int>(i));
  }
  if (const auto tapped = carousel_.take_tapped()) {
    if (*tapped == carousel_.index()) {
      open_card();
    } else {
      carousel_.show(*tapped);
    }
  }
  if (const auto moved = carousel_.take_moved()) {
    context_->recorder.record(interactions::CarouselMoved{.from = rested_, .to = *moved});
    rested_ = *moved;
  }
  if (card_.take_close()) close_card();
}

void Wall::update(float dt) {
  screen_.update(dt);
  card_.update(dt);
  follow_input();
  shown_for_ += dt;
  const int nearest = static_cast<int>(std::lround(
      clamp(carousel_.position(), 0, static_cast<float>(items_.size() - 1))));
  if (nearest != shown_) {
    dots_[static_cast<size_t>(shown_)].set_selected(false);
    dots_[static_cast<size_t>(nearest)].set_selected(true);
    shown_ = nearest;
    shown_for_ = 0;
  }
  if (!hero_travels_) return;
  for (ui::Spring* spring : {&hero_x_, &hero_y_, &hero_height_}) spring->update(dt);
  hero_travels_ = !(hero_x_.at_rest(0.5f) && hero_y_.at_rest(0.5f) && hero_height_.at_rest(0.5f));
}

void Wall::show_state(std::string_view state) {
  hero_travels_ = false;
  shown_for_ = 1;
  dots_[static_cast<size_t>(shown_)].set_selected(false);
  if (state == "middle") carousel_.jump(static_cast<int>(items_.size() / 2));
  if (state == "between") carousel_.drag_to(static_cast<float>(carousel_.index()) + 0.4f);
  if (state == "card") card_.show_open(*context_, *chosen().product);
  shown_ = carousel_.index();
  dots_[static_cast<size_t>(shown_)].set_selected(true);
  for (ui::Swatch& dot : dots_) dot.update(5);
}

scene::Backdrop Wall::backdrop() const {
  // The cloth takes a breath of the shade in the middle.
  const Color shade = items_[static_cast<size_t>(shown_)].product->shade;
  ui::SilkRamp ramp = context_->theme.silk_calm;
  constexpr float kTint[] = {0.06f, 0.06f, 0.025f, 0.01f};  // the lit folds stay nearly white
  for (size_t i = 0; i < ramp.size(); ++i) ramp[i] = lerp(ramp[i], shade, kTint[i]).with_alpha(1);
  return {ramp, ramp, 0, 0.5f};
}

void Wall::draw_niche_parts(ui::Painter& painter, Color shade, float lit) {
  const float width = kNicheView.width * niche_scale_;
  const float height = kNicheView.height * niche_scale_;
  const Vec2 origin{-width / 2, 0};
  painter.canvas.draw_shadow({origin.x, height * 0.12f, width, height * 0.88f}, width * 0.3f,
                             {{0, 30 * niche_scale_}, 60 * niche_scale_, -8 * niche_scale_,
                              painter.theme.brand.with_alpha(0.28f)});
  ui::draw_drawing(painter, {"art/niche.svg", "", width, height, shade}, origin);
  // The drawing is fully lit; neighbours stand in the dusk.
  if (lit >= 1) return;
  const Rect alcove{origin.x + 32 * niche_scale_, 32 * niche_scale_, 496 * niche_scale_,
                    738 * niche_scale_};
  const float arch = 248 * niche_scale_;
  painter.canvas.fill_rect(alcove, {arch, arch, 0, 0},
                           gfx::Paint::solid(shade.with_alpha(0.28f * (1 - lit))));
}

float Wall::item_opacity(float distance) const {
  if (!context_->metrics.landscape()) return 1;
  return 1 - clamp((std::fabs(distance) - 1.05f) / 0.4f, 0, 1);
}

void Wall::draw_item(ui::Painter& painter, size_t index, float distance) {
  const float away = clamp(std::fabs(distance), 0, 1);
  const float scale = lerp(1, kNeighbourScale, away);
  const float opacity = item_opacity(distance);
  if (opacity <= 0) return;
  const float x = niche_top_.x + distance * pitch_;
  const float y = niche_top_.y + kShrinkAbout * niche_scale_ * (1 - scale);
  Transform2D transform = Transform2D::scaling(scale, scale);
  transform.tx = x;
  transform.ty = y;
  painter.canvas.push_transform(transform);
  painter.canvas.push_opacity(opacity);
  const campaign::Product& product = *items_[index].product;
  draw_niche_parts(painter, product.shade, 1 - away);
  const bool travelling = (hero_travels_ || hero_left_) && static_cast<int>(index) == shown_;
  if (!travelling) {
    LipstickPose pose;
    pose.stand = kNicheStand * niche_scale_ - Vec2{280 * niche_scale_, 0};
    pose.height = kProductHeight * niche_scale_;
    pose.twist = ui::ease_in_out(away);
    pose.shade = product.shade;
    draw_lipstick(painter, product.art_path("drawing"), pose, pose.height);
  }
  painter.canvas.pop_opacity();
  painter.canvas.pop_transform();
}

void Wall::draw_shared(ui::Painter& painter) {
  if (!hero_travels_ || hero_left_) return;
  const campaign::Product& product = *chosen().product;
  LipstickPose pose;
  pose.stand = {hero_x_.value(), hero_y_.value()};
  pose.height = hero_height_.value();
  pose.shade = product.shade;
  draw_lipstick(painter, product.art_path("drawing"), pose, hero_height_.target());
}

void Wall::draw_name(ui::Painter& painter, const Item& item) {
  gfx::TextStyle number;
  number.family = FontFamily::Display;
  number.weight = FontWeight::Bold;
  number.size = 44 * unit_;
  number.color = painter.theme.accent_text;
  gfx::TextStyle name = number;
  name.size = 64 * unit_;
  name.color = painter.theme.ink;
  const float gap = 20 * unit_;
  const float number_width = painter.canvas.measure_text(item.number, 0, number).width;
  name = ui::fitted(painter.canvas, item.name, name_area_.width - number_width - gap, name);
  const float name_width = painter.canvas.measure_text(item.name, 0, name).width;
  float x = name_area_.x;
  if (title_align_ == gfx::TextAlign::Center) {
    x = name_area_.center().x - (number_width + gap + name_width) / 2;
  }
  const float middle = name_area_.center().y;
  // Both stand on one line.
  painter.canvas.draw_text(
      item.number, {x, middle - number.size * 0.65f + (name.size - number.size) * 0.3f}, 0, number);
  painter.canvas.draw_text(item.name, {x + number_width + gap, middle - name.size * 0.65f}, 0, name);
}

void Wall::draw_price(ui::Painter& painter, const Item& item) {
  gfx::TextStyle small;
  small.size = 34 * unit_;
  small.color = painter.theme.mute;
  gfx::TextStyle now;
  now.family = FontFamily::Display;
  now.weight = FontWeight::Bold;
  now.size = 84 * unit_;
  now.color = painter.theme.accent;
  const float gap = 24 * unit_;
  const float was_width = painter.canvas.measure_text(item.was, 0, small).width;
  const float after_width = painter.canvas.measure_text(after_, 0, small).width;
  const float now_width = painter.canvas.measure_text(item.now, 0, now).width;
  float x = price_area_.x;
  if (title_align_ == gfx::TextAlign::Center) {
    x = price_area_.center().x - (was_width + after_width + now_width + 2 * gap) / 2;
  }
  const float middle = price_area_.center().y;
  const float small_y = middle - small.size * 0.65f + (now.size - small.size) * 0.22f;
  painter.canvas.draw_text(item.was, {x, small_y}, 0, small);
  const float strike_y = small_y + small.size * 0.68f;
  painter.canvas.draw_line({x - 4 * unit_, strike_y}, {x + was_width + 4 * unit_, strike_y},
                           4 * unit_, painter.theme.accent_text);
  x += was_width + gap;
  painter.canvas.draw_text(after_, {x, small_y}, 0, small);
  x += after_width + gap;
  painter.canvas.draw_text(item.now, {x, middle - now.size * 0.65f}, 0, now);
}

void Wall::draw_details(ui::Painter& painter) {
  const Item& item = items_[static_cast<size_t>(shown_)];
  const float drawn = ui::ease_out(ui::progress(shown_for_, 0, 0.35f));
  const gfx::ImageHandle smear = painter.images.drawing(
      {item.product->art_path("smear"), "", smear_.width, smear_.height, item.product->shade});
  const gfx::DrawingInfo info = painter.images.info(smear);
  if (info.ready && drawn > 0) {
    const Rect whole = info.bounds.moved({smear_.x, smear_.y});
    painter.canvas.draw_image_part(smear, {0, 0, drawn, 1},
                                   {whole.x, whole.y, whole.width * drawn, whole.height});
  }
  const float come = ui::ease_out(ui::progress(shown_for_, 0, 0.25f));
  painter.canvas.push_opacity(come);
  draw_name(painter, item);
  painter.canvas.pop_opacity();
  draw_price(painter, item);
}

void Wall::draw(ui::Painter& painter) {
  const float position = carousel_.position();
  // From the edges inwards, so that the one in the middle lies over its neighbours.
  for (int ring = 2; ring >= 0; --ring) {
    for (size_t i = 0; i < items_.size(); ++i) {
      const float distance = static_cast<float>(i) - position;
      if (static_cast<int>(std::lround(std::fabs(distance))) == ring) {
        draw_item(painter, i, distance);
      }
    }
  }
  gfx::TextStyle title;
  title.family = FontFamily::Display;
  title.weight = FontWeight::Bold;
  title.size = title_area_.height * 0.81f;
  title.align = title_align_;
  title.color = painter.theme.ink;
  ui::draw_label(painter, title_, title_area_, title);
  gfx::TextStyle hint;
  hint.size = hint_area_.height * 0.71f;
  hint.align = title_align_;
  hint.color = painter.theme.mute;
  ui::draw_label(painter, hint_, hint_area_, hint);
  draw_details(painter);
  top_bar_.draw(painter);
  button_.draw(painter);
  for (size_t i = 0; i < items_.size(); ++i) dots_[i].draw(painter);
  card_.draw(painter);
}

void Wall::describe(ui::SemanticTree& tree) const {
  if (card_.is_open()) return card_.describe(tree);
  const Item& item = items_[static_cast<size_t>(shown_)];
  top_bar_.describe(tree);
  describe_text(tree, ui::Role::Heading, "title", title_, title_area_);
  describe_text(tree, ui::Role::Text, "hint", hint_, hint_area_);
  describe_text(tree, ui::Role::Text, "product", item.name, name_area_);
  describe_text(tree, ui::Role::Text, "was", item.was, price_area_);
  describe_text(tree, ui::Role::Text, "after", after_, price_area_);
  describe_text(tree, ui::Role::Text, "now", item.now, price_area_);
  screen_.describe(tree);
}

}  // namespace

std::unique_ptr<scene::Scene> make_wall();
std::unique_ptr<scene::Scene> make_wall() { return std::make_unique<Wall>(); }

}  // namespace vitrine::scenes
