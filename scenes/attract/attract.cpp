// SPDX-License-Identifier: MIT
// Calls passers-by in three beats: a question that a lipstick answers by writing the price, the
// shades, the products on a podium. README.md lists parameters, texts and states.
#include <algorithm>
#include <array>

#include "engine/input/tap.h"
#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "scenes/props/beats.h"
#include "scenes/props/hand.h"
#include "scenes/props/night_window.h"
#include "scenes/props/podium.h"
#include "scenes/props/price_hero.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/scrim.h"
#include "scenes/props/shade_list.h"
#include "scenes/props/steps.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

using input::Handled;
using ui::ease_in_out;
using ui::ease_out;
using ui::progress;

// When things happen in one round, seconds.
constexpr float kHeroAt = 0.4f;
constexpr float kWipeFor = 0.7f;
constexpr float kRestTime = 5.0f;        // what somebody sees who comes at any moment
constexpr float kQuestionTime = 1.855f;  // the last stroke is half written
constexpr float kStillClock = 1.2f;

class Attract final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) override;
  void layout() override;
  std::optional<scene::SharedElement> leave() override;
  Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override;
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  bool back() override { return false; }  // there is nothing before it
  void release() override {
    ScreenScene::release();
    anywhere_.reset();
  }
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;

 private:
  static constexpr std::string_view kStates[] = {"rest", "question", "shades", "podium", "night"};

  Beat beat() const { return beat_at(time_); }
  bool is_night() const { return night_.shown() > 0.5f; }
  scene::Backdrop day() const;
  void read_words();
  void layout_upright(float top);
  void layout_landscape(float top);
  void layout_hero(const Rect& area);
  void fit_small_print(float width);
  void show_beat();
  void describe_button();
  void start();
  void draw_day(ui::Painter& painter);
  PriceHero::Moment hero_moment() const;
  void draw_hero(ui::Painter& painter);
  void draw_small_print(ui::Painter& painter);

  const campaign::Product* product_ = nullptr;
  float time_ = kRestTime;
  float clock_ = 0;    // never wraps: breathing, swaying, tapping, glinting
  bool left_ = false;  // product and figure have travelled on
  TopBar top_bar_{TopBar::Back::Without};
  ui::Button button_{"start", ui::ButtonKind::Primary};
  input::Tap anywhere_;
  PriceHero hero_;
  ShadeList shades_;
  Podium podium_;
  NightWindow night_;
  Steps steps_;
  BeatHeadlines headlines_;
  std::string small_print_;
  std::array<std::string, 2> button_words_;
  Beat button_beat_ = Beat::Promise;
  Vec2 small_print_at_;
  float small_print_size_ = 28;
  float reserved_for_hand_ = 0;  // at the button's end
  Vec2 hand_tip_;
  float hand_scale_ = 1;
};

void Attract::enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) {
  context_ = &context;
  product_ = context.campaign.product_of(context.scene);
  screen_.add(button_);
  top_bar_.add_to(screen_);
}

void Attract::read_words() {
  const auto words = [&](std::string_view key) {
    return with_prices(context_->text(key), product_);
  };
  headlines_.read_words(*context_, product_);
  steps_.set(0, words("attract.step_1"));
  steps_.set(1, words("attract.step_2"));
  steps_.set(2, words("attract.step_3"));
  const bool phone = context_->metrics.phone();
  // Fewer words rather than tiny ones.
  const bool brief = phone || context_->metrics.size.height < 1080;
  small_print_ = words(brief ? "attract.small_print_phone" : "attract.small_print");
  button_words_ = {words(phone ? "attract.button_phone" : "attract.button"),
                   words("attract.button_shades")};
}

// What the button says and how it looks follows the beat; it never moves.
void Attract::show_beat() {
  button_beat_ = beat();
  const bool deep = button_beat_ == Beat::Podium;
  button_.set_label(button_words_[button_beat_ == Beat::Shades ? 1 : 0]);
  button_.set_kind(deep ? ui::ButtonKind::Cream : ui::ButtonKind::Primary);
  button_.set_reserved_right(deep ? 0 : reserved_for_hand_);
  top_bar_.set_on_dark(deep || is_night());
  headlines_.prepare(context_->canvas, beat());
  button_.prepare(context_->canvas);
}

