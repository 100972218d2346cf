// SPDX-License-Identifier: MIT
// The moment after a choice: the lipstick crouches, shoots up among rays and confetti, and comes to
// rest on a card with its number. README.md lists parameters, texts and states.
#include <algorithm>
#include <optional>
#include <utility>

#include "engine/scene/scene.h"
#include "engine/ui/describe.h"
#include "engine/ui/flash_limiter.h"
#include "engine/ui/timeline.h"
#include "scenes/props/choice_card.h"
#include "scenes/props/confetti.h"
#include "scenes/props/headline.h"
#include "scenes/props/lipstick.h"
#include "scenes/props/rays.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/scrim.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/traveller.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kBurstAt = 0.6f;
constexpr float kFlash = 0.2f, kFlashFor = 0.08f;
constexpr float kEnd = 4.5f;
// What moves, seconds after the scene was entered.
enum : size_t { kCrouch, kRelease, kRaysGrow, kTitle, kLine, kSettle, kCardRises, kDone, kAgain };
constexpr ui::Track kTracks[] = {
    {0.15f, 0.45f, ui::ease_in_out},                // crouch: twisted in
    {kBurstAt, 0, nullptr, 0, 1, {0.34f, 0.6f}},    // release: twisted out
    {kBurstAt, 0.4f, ui::ease_out},                 // the rays grow
    {kBurstAt + 0.1f, 0.5f, ui::ease_emphasised},   // the words
    {kBurstAt + 0.25f, 0.4f, ui::ease_emphasised},  // what to do
    {1.3f, 0.5f, ui::ease_in_out},                  // out of the card's way, rays dim
    {1.6f, 0, nullptr, 0, 1, {0.5f, 0.75f}},        // the card rises
    {2.0f, 0.4f, ui::ease_emphasised},              // the buttons
    {2.04f, 0.4f, ui::ease_emphasised},
};
// Height over width of the lipstick: it crouches, stretches as it shoots up, and swings out.
constexpr ui::Key kSquash[] = {{0.15f, 1},     {0.55f, 0.93f}, {0.66f, 1.12f, ui::ease_out},
                               {0.86f, 0.97f}, {1.05f, 1.01f}, {1.2f, 1}};

struct Place {
  Vec2 stand;
  float height = 0;
};

class Thanks final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context,
             const std::optional<scene::SharedElement>& arrived) override;
  void layout() override;
  bool animates_entrance() const override { return !context_->reduced_motion; }
  std::optional<scene::SharedElement> leave() override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override {
    const ui::SilkRamp& deep = context_->theme.silk_deep;
    return {deep, deep, 0, 0.5f};
  }
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;
  bool at_rest() const override { return timeline_.at_rest(); }

 private:
  static constexpr std::string_view kStates[] = {"rest", "crouch", "burst", "settle"};

  void layout_upright(float top);
  void layout_landscape(float top);
  void place_buttons(const Rect& row);
  void burst();
  void start(float at);
  Vec2 middle() const;
  void draw_light(ui::Painter& painter);
  void draw_lipstick_now(ui::Painter& painter);
  void draw_words(ui::Painter& painter);
  void draw_rising(ui::Painter& painter, ui::Button& button, size_t track);

  const campaign::Product* product_ = nullptr;
  ui::Timeline timeline_{kTracks};
  ui::FlashLimiter flashes_;
  bool flashing_ = false;
  float clock_ = 0;  // never ends: rays turn, the bullet breathes
  bool begun_ = false;
  bool left_ = false;
  TopBar top_bar_{TopBar::Back::With};
  ui::Button done_{"done", ui::ButtonKind::Cream};
  ui::Button again_{"again", ui::ButtonKind::Ghost};
  ChoiceCard card_;
  Rays rays_;
  std::optional<Confetti> confetti_;
  Traveller traveller_;
  Place high_, low_;  // while celebrating, and on the card
  std::string title_, line_;
  Rect title_area_, line_area_;
  gfx::TextAlign align_ = gfx::TextAlign::Center;
  float unit_ = 1;
};

