// SPDX-License-Identifier: MIT
// Calls passers-by in two beats: a question that a lipstick answers by writing the price, then the
// shades. README.md lists parameters, texts and states.
#include <array>
#include <cmath>

#include "engine/input/tap.h"
#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/screen.h"
#include "scenes/props/describe.h"
#include "scenes/props/hand.h"
#include "scenes/props/price_hero.h"
#include "scenes/props/shade_list.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

using input::Handled;
using ui::ease_emphasised;
using ui::ease_in_out;
using ui::ease_out;
using ui::progress;

// When things happen in one round, seconds.
constexpr float kStrikeAt = 0.6f;
constexpr float kWriteAt = 1.0f, kWriteFor = 0.95f;
constexpr float kStandAt = 2.05f, kStandFor = 0.55f;
constexpr float kPromiseAt = 2.6f;
constexpr float kShadesAt = 9.2f;
constexpr float kShadesGoAt = 15.2f;
constexpr float kRound = 16.4f;
constexpr float kWipeFor = 0.7f;
constexpr float kRestTime = 5.0f;  // what somebody sees who comes at any moment

enum class Beat : uint8_t { Question, Promise, Shades };

struct Headline {
  StruckLine first, second;
  float size = 0;
};

class Attract final : public scene::Scene {
 public:
  void enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) override;
  void layout() override;
  std::optional<scene::SharedElement> leave() override;
  Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override;
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  bool activate(uint32_t id) override { return screen_.activate(id); }
  void release() override {
    screen_.release();
    anywhere_.reset();
  }
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;

 private:
  static constexpr std::string_view kStates[] = {"rest", "question", "shades"};

  Beat beat() const;
  Headline& headline(Beat beat) { return headlines_[static_cast<size_t>(beat)]; }
  void read_words();
  void layout_upright(float top);
  void layout_landscape();
  void fit_headlines(float width, float size);
  void start();
  void draw_scrim(ui::Painter& painter);
  void draw_headline(ui::Painter& painter, Headline& words, float in_at, float out_at,
                     float strike);
  void draw_hero(ui::Painter& painter);
  void draw_steps(ui::Painter& painter);
  float step_width(ui::Painter& painter, const gfx::TextStyle& style) const;

  scene::SceneContext* context_ = nullptr;
  const campaign::Product* product_ = nullptr;
  float time_ = kRestTime;
  float clock_ = 0;         // never wraps: breathing, swaying, tapping
  bool product_left_ = false;
  ui::Screen screen_;
  TopBar top_bar_{TopBar::Back::Without};
  ui::Button button_{"start", ui::ButtonKind::Primary};
  input::Tap anywhere_;
  PriceHero hero_;
  ShadeList shades_;
  std::array<Headline, 3> headlines_;
  std::array<std::string, 3> steps_;
  std::string small_print_;
  std::array<std::string, 2> button_words_;
  Beat button_beat_ = Beat::Promise;
  Vec2 head_;
  float head_line_ = 1.12f;
  Rect steps_area_;         // no height: there is no room for them
  Vec2 small_print_at_;
  float small_print_size_ = 28;
  Vec2 hand_tip_;
  float hand_scale_ = 1;
};

void Attract::enter(scene::SceneContext& context, const std::optional<scene::SharedElement>&) {
  context_ = &context;
  product_ = context.campaign.product(context.scene.string("product"));
  const auto products = context.campaign.products();
  if (!product_ && !products.empty()) product_ = &products.front();
  screen_.add(button_);
  top_bar_.add_to(screen_);
}

void Attract::read_words() {
  const auto words = [&](std::string_view key) {
    return with_prices(context_->text(key), product_);
  };
  headline(Beat::Question).first.set(words("attract.question_1"));
  headline(Beat::Question).second.set(words("attract.question_2"));
  headline(Beat::Promise).first.set(words("attract.line_1"));
  headline(Beat::Promise).second.set(words("attract.line_2"));
  headline(Beat::Shades).first.set(words("attract.shades_1"));
  headline(Beat::Shades).second.set(words("attract.shades_2"));
  steps_ = {words("attract.step_1"), words("attract.step_2"), words("attract.step_3")};
  const bool phone = context_->metrics.phone();
  small_print_ = words(phone ? "attract.small_print_phone" : "attract.small_print");
  button_words_ = {words(phone ? "attract.button_phone" : "attract.button"),
                   words("attract.button_shades")};
  button_.set_label(button_words_[beat() == Beat::Shades ? 1 : 0]);
  button_beat_ = beat();
}