void Attract::layout() {
  // On a button shorter than designed, as with larger text, words make way for the hand on its end.
  const ui::Metrics& m = context_->metrics;
  const bool is_short = m.safe().width < (m.phone() ? 390.0f : 1080.0f);
  reserved_for_hand_ = m.landscape() ? 104 : is_short ? (m.phone() ? 36.0f : 64.0f) : 0;
  read_words();
  const float top = top_bar_.layout(*context_, {});
  night_.layout(*context_, top, product_);
  button_.set_least_target(context_->metrics.target);
  // On a screen that stands the pen is far below the controls.
  hero_.keep_left_of(m.landscape() ? top_bar_.corner() : Vec2{1e6f, 0});
  m.landscape() ? layout_landscape(top) : layout_upright(top);
  show_beat();
}

void Attract::layout_upright(float top) {
  const ui::Metrics& m = context_->metrics;
  const bool phone = m.phone();
  const Rect safe = m.safe();
  const float bottom = safe.bottom();
  const float size = phone ? 40.0f : 112.0f;
  const Vec2 head{safe.x + m.margin, top + (phone ? (m.size.height > 760 ? 24.0f : 12.0f) : 70.0f)};
  const float line = safe.width - 2 * m.margin;
  headlines_.layout(head, line, size, phone ? 44.0f : 128.0f);
  const float head_bottom = head.y + 2 * size * headlines_.line_height();

  small_print_size_ = phone ? 13.0f : 28.0f;
  const float print_bottom = bottom - (phone ? (m.size.height > 760 ? 38.0f : 14.0f) : 44.0f);
  small_print_at_ = {head.x, print_bottom - small_print_size_ * 1.3f};
  const bool with_steps = !phone && safe.height > 1300;
  const float steps_top = print_bottom - (with_steps ? 124.0f : 0.0f);
  steps_.layout({head.x, steps_top + 10, line - 240, with_steps ? 52.0f : 0.0f},
                {head.x, steps_top - 6, line, 78});
  const float button_bottom =
      with_steps ? bottom - 198 : small_print_at_.y - (phone ? 20.0f : 40.0f);
  const float side = phone ? 20.0f : clamp((safe.width - 800) / 2, 96, 140);
  const float high = phone ? 60.0f : 152.0f;
  const Rect button{safe.x + side, button_bottom - high, safe.width - 2 * side, high};
  button_.set_bounds(button);
  button_.set_text_size(phone ? 22.0f : 56.0f);
  hand_tip_ = phone ? Vec2{button.right() - 39, button.center().y - 13}
                    : Vec2{button.right() - 65, button.center().y};
  hand_scale_ = phone ? 0.36f : 1.0f;
  fit_small_print(hand_tip_.x - head.x - 30 * hand_scale_);

  const float hero_top = head_bottom - (phone ? -2.0f : 46.0f);
  const float hero_bottom = button.y - (phone ? 14.0f : 70.0f);
  const Rect area{safe.x, hero_top, safe.width, hero_bottom - hero_top};
  layout_hero(area);
  // The smears keep clear of the words above them.
  const float down = phone ? 8.0f : 70.0f;
  const Rect below{area.x, area.y + down, area.width, area.height - down};
  shades_.layout(*context_, below);
  podium_.layout(*context_, area, product_);
}

void Attract::layout_hero(const Rect& area) {
  hero_.layout(context_->canvas, context_->theme, context_->metrics, area, product_,
               context_->text("attract.currency"));
}

void Attract::fit_small_print(float width) {
  gfx::TextStyle style;
  style.size = small_print_size_;
  style.size = small_print_size_ =
      ui::fitted(context_->canvas, small_print_, width, style, 0.6f).size;
  context_->canvas.prepare_text(small_print_, style);
}