void Thanks::enter(scene::SceneContext& context,
                   const std::optional<scene::SharedElement>& arrived) {
  context_ = &context;
  const campaign::Campaign& campaign = context.campaign;
  product_ = campaign.product(arrived ? arrived->product_id : context.scene.string("product"));
  if (!product_) product_ = products_of(context).front();
  unit_ = context.metrics.phone() ? 0.4f : 1.0f;
  confetti_.emplace(unit_, context.random.next());
  screen_.add(done_);
  screen_.add(again_);
  top_bar_.add_to(screen_);
  top_bar_.set_on_dark(true);
  if (arrived && !context.reduced_motion) traveller_.start(*arrived);
  timeline_.start(context.reduced_motion);
}

void Thanks::layout() {
  const ui::Metrics& m = context_->metrics;
  unit_ = m.phone() ? 0.4f : 1.0f;
  flashes_.set_reduced_motion(context_->reduced_motion);
  title_ = context_->text("thanks.title");
  line_ = with_prices(context_->text("thanks.how"), product_);
  done_.set_label(context_->text("thanks.done"));
  again_.set_ground(ui::Ground::Deep);
  again_.set_label(context_->text("thanks.again"));
  card_.set(*context_, *product_);
  const float top = top_bar_.layout(*context_, context_->text("thanks.back"));
  m.landscape() ? layout_landscape(top) : layout_upright(top);
  traveller_.set_place(high_.stand, high_.height);
  const float diagonal = m.size.width + m.size.height;
  rays_.layout(diagonal * 0.62f);
}

// The second choice at the left, the first at the right. The second takes up to half of the row
// where its words need more than its share.
void Thanks::place_buttons(const Rect& row) {
  const bool phone = context_->metrics.phone();
  const float gap = phone ? 12.0f : 28.0f;
  gfx::TextStyle words;
  words.weight = FontWeight::Bold;
  words.size = phone ? 17.0f : 40.0f;
  const float written =
      context_->canvas.measure_text(context_->text("thanks.again"), 0, words).width;
  const float shared = row.width - gap;
  const float second = clamp(written + 0.6f * row.height, 0.42f * shared, 0.5f * shared);
  again_.set_bounds({row.x, row.y, second, row.height});
  done_.set_bounds({row.x + second + gap, row.y, row.width - second - gap, row.height});
  again_.set_text_size(words.size);
  done_.set_text_size(phone ? 22.0f : 56.0f);
  for (ui::Button* button : {&again_, &done_}) {
    button->set_least_target(context_->metrics.target);
  }
}

void Thanks::layout_upright(float top) {
  const ui::Metrics& m = context_->metrics;
  const Rect safe = m.safe();
  const bool phone = m.phone(), roomy = safe.height > (phone ? 760 : 1700);
  const float u = unit_, left = safe.x + m.margin, width = safe.width - 2 * m.margin;
  align_ = gfx::TextAlign::Center;
  title_area_ = {left, top + (roomy ? 64 : 12) * u, width, (phone ? 150.0f : 180.0f) * u};
  line_area_ = {left, title_area_.bottom() + 8 * u, width, 62 * u};
  const float button = phone ? 60.0f : 136.0f;
  const float foot = safe.bottom() - (phone ? (roomy ? 34.0f : 16.0f) : (roomy ? 96.0f : 54.0f));
  place_buttons({left, foot - button, width, button});
  const float card_high = (roomy ? 440 : 400) * u, side = phone ? 0.0f : 46.0f;
  const float card_top = foot - button - (phone ? (roomy ? 32 : 16) : 64) - card_high;
  card_.layout({left + side, card_top, width - 2 * side, card_high});
  // What is drawn of a lipstick ends 140 of its 920 units below the top.
  const float room = (card_top - line_area_.bottom() - 24 * u) * 920 / (880 - 140);
  low_ = {{safe.center().x, card_top + 14 * u}, std::min(room, 900 * u)};
  const float high = (safe.bottom() - line_area_.bottom()) * 0.97f;
  high_ = {{safe.center().x, safe.bottom() - high * 0.16f}, std::min(high, 1290 * u)};
}