void Attract::layout() {
  read_words();
  head_line_ = context_->language == "zh" ? 1.14f : 1.1f;
  const float top = top_bar_.layout(*context_, {});
  button_.set_least_target(context_->metrics.target);
  if (context_->metrics.landscape()) return layout_landscape();
  layout_upright(top);
}

void Attract::fit_headlines(float width, float size) {
  for (Headline& words : headlines_) {
    gfx::TextStyle style;
    style.family = FontFamily::Display;
    style.weight = FontWeight::Bold;
    style.size = size;
    const float first = ui::fitted(context_->canvas, words.first.plain(), width, style, 0.4f).size;
    const float second = ui::fitted(context_->canvas, words.second.plain(), width, style, 0.4f).size;
    words.size = first < second ? first : second;
  }
}

void Attract::layout_upright(float top) {
  const ui::Metrics& m = context_->metrics;
  const bool phone = m.phone();
  const Rect safe = m.safe();
  const float bottom = safe.bottom();
  const float size = phone ? 40.0f : 112.0f;
  head_ = {safe.x + m.margin, top + (phone ? (m.size.height > 760 ? 24.0f : 12.0f) : 70.0f)};
  fit_headlines(safe.width - 2 * m.margin, size);
  const float head_bottom = head_.y + 2 * size * head_line_;

  small_print_size_ = phone ? 13.0f : 28.0f;
  const float print_bottom = bottom - (phone ? (m.size.height > 760 ? 38.0f : 14.0f) : 44.0f);
  small_print_at_ = {head_.x, print_bottom - small_print_size_ * 1.3f};
  const bool with_steps = !phone && safe.height > 1300;
  steps_area_ = {head_.x, print_bottom - 114, safe.width - 2 * m.margin - 240,
                 with_steps ? 52.0f : 0.0f};
  const float button_bottom =
      with_steps ? bottom - 198 : small_print_at_.y - (phone ? 20.0f : 40.0f);
  const Rect button = phone ? Rect{safe.x + 20, button_bottom - 60, safe.width - 40, 60}
                            : Rect{safe.x + 140, button_bottom - 152, safe.width - 280, 152};
  button_.set_bounds(button);
  button_.set_text_size(phone ? 22.0f : 56.0f);
  button_.set_reserved_right(0);
  hand_tip_ = phone ? Vec2{button.right() - 39, button.center().y - 13}
                    : Vec2{button.right() - 65, button.center().y};
  hand_scale_ = phone ? 0.36f : 1.0f;

  const float hero_top = head_bottom - (phone ? -2.0f : 46.0f);
  const float hero_bottom = button.y - (phone ? 14.0f : 70.0f);
  const Rect area{safe.x, hero_top, safe.width, hero_bottom - hero_top};
  hero_.layout(*context_, area, product_, context_->text("attract.currency"));
  // The smears keep clear of the words above them.
  const float down = phone ? 8.0f : 70.0f;
  shades_.layout(*context_, {area.x, area.y + down, area.width, area.height - down});
}

void Attract::layout_landscape() {
  const ui::Metrics& m = context_->metrics;
  const Rect safe = m.safe();
  const float left = safe.x + 97;
  const float column = safe.width * 0.45f - 97;
  head_ = {left, 236};
  fit_headlines(column, 112);
  steps_area_ = {left, 542, column, 52};
  const float width = column < 640 ? column : 640;
  const Rect button{left, 690, width, 144};
  button_.set_bounds(button);
  button_.set_text_size(64);
  button_.set_reserved_right(104);  // the hand points there
  hand_tip_ = {button.right() - 86, button.center().y + 3};
  hand_scale_ = 0.85f;
  small_print_size_ = 28;
  small_print_at_ = {left, 1000};
  const Rect area{safe.x + safe.width * 0.45f, 0, safe.width * 0.55f, m.size.height};
  hero_.layout(*context_, area, product_, context_->text("attract.currency"));
  shades_.layout(*context_, {area.x + 40, 130, area.width - 80, 900});
}

std::optional<scene::SharedElement> Attract::leave() {
  if (!product_ || beat() == Beat::Shades) return std::nullopt;
  product_left_ = true;
  return scene::SharedElement{product_->id, hero_.stand(), hero_.lipstick_height()};
}

