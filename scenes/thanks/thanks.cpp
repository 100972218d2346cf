// SPDX-License-Identifier: MIT
// The moment after a choice: the lipstick crouches, shoots up among rays and confetti, and comes to
// rest on a card with its number. README.md lists parameters, texts and states.
#include <algorithm>
#include <optional>
#include <utility>

#include "engine/scene/scene.h"
#include "engine/ui/describe.h"
#include "scenes/props/celebration.h"
#include "scenes/props/choice_card.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

class Thanks final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context,
             const std::optional<scene::SharedElement>& arrived) override;
  void layout() override;
  bool animates_entrance() const override { return !context_->reduced_motion; }
  std::optional<scene::SharedElement> leave() override { return celebration_.leave(); }
  void update(float dt) override;
  scene::Backdrop backdrop() const override {
    const ui::SilkRamp& deep = context_->theme.silk_deep;
    return {deep, deep, 0, 0.5f};
  }
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;
  bool at_rest() const override { return celebration_.at_rest(); }

 private:
  static constexpr std::string_view kStates[] = {"rest", "crouch", "burst", "settle"};

  void layout_upright(float top);
  void layout_landscape(float top);
  void place_buttons(const Rect& row);

  const campaign::Product* product_ = nullptr;
  Celebration celebration_;
  bool begun_ = false;
  TopBar top_bar_{TopBar::Back::With};
  ui::Button done_{"done", ui::ButtonKind::Cream};
  ui::Button again_{"again", ui::ButtonKind::Ghost};
  ChoiceCard card_;
  Celebration::Place high_, low_;  // while celebrating, and on the card
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
  celebration_.set(*product_, unit_, context.random.next());
  celebration_.set_reduced_motion(context.reduced_motion);
  screen_.add(done_);
  screen_.add(again_);
  top_bar_.add_to(screen_);
  top_bar_.set_on_dark(true);
  celebration_.start(arrived, context.metrics.safe());
}

void Thanks::layout() {
  const ui::Metrics& m = context_->metrics;
  unit_ = m.phone() ? 0.4f : 1.0f;
  celebration_.set_reduced_motion(context_->reduced_motion);
  title_ = context_->text("thanks.title");
  line_ = with_prices(context_->text("thanks.how"), product_);
  done_.set_label(context_->text("thanks.done"));
  again_.set_ground(ui::Ground::Deep);
  again_.set_label(context_->text("thanks.again"));
  card_.set(*context_, *product_);
  const float top = top_bar_.layout(*context_, context_->text("thanks.back"));
  m.landscape() ? layout_landscape(top) : layout_upright(top);
  celebration_.layout(high_, low_, m.size);
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

void Thanks::update(float dt) {
  if (!std::exchange(begun_, true)) {
    record_with_product(interactions::ChoiceShown{.product_id = product_->id});
  }
  celebration_.update(dt);
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

void Thanks::show_state(std::string_view state) {
  begun_ = true;  // a picture of it is no choice
  celebration_.pose(state == "crouch"   ? 0.55f
                    : state == "burst"  ? 1.15f
                    : state == "settle" ? 1.85f
                                        : Celebration::kEnd + 1);
}

void Thanks::draw(ui::Painter& painter) {
  const ui::Timeline& timeline = celebration_.timeline();
  painter.canvas.push_opacity(timeline.opacity());
  celebration_.draw_light(painter);
  if (const float risen = celebration_.value(Celebration::kCardRises); risen > 0) {
    const float below = (1 - risen) * (painter.metrics.size.height - card_.bounds().y + 60 * unit_);
    painter.canvas.push_transform(Transform2D::translation({0, below}));
    card_.draw(painter);
    painter.canvas.pop_transform();
  }
  celebration_.draw_product(painter);
  celebration_.draw_title(painter, title_, title_area_, align_);
  celebration_.draw_line(painter, line_, line_area_, align_);
  celebration_.draw_rising(painter, again_, Celebration::kSecondButton);
  celebration_.draw_rising(painter, done_, Celebration::kFirstButton);
  top_bar_.draw(painter);
  celebration_.draw_flash(painter);
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