// As drawn for 1080 units; on fewer the gaps shrink alike.
void Thanks::layout_landscape(float top) {
  const Rect safe = context_->metrics.safe();
  const bool roomy = safe.height > 960;
  const float title = roomy ? 170.0f : 140.0f, card = roomy ? 360.0f : 300.0f;
  const float button = roomy ? 136.0f : 120.0f;
  const float gap =
      clamp((safe.bottom() - top - title - 62 - card - button) / (48 + 6 + 38 + 44 + 74), 0, 1);
  const float left = safe.x + 97, width = std::min(safe.width * 0.45f - 97, 800.0f);
  align_ = gfx::TextAlign::Start;
  // On a short screen the title may reach as far as the lipstick.
  const float title_width = safe.width < 1.6f * safe.height ? safe.width * 0.62f - 97 : width;
  title_area_ = {left, top + 48 * gap, title_width, title};
  line_area_ = {left, title_area_.bottom() + 6 * gap, width, 62};
  card_.layout({left, line_area_.bottom() + 38 * gap, width, card});
  place_buttons({left, card_.bounds().bottom() + 44 * gap, width, button});
  const float k = context_->metrics.size.height / 1080;
  low_ = {{safe.x + safe.width * 0.74f, 960 * k}, 960 * k};
  high_ = {low_.stand + Vec2{0, 20 * k}, 1040 * k};
}

std::optional<scene::SharedElement> Thanks::leave() {
  left_ = true;
  const float down = timeline_.value(kSettle);
  return scene::SharedElement{product_->id, lerp(high_.stand, low_.stand, down),
                              lerp(high_.height, low_.height, down)};
}

Vec2 Thanks::middle() const {
  return high_.stand - Vec2{0, 0.5f * high_.height};
}

void Thanks::burst() {
  confetti_->burst(middle());
  flashing_ = flashes_.allow(1, kFlash);
}

void Thanks::update(float dt) {
  if (!std::exchange(begun_, true)) {
    record_with_product(interactions::ChoiceShown{.product_id = product_->id});
    if (context_->reduced_motion) confetti_->appear(context_->metrics.safe());
  }
  clock_ += dt;
  timeline_.update(dt);
  flashes_.update(dt);
  if (timeline_.passed(kBurstAt)) burst();
  confetti_->update(dt);
  traveller_.update(dt);
  screen_.update(dt);
  if (top_bar_.update(*context_)) back();
  if (again_.take_activated()) {
    record_activation(*context_, again_);
    back();
  }
  if (done_.take_activated()) {
    record_activation(*context_, done_);
    context_->director.end_session();
  }
}

// As it is `at` seconds after it was entered.
void Thanks::start(float at) {
  traveller_.stop();
  timeline_.start();
  timeline_.update(at);
  clock_ = at;
  begun_ = true;  // a picture of it is no choice
  if (at <= kBurstAt) return;
  confetti_->burst(middle());
  confetti_->update(at - kBurstAt);
}

void Thanks::show_state(std::string_view state) {
  if (state == "crouch") return start(0.55f);
  if (state == "burst") return start(1.15f);
  if (state == "settle") return start(1.85f);
  start(kEnd + 1);
}

void Thanks::draw_light(ui::Painter& painter) {
  const float settled = timeline_.value(kSettle);
  const float height = lerp(high_.height, low_.height, settled);
  const Vec2 at = lerp(high_.stand, low_.stand, settled) - Vec2{0, 0.5f * height};
  const ui::Theme& theme = painter.theme;
  const float grown = timeline_.value(kRaysGrow);
  // It falls with the lipstick, and dims: on low screens the words stand close above.
  const float bright = grown * lerp(1, 0.42f, settled);
  painter.canvas.draw_glow(at, 0.95f * height, theme.silk_deep[3].with_alpha(0.6f * bright));
  painter.canvas.draw_glow(at, 0.5f * height, theme.line_light.with_alpha(0.75f * bright));
  if (context_->reduced_motion) return;
  rays_.draw(painter, at, grown, clock_ * 0.05f,
             theme.on_dark.with_alpha(0.34f * lerp(1, 0.45f, settled)));
}

void Thanks::draw_lipstick_now(ui::Painter& painter) {
  if (left_) return;
  const float settled = timeline_.value(kSettle);
  LipstickPose pose;
  pose.stand = lerp(high_.stand, low_.stand, settled);
  pose.height = lerp(high_.height, low_.height, settled);
  traveller_.apply(pose);
  const float crouched = timeline_.value(kCrouch);
  pose.twist = clamp(crouched * (1 - timeline_.value(kRelease)), -0.05f, 1);
  if (settled >= 1) pose.twist = 0.02f + 0.02f * sine(clock_ * 2 * 3.14159265f / 3);
  pose.squash = context_->reduced_motion ? 1 : ui::value_at(kSquash, timeline_.time());
  pose.shade = product_->shade;
  pose.glint = settled >= 1 && !context_->reduced_motion ? glint_at(clock_) : 0;
  draw_lipstick(painter, product_->art_path("drawing"), pose,
                traveller_.drawn_height(painter, *product_, high_.height));
}