void Attract::start() {
  const std::string_view next = context_->scene.string("next");
  if (!next.empty()) context_->director.go_to(next);
}

Handled Attract::handle(const input::PointerEvent& event) {
  if (screen_.handle(event) == Handled::Yes) return Handled::Yes;
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
  clock_ += dt;
  if (!context_->reduced_motion) time_ = std::fmod(time_ + dt, kRound);
  screen_.update(dt);
  top_bar_.update(*context_);
  if (button_.take_activated()) {
    scene::record_activation(*context_, button_);
    start();
  }
  const Beat now = beat();
  if (now == button_beat_) return;
  button_beat_ = now;
  button_.set_label(button_words_[now == Beat::Shades ? 1 : 0]);
}

Beat Attract::beat() const {
  if (time_ < kPromiseAt) return Beat::Question;
  return time_ < kShadesAt || time_ > kShadesGoAt + kWipeFor ? Beat::Promise : Beat::Shades;
}

void Attract::show_state(std::string_view state) {
  clock_ = 1.2f;
  time_ = kRestTime;
  if (state == "question") time_ = kWriteAt + kWriteFor * 0.9f;
  if (state == "shades") time_ = kShadesAt + 3;
  button_.set_label(button_words_[beat() == Beat::Shades ? 1 : 0]);
}

scene::Backdrop Attract::backdrop() const {
  const ui::Theme& theme = context_->theme;
  const float go = ease_in_out(progress(time_, kShadesAt - 0.2f, kWipeFor));
  const float back = ease_in_out(progress(time_, kShadesGoAt + 0.2f, kWipeFor));
  if (back > 0) return {theme.silk_warm, theme.silk_calm, back, 1};
  return {theme.silk_calm, theme.silk_warm, go, 1};
}

void Attract::draw_scrim(ui::Painter& painter) {
  const Size size = painter.metrics.size;
  const Color warm = painter.theme.silk_warm[1];
  gfx::Paint paint = gfx::Paint::vertical(warm.with_alpha(0), warm.with_alpha(0.28f), 0.6f,
                                          warm.with_alpha(0.7f));
  if (painter.metrics.landscape()) {
    paint.start = {0, 0.5f};
    paint.end = {1, 0.5f};
    painter.canvas.fill_rect({size.width * 0.45f, 0, size.width * 0.55f, size.height}, {}, paint);
    return;
  }
  painter.canvas.fill_rect({0, size.height * 0.6f, size.width, size.height * 0.4f}, {}, paint);
}

void Attract::draw_headline(ui::Painter& painter, Headline& words, float in_at, float out_at,
                            float strike) {
  const float gone = progress(time_, out_at, 0.3f);
  if (time_ < in_at || gone >= 1) return;
  gfx::TextStyle style;
  style.family = FontFamily::Display;
  style.weight = FontWeight::Bold;
  style.size = words.size;
  style.line_height = head_line_;
  const float rise = painter.metrics.grid * 5;
  float y = head_.y;
  for (int i = 0; i < 2; ++i) {
    const float come = ease_emphasised(progress(time_, in_at + 0.08f * static_cast<float>(i), 0.5f));
    const bool promise_line = i == 1 && &words != &headline(Beat::Question);
    style.color = promise_line ? painter.theme.accent : painter.theme.ink;
    painter.canvas.push_opacity(come * (1 - gone));
    (i == 0 ? words.first : words.second)
        .draw(painter, {head_.x, y + rise * (1 - come) - rise * 0.5f * gone}, style,
              "art/strike.svg", strike);
    painter.canvas.pop_opacity();
    y += style.size * style.line_height;
  }
}

void Attract::draw_hero(ui::Painter& painter) {
  const bool shades_only = time_ > kShadesAt + 0.3f;
  if (shades_only) return;
  const float come = ease_out(progress(time_, 0.3f, 0.4f));
  const float gone = ease_out(progress(time_, kShadesAt, 0.3f));
  PriceHero::Moment moment;
  moment.time = clock_;
  moment.written = progress(time_, kWriteAt, kWriteFor);
  moment.pen = 1 - ease_in_out(progress(time_, kStandAt, kStandFor));
  const float landed = progress(time_, kStandAt + kStandFor, 0.3f);
  moment.squash = 1 - 0.03f * std::sin(landed * 3.14159f);
  moment.cap = ease_out(progress(time_, kStandAt + 0.3f, 0.4f));
  moment.product = !product_left_;
  painter.canvas.push_opacity(come * (1 - gone));
  hero_.draw(painter, moment);
  painter.canvas.pop_opacity();
}