// As drawn for 1080 units; on fewer the gaps shrink alike, and what lies at the right as a whole.
void Attract::layout_landscape(float top) {
  const ui::Metrics& m = context_->metrics;
  const Rect safe = m.safe();
  constexpr float kHead = 255, kSteps = 80, kButton = 144, kPrint = 36;
  constexpr float kThings = kHead + kSteps + kButton + kPrint, kGaps = 94 + 37 + 82 + 166 + 44;
  const float gap = clamp((safe.bottom() - top - kThings) / kGaps, 0, 1);
  const float left = safe.x + 97;
  const float column = safe.width * 0.45f - 97;
  const Vec2 head{left, top + 94 * gap};
  headlines_.layout(head, column, 112, 112);
  const float steps = head.y + kHead + 37 * gap;
  steps_.layout({left, steps + 14, column, 52}, {left, steps, column, kSteps});
  const float width = column < 640 ? column : 640;
  const Rect button{left, steps + kSteps + 82 * gap, width, kButton};
  button_.set_bounds(button);
  button_.set_text_size(64);
  hand_tip_ = {button.right() - 86, button.center().y + 3};
  hand_scale_ = 0.85f;
  // Beside the hand where it cannot stand below it.
  const float print = gap < 1 ? hand_tip_.x - left - 40 : column;
  small_print_size_ = 28;
  fit_small_print(print);
  small_print_at_ = {left, button.bottom() + 166 * gap};
  const Rect area{safe.x + safe.width * 0.45f, 0, safe.width * 0.55f, m.size.height};
  const float k = m.size.height / 1080;
  layout_hero(area);
  const float shades_top = std::max(130 * k, top - 12);  // no words behind the bar's controls
  shades_.layout(*context_, {area.x + 40, shades_top, area.width - 80, 1030 * k - shades_top});
  podium_.layout(*context_, {area.x, 60 * k, area.width, 960 * k}, product_);
}

std::optional<scene::SharedElement> Attract::leave() {
  if (!product_ || (beat() == Beat::Shades && !is_night())) return std::nullopt;
  left_ = true;
  if (is_night()) return scene::SharedElement{product_->id, night_.stand(), night_.height()};
  if (beat() == Beat::Podium) {
    const LipstickPose pose = podium_.middle(time_ - kPodiumAt);
    return scene::SharedElement{product_->id, pose.stand, pose.height, pose.turn,
                                clamp(pose.twist, 0, 1)};
  }
  scene::SharedElement hero{product_->id, hero_.stand(), hero_.lipstick_height()};
  const bool written = hero_moment().written() >= 1 && time_ < kHeroGoesAt;
  if (written && !hero_.painting().empty()) {
    hero.figure = hero_.figure();
    hero.figure_drawing = hero_.painting();
  }
  return hero;
}

void Attract::start() {
  const std::string_view next = context_->scene.string("next");
  if (!next.empty()) context_->director.go_to(next);
}

Handled Attract::handle(const input::PointerEvent& event) {
  if (ScreenScene::handle(event) == Handled::Yes) return Handled::Yes;
  // Whoever touches the picture means the button.
  const Rect everywhere{0, 0, context_->metrics.size.width, context_->metrics.size.height};
  const input::Tap::Result result = anywhere_.handle(event, everywhere);
  if (result == input::Tap::Result::Activated) {
    scene::record_activation(*context_, button_.name(), scene::Entry::Pointer);
    start();
  }
  return result == input::Tap::Result::Ignored ? Handled::No : Handled::Yes;
}

void Attract::update(float dt) {
  if (!context_->reduced_motion) {
    clock_ += dt;
    time_ = wrapped(time_ + dt, kRound);
  }
  screen_.update(dt);
  top_bar_.update(*context_);
  if (button_.take_activated()) {
    scene::record_activation(*context_, button_);
    start();
  }
  button_.set_busy(context_->director.is_going());
  const bool was_night = is_night();
  night_.update(*context_, dt);
  if (beat() != button_beat_ || is_night() != was_night) show_beat();
  describe_button();
}

// In the dark the lit product is the button, unless somebody comes by keyboard: then one is drawn.
void Attract::describe_button() {
  const bool is_lit = is_night() && !context_->by_keyboard;
  const float height = night_.height(), width = 0.24f * height;
  const Vec2 foot = night_.stand();
  button_.set_described_bounds(is_lit ? Rect{foot.x - width / 2, foot.y - height, width, height}
                                      : Rect{});
}