void Thanks::draw_words(ui::Painter& painter) {
  const float come = timeline_.value(kTitle);
  gfx::TextStyle title = display_style(title_area_.height * 0.88f, painter.theme.on_dark);
  title.align = align_;
  title.line_height = 1.12f;
  const float grown = lerp(1.25f, 1, come);
  const Vec2 about = align_ == gfx::TextAlign::Center ? title_area_.center()
                                                      : Vec2{title_area_.x, title_area_.center().y};
  const float shift = align_ == gfx::TextAlign::Center ? hanging_mark(title_) * title.size : 0;
  painter.canvas.push_opacity(come);
  painter.canvas.push_transform(
      {grown, 0, 0, grown, about.x * (1 - grown) + shift, about.y * (1 - grown)});
  ui::draw_label(painter, title_, title_area_, title, 0.5f);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
  gfx::TextStyle line;
  line.size = line_area_.height * 0.7f;
  line.align = align_;
  line.color = painter.theme.on_dark;
  const float follow = timeline_.value(kLine);
  painter.canvas.push_opacity(follow);
  ui::draw_label(painter, line_, line_area_.moved({0, painter.metrics.grid * 3 * (1 - follow)}),
                 line, 0.6f);
  painter.canvas.pop_opacity();
}

void Thanks::draw_rising(ui::Painter& painter, ui::Button& button, size_t track) {
  const float come = timeline_.value(track);
  painter.canvas.push_opacity(come);
  painter.canvas.push_transform(
      Transform2D::translation({0, painter.metrics.grid * 4 * (1 - come)}));
  button.draw(painter);
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

void Thanks::draw(ui::Painter& painter) {
  const Size size = painter.metrics.size;
  painter.canvas.push_opacity(timeline_.opacity());
  const float dusk = timeline_.value(kCrouch) * (1 - clamp(timeline_.value(kRelease), 0, 1));
  const Rect everywhere = to_screen_edges({0, 0, size.width, size.height}, painter.metrics);
  painter.canvas.fill_rect(
      everywhere, {}, gfx::Paint::solid(painter.theme.brand_deep.with_alpha(0.4f * dusk + 0.3f)));
  draw_light(painter);
  // Words stay legible over every fold.
  const Rect upper = to_screen_edges({0, 0, size.width, size.height * 0.42f}, painter.metrics);
  painter.canvas.fill_rect(upper, {},
                           gfx::Paint::vertical(painter.theme.brand_deep.with_alpha(0.6f),
                                                painter.theme.brand_deep.with_alpha(0)));
  confetti_->draw(painter);  // behind the product, and behind what staff are shown
  if (const float risen = timeline_.value(kCardRises); risen > 0) {
    const float below = (1 - risen) * (size.height - card_.bounds().y + 60 * unit_);
    painter.canvas.push_transform(Transform2D::translation({0, below}));
    card_.draw(painter);
    painter.canvas.pop_transform();
  }
  draw_lipstick_now(painter);
  draw_words(painter);
  draw_rising(painter, again_, kAgain);
  draw_rising(painter, done_, kDone);
  top_bar_.draw(painter);
  const float flash = 1 - ui::progress(timeline_.time(), kBurstAt, kFlashFor);
  if (flashing_ && flash > 0) {
    painter.canvas.fill_rect(everywhere, {}, gfx::Paint::solid({1, 1, 1, kFlash * flash}));
  }
  painter.canvas.pop_opacity();
}

void Thanks::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  describe_node(tree, ui::Role::Heading, "title", title_, title_area_);
  describe_node(tree, ui::Role::Text, "how", line_, line_area_);
  card_.describe(tree);
  screen_.describe(tree);
}

}  // namespace

std::unique_ptr<scene::Scene> make_thanks();
std::unique_ptr<scene::Scene> make_thanks() {
  return std::make_unique<Thanks>();
}

}  // namespace vitrine::scenes