float Attract::step_width(ui::Painter& painter, const gfx::TextStyle& style) const {
  float width = 0;
  for (const std::string& step : steps_) {
    width += painter.canvas.measure_text(step, 0, style).width;
  }
  return width + 3 * (52 + 14) + 2 * 80;
}

void Attract::draw_steps(ui::Painter& painter) {
  if (steps_area_.height <= 0) return;
  gfx::TextStyle style;
  style.weight = FontWeight::Bold;
  style.size = 34;
  style.color = painter.theme.brand_ink;
  const float natural = step_width(painter, style);
  const float scale = clamp(steps_area_.width / natural, 0.5f, 1);
  style.size *= scale;
  const float disc = 52 * scale;
  const float middle = steps_area_.center().y;
  gfx::TextStyle number = style;
  number.size = 30 * scale;
  number.color = painter.theme.primary.text;
  constexpr std::string_view kNumbers[] = {"1", "2", "3"};
  float x = steps_area_.x;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Rect circle{x, middle - disc / 2, disc, disc};
    painter.canvas.fill_rect(circle, gfx::CornerRadii::all(disc / 2),
                             gfx::Paint::solid(painter.theme.accent_text));
    number.align = gfx::TextAlign::Center;
    ui::draw_label(painter, kNumbers[i], circle, number);
    x += disc + 14 * scale;
    const float height = style.size * style.line_height;
    x += painter.canvas.draw_text(steps_[i], {x, middle - height / 2}, 0, style).width;
    if (i + 1 == steps_.size()) break;
    painter.canvas.draw_line({x + 18 * scale, middle}, {x + 62 * scale, middle}, 3 * scale,
                             painter.theme.accent.with_alpha(0.5f));
    x += 80 * scale;
  }
}

void Attract::draw(ui::Painter& painter) {
  draw_scrim(painter);
  draw_headline(painter, headline(Beat::Question), 0, kPromiseAt - 0.3f,
                ease_out(progress(time_, kStrikeAt, 0.25f)));
  draw_headline(painter, headline(Beat::Promise), kPromiseAt, kShadesAt, 1);
  draw_headline(painter, headline(Beat::Shades), kShadesAt + 0.1f, kShadesGoAt, 1);
  draw_hero(painter);
  shades_.draw(painter, time_ - kShadesAt - 0.2f, kShadesGoAt - kShadesAt - 0.2f);
  top_bar_.draw(painter);
  button_.draw(painter);
  draw_steps(painter);
  gfx::TextStyle style;
  style.size = small_print_size_;
  style.color = painter.theme.mute;
  painter.canvas.draw_text(small_print_, small_print_at_, 0, style);
  draw_hand(painter, hand_tip_, hand_scale_, context_->reduced_motion ? 1.2f : clock_);
}

void Attract::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  const size_t shown = static_cast<size_t>(beat());
  const Rect head{head_.x, head_.y, context_->metrics.size.width - 2 * head_.x,
                  headlines_[shown].size * head_line_};
  describe_text(tree, ui::Role::Heading, "headline-1", headlines_[shown].first.plain(), head);
  describe_text(tree, ui::Role::Heading, "headline-2", headlines_[shown].second.plain(),
                head.moved({0, head.height}));
  screen_.describe(tree);
  if (steps_area_.height > 0) {
    constexpr std::string_view kNames[] = {"step-1", "step-2", "step-3"};
    for (size_t i = 0; i < steps_.size(); ++i) {
      describe_text(tree, ui::Role::Text, kNames[i], steps_[i], steps_area_);
    }
  }
  const Rect print{small_print_at_.x, small_print_at_.y,
                   context_->metrics.size.width - 2 * small_print_at_.x, small_print_size_ * 1.3f};
  describe_text(tree, ui::Role::Text, "small-print", small_print_, print);
}

}  // namespace

std::unique_ptr<scene::Scene> make_attract();
std::unique_ptr<scene::Scene> make_attract() { return std::make_unique<Attract>(); }

}  // namespace vitrine::scenes