void Attract::show_state(std::string_view state) {
  clock_ = kStillClock;
  time_ = kRestTime;
  if (state == "question") time_ = kQuestionTime;
  if (state == "shades") time_ = kShadesAt + 3;
  if (state == "podium") time_ = kPodiumAt + 2.2f;
  night_.jump(state == "night");
  show_beat();
  describe_button();
}

scene::Backdrop Attract::backdrop() const {
  return night_.over(day(), context_->theme);
}

scene::Backdrop Attract::day() const {
  const ui::Theme& theme = context_->theme;
  const auto wipe = [&](float at) { return ease_in_out(progress(time_, at - 0.3f, kWipeFor)); };
  if (const float calm = wipe(kPodiumGoAt + 0.3f))
    return {theme.silk_deep, theme.silk_calm, calm, 1};
  if (const float deep = wipe(kPodiumAt)) return {theme.silk_warm, theme.silk_deep, deep, 1};
  return {theme.silk_calm, theme.silk_warm, wipe(kShadesAt), 1};
}

PriceHero::Moment Attract::hero_moment() const {
  PriceHero::Moment moment = PriceHero::entrance(time_);
  moment.time = clock_;
  moment.glint = glint_at(clock_);
  moment.product = moment.figure = !left_;
  return moment;
}

void Attract::draw_hero(ui::Painter& painter) {
  if (time_ > kShadesAt) return;
  const float come = ease_out(progress(time_, kHeroAt, 0.3f));
  const float gone = ease_out(progress(time_, kHeroGoesAt, 0.3f));
  painter.canvas.push_opacity(come * (1 - gone));
  hero_.draw(painter, hero_moment());
  painter.canvas.pop_opacity();
}

void Attract::draw_small_print(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  gfx::TextStyle style;
  style.size = small_print_size_;
  style.color = beat() == Beat::Shades ? theme.brand_ink : theme.mute;
  if (beat() == Beat::Podium) style.color = theme.on_dark;
  painter.canvas.draw_text(small_print_, small_print_at_, 0, style);
}

void Attract::draw(ui::Painter& painter) {
  const float night = night_.shown();
  if (night > 0) painter.canvas.push_opacity(1 - night);
  if (night < 1) draw_day(painter);
  if (night > 0) painter.canvas.pop_opacity();
  night_.draw(painter, clock_, !left_);
  // In the dark the whole picture is the button, but a focus ring stands about one.
  if (night > 0 && context_->by_keyboard) button_.draw(painter);
  top_bar_.draw(painter);
}

void Attract::draw_day(ui::Painter& painter) {
  const float shades = progress(time_, kShadesAt, 0.4f) - progress(time_, kPodiumAt - 0.3f, 0.4f);
  const float deep = progress(time_, kPodiumAt, 0.4f) - progress(time_, kPodiumGoAt, 0.4f);
  draw_scrim(painter, shades, deep);
  headlines_.draw(painter, time_);
  draw_hero(painter);
  shades_.draw(painter, time_ - kShadesAt, kShadesGoAt - kShadesAt);
  podium_.draw(painter, time_ - kPodiumAt, progress(time_, kPodiumGoAt, 0.4f), !left_);
  button_.draw(painter);
  draw_small_print(painter);
  if (beat() == Beat::Podium) return steps_.draw_glass(painter, time_ - kPodiumAt - 0.4f);
  steps_.draw(painter);
  // The hand would lie across the ring.
  if (context_->by_keyboard) return;
  draw_hand(painter, hand_tip_, hand_scale_, context_->reduced_motion ? kStillClock : clock_);
}

void Attract::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  if (is_night()) night_.describe(tree);
  if (is_night()) return screen_.describe(tree);
  headlines_.describe(tree, context_->metrics, beat());
  screen_.describe(tree);
  steps_.describe(tree);
  const Rect print{small_print_at_.x, small_print_at_.y,
                   context_->metrics.size.width - 2 * small_print_at_.x, small_print_size_ * 1.3f};
  describe_node(tree, ui::Role::Text, "small-print", small_print_, print);
}

}  // namespace

std::unique_ptr<scene::Scene> make_attract();
std::unique_ptr<scene::Scene> make_attract() {
  return std::make_unique<Attract>();
}

}  // namespace vitrine::scenes
